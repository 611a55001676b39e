import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { claimOf, failedAt, failureAt, finishedOf, keptOf, key, legKey, legOf, only, start } from './journal-fixtures.ts';

const parkedIn = { direction: 'in', name: 'orders', id: 'm-1' } as const;
const parkedOut = { direction: 'out', name: 'erp', id: 'l-1' } as const;

export function askAboutOperators(ask: Ask): void {
  askAboutReplay(ask);
  askAboutDropping(ask);
  askAboutListings(ask);
  askAboutTheCount(ask);
  askAboutForgetting(ask);
}

function askAboutReplay(ask: Ask): void {
  describe('a parked message that is replayed', () => {
    it(
      'is due again with all its attempts before it, and keeps the history of its failures',
      ask(async (journal) => {
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        expect(await journal.replay(parkedIn, { at: start + 100 })).toBe(true);
        expect((await journal.claimStored(claimOf('orders', start + 99))).jobs).toEqual([]);
        expect((await journal.claimStored(claimOf('orders', start + 100))).jobs).toMatchObject([
          { id: 'm-1', attempts: 0, ...meta('m-1') },
        ]);
        expect(await journal.show(parkedIn)).toMatchObject({ state: 'stored', failures: [failureAt(start)], changedAt: start + 100 });
      }),
    );
    it(
      'gets the new body where one is given, and keeps everything else',
      ask(async (journal) => {
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        await journal.replay(parkedIn, { at: start, body: Uint8Array.of(1, 2, 3) });
        const { jobs } = await journal.claimStored(claimOf('orders'));
        expect(jobs[0] && [...jobs[0].message.body]).toEqual([1, 2, 3]);
        expect(jobs[0]).toMatchObject({ digest: 'digest-m-1', message: { id: 'm-1', contentType: 'text/xml; charset=utf-8' } });
      }),
    );
    it(
      'can be a leg, too',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start));
        expect(await journal.replay(parkedOut, { at: start + 5, body: Uint8Array.of(9) })).toBe(true);
        const { jobs } = await journal.claimOutbox(claimOf('erp', start + 5));
        expect(jobs[0] && [...jobs[0].leg.message.body]).toEqual([9]);
        expect(jobs[0]?.attempts).toBe(0);
      }),
    );
    it(
      'takes its old place in the order of recording',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1'), legOf('erp', 'l-2')], { at: start });
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start));
        await journal.replay(parkedOut, { at: start });
        expect((await journal.claimOutbox(claimOf('erp'))).jobs.map(({ leg }) => leg.message.id)).toEqual(['l-1', 'l-2']);
      }),
    );
    it(
      'is replayed once, and only when it is parked',
      ask(async (journal) => {
        expect(await journal.replay(parkedIn, { at: start })).toBe(false);
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        expect(await journal.replay(parkedIn, { at: start })).toBe(true);
        expect(await journal.replay(parkedIn, { at: start, body: Uint8Array.of(7) })).toBe(false);
        expect((await journal.claimStored(claimOf('orders'))).jobs[0]?.message.body).toHaveLength(256);
        await journal.finish(finishedOf('m-1'));
        expect(await journal.replay(parkedIn, { at: start })).toBe(false);
      }),
    );
    it(
      'can be given up again',
      ask(async (journal) => {
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        await journal.replay(parkedIn, { at: start });
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start + 9));
        expect(await journal.show(parkedIn)).toMatchObject({ state: 'parked', failures: [failureAt(start), failureAt(start + 9)] });
      }),
    );
  });
}

function askAboutDropping(ask: Ask): void {
  describe('a parked message that is dropped', () => {
    it(
      'is gone for good, and so is the memory of it',
      ask(async (journal) => {
        await journal.park(key('m-1'), keptOf('m-1'), failureAt(start));
        expect(await journal.drop(parkedIn)).toBe(true);
        expect(await journal.drop(parkedIn)).toBe(false);
        expect(await journal.show(parkedIn)).toBeUndefined();
        expect(await journal.find(key('m-1'))).toEqual({ state: 'unknown' });
      }),
    );
    it(
      'is left alone when it is not parked',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'l-1')] }));
        expect(await journal.drop(parkedIn)).toBe(false);
        expect(await journal.drop(parkedOut)).toBe(false);
        expect(await journal.list({})).toHaveLength(2);
      }),
    );
  });
}

