import { describe, expect, it } from 'vitest';
import { testClock } from '../src/tools/clock.ts';

describe('a test clock', () => {
  it('stands still until it is told to advance', async () => {
    const clock = testClock(1_000);
    expect(clock.now()).toBe(1_000);
    await clock.advance(250);
    expect(clock.now()).toBe(1_250);
  });

  it('wakes sleepers in the order of their times, each at its own time', async () => {
    const clock = testClock(0);
    const woken: string[] = [];
    const sleep = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    void sleep('late', 30);
    void sleep('early', 10);
    void sleep('never', 31);
    await clock.advance(30);
    expect(woken).toEqual(['early at 10', 'late at 30']);
    expect(clock.sleeping).toBe(1);
  });

  it('lets somebody sleep again within one advance', async () => {
    const clock = testClock(0);
    const ticks: number[] = [];
    void (async () => {
      for (;;) {
        await clock.sleep(10);
        ticks.push(clock.now());
      }
    })();
    await clock.advance(35);
    expect(ticks).toEqual([10, 20, 30]);
  });

  it('wakes whoever is due once when time passes at once, and lets them see all of it', async () => {
    const clock = testClock(0);
    const woken: string[] = [];
    const sleep = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    };
    void sleep('late', 3_000);
    void (async () => {
      for (;;) await sleep('often', 10);
    })();
    await clock.skip(10_000);
    expect(woken).toEqual(['often at 10000', 'late at 10000']);
    expect(clock.sleeping).toBe(1);
  });

  it('ends a sleep when its signal aborts, as the clock of the kernel does', async () => {
    const clock = testClock();
    const stop = new AbortController();
    const sleep = clock.sleep(1_000, stop.signal);
    stop.abort();
    await expect(sleep).resolves.toBeUndefined();
    await expect(clock.sleep(1, stop.signal)).resolves.toBeUndefined();
    expect(clock.sleeping).toBe(0);
  });
});
