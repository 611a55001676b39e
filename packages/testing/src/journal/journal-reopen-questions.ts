import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { claimOf, failedAt, failureAt, finishedOf, keptOf, key, legKey, legOf, messageOf, start } from './journal-fixtures.ts';

export function askAboutReopening(ask: Ask): void {
  askWhatIsRemembered(ask);
  askAboutSharing(ask);
}

function askWhatIsRemembered(ask: Ask): void {
  describe('a journal that is opened again', () => {
    it(
      'remembers everything',
      ask(async (journal, reopen) => {
        await journal.finish(finishedOf('done', { reply: messageOf('r-1'), legs: [legOf('erp', 'l-1')] }));
        await journal.store(key('stored'), keptOf('stored'), start);
        await journal.failed(key('failed'), failedAt('failed', start, start));
        await journal.park(key('parked'), keptOf('parked'), failureAt(start));
        await journal.publish([], { at: start, id: 'p-1' });
        const [rows, counts] = [await journal.list({}), await journal.count()];
        await journal.close();
        const again = await reopen();
        expect(await again.list({})).toEqual(rows);
        expect(await again.count()).toEqual(counts);
        const found = await again.find(key('done'));
        expect(found.state === 'done' && found.reply && [...found.reply.body]).toEqual([...messageOf('r-1').body]);
        expect(await again.publish([legOf('erp', 'l-2')], { at: start, id: 'p-1' })).toBe(false);
        expect((await again.claimStored(claimOf('orders'))).jobs.map((job) => job.id)).toEqual(['stored']);
        expect((await again.claimOutbox(claimOf('erp'))).jobs.map(({ leg }) => leg.message.id)).toEqual(['l-1']);
      }),
    );
    it(
      'has ended the claims of the one that was closed, and the waits it was told of go on',
      ask(async (journal, reopen) => {
        await journal.publish([legOf('erp', 'l-1'), legOf('erp', 'l-2')], { at: start });
        await journal.store(key('m-1'), keptOf('m-1'), start);
        await journal.claimOutbox(claimOf('erp'));
        await journal.claimStored(claimOf('orders'));
        await journal.postponed(legKey('erp', 'l-2'), { due: start + 500 });
        await journal.close();
        const again = await reopen();
        const { jobs, nextDue } = await again.claimOutbox(claimOf('erp', start + 1));
        expect(jobs.map(({ leg }) => leg.message.id)).toEqual(['l-1']);
        expect(nextDue).toBe(start + 500);
        expect((await again.claimStored(claimOf('orders', start + 1))).jobs).toHaveLength(1);
      }),
    );
  });
}

function askAboutSharing(ask: Ask): void {
  describe('a journal that two have open', () => {
    it(
      'shows each what the other has done',
      ask(async (journal, reopen) => {
        const other = await reopen();
        await journal.finish(finishedOf('m-1'));
        expect(await other.find(key('m-1'))).toMatchObject({ state: 'done' });
        expect(await other.finish(finishedOf('m-1'))).toBe(false);
      }),
    );
    it(
      'hands nothing out to both',
      ask(async (journal, reopen) => {
        const other = await reopen();
        await journal.publish(
          Array.from({ length: 40 }, (_, index) => legOf('erp', `l-${index}`)),
          { at: start },
        );
        const claims = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? journal : other).claimOutbox(claimOf('erp', start, 3))),
        );
        const ids = claims.flatMap(({ jobs }) => jobs.map(({ leg }) => leg.message.id));
        expect(ids).toHaveLength(40);
        expect(new Set(ids).size).toBe(40);
      }),
    );
    it(
      'keeps the claims of one when the other is closed',
      ask(async (journal, reopen) => {
        const other = await reopen();
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await other.close();
        const third = await reopen();
        expect((await third.claimOutbox(claimOf('erp', start + 1))).jobs).toEqual([]);
      }),
    );
    it(
      'leaves a claim to the one who has it, although another who had it before gives it back late',
      ask(async (journal, reopen) => {
        const other = await reopen();
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp', start));
        expect((await other.claimOutbox(claimOf('erp', start + 60_000))).jobs).toHaveLength(1);
        await journal.postponed(legKey('erp', 'l-1'), { due: start + 60_001, failure: failureAt(start + 60_001) });
        expect((await journal.claimOutbox(claimOf('erp', start + 60_002))).jobs).toEqual([]);
      }),
    );
  });
}
