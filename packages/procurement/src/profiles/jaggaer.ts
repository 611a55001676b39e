import type { Profile } from './profile.ts';

export const jaggaer: Profile = {
  name: 'jaggaer',
  title: 'Jaggaer',
  protocol: 'cxml',
  quirks: [
    {
      name: 'jaggaer-units',
      says: 'A unit that it does not know becomes EA without a word.',
      source: 'S16',
      confidence: 'medium',
      sets: { unmappedUnits: 'refuse' },
    },
    {
      name: 'jaggaer-lengths',
      says: 'Part number and auxiliary id have at most 100 characters, a description 256, of which one is left free here.',
      source: 'S16',
      confidence: 'medium',
      sets: { limits: { partId: 100, auxiliaryId: 100, description: 255 } },
    },
    {
      name: 'jaggaer-header-texts',
      says: 'Comments and extrinsics of the header of an order have 100 characters together.',
      source: 'S16',
      confidence: 'medium',
    },
    {
      name: 'jaggaer-total',
      says: 'It adds up the total itself, and takes up to four decimals in a price.',
      source: 'S16',
      confidence: 'medium',
    },
    {
      name: 'jaggaer-copied-carts',
      says: 'Users copy old carts, whose auxiliary ids are stale.',
      source: 'S16, S29',
      confidence: 'medium',
      sets: { unknownEdit: 'open' },
    },
    {
      name: 'jaggaer-sizes',
      says: 'A size of package belongs into the description, not into the unit.',
      source: 'S16, S29',
      confidence: 'medium',
    },
  ],
};
