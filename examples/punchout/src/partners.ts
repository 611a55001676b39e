import { definePartners } from '@waybill/procurement';
import { variable } from './settings.ts';

const buyerHost = new URL(variable('buyer')).host;
const buyerOrigin = new URL(variable('buyer')).origin;

/** How people know the buyers. */
export const titles: Readonly<Record<string, string>> = {
  larkfield: 'Larkfield Manufacturing',
  'larkfield-srm': 'Larkfield Manufacturing (SRM)',
};

/** Who buys here. An application with many buyers keeps them in its database and gives `definePartners` a directory. */
export const partners = definePartners({
  supplier: {
    identities: [
      { domain: 'NetworkID', identity: 'AN11000000321' },
      { domain: 'DUNS', identity: '555000321' },
    ],
    userAgent: 'Harbour and Pine 1.0',
  },
  senders: {
    larkfield: {
      identities: [{ domain: 'NetworkID', identity: 'AN11000000123' }],
      secrets: [variable('secret')],
      speaksFor: ['larkfield'],
    },
  },
  buyers: {
    larkfield: {
      identities: [{ domain: 'NetworkID', identity: 'AN11000000123' }],
      returnHosts: [buyerHost],
      frameAncestors: [buyerOrigin],
    },
    // The same company buys by OCI as well: one call from the browser, and no documents.
    'larkfield-srm': {
      profile: 'sap-srm',
      logon: { user: 'AN11000000123', passwords: [variable('secret')] },
      returnHosts: [buyerHost],
      frameAncestors: [buyerOrigin],
      units: { EA: 'PCE', KT: 'KT' },
    },
  },
});
