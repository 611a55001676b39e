import type { Profile } from './profile.ts';

export const workday: Profile = {
  name: 'workday',
  title: 'Workday (mostly guesswork: no document of it was found)',
  protocol: 'cxml',
  quirks: [
    {
      name: 'workday-no-edit',
      says: 'Neither edit nor inspect was found mentioned anywhere; the lines of a cart are offered for nothing later.',
      source: 'S27, S38',
      confidence: 'guess',
      sets: { operationAllowed: 'create' },
    },
    {
      name: 'workday-connections',
      says: 'The connection for carts and the one for orders are set up apart from each other.',
      source: 'S27',
      confidence: 'low',
    },
    {
      name: 'workday-extrinsics',
      says: 'It has conventions of its own for extrinsics, which nobody has published; the names of others are tried.',
      source: 'S27',
      confidence: 'guess',
      sets: { parameters: { user: ['UniqueName', 'User', 'UserId', 'UserName', 'UserEmail'] } },
    },
  ],
};
