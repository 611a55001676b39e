import type { Journal } from '@waybill/contract';

/**
 * Where a process can be ended while its journal is at work: a message was handed out, or recorded as begun; its end is about to
 * be recorded, is on its way, or is recorded while nobody has heard of it yet.
 */
export type JournalPoint = 'claimed' | 'begun' | 'recording' | 'on-its-way' | 'recorded';

export interface JournalChanges {
  readonly inbox?: Partial<Journal['inbox']>;
  readonly outbox?: Partial<Journal['outbox']>;
}

/** The journal with some of its steps done in another way. */
export function changedJournal(own: Journal, { inbox, outbox }: JournalChanges): Journal {
  return {
    followsCrash: own.followsCrash,
    desk: own.desk,
    replays: own.replays,
    control: own.control,
    lease: (entry) => own.lease(entry),
    watch: (wake) => own.watch(wake),
    close: () => own.close(),
    inbox: {
      find: (...given) => own.inbox.find(...given),
      begin: (...given) => own.inbox.begin(...given),
      store: (...given) => own.inbox.store(...given),
      claim: (...given) => own.inbox.claim(...given),
      settle: (...given) => own.inbox.settle(...given),
      ...inbox,
    },
    outbox: {
      publish: (...given) => own.outbox.publish(...given),
      begin: (...given) => own.outbox.begin(...given),
      claim: (...given) => own.outbox.claim(...given),
      settle: (...given) => own.outbox.settle(...given),
      note: (...given) => own.outbox.note(...given),
      report: (...given) => own.outbox.report(...given),
      unraised: (...given) => own.outbox.unraised(...given),
      answered: (...given) => own.outbox.answered(...given),
      ...outbox,
    },
  };
}

/** The journal, which calls `pass` at each point of an inbound message. `id` is missing where several may be meant. */
export function watchedJournal(own: Journal, pass: (point: JournalPoint, id?: string) => void): Journal {
  const { inbox } = own;
  return changedJournal(own, {
    inbox: {
      async begin(key, facts) {
        await inbox.begin(key, facts);
        pass('begun', key.id);
      },
      async claim(request) {
        const claimed = await inbox.claim(request);
        if (claimed.jobs.length > 0) pass('claimed');
        return claimed;
      },
      async settle(step) {
        pass('recording', step.id);
        const answer = inbox.settle(step);
        pass('on-its-way', step.id);
        const recorded = await answer;
        pass('recorded', step.id);
        return recorded;
      },
    },
  });
}
