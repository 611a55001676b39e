import { type Journal, WaybillError } from '@waybill/contract';
import { MemoryJournalFile } from '@waybill/testing';

type Part = 'inbox' | 'outbox';

/** A journal file whose steps fail while `full` says so, as on a full disk. */
export class FillingFile extends MemoryJournalFile {
  full: (part: Part, step: string) => boolean = () => false;
  failures = 0;

  override open(): ReturnType<MemoryJournalFile['open']> {
    const journal = super.open();
    const failing = (part: Part) => {
      const inner = journal[part] as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
      return new Proxy(inner, {
        get: (target, step: string) => {
          return (...args: readonly unknown[]) => {
            if (!this.full(part, step)) return (target[step] as (...args: readonly unknown[]) => unknown).apply(target, args as unknown[]);
            this.failures++;
            return Promise.reject(new WaybillError('WB_TEST_FULL', 'There is no space left.', { retryable: true }));
          };
        },
      });
    };
    const parts = { inbox: failing('inbox'), outbox: failing('outbox') } as unknown as Pick<Journal, Part>;
    return Object.assign(Object.create(journal) as typeof journal, parts, {
      lease: journal.lease.bind(journal),
      watch: journal.watch.bind(journal),
      close: journal.close.bind(journal),
      desk: journal.desk,
      followsCrash: journal.followsCrash,
    });
  }
}