function askAboutListings(ask: Ask): void {
  describe('a listing', () => {
    it(
      'shows the newest first, with all that is known of a row',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'l-1')], archive: keptOf('m-1') }));
        await journal.park(key('m-2'), keptOf('m-2'), failureAt(start + 7));
        const inbound = await journal.list({ direction: 'in' });
        expect(inbound).toMatchObject([
          { id: 'm-2', state: 'parked', attempts: 1, code: 'WB_COMMAND_FAILED', recordedAt: start + 7, trace: 'trace-m-2' },
          { id: 'm-1', state: 'done', type: 'Update_WCS_OrderStatus@3.0', attempts: 0, recordedAt: start, changedAt: start },
        ]);
        const { seq: _, ...leg } = only(await journal.list({ direction: 'out' }));
        expect(leg).toEqual({
          direction: 'out',
          name: 'erp',
          id: 'l-1',
          type: 'Report_NC_PurchaseOrder@1.0',
          event: 'order.created',
          state: 'waiting',
          store: '10151',
          cause: 'm-1',
          trace: 'trace-l-1',
          attempts: 0,
          recordedAt: start,
          changedAt: start,
        });
      }),
    );
    it(
      'holds to each of its filters and to all of them together',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'a'), legOf('erp', 'b', { cause: 'm-9' }), legOf('files', 'c', { type: 'Other@1.0' })], {
          at: start,
        });
        await journal.parkLeg(legKey('erp', 'a'), failureAt(start));
        await journal.failed(key('m-1'), failedAt('m-1', start, start));
        const ids = async (query: Parameters<typeof journal.list>[0]): Promise<string[]> =>
          (await journal.list(query)).map((row) => row.id);
        expect(await ids({ direction: 'in' })).toEqual(['m-1']);
        expect(await ids({ direction: 'out', state: 'waiting' })).toEqual(['c', 'b']);
        expect(await ids({ state: 'parked' })).toEqual(['a']);
        expect(await ids({ name: 'erp' })).toEqual(['b', 'a']);
        expect(await ids({ type: 'Other@1.0' })).toEqual(['c']);
        expect(await ids({ cause: 'm-9' })).toEqual(['b']);
        expect(await ids({ direction: 'out', state: 'waiting', name: 'erp', cause: 'm-1' })).toEqual([]);
      }),
    );
    it(
      'is read page by page without a gap or a repetition',
      ask(async (journal) => {
        for (let index = 0; index < 7; index += 1) await journal.finish(finishedOf(`m-${index}`));
        const seen: string[] = [];
        let before: number | undefined;
        for (let page = 0; page < 4; page += 1) {
          const rows = await journal.list({ direction: 'in', limit: 3, before });
          seen.push(...rows.map((row) => row.id));
          before = rows.at(-1)?.seq ?? before;
        }
        expect(seen).toEqual(['m-6', 'm-5', 'm-4', 'm-3', 'm-2', 'm-1', 'm-0']);
      }),
    );
    it(
      'holds a hundred rows where nothing else is asked for',
      ask(async (journal) => {
        await Promise.all(Array.from({ length: 130 }, (_, index) => journal.finish(finishedOf(`m-${index}`))));
        expect(await journal.list({})).toHaveLength(100);
        expect(await journal.list({ limit: 0 })).toEqual([]);
      }),
    );
  });
}

function askAboutTheCount(ask: Ask): void {
  describe('the count', () => {
    it(
      'tells how many rows are in each state',
      ask(async (journal) => {
        expect(await journal.count()).toEqual([]);
        await journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'a'), legOf('erp', 'b')] }));
        await journal.finish(finishedOf('m-2'));
        await journal.store(key('m-3'), keptOf('m-3'), start);
        await journal.failed(key('m-4'), failedAt('m-4', start, start));
        await journal.parkLeg(legKey('erp', 'a'), failureAt(start));
        const counts = await journal.count();
        expect(counts.map(({ direction, name, state, rows }) => `${direction} ${name} ${state} ${rows}`).toSorted()).toEqual([
          'in orders done 2',
          'in orders stored 1',
          'in orders waiting 1',
          'out erp parked 1',
          'out erp waiting 1',
        ]);
      }),
    );
  });
}

function askAboutForgetting(ask: Ask): void {
  describe('forgetting', () => {
    it(
      'removes what was done before the given time and nothing else',
      ask(async (journal) => {
        await journal.finish(finishedOf('old', { legs: [legOf('erp', 'sent'), legOf('erp', 'waiting')], reply: keptOf('r').message }));
        await journal.finish(finishedOf('young', { at: start + 10 }));
        await journal.sent(legKey('erp', 'sent'), { at: start, archive: true });
        await journal.store(key('stored'), keptOf('stored'), start);
        await journal.park(key('parked'), keptOf('parked'), failureAt(start));
        expect(await journal.forget(start + 10)).toBe(2);
        expect(await journal.forget(start + 10)).toBe(0);
        expect((await journal.list({})).map((row) => row.id).toSorted()).toEqual(['parked', 'stored', 'waiting', 'young']);
      }),
    );
    it(
      'ends the suppression of duplicates',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1'));
        await journal.publish([legOf('erp', 'l-1')], { at: start, id: 'p-1' });
        await journal.forget(start + 1);
        expect(await journal.find(key('m-1'))).toEqual({ state: 'unknown' });
        expect(await journal.publish([legOf('erp', 'l-1')], { at: start, id: 'p-1' })).toBe(false);
        await journal.sent(legKey('erp', 'l-1'), { at: start, archive: false });
        await journal.forget(start + 1);
        expect(await journal.finish(finishedOf('m-1'))).toBe(true);
        expect(await journal.publish([legOf('erp', 'l-1')], { at: start, id: 'p-1' })).toBe(true);
      }),
    );
    it(
      'goes through many rows',
      ask(async (journal) => {
        await Promise.all(
          Array.from({ length: 3000 }, (_, index) => journal.finish(finishedOf(`m-${index}`, { at: start + (index % 2) }))),
        );
        expect(await journal.forget(start + 1)).toBe(1500);
        expect((await journal.count()).map(({ rows }) => rows)).toEqual([1500]);
      }),
    );
  });
}

function meta(id: string): { trace: string; type: string; principal: { name: string } } {
  const { trace } = keptOf(id);
  return { trace, type: 'Update_WCS_OrderStatus@3.0', principal: { name: 'erp' } };
}
