import { expect } from 'vitest';
import { type Ask, group, type Opened } from '../bench.ts';
import { again, done, factsOf, inbound, keptOf, parked } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';

const lease = ({ journal }: Opened) => journal.lease(inbound);

export function askAboutLeases(ask: Ask, { reopen, crash, suspend }: JournalSubject): void {
  group('the right to receive an entry alone', () => {
    askAboutOne(ask);
    if (reopen) askAboutTwo(ask);
    if (reopen && crash) askAboutCrash(ask);
    if (reopen && suspend) askAboutSuspension(ask);
  });
}

function askAboutOne(ask: Ask): void {
  ask('lets its holder store and settle', async (bench) => {
    const held = await lease(bench);
    expect(held?.lost.aborted).toBe(false);
    expect(held?.token).toMatchObject({ entry: inbound });
    const message = { entry: inbound, id: 'm-1', ...factsOf('m-1'), ...keptOf('m-1') };
    expect(await bench.journal.inbox.store(message, held?.token)).toEqual({ state: 'unknown' });
    expect(await bench.settle('m-2', done, { lease: held?.token })).toEqual({ outcome: 'recorded' });
  });

  ask('lets nobody record anything who has released it', async (bench) => {
    const held = await lease(bench);
    await held?.release();
    const message = { entry: inbound, id: 'm-1', ...factsOf('m-1'), ...keptOf('m-1') };
    expect(await bench.journal.inbox.store(message, held?.token)).toBeUndefined();
    for (const ending of [done, again(1, 0), parked('m-2')]) {
      expect(await bench.settle('m-2', ending, { lease: held?.token })).toEqual({ outcome: 'not-yours' });
    }
    expect((await bench.journal.desk.list({})).rows).toEqual([]);
    expect(await lease(bench)).toBeDefined();
  });

  ask('taken again by its holder, is the newer one', async (bench) => {
    const [first, second] = [await lease(bench), await lease(bench)];
    expect(second).toBeDefined();
    await bench.within(aborted(first?.lost), 'the first one to be lost');
    expect(await bench.settle('m-1', done, { lease: first?.token })).toEqual({ outcome: 'not-yours' });
    await first?.release();
    expect(await bench.settle('m-1', done, { lease: second?.token })).toEqual({ outcome: 'recorded' });
  });
}

function askAboutTwo(ask: Ask): void {
  ask('is one’s at a time, for each entry, until it is released or its holder closes', async (bench) => {
    const other = await bench.reopen();
    const held = await lease(bench);
    expect(await lease(other)).toBeUndefined();
    expect(await other.journal.lease('invoices')).toBeDefined();
    expect(await bench.journal.lease('invoices')).toBeUndefined();
    await held?.release();
    const taken = await lease(other);
    expect(taken).toBeDefined();
    expect(await lease(bench)).toBeUndefined();
    await other.journal.close();
    expect(await lease(bench)).toBeDefined();
  });
}

function askAboutCrash(ask: Ask): void {
  ask('is free when its holder has crashed, after three seconds at most', async (bench) => {
    const other = await bench.reopen();
    await lease(other);
    await bench.crash(other);
    await bench.pass(3_500);
    await bench.eventually(() => lease(bench), 'the lease of the one that crashed');
  });
}

function askAboutSuspension(ask: Ask): void {
  ask('stays with a holder that is suspended for a moment', async (bench) => {
    const other = await bench.reopen();
    const held = await lease(other);
    await bench.suspend(other);
    await bench.pass(1_000);
    expect(await lease(bench)).toBeUndefined();
    await bench.resume(other);
    expect(await other.settle('m-1', done, { lease: held?.token })).toEqual({ outcome: 'recorded' });
  });

  ask('is lost by a holder that was suspended for longer than three seconds, and what it records then is refused', async (bench) => {
    const other = await bench.reopen();
    const held = await lease(other);
    await bench.suspend(other);
    await bench.pass(3_500);
    await bench.eventually(() => lease(bench), 'the lease of the one that is suspended');
    await bench.resume(other);
    const message = { entry: inbound, id: 'm-1', ...factsOf('m-1'), ...keptOf('m-1') };
    expect(await other.journal.inbox.store(message, held?.token)).toBeUndefined();
    expect(await other.settle('m-1', done, { lease: held?.token })).toEqual({ outcome: 'not-yours' });
    await bench.within(aborted(held?.lost), 'the signal of the lease');
    expect(await lease(other)).toBeUndefined();
    expect(await bench.find('m-1')).toEqual({ state: 'unknown' });
  });
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
