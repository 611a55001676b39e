import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ownProcessIdentity } from '@waybill/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThreadData } from '../src/operations.ts';
import { SqliteJournal } from '../src/sqlite-journal.ts';
import { ThreadLink, threadEntry } from '../src/thread-link.ts';
import { temporaryFolder } from './opening.ts';
import { claimOf, finishedOf, legOf, start } from './stories.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let writer: ThreadLink;
let journal: SqliteJournal;
let thread: Worker;

function startSeen(workerData: ThreadData): Worker {
  thread = new Worker(threadEntry, { workerData });
  return thread;
}

beforeEach(async () => {
  folder = await temporaryFolder();
  const data = { path: join(folder.path, 'journal.db'), busyTimeout: 5000, maxSize: null };
  writer = new ThreadLink({ ...data, owner: { uuid: randomUUID(), process: ownProcessIdentity() } }, { start: startSeen });
  await writer.open(new AbortController().signal);
  journal = new SqliteJournal(writer, new ThreadLink({ ...data, owner: null }, { start: startSeen, idle: 1 }));
});
afterEach(async () => {
  await journal.close();
  await folder.remove();
});

describe('a thread that ends unexpectedly', () => {
  it('has what is in its hands and what waits rejected, to be tried again', async () => {
    const calls = Array.from({ length: 2000 }, (_, index) => journal.finish(finishedOf(`m-${index}`)));
    const outcomes = Promise.allSettled(calls);
    await calls[0];
    await thread.terminate();
    const late = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(late.length).toBeGreaterThan(0);
    for (const { reason } of late) expect(reason).toMatchObject({ code: 'WB_JOURNAL_WORKER_ENDED', retryable: true });
  });

  it('is followed by a new one with the next call, which knows all that was promised', async () => {
    await journal.finish(finishedOf('m-1'));
    await thread.terminate();
    expect(await journal.find({ entry: 'orders', id: 'm-1' })).toMatchObject({ state: 'done' });
  });

  it('leaves its claims to its follower, which ends them when it is closed', async () => {
    await journal.publish([legOf('a')], { at: start });
    await journal.claimOutbox(claimOf());
    await thread.terminate();
    expect((await journal.claimOutbox(claimOf())).jobs).toEqual([]);
    await journal.postponed({ destination: 'erp', id: 'a' }, { due: start });
    expect((await journal.claimOutbox(claimOf())).jobs).toHaveLength(1);
  });
});

describe('the thread of those who only look', () => {
  it('ends when nobody looks, and the next look starts another one', async () => {
    await journal.finish(finishedOf('m-1'));
    const first = thread;
    expect(await journal.list({})).toHaveLength(1);
    const viewer = thread;
    expect(viewer).not.toBe(first);
    await once(viewer, 'exit');
    expect(await journal.count()).toEqual([{ direction: 'in', name: 'orders', state: 'done', rows: 1 }]);
    expect(thread).not.toBe(viewer);
  });
});

describe('a call that cannot be handed to the thread', () => {
  it('is rejected, and the next one is done', async () => {
    const unsayable = Symbol('at') as unknown as number;
    await expect(journal.finish({ ...finishedOf('m-1'), at: unsayable })).rejects.toMatchObject({
      code: 'WB_JOURNAL_FAILED',
      retryable: false,
    });
    expect(await journal.finish(finishedOf('m-1'))).toBe(true);
  });
});

describe('a flood of calls', () => {
  it('is answered in its order', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 5000 }, async (_, index) => {
        await journal.find({ entry: 'orders', id: `m-${index}` });
        order.push(index);
      }),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});
