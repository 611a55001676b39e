import type { Profile } from './profile.ts';

export const coupa: Profile = {
  name: 'coupa',
  title: 'Coupa',
  protocol: 'cxml',
  quirks: [
    {
      name: 'coupa-version',
      says: 'Carts of a vendor of templates are written in 1.2.023.',
      source: 'S18, S32',
      confidence: 'low',
      sets: { version: '1.2.023' },
    },
    {
      name: 'coupa-units',
      says: 'One unknown unit loses the whole cart.',
      source: 'S30',
      confidence: 'high',
      sets: { unmappedUnits: 'refuse' },
    },
    {
      name: 'coupa-required',
      says: 'Every line needs part number, unit, quantity, description and a class of UNSPSC.',
      source: 'S30',
      confidence: 'high',
      sets: { required: ['partId', 'unit', 'description', 'unspsc'] },
    },
    {
      name: 'coupa-marks',
      says: 'Trademark, registered and copyright signs are "not supported".',
      source: 'S30',
      confidence: 'high',
      sets: { plainMarks: true },
    },
    {
      name: 'coupa-one-confirmation',
      says: 'It takes one confirmation of an order and refuses a changed one.',
      source: 'annotated sample',
      confidence: 'high',
      sets: { confirmations: 'one' },
    },
    {
      name: 'coupa-extrinsics',
      says: 'It tells FirstName, LastName, UniqueName, UserEmail, User and BusinessUnit of a user.',
      source: 'S18',
      confidence: 'medium',
      sets: { parameters: { user: ['UniqueName', 'User'], email: ['UserEmail'], unit: ['BusinessUnit'] } },
    },
    {
      name: 'coupa-no-secret',
      says: 'It sends the word none as secret where its administrator has set none, and orders without any; domains are DUNS or NetworkID.',
      source: 'S30',
      confidence: 'high',
    },
    {
      name: 'coupa-out-of-order',
      says: 'Contact stands before the return address; timestamps are like those of C; domains are in mixed case.',
      source: 'samples',
      confidence: 'high',
    },
    {
      name: 'coupa-same-sender',
      says: 'Towards Coupa, From and Sender have to be the same identity, and To is ignored.',
      source: 'annotated sample',
      confidence: 'high',
    },
    {
      name: 'coupa-resends',
      says: 'A resend by hand after an edit is an order of type "update": ask whether the buyer changes orders.',
      source: 'S30',
      confidence: 'high',
      sets: { changeOrders: true },
    },
    {
      name: 'coupa-http-status',
      says: 'It answers documents with the code in the HTTP status as well, and with 500 for errors of content.',
      source: 'S30',
      confidence: 'high',
    },
    {
      name: 'coupa-page',
      says: 'An extrinsic SupplierPunchoutURL in the detail of a line leads to the page of the product.',
      source: 'S32',
      confidence: 'low',
    },
  ],
};
