import { describe, expect, it } from 'vitest';
import { faultKinds, runSeed } from '../src/index.ts';
import { plantedBugs } from './planted-bugs.ts';

describe('the kernel', () => {
  it('loses, doubles and inverts nothing in two hundred and fifty seeds, in which every kind of fault happens', async () => {
    const happened = new Set<string>();
    const failed: string[] = [];
    for (let seed = 1; seed <= 250; seed++) {
      const { violations, fired } = await runSeed(seed);
      for (const kind of fired.keys()) happened.add(kind);
      failed.push(...violations.map((violation) => `seed ${seed}: ${violation}`));
    }
    expect(failed).toEqual([]);
    expect(faultKinds.filter((kind) => !happened.has(kind))).toEqual([]);
  });
});

describe('the oracle', () => {
  it.each(Object.entries(plantedBugs))('finds that %s', async (_, plant) => {
    let violations: readonly string[] = [];
    for (let seed = 1; seed <= 600 && violations.length === 0; seed++) ({ violations } = await runSeed(seed, { plant: plant() }));
    expect(violations).not.toEqual([]);
  });
});
