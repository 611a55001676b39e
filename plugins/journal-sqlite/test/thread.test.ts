import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JournalLink, linkTo } from '../src/open.ts';
import type { ThreadData } from '../src/operations.ts';
import { SqliteJournal } from '../src/sqlite-journal.ts';
import { temporaryFolder } from './opening.ts';
import { claimOf, finishedOf, legOf, start } from './stories.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let writer: JournalLink;
let journal: SqliteJournal;
let thread: Worker;

function startSeen(entry: URL, workerData: ThreadData): Worker {
  thread = new Worker(entry, { workerData });
  return thread;
}

beforeEach(async () => {
  folder = await temporaryFolder();
  const data = { path: join(folder.path, 'journal.db'), busyTimeout: 5000, maxSize: undefined };
  writer = linkTo({ ...data, owner: { uuid: randomUUID(), lease: 3_000 } }, { start: startSeen });
  await writer.open();
  journal = new SqliteJournal(writer, linkTo({ ...data, owner: undefined }, { start: startSeen, idle: 1 }));
});
afterEach(async () => {
  await journal.close();
  await folder.remove();
});

describe('a thread that ends unexpectedly', () => {
  it('has what is in its hands rejected, to be tried again', async () => {
    const calls = Array.from({ length: 2000 }, (_, index) => journal.finish(finishedOf(`m-${index}`)));
    const outcomes = Promise.allSettled(calls);
    await calls[0];
    await thread.terminate();
    const late = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(late.length).toBeGreaterThan(0);
    for (const { reason } of late) expect(reason).toMatchObject({ code: 'WB_JOURNAL_THREAD_ENDED', retryable: true });
  });

  it('is followed by a new one with the next call, which knows all that was promised', async () => {
    await journal.finish(finishedOf('m-1'));
    await thread.terminate();
    expect(await journal.find({ entry: 'orders', id: 'm-1' })).toMatchObject({ state: 'done' });
  });

  it('has its claims freed by its follower, since nobody knows what it claimed last', async () => {
    await journal.publish([legOf('a')], { at: start });
    expect((await journal.claimOutbox(claimOf())).jobs).toHaveLength(1);
    await thread.terminate();
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
