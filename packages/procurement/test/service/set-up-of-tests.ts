import type { PunchoutSetUpInput } from '@waybill/commerce';
import type { PartnersSpec } from '../../src/index.ts';

const parties = {
  from: [{ domain: 'NetworkID', identity: 'AN11000000123' }],
  to: [{ domain: 'DUNS', identity: '555000321' }],
  sender: { domain: 'NetworkID', identity: 'AN11000000123' },
};

export const partnersSpec: PartnersSpec = {
  supplier: { identities: [{ domain: 'DUNS', identity: '555000321' }] },
  senders: {
    larkfield: {
      identities: [{ domain: 'NetworkID', identity: 'AN11000000123' }],
      secrets: ['example-secret-a'],
      speaksFor: ['larkfield'],
    },
    fennel: { identities: [{ domain: 'NetworkID', identity: 'AN11000000888' }], secrets: ['example-secret-f'], speaksFor: ['fennel'] },
  },
  buyers: {
    larkfield: {
      identities: [{ domain: 'NetworkID', identity: 'AN11000000123' }],
      returnHosts: ['buy.larkfield.example'],
      frameAncestors: ['https://buy.larkfield.example'],
    },
    fennel: {
      identities: [{ domain: 'NetworkID', identity: 'AN11000000888' }],
      returnHosts: ['req.fennel.example'],
      startPage: 'button',
      unknownEdit: 'open',
      returnTarget: '_top',
      startSeconds: 60,
      form: 'cxml-base64',
    },
    srm: { logon: { user: 'waybill', passwords: ['example-password'] }, returnHosts: ['srm.larkfield.example'] },
  },
};

/** A document of a set-up, as the pack hands it over. */
export function setUpOf(more: Partial<PunchoutSetUpInput> = {}): PunchoutSetUpInput {
  return {
    payloadId: '1@buy.larkfield.example',
    timestamp: '2026-10-05T10:00:00+00:00',
    test: false,
    parties,
    operation: 'create',
    cookie: 'LK-1',
    returnAddress: 'https://buy.larkfield.example/punchout/return?req=1',
    extrinsics: [
      { name: 'UniqueName', value: 'jdoe' },
      { name: 'UserEmail', value: 'jdoe@larkfield.example' },
    ],
    ...more,
  };
}
