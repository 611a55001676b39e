import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Acquisition, ByteBudget, Semaphore } from '../src/receiving/capacity.ts';

/** Lets somebody keep a permit for so long, again and again, until that is the average. */
function keptFor(milliseconds: number, semaphore: Semaphore): void {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  for (let round = 0; round < 50; round++) {
    expect(semaphore.acquire(patient)).toBe('acquired');
    now += milliseconds;
    semaphore.release();
  }
  clock.mockRestore();
}

const patient = { abandoned: new AbortController().signal };

/** What became of those who asked, in the order of their asking. */
function asking(semaphore: Semaphore, times: number): (Acquisition | undefined)[] {
  const ends: (Acquisition | undefined)[] = Array.from({ length: times });
  for (let index = 0; index < times; index++) void Promise.resolve(semaphore.acquire(patient)).then((end) => (ends[index] = end));
  return ends;
}

describe('permits', () => {
  it('are given in the order of asking, and to no more than may wait', async () => {
    const semaphore = new Semaphore(1, { most: 2, longest: 60_000 });
    const ends = asking(semaphore, 4);
    await eventually(() => ends[3] === 'full', { what: 'the last one to be refused' });
    expect(ends).toEqual(['acquired', undefined, undefined, 'full']);
    for (const index of [1, 2]) {
      semaphore.release();
      await eventually(() => ends[index] === 'acquired', { what: 'the next one to get the permit' });
    }
    expect(ends).toEqual(['acquired', 'acquired', 'acquired', 'full']);
  });

  it('are not waited for longer than is allowed, and what was refused gets none later', async () => {
    const semaphore = new Semaphore(1, { most: 9, longest: 20 });
    const ends = asking(semaphore, 3);
    await eventually(() => ends[2] === 'full', { what: 'those who wait to be refused' });
    expect(ends).toEqual(['acquired', 'full', 'full']);
    semaphore.release();
    expect(semaphore.acquire(patient)).toBe('acquired');
  });

  it('are waited for twice as long as they are kept, where that is more', async () => {
    const semaphore = new Semaphore(1, { most: 9, longest: 1 });
    keptFor(1_000, semaphore);
    expect(semaphore.acquire(patient)).toBe('acquired');
    const [end] = [asking(semaphore, 1)];
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(end).toEqual([undefined]);
    semaphore.dismiss();
    await eventually(() => end[0] === 'dismissed', { what: 'the end of the wait' });
  });

  it('are not waited for at all by those who would wait in vain', async () => {
    const semaphore = new Semaphore(2, { most: 1_000, longest: 750 });
    keptFor(110, semaphore);
    const ends = asking(semaphore, 20);
    await eventually(() => ends.includes('full'), { what: 'the last ones to be refused' });
    expect(semaphore.isFull).toBe(true);
    // Each of the two permits is kept for 110 ms, so that the first 13 of those who wait get one within 750 ms.
    expect(ends).toEqual([...Array(2).fill('acquired'), ...Array(13).fill(undefined), ...Array(5).fill('full')]);
    semaphore.dismiss();
    expect(semaphore.isFull).toBe(false);
  });

  it('are not waited for by a client that has gone, nor after the end', async () => {
    const semaphore = new Semaphore(1, { most: 9, longest: 60_000 });
    const gone = new AbortController();
    expect(semaphore.acquire(patient)).toBe('acquired');
    const waiting = [Promise.resolve(semaphore.acquire({ abandoned: gone.signal })), Promise.resolve(semaphore.acquire(patient))];
    gone.abort();
    semaphore.dismiss();
    expect(await Promise.all(waiting)).toEqual(['abandoned', 'dismissed']);
    semaphore.release();
    await semaphore.none();
  });

  it('leave no timer behind, however the waiting ends', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const semaphore = new Semaphore(1, { most: 9, longest: 60_000 });
    const gone = new AbortController();
    expect(semaphore.acquire(patient)).toBe('acquired');
    const waiting = [patient, { abandoned: gone.signal }, patient].map((client) => Promise.resolve(semaphore.acquire(client)));
    expect(vi.getTimerCount()).toBe(3);
    semaphore.release();
    gone.abort();
    semaphore.dismiss();
    expect(await Promise.all(waiting)).toEqual(['acquired', 'abandoned', 'dismissed']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the room for bytes', () => {
  it('can be taken to the last of them, and is there again when it was given back', () => {
    const budget = new ByteBudget(10);
    expect([4, 6, 1].map((bytes) => budget.take(bytes))).toEqual([true, true, false]);
    budget.giveBack(6);
    expect([7, 6, 1].map((bytes) => budget.take(bytes))).toEqual([false, true, false]);
  });
});
