import type { PartnersSpec } from '../src/index.ts';

/** A store, a buyer with a system of its own, two behind a hub, one without secret, and one that calls by OCI. */
export const partnersSpec = {
  supplier: {
    identities: [
      { domain: 'NetworkID', identity: 'AN01-STORE' },
      { domain: 'DUNS', identity: '555000999' },
    ],
    userAgent: 'Test Store 1',
  },
  senders: {
    meadow: {
      identities: [{ domain: 'NetworkID', identity: 'AN01-MEADOW' }],
      secrets: ['old secret of meadow', 'new secret of meadow'],
      speaksFor: ['meadow'],
    },
    hub: {
      identities: [{ domain: 'AribaNetworkUserId', identity: 'sysadmin@hub.example' }],
      secrets: ['secret of the hub'],
      speaksFor: ['ridge', 'fern'],
    },
    basic: { identities: [{ domain: 'DUNS', identity: '777' }], knownAs: ['quarry-user'], speaksFor: ['quarry'] },
    tunnel: { identities: [{ domain: 'DUNS', identity: '778' }], knownAt: ['behind-tls'], speaksFor: ['quarry'] },
  },
  buyers: {
    meadow: {
      identities: [
        { domain: 'NetworkID', identity: 'AN01-MEADOW' },
        { domain: 'DUNS', identity: '111' },
      ],
      returnHosts: ['buy.meadow.example', 'buy.meadow.example:8443'],
      frameAncestors: ['https://buy.meadow.example'],
    },
    ridge: { identities: [{ domain: 'NetworkID', identity: 'AN01-RIDGE' }], profile: 'ariba', returnHosts: ['req.ridge.example'] },
    fern: { identities: [{ domain: 'NetworkID', identity: 'AN01-FERN' }], profile: 'jaggaer', returnHosts: ['req.fern.example'] },
    quarry: { identities: [{ domain: 'DUNS', identity: '222' }], profile: 'coupa', returnHosts: ['quarry.example'] },
    mill: { profile: 'sap-srm', logon: { user: 'mill-oci', passwords: ['pass of the mill'] }, returnHosts: ['srm.mill.example'] },
    weir: {
      profile: 's4hana',
      logon: { user: 'weir', passwords: ['pass of the weir'], userField: 'LOGIN', passwordField: 'KEY', hookField: 'BACK_TO' },
      returnHosts: ['weir.example'],
    },
  },
} satisfies PartnersSpec;
