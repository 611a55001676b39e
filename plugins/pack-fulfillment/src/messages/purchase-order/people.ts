import type { Contact, Identifier, OrderCreated, PersonName, PostalAddress } from '@waybill/commerce';
import { mapping, type Nodes } from '@waybill/mapping';
import { id, words } from '../../parts.ts';
import { organizationKind, requisitionerKind } from './rules.ts';

// People and places in Report_NC_PurchaseOrder: reference/fulfillment-messages.md, section 8.

type ShipTo = NonNullable<OrderCreated['shipTo']>;

const postal = mapping<PostalAddress>();
const n = mapping<PersonName>();
const c = mapping<Contact>();
const i = mapping<Identifier>();
const s = mapping<ShipTo>();

export const address = (): Nodes<PostalAddress> => [
  postal.list('AddressLine+', 'lines', words('77 Signal Hill Road')),
  postal.leaf('City', 'city', words('Port Merrin')),
  postal.leaf('State', 'state', words('NS')),
  postal.leaf('Zip', 'postalCode', words('B3X 2T5')),
  postal.leaf('Country', 'country', words('CA')),
];

export const personName = (): Nodes<PersonName> => [
  n.leaf('Title?', 'title', words('Mr')),
  n.oneOf(
    [n.leaf('FullName', 'fullName', words('Tobe Okonkwo'))],
    [
      n.leaf('LastName', 'lastName', words('Okonkwo')),
      n.leaf('FirstName?', 'firstName', words('Tobe')),
      n.leaf('MiddleName?', 'middleName', words('J')),
    ],
  ),
  n.leaf('AlternateName?', 'alternateName', words('tokonkwo-home'), { about: 'nickname of the address' }),
];

const ranks = { preset: 'primary', spills: true } as const;

export const contact = (): Nodes<Contact> => [
  c.pick('Telephone*', 'type', { primary: ['phone1', words('555-0118')], secondary: ['phone2', words('555-0118')] }, ranks),
  c.pick(
    'Email*',
    'type',
    { primary: ['email1', words('tobe@portmerrin.example')], secondary: ['email2', words('tobe@portmerrin.example')] },
    ranks,
  ),
  c.leaf('Fax?', 'fax', words('555-0120')),
];

export const organizationId = (): Nodes<Identifier> => [i.leaf('@type?', 'kind', organizationKind), i.leaf('.', 'id', id('10151'))];
export const requisitionerId = (): Nodes<Identifier> => [
  i.leaf('@type?', 'kind', requisitionerKind, { preset: 'internal' }),
  i.leaf('.', 'id', id('8004')),
];

export const shipTo = (): Nodes<ShipTo> => [
  s.into('ContactPersonName', 'name', personName()),
  s.leaf('OfficeAddressLine?', 'officeAddress', words('3rd floor')),
  s.into('Address', 'address', address()),
  s.into('ContactInfo?', 'contact', contact()),
  s.leaf('Comment?', 'comment', words('Ring twice')),
];
