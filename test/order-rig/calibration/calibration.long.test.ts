import { describe, expect, it } from 'vitest';
import { findBug } from './calibrate.ts';
import { plantedBugs } from './planted.ts';

// One of each way in which a bug shows; `npm run bars -- --only calibration` plants all of them.
const some = [
  'the answer comes before the commit',
  'no message is recognised when it comes again',
  'a parked message does not block',
  'failures are not counted',
  'a failure parks at once',
];

describe('a kernel with a planted bug', () => {
  it.each(some)('is seen by the rig: %s', async (name) => {
    expect(await findBug(name)).not.toEqual([]);
  });
});

describe('the planted bugs', () => {
  it('show in every way that the rig knows', () => {
    const shown = new Set(Object.values(plantedBugs).map(({ shows }) => shows));
    expect([...shown].sort()).toEqual(['doubled', 'lost', 'reordered', 'stuck', 'wronglyParked']);
  });
});
