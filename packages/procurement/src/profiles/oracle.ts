import type { Profile } from './profile.ts';

export const oracleNetwork: Profile = {
  name: 'oracle-network',
  title: 'Oracle Supplier Network',
  protocol: 'cxml',
  quirks: [
    {
      name: 'oracle-network-timestamp',
      says: 'Timestamps have no offset, the version is 1.2.007, the domain of the sender is OracleSN.',
      source: 'S36',
      confidence: 'high',
    },
    {
      name: 'oracle-network-ping',
      says: 'ProfileRequest is used to see whether the store is there.',
      source: 'S36',
      confidence: 'high',
    },
    {
      name: 'oracle-network-part-number',
      says: 'Part numbers have up to 740 characters by way of the exchange.',
      source: 'S26',
      confidence: 'medium',
      sets: { limits: { partId: 740 } },
    },
  ],
};

export const oracleFusion: Profile = {
  name: 'oracle-fusion',
  title: 'Oracle Fusion Procurement',
  protocol: 'cxml',
  quirks: [
    {
      name: 'oracle-fusion-units',
      says: 'A unit or class that it does not know is passed through.',
      source: 'S26',
      confidence: 'medium',
      sets: { unmappedUnits: 'pass' },
    },
    {
      name: 'oracle-fusion-part-number',
      says: 'Part numbers have at most 25 characters on the direct way.',
      source: 'S26',
      confidence: 'medium',
      sets: { limits: { partId: 25 } },
    },
    {
      name: 'oracle-fusion-agreement',
      says: 'Its own example of a cart is 1.1.010 without offset and names the agreement in IdReference elements with text, which no DTD of 1.2 allows.',
      source: 'S35',
      confidence: 'high',
    },
    {
      name: 'oracle-fusion-codes',
      says: 'It has error codes of its own: 204, 400, 401, 501, 700, 701, 900.',
      source: 'S26',
      confidence: 'medium',
    },
  ],
};

export const oracleEbs: Profile = {
  name: 'oracle-ebs',
  title: 'Oracle iProcurement (E-Business Suite)',
  protocol: 'cxml',
  quirks: [
    {
      name: 'oracle-ebs-units',
      says: 'A unit or class that it does not know fails the requisition.',
      source: 'S26',
      confidence: 'medium',
      sets: { unmappedUnits: 'refuse' },
    },
    {
      name: 'oracle-ebs-empty-cart',
      says: 'A cart without lines has crashed it.',
      source: 'S26',
      confidence: 'medium',
      sets: { emptyCart: 'no-change' },
    },
    {
      name: 'oracle-ebs-part-number',
      says: 'Part numbers have at most 25 characters on the direct way.',
      source: 'S26',
      confidence: 'medium',
      sets: { limits: { partId: 25 } },
    },
    {
      name: 'oracle-ebs-utf8',
      says: 'It reads UTF-8 only, and presents no certificate of its own.',
      source: 'S26',
      confidence: 'medium',
      sets: { form: 'cxml-urlencoded' },
    },
  ],
};
