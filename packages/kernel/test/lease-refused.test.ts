import { WaybillError } from '@waybill/contract';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';

/** A journal file that refuses every lease for good from the moment on that it is told to. */
class RefusingFile extends MemoryJournalFile {
  refuses = false;
  lose: () => void = () => undefined;

  override open(): ReturnType<MemoryJournalFile['open']> {
    const opened = super.open();
    const take = opened.lease.bind(opened);
    opened.lease = async (entry) => {
      if (this.refuses) throw new WaybillError('WB_TEST_DAMAGED', 'The file is damaged.', { retryable: false });
      const lease = await take(entry);
      const lost = new AbortController();
      this.lose = () => lost.abort();
      return lease && { token: lease.token, lost: lost.signal, release: () => lease.release() };
    };
    return opened;
  }
}

describe('a journal that refuses the lease of an entry for good', () => {
  const serial = (journal: RefusingFile) =>
    setUp({ journal, memory: memoryTransport({ exclusive: false }), inbound: { notes: { queue: 'IN', order: 'serial' } } });

  it('fails the start', { timeout: 5_000 }, async () => {
    const journal = new RefusingFile();
    journal.refuses = true;
    await expect(serial(journal).kernel.start()).rejects.toMatchObject({ code: 'WB_TEST_DAMAGED' });
  });

  it('ends no running process: the entry is shown as degraded', { timeout: 5_000 }, async () => {
    const journal = new RefusingFile();
    const { kernel } = serial(journal);
    await kernel.start();
    journal.refuses = true;
    journal.lose();
    await eventually(() => kernel.status().inbound[0]?.state === 'degraded', { what: 'the entry to be degraded', within: 3_000 });
    expect(kernel.state).toBe('running');
  });
});
