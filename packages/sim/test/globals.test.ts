import { expect, it } from 'vitest';
import { takeOverGlobals } from '../src/time/globals.ts';
import { VirtualTime } from '../src/time/virtual-time.ts';

it('timers that were started before virtual time can be ended in it', async () => {
  const fired: string[] = [];
  const early = setTimeout(() => fired.push('early'), 1);
  const giveBack = takeOverGlobals(new VirtualTime(), () => 0.5);
  clearTimeout(early);
  giveBack();
  await new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
  expect(fired).toEqual([]);
});

it('virtual timers are called in the order of their times, however long that takes', async () => {
  const time = new VirtualTime();
  const giveBack = takeOverGlobals(time, () => 0.5);
  const called: string[] = [];
  try {
    setTimeout(() => called.push('in a week'), 604_800_000);
    clearTimeout(setTimeout(() => called.push('never'), 5));
    const every = setInterval(() => called.push(`after ${performance.now()}`), 1_000);
    setTimeout(() => clearInterval(every), 2_500);
    AbortSignal.timeout(500).addEventListener('abort', () => called.push('time is over'));
    await time.runUntil(() => called.includes('in a week'));
  } finally {
    giveBack();
  }
  expect(called).toEqual(['time is over', 'after 1000', 'after 2000', 'in a week']);
});
