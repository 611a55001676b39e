import type { Journal } from '@waybill/contract';
import type { MemoryJournal } from '@waybill/testing';

/** The journal with some of its steps done in another way. */
export function changed(
  own: MemoryJournal,
  change: { readonly inbox?: Partial<Journal['inbox']>; readonly outbox?: Partial<Journal['outbox']> },
): Journal {
  const { inbox, outbox } = own;
  return {
    followsCrash: own.followsCrash,
    desk: own.desk,
    replays: own.replays,
    control: own.control,
    lease: (entry) => own.lease(entry),
    watch: (wake) => own.watch(wake),
    close: () => own.close(),
    inbox: {
      find: (...given) => inbox.find(...given),
      begin: (...given) => inbox.begin(...given),
      store: (...given) => inbox.store(...given),
      claim: (...given) => inbox.claim(...given),
      settle: (...given) => inbox.settle(...given),
      ...change.inbox,
    },
    outbox: {
      publish: (...given) => outbox.publish(...given),
      begin: (...given) => outbox.begin(...given),
      claim: (...given) => outbox.claim(...given),
      settle: (...given) => outbox.settle(...given),
      note: (...given) => outbox.note(...given),
      report: (...given) => outbox.report(...given),
      unraised: (...given) => outbox.unraised(...given),
      answered: (...given) => outbox.answered(...given),
      ...change.outbox,
    },
  };
}
