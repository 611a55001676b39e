import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { anna, done, inbound, inKey } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';

export function askAboutClosing(ask: Ask, { reopen }: JournalSubject): void {
  group('a journal that is closed', () => {
    ask('completes what was called before', async (bench) => {
      const calls = Array.from({ length: 20 }, (_, index) => bench.settle(`m-${index}`, done));
      await bench.journal.close();
      expect((await Promise.all(calls)).every(({ outcome }) => outcome === 'recorded')).toBe(true);
      if (reopen) expect((await (await bench.reopen()).journal.desk.list({})).rows).toHaveLength(20);
    });

    ask('rejects what is called afterwards, for good', async ({ journal }) => {
      const { inbox, outbox, desk } = journal;
      await journal.close();
      const calls = [
        () => inbox.find({ entry: inbound, id: 'm-1' }),
        () => inbox.claim({ entry: inbound, limit: 1 }),
        () => outbox.publish([]),
        () => outbox.claim({ entry: 'erp', limit: 1 }),
        () => desk.list({}),
        () => desk.replay([inKey('m-1')], anna),
        () => desk.counts(),
        () => journal.control.paused(),
        () => journal.control.present({}),
        () => journal.control.records(),
        () => journal.lease(inbound),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ retryable: false });
    });

    ask('can be closed again', async ({ journal }) => {
      await journal.close();
      await expect(journal.close()).resolves.toBeUndefined();
    });
  });
}
