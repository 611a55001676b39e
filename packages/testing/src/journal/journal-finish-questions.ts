import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { claimOf, failedAt, failureAt, finishedOf, keptOf, key, legKey, legOf, messageOf, start } from './journal-fixtures.ts';

export function askAboutFinishing(ask: Ask): void {
  askAboutTheMessage(ask);
  askAboutManyAtOnce(ask);
}

function askAboutTheMessage(ask: Ask): void {
  describe('a message that is finished', () => {
    it(
      'is unknown before and done afterwards',
      ask(async (journal) => {
        expect(await journal.find(key('m-1'))).toEqual({ state: 'unknown' });
        expect(await journal.finish(finishedOf('m-1'))).toBe(true);
        expect(await journal.find(key('m-1'))).toEqual({ state: 'done', digest: 'digest-m-1', reply: undefined });
      }),
    );
    it(
      'is another one in another entry',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1'));
        expect(await journal.find({ entry: 'invoices', id: 'm-1' })).toEqual({ state: 'unknown' });
      }),
    );
    it(
      'is answered with the very reply that was recorded',
      ask(async (journal) => {
        const reply = messageOf('r-1');
        await journal.finish(finishedOf('m-1', { reply }));
        const found = await journal.find(key('m-1'));
        expect(found.state === 'done' && comparable(found.reply)).toEqual(comparable(reply));
      }),
    );
    it.each([
      ['empty', new Uint8Array(0)],
      ['of one zero byte', new Uint8Array(1)],
      ['a window into a larger buffer', new Uint8Array(1000).fill(7).subarray(400, 500)],
      ['a megabyte', new Uint8Array(1024 * 1024).fill(9)],
    ])('keeps a reply that is %s', async (_what, body) => {
      await ask(async (journal) => {
        await journal.finish(finishedOf('m-1', { reply: { id: 'r-1', body, properties: {} } }));
        const found = await journal.find(key('m-1'));
        expect(found.state === 'done' && found.reply && Buffer.compare(found.reply.body, body)).toBe(0);
        expect(found.state === 'done' && found.reply?.contentType).toBeUndefined();
      })();
    });
    it(
      'keeps the reply although the sender uses its buffer again',
      ask(async (journal) => {
        const body = Uint8Array.of(1, 2, 3);
        await journal.finish(finishedOf('m-1', { reply: { id: 'r-1', body, properties: {} } }));
        body.fill(0);
        const found = await journal.find(key('m-1'));
        expect(found.state === 'done' && found.reply && [...found.reply.body]).toEqual([1, 2, 3]);
      }),
    );
    it(
      'records its legs in the same step',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'l-1'), legOf('files', 'l-1'), legOf('erp', 'l-2')] }));
        const { jobs } = await journal.claimOutbox(claimOf('erp'));
        expect(jobs.map((job) => job.leg.message.id)).toEqual(['l-1', 'l-2']);
        expect((await journal.claimOutbox(claimOf('files'))).jobs).toHaveLength(1);
      }),
    );
    it(
      'is never done without its legs',
      ask(async (journal) => {
        const finishing = journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'l-1')] }));
        const found = await journal.find(key('m-1'));
        const { jobs } = await journal.claimOutbox(claimOf('erp'));
        expect(found.state === 'done' && jobs.length === 0).toBe(false);
        await finishing;
      }),
    );
    it(
      'is finished once: the second time is answered with false and writes nothing',
      ask(async (journal) => {
        const first = finishedOf('m-1', { reply: messageOf('r-1'), legs: [legOf('erp', 'l-1')] });
        expect(await journal.finish(first)).toBe(true);
        expect(await journal.finish(first)).toBe(false);
        const other = finishedOf('m-1', { digest: 'other', reply: messageOf('r-2'), legs: [legOf('erp', 'l-2')] });
        expect(await journal.finish(other)).toBe(false);
        expect(await journal.find(key('m-1'))).toMatchObject({ digest: 'digest-m-1', reply: { id: 'r-1' } });
        expect((await journal.claimOutbox(claimOf('erp'))).jobs).toHaveLength(1);
      }),
    );
    it(
      'is finished once when it is finished twice at the same moment',
      ask(async (journal) => {
        const done = finishedOf('m-1', { legs: [legOf('erp', 'l-1')] });
        const answers = await Promise.all([journal.finish(done), journal.finish(done), journal.finish(done)]);
        expect(answers.filter(Boolean)).toHaveLength(1);
        expect((await journal.claimOutbox(claimOf('erp'))).jobs).toHaveLength(1);
      }),
    );
    it(
      'is kept where it is to be archived, and not where it is not',
      ask(async (journal) => {
        await journal.finish(finishedOf('m-1', { archive: keptOf('m-1') }));
        await journal.finish(finishedOf('m-2'));
        const kept = await journal.show({ direction: 'in', name: 'orders', id: 'm-1' });
        expect(comparable(kept?.message)).toEqual(comparable(messageOf('m-1')));
        expect((await journal.show({ direction: 'in', name: 'orders', id: 'm-2' }))?.message).toBeUndefined();
      }),
    );
    it(
      'is done with, whether it failed, was stored or was given up before',
      ask(async (journal) => {
        await journal.failed(key('failed'), failedAt('failed', start, start));
        await journal.store(key('stored'), keptOf('stored'), start);
        await journal.park(key('parked'), keptOf('parked'), failureAt(start));
        for (const id of ['failed', 'stored', 'parked']) expect(await journal.finish(finishedOf(id))).toBe(true);
        expect((await journal.claimStored(claimOf('orders', start + 100_000))).jobs).toEqual([]);
        const rows = await journal.list({ direction: 'in', state: 'done' });
        expect(rows.map((row) => row.id)).toEqual(['parked', 'stored', 'failed']);
        expect((await journal.show({ direction: 'in', name: 'orders', id: 'stored' }))?.message).toBeUndefined();
      }),
    );
  });
}

function askAboutManyAtOnce(ask: Ask): void {
  describe('a thousand messages that are finished at the same moment', () => {
    it(
      'are all recorded, each with its leg',
      ask(async (journal) => {
        const ids = Array.from({ length: 1000 }, (_, index) => `m-${index}`);
        const answers = await Promise.all(ids.map((id) => journal.finish(finishedOf(id, { legs: [legOf('erp', `l-${id}`)] }))));
        expect(answers.every(Boolean)).toBe(true);
        const found = await Promise.all(ids.map((id) => journal.find(key(id))));
        expect(found.filter(({ state }) => state === 'done')).toHaveLength(1000);
        const { jobs } = await journal.claimOutbox(claimOf('erp', start, 2000));
        expect(jobs.map(({ leg }) => leg.message.id)).toEqual(ids.map((id) => `l-${id}`));
        await journal.sent(legKey('erp', 'l-m-0'), { at: start, archive: false });
        expect(await journal.list({ direction: 'out', state: 'waiting', limit: 2000 })).toHaveLength(999);
      }),
    );
  });
}

/** Bytes as plain numbers: whether they arrive as a Buffer or as a Uint8Array makes no difference. */
function comparable(message: { readonly body: Uint8Array } | undefined): object | undefined {
  return message && { ...message, body: [...message.body] };
}
