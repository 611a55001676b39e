import { expect, it, onTestFinished, vi } from 'vitest';
import { Wakeup } from '../src/receiving/wakeup.ts';

const anHour = 3_600_000;

it('a wake-up that comes while nobody waits ends the next wait at once, and only that one', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const wakeup = new Wakeup();
  wakeup.wake();
  await wakeup.wait(anHour);
  expect(vi.getTimerCount()).toBe(0);
  let hasEnded = false;
  const waiting = wakeup.wait(anHour).then(() => (hasEnded = true));
  await vi.advanceTimersByTimeAsync(anHour - 1);
  expect(hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
});

it('a wait that is ended leaves no timer behind', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const wakeup = new Wakeup();
  const waiting = wakeup.wait(anHour);
  expect(vi.getTimerCount()).toBe(1);
  wakeup.wake();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});
