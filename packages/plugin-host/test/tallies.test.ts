import type { Tally } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { Tallies } from '../src/tallies.ts';

const tally = (minute: number): Tally => ({ direction: 'in', entry: 'notes', outcome: 'done', minute, count: 1 });

describe('what is counted at an entry', () => {
  it('is the number of each minute', () => {
    const tallies = new Tallies();
    for (const at of [59_999, 60_000, 119_999, 120_000]) tallies.of('in', 'notes').add('done', at);
    expect(tallies.take()).toEqual([tally(0), { ...tally(60_000), count: 2 }, tally(120_000)]);
  });
});

describe('the numbers that the journal does not take', () => {
  it('are kept up to ten thousand of them, the newest', () => {
    const tallies = new Tallies();
    tallies.giveBack(Array.from({ length: 9_999 }, (_, minute) => tally(minute + 5)));
    tallies.giveBack(Array.from({ length: 5 }, (_, minute) => tally(minute)));
    const kept = tallies.take();
    expect([kept.length, kept[0]?.minute, kept.at(-1)?.minute]).toEqual([10_000, 4, 10_003]);
    expect(tallies.take()).toEqual([]);
  });
});
