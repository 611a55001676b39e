import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as immediately } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { FileThread } from '@waybill/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { linkTo } from '../src/link.ts';
import { SqliteJournal } from '../src/sqlite-journal.ts';
import { newPath } from './opening.ts';
import { endingOf, everything, finishedOf, firstOf, idsOf, legOf, sent } from './stories.ts';

/** A journal whose threads are seen. */
async function watched() {
  const threads: Worker[] = [];
  const newThread = () =>
    new FileThread('journal', (entry) => {
      const worker = new Worker(entry);
      threads.push(worker);
      return worker;
    });
  const data = { path: await newPath(), busyTimeout: 5_000, maxSize: undefined };
  const writer = linkTo({ ...data, owner: { uuid: randomUUID(), lease: 3_000 } }, { thread: newThread() });
  await writer.open();
  const journal = new SqliteJournal(writer, linkTo({ ...data, owner: undefined }, { thread: newThread(), idle: 1 }), false);
  onTestFinished(() => journal.close());
  return { journal, threads };
}

describe('a thread that ends unexpectedly', () => {
  it('has what is in its hands rejected, to be tried again', async () => {
    const { journal, threads } = await watched();
    const calls = Array.from({ length: 2_000 }, (_, index) => journal.inbox.settle(finishedOf(`m-${index}`)));
    const outcomes = Promise.allSettled(calls);
    await calls[0];
    // The rest goes over in this turn of the event loop; what a thread has never got would be done by the next one.
    await immediately();
    await threads[0]?.terminate();
    const late = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(late.length).toBeGreaterThan(0);
    for (const { reason } of late) expect(reason).toMatchObject({ code: 'WB_JOURNAL_THREAD_ENDED', kind: 'unavailable', retryable: true });
  });

  it('is followed by a new one with the next call, which knows all that was promised', async () => {
    const { journal, threads } = await watched();
    await journal.inbox.settle(finishedOf('m-1'));
    await threads[0]?.terminate();
    expect((await journal.inbox.find({ entry: 'orders', id: 'm-1' })).known).toMatchObject({ state: 'done' });
  });

  it('has its claims freed by its follower, counted, and what was claimed before cannot be ended any more', async () => {
    const { journal, threads } = await watched();
    await journal.outbox.publish([legOf('a')]);
    const before = firstOf((await journal.outbox.claim(everything)).jobs);
    await threads[0]?.terminate();
    const { jobs } = await journal.outbox.claim(everything);
    expect([idsOf(jobs), jobs[0]?.unresolved]).toEqual([['a'], 1]);
    expect(await journal.outbox.settle(endingOf(before, sent))).toEqual({ outcome: 'not-yours' });
  });

  it('answers a step again that it had recorded before it ended', async () => {
    const { journal, threads } = await watched();
    await journal.outbox.publish([legOf('a')]);
    const job = firstOf((await journal.outbox.claim(everything)).jobs);
    await journal.outbox.settle(endingOf(job, sent));
    await threads[0]?.terminate();
    expect(await journal.outbox.settle(endingOf(job, sent))).toEqual({ outcome: 'recorded' });
  });

  it('takes the leases with it', async () => {
    const { journal, threads } = await watched();
    const lease = await journal.lease('orders');
    await threads[0]?.terminate();
    const again = await journal.lease('orders');
    expect([lease?.lost.aborted, again?.lost.aborted]).toEqual([true, false]);
  });
});

describe('the thread of those who only look', () => {
  it('ends when nobody looks, and the next look starts another one', async () => {
    const { journal, threads } = await watched();
    await journal.outbox.publish([legOf('a')]);
    expect((await journal.desk.list({})).rows).toHaveLength(1);
    const viewer = threads[1];
    if (viewer) await once(viewer, 'exit');
    expect((await journal.desk.list({})).rows).toHaveLength(1);
    expect(threads).toHaveLength(3);
  });

  it('is not started for the counts, which are kept', async () => {
    const { journal, threads } = await watched();
    await journal.outbox.publish([legOf('a')]);
    expect(await journal.desk.counts()).toMatchObject([{ direction: 'out', entry: 'erp', waiting: 1, parked: 0 }]);
    expect(threads).toHaveLength(1);
  });
});

describe('a call that cannot be handed to the thread', () => {
  it('is rejected, and the next one is done', async () => {
    const { journal } = await watched();
    const unsayable = { ...finishedOf('m-1'), digest: Symbol('digest') as unknown as string };
    await expect(journal.inbox.settle(unsayable)).rejects.toMatchObject({ code: 'WB_JOURNAL_FAILED', retryable: false });
    expect(await journal.inbox.settle(finishedOf('m-1'))).toEqual({ outcome: 'recorded' });
  });
});
