import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { claimOf, failedAt, failureAt, finishedOf, keptOf, key, legOf, messageOf, only, start } from './journal-fixtures.ts';

export function askAboutStoring(ask: Ask): void {
  askAboutKeeping(ask);
  askAboutLeases(ask);
  askAboutAttempts(ask);
  askAboutParking(ask);
}

function askAboutKeeping(ask: Ask): void {
  describe('a message that is stored', () => {
    it(
      'is handed out with all that was kept of it',
      ask(async (journal) => {
        expect(await journal.store(key('m-1'), keptOf('m-1'), start)).toEqual({ state: 'unknown' });
        expect(await journal.find(key('m-1'))).toEqual({ state: 'stored', attempts: 0, digest: 'digest-m-1' });
        const { jobs } = await journal.claimStored(claimOf('orders'));
        const { message, ...job } = only(jobs);
        const { message: original, ...kept } = keptOf('m-1');
        expect(job).toEqual({ ...key('m-1'), ...kept, attempts: 0 });
        expect({ ...message, body: [...message.body] }).toEqual({ ...original, body: [...original.body] });
      }),
    );
    it(
      'may lack all that a message may lack',
      ask(async (journal) => {
        const message = { id: 'plain', body: Uint8Array.of(1), properties: {} };
        await journal.store(key('m-1'), { message, digest: 'd', trace: 't' }, start);
        const { jobs } = await journal.claimStored(claimOf('orders'));
        expect(jobs[0]).toEqual({ ...key('m-1'), message: { ...message, body: expect.anything() }, digest: 'd', trace: 't', attempts: 0 });
      }),
    );
    it(
      'is not stored a second time, and the second time learns its state',
      ask(async (journal) => {
        await journal.store(key('m-1'), keptOf('m-1', 'first'), start);
        const other = { ...keptOf('m-1', 'second'), digest: 'other' };
        expect(await journal.store(key('m-1'), other, start)).toEqual({ state: 'stored', attempts: 0, digest: 'digest-m-1' });
        const { jobs } = await journal.claimStored(claimOf('orders'));
        expect(jobs.map((job) => text(job.message.body))).toEqual(['first']);
      }),
    );
    it(
      'stays as it is when it was done or given up before',
      ask(async (journal) => {
        await journal.finish(finishedOf('done', { reply: messageOf('r-1') }));
        await journal.park(key('parked'), keptOf('parked'), failureAt(start));
        expect(await journal.store(key('done'), keptOf('done'), start)).toMatchObject({ state: 'done', reply: { id: 'r-1' } });
        const { code, reason } = failureAt(start);
        expect(await journal.store(key('parked'), keptOf('parked'), start)).toEqual({
          state: 'parked',
          digest: 'digest-parked',
          code,
          reason,
        });
        expect((await journal.claimStored(claimOf('orders'))).jobs).toEqual([]);
      }),
    );
    it(
      'keeps the attempts that were counted before it was stored',
      ask(async (journal) => {
        await journal.failed(key('m-1'), failedAt('m-1', start, start + 10));
        expect(await journal.store(key('m-1'), keptOf('m-1'), start)).toEqual({ state: 'waiting', attempts: 1, digest: 'digest-m-1' });
        expect((await journal.claimStored(claimOf('orders'))).jobs).toMatchObject([{ id: 'm-1', attempts: 1 }]);
      }),
    );
    it(
      'is handed out in the order of recording, as many as asked for, and only to its own entry',
      ask(async (journal) => {
        for (const id of ['a', 'b', 'c', 'd']) await journal.store(key(id), keptOf(id), start);
        await journal.store({ entry: 'invoices', id: 'x' }, keptOf('x'), start);
        const first = await journal.claimStored(claimOf('orders', start, 3));
        expect(first.jobs.map((job) => job.id)).toEqual(['a', 'b', 'c']);
        expect(first.nextDue).toBeLessThanOrEqual(start);
        const second = await journal.claimStored(claimOf('orders', start, 3));
        expect(second.jobs.map((job) => job.id)).toEqual(['d']);
      }),
    );
    it(
      'is handed out once to many who ask at the same moment',
      ask(async (journal) => {
        await Promise.all(Array.from({ length: 50 }, (_, index) => journal.store(key(`m-${index}`), keptOf(`m-${index}`), start)));
        const claims = await Promise.all(Array.from({ length: 20 }, () => journal.claimStored(claimOf('orders', start, 5))));
        const ids = claims.flatMap(({ jobs }) => jobs.map((job) => job.id));
        expect(ids).toHaveLength(50);
        expect(new Set(ids).size).toBe(50);
      }),
    );
  });
}

