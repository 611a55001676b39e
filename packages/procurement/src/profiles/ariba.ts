import type { Profile } from './profile.ts';

export const ariba: Profile = {
  name: 'ariba',
  title: 'SAP Ariba',
  protocol: 'cxml',
  quirks: [
    {
      name: 'ariba-base64',
      says: 'Its own advice is the base64 form, since the other one needs every character outside ASCII escaped twice.',
      source: 'S31',
      confidence: 'high',
      sets: { form: 'cxml-base64' },
    },
    {
      name: 'ariba-cookie',
      says: 'The cookie of a cart has to be that of the latest setup request, to the character; another one shows "token expired".',
      source: 'S31',
      confidence: 'high',
      sets: { cookie: 'exact' },
    },
    {
      name: 'ariba-ids',
      says: 'A question mark or a curly bracket in a part number or an auxiliary id is an error that loses the cart.',
      source: 'S16',
      confidence: 'medium',
      sets: { forbiddenInIds: '?{}' },
    },
    {
      name: 'ariba-bytes',
      says: 'Limits count bytes: 255 for ids in one of its tables (128 in the text beside it), 2,000 for a description, of which 255 are shown.',
      source: 'S16',
      confidence: 'medium',
      sets: { countsBytes: true, limits: { partId: 128, auxiliaryId: 128, description: 2000 } },
    },
    {
      name: 'ariba-frame',
      says: 'It opens the store in a frame of its own page.',
      source: 'S32, S33',
      confidence: 'medium',
      sets: { returnTarget: '_self' },
    },
    {
      name: 'ariba-ad-hoc',
      says: 'Lines of an order have a part number, or say that they are free text; both may be there.',
      source: 'S31',
      confidence: 'high',
    },
    {
      name: 'ariba-test-identity',
      says: 'The identity of a test account ends in -T, in some papers in -t.',
      source: 'S16',
      confidence: 'medium',
    },
    {
      name: 'ariba-copies',
      says: 'A copied requisition loses its lines of a store in Ariba Buyer of 2004; other systems keep them.',
      source: 'S31',
      confidence: 'high',
    },
    {
      name: 'ariba-chain',
      says: 'Its servers need server name indication and a complete chain of certificates at the store, and firewalls have to let them in.',
      source: 'S31, S32',
      confidence: 'low',
    },
    {
      name: 'ariba-answers',
      says: 'An answer that is no cXML, or that echoes the order before its status, marks an order as failed.',
      source: 'S31',
      confidence: 'high',
    },
  ],
};
