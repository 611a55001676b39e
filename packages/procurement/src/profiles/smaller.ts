import type { Profile } from './profile.ts';

export const birchstreet: Profile = {
  name: 'birchstreet',
  title: 'BirchStreet',
  protocol: 'cxml',
  quirks: [
    {
      name: 'birchstreet-timestamp',
      says: 'Timestamps have no offset.',
      source: 'S28, samples',
      confidence: 'high',
    },
  ],
};

export const powerschool: Profile = {
  name: 'powerschool',
  title: 'PowerSchool BusinessPlus',
  protocol: 'cxml',
  quirks: [
    {
      name: 'powerschool-payload-ids',
      says: 'The payload id is the timestamp, which two documents of one second share.',
      source: 'S28',
      confidence: 'high',
      sets: { payloadIds: 'constant' },
    },
    {
      name: 'powerschool-no-doctype',
      says: 'Documents have no DOCTYPE, timestamps no offset, or one such as -10:47.',
      source: 'S28, S30, S36',
      confidence: 'high',
    },
    {
      name: 'powerschool-no-secret',
      says: 'Its sample has the secret none and a return address on localhost: neither is ever taken here.',
      source: 'S28',
      confidence: 'high',
    },
  ],
};
