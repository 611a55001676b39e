import { testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Rate } from '../src/calling/rate.ts';

/** Takes what is free, and counts it. */
function drain(rate: Rate): number {
  let taken = 0;
  for (; rate.freeIn === 0; taken++) rate.took();
  return taken;
}

describe('the rate of a destination', () => {
  it('gives as many as one span has, then one after the other', async () => {
    const clock = testClock();
    const rate = new Rate({ messages: 4, per: 1_000 }, clock);
    expect([drain(rate), rate.freeIn]).toEqual([4, 250]);
    await clock.advance(249);
    expect([drain(rate), rate.freeIn]).toEqual([0, 1]);
    await clock.advance(1);
    expect([drain(rate), rate.freeIn]).toEqual([1, 250]);
  });

  it('saves no more than one span has', async () => {
    const clock = testClock();
    const rate = new Rate({ messages: 3, per: 60_000 }, clock);
    drain(rate);
    await clock.advance(3_600_000);
    expect([Math.floor(rate.free), drain(rate)]).toEqual([3, 3]);
  });

  it('never gives more than the limit over a long time', async () => {
    const clock = testClock();
    const rate = new Rate({ messages: 7, per: 1_000 }, clock);
    let taken = 0;
    for (let ms = 0; ms < 60_000; ms += 37) {
      taken += drain(rate);
      await clock.advance(37);
    }
    expect(taken).toBeGreaterThanOrEqual(7 * 60 - 1);
    expect(taken).toBeLessThanOrEqual(7 * 61);
  });

  it('takes off what is sent beside it', async () => {
    const clock = testClock();
    const rate = new Rate({ messages: 1, per: 1_000 }, clock);
    for (let beside = 0; beside < 3; beside++) rate.took();
    expect(rate.freeIn).toBe(3_000);
    await clock.advance(3_000);
    expect(drain(rate)).toBe(1);
  });

  it('is not held up by a clock that was put back', () => {
    let now = 10_000;
    const rate = new Rate({ messages: 1, per: 1_000 }, { now: () => now, sleep: () => Promise.resolve() });
    rate.took();
    now -= 3_600_000;
    expect(rate.freeIn).toBe(1_000);
    now += 1_000;
    expect(rate.freeIn).toBe(0);
  });
});