function askAboutLeases(ask: Ask): void {
  describe('a stored message that was handed out', () => {
    it(
      'is not handed out again before its lease is over',
      ask(async (journal) => {
        await journal.store(key('m-1'), keptOf('m-1'), start);
        await journal.claimStored(claimOf('orders', start));
        expect(await journal.claimStored(claimOf('orders', start + 59_999))).toEqual({ jobs: [], nextDue: start + 60_000 });
        expect((await journal.claimStored(claimOf('orders', start + 60_000))).jobs).toHaveLength(1);
      }),
    );
    it(
      'is due again after a failed attempt when its wait is over, with the attempt counted',
      ask(async (journal) => {
        await journal.store(key('m-1'), keptOf('m-1'), start);
        await journal.claimStored(claimOf('orders', start));
        await journal.failed(key('m-1'), failedAt('m-1', start + 1, start + 500));
        expect(await journal.find(key('m-1'))).toEqual({ state: 'stored', attempts: 1, digest: 'digest-m-1' });
        expect(await journal.claimStored(claimOf('orders', start + 499))).toEqual({ jobs: [], nextDue: start + 500 });
        expect((await journal.claimStored(claimOf('orders', start + 500))).jobs).toMatchObject([{ id: 'm-1', attempts: 1 }]);
      }),
    );
    it(
      'lets younger ones pass while it waits',
      ask(async (journal) => {
        for (const id of ['a', 'b']) await journal.store(key(id), keptOf(id), start);
        await journal.claimStored(claimOf('orders', start, 1));
        await journal.failed(key('a'), failedAt('a', start, start + 500));
        const { jobs, nextDue } = await journal.claimStored(claimOf('orders', start + 1, 1));
        expect(jobs.map((job) => job.id)).toEqual(['b']);
        expect(nextDue).toBe(start + 500);
      }),
    );
    it(
      'holds back the younger ones from those who claim in strict order',
      ask(async (journal) => {
        for (const id of ['a', 'b']) await journal.store(key(id), keptOf(id), start);
        const inOrder = { ...claimOf('orders'), inOrder: true };
        expect(only((await journal.claimStored(inOrder)).jobs).id).toBe('a');
        expect((await journal.claimStored(inOrder)).jobs).toEqual([]);
        await journal.finish(finishedOf('a'));
        expect(only((await journal.claimStored(inOrder)).jobs).id).toBe('b');
      }),
    );
    it(
      'leaves nothing to wait for when it is done',
      ask(async (journal) => {
        await journal.store(key('m-1'), keptOf('m-1'), start);
        await journal.claimStored(claimOf('orders'));
        await journal.finish(finishedOf('m-1'));
        expect(await journal.claimStored(claimOf('orders', start + 100_000))).toEqual({ jobs: [], nextDue: undefined });
      }),
    );
  });
}

function askAboutAttempts(ask: Ask): void {
  describe('an attempt that failed', () => {
    it(
      'is counted for a message that nothing else is known of',
      ask(async (journal) => {
        await journal.failed(key('m-1'), failedAt('m-1', start, start + 10));
        await journal.failed(key('m-1'), failedAt('m-1', start + 11, start + 30));
        expect(await journal.find(key('m-1'))).toEqual({ state: 'waiting', attempts: 2, digest: 'digest-m-1' });
        expect((await journal.claimStored(claimOf('orders', start + 100))).jobs).toEqual([]);
      }),
    );
    it(
      'is counted once when it is told again',
      ask(async (journal) => {
        await journal.store(key('stored'), keptOf('stored'), start);
        await journal.claimStored(claimOf('orders'));
        for (const id of ['stored', 'waiting', 'stored', 'waiting']) await journal.failed(key(id), failedAt(id, start, start + 10));
        expect(await journal.find(key('stored'))).toMatchObject({ state: 'stored', attempts: 1 });
        expect(await journal.find(key('waiting'))).toMatchObject({ state: 'waiting', attempts: 1 });
      }),
    );
    it(
      'counts again after the next hand-out, even in the same millisecond',
      ask(async (journal) => {
        await journal.store(key('m-1'), keptOf('m-1'), start);
        for (const attempts of [1, 2, 3]) {
          await journal.claimStored(claimOf('orders'));
          await journal.failed(key('m-1'), failedAt('m-1', start, start));
          expect(await journal.find(key('m-1'))).toMatchObject({ attempts });
        }
      }),
    );
    it(
      'changes nothing for a message that is done or given up',
      ask(async (journal) => {
        await journal.finish(finishedOf('done'));
        await journal.park(key('parked'), keptOf('parked'), failureAt(start));
        for (const id of ['done', 'parked']) await journal.failed(key(id), failedAt(id, start + 5, start + 5));
        expect(await journal.find(key('done'))).toMatchObject({ state: 'done' });
        expect(await journal.find(key('parked'))).toMatchObject({ state: 'parked' });
        expect((await journal.show({ direction: 'in', name: 'orders', id: 'parked' }))?.failures).toEqual([failureAt(start)]);
      }),
    );
  });
}

function askAboutParking(ask: Ask): void {
  describe('a message that is given up', () => {
    it(
      'keeps its bytes, the failures in order and the last code',
      ask(async (journal) => {
        await journal.failed(key('m-1'), failedAt('m-1', start, start + 10));
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start + 20, 'no such order'));
        expect(await journal.find(key('m-1'))).toMatchObject({ state: 'parked', digest: 'digest-m-1', reason: 'no such order' });
        const shown = await journal.show({ direction: 'in', name: 'orders', id: 'm-1' });
        expect(shown).toMatchObject({ state: 'parked', attempts: 2, reason: 'no such order', recordedAt: start, changedAt: start + 20 });
        expect(shown?.failures).toEqual([failureAt(start), failureAt(start + 20, 'no such order')]);
        expect(shown?.message && [...shown.message.body]).toEqual([...messageOf('m-1').body]);
        expect(shown?.message?.properties).toEqual(messageOf('m-1').properties);
      }),
    );
    it(
      'is no longer handed out',
      ask(async (journal) => {
        await journal.store(key('m-1'), keptOf('m-1'), start);
        await journal.claimStored(claimOf('orders'));
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        expect(await journal.claimStored(claimOf('orders', start + 100_000))).toEqual({ jobs: [], nextDue: undefined });
      }),
    );
    it(
      'is given up once',
      ask(async (journal) => {
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        expect(await journal.show({ direction: 'in', name: 'orders', id: 'm-1' })).toMatchObject({ attempts: 1 });
      }),
    );
    it(
      'stays done when it was done',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'l-1')] }));
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        expect(await journal.find(key('m-1'))).toMatchObject({ state: 'done' });
      }),
    );
  });
}

function text(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}
