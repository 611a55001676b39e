import type { Platform } from './platform.ts';
import type { Profile } from './profile.ts';

/** What holds for a buyer of whom nothing is known: reference/procurement-messages.md, section 7.2, "Safe limits". */
export const genericPlatform: Platform = {
  version: '1.2.050',
  form: 'cxml-urlencoded',
  returnTarget: '_self',
  startPage: 'direct',
  operationAllowed: 'edit',
  cookie: 'trimmed',
  unknownEdit: 'refuse',
  emptyCart: 'message',
  unmappedUnits: 'refuse',
  priceBasis: 'write',
  shortName: true,
  required: [],
  forbiddenInIds: '',
  plainMarks: false,
  countsBytes: false,
  limits: { partId: 100, auxiliaryId: 100, buyerPartId: 100, shortName: 50, description: 255 },
  parameters: {
    user: ['UniqueName', 'User', 'UserId', 'UserName'],
    email: ['UserEmail', 'Email'],
    firstName: ['FirstName'],
    lastName: ['LastName'],
    unit: ['UserBusinessUnit', 'BusinessUnit'],
    department: ['Department', 'CostCenter'],
    contract: ['Contract'],
  },
  test: 'as-told',
  payloadIds: 'unique',
  changeOrders: true,
  confirmations: 'many',
};

/** For cXML. */
export const generic: Profile = { name: 'generic', title: 'Any buyer that speaks cXML', protocol: 'cxml', quirks: [] };

/** For OCI. */
export const genericOci: Profile = {
  name: 'generic-oci',
  title: 'Any buyer that speaks OCI',
  protocol: 'oci',
  quirks: [
    {
      name: 'oci-top',
      says: 'A cart goes back into the top window where the call names none.',
      source: 'S23',
      confidence: 'high',
      sets: { returnTarget: '_top' },
    },
    {
      name: 'oci-lengths',
      says: 'Fields have fixed lengths: 40 characters for part numbers and the short text, any number for the long text.',
      source: 'S23',
      confidence: 'high',
      sets: {
        limits: {
          partId: 40,
          auxiliaryId: 40,
          buyerPartId: 40,
          manufacturer: 10,
          manufacturerPartId: 40,
          shortName: 40,
          description: 100_000,
        },
      },
    },
  ],
};
