import type { ClaimToken, InboxStep, Journal, Leg, OutboxStep } from '@waybill/contract';
import type { MemoryJournal } from '@waybill/testing';
import type { Plant, PlantTools } from '../src/index.ts';
import { changed } from './changed-journal.ts';
import { plantedReports } from './planted-reports.ts';

type Settle = (own: MemoryJournal, step: InboxStep, tools: PlantTools) => ReturnType<Journal['inbox']['settle']>;

/** A journal that settles inbound messages in another way. */
const settling = (settle: Settle): Plant => ({
  journal: (own, tools) => changed(own, { inbox: { settle: (step) => settle(own, step, tools) } }),
});

const recorded = { outcome: 'recorded' } as const;

/** Keeps the newest token of each row over all processes of a run, and puts it in the place of older ones. */
function unfenced(direction: 'inbox' | 'outbox'): Plant {
  const newest = new Map<string, ClaimToken>();
  const note = (entry: string, id: string, token: ClaimToken): void => void newest.set(`${entry} ${id}`, token);
  const token = <Step extends { readonly entry: string; readonly id: string; readonly token?: ClaimToken | undefined }>(
    step: Step,
  ): Step => (step.token ? { ...step, token: newest.get(`${step.entry} ${step.id}`) ?? step.token } : step);
  return {
    journal: (own) =>
      direction === 'inbox'
        ? changed(own, {
            inbox: {
              async claim(request) {
                const claimed = await own.inbox.claim(request);
                for (const job of claimed.jobs) note(job.entry, job.id, job.token);
                return claimed;
              },
              settle: (step) => own.inbox.settle(token(step)),
            },
          })
        : changed(own, {
            outbox: {
              async claim(request) {
                const claimed = await own.outbox.claim(request);
                for (const job of claimed.jobs) note(job.leg.entry, job.leg.message.id, job.token);
                return claimed;
              },
              settle: (step) => own.outbox.settle(token(step)),
            },
          }),
  };
}

/** A journal that does something else with what is sent at once, when it ends. */
const endingCalls = (
  settle: (own: MemoryJournal, step: OutboxStep, tools: PlantTools) => ReturnType<Journal['outbox']['settle']>,
): Plant => {
  const begun = new Set<string>();
  return {
    journal: (own, tools) =>
      changed(own, {
        outbox: {
          begin: (leg, receipts) => {
            begun.add(leg.message.id);
            return own.outbox.begin(leg, receipts);
          },
          settle: (step) => (begun.has(step.id) ? settle(own, step, tools) : own.outbox.settle(step)),
        },
      }),
  };
};

/** What a process was sending at once when it died becomes a message that waits. */
function sentAgain(): Plant {
  const begun = new Map<MemoryJournal, Map<string, Omit<OutboxStep, 'ending'>>>();
  return {
    journal: (own) => {
      const open = new Map<string, Omit<OutboxStep, 'ending'>>();
      begun.set(own, open);
      return changed(own, {
        outbox: {
          async begin(leg, receipts) {
            const token = await own.outbox.begin(leg, receipts);
            if (token) open.set(leg.message.id, { entry: leg.entry, id: leg.message.id, token });
            return token;
          },
          settle(step) {
            open.delete(step.id);
            return own.outbox.settle(step);
          },
        },
      });
    },
    crash: (own) => {
      for (const step of begun.get(own)?.values() ?? []) void own.outbox.settle({ ...step, ending: { outcome: 'released' } });
      own.crash();
    },
  };
}

/** Bugs that somebody could write, each with the rule that it breaks. */
export const plantedBugs: Readonly<Record<string, () => Plant>> = {
  'the answer comes before the commit': () =>
    settling(async (own, step, { sleep }) => {
      void sleep(200)
        .then(() => own.inbox.settle(step))
        .catch(() => undefined);
      return recorded;
    }),
  'a message is finished in two steps': () =>
    settling(async (own, step, { sleep }) => {
      if (step.ending.outcome !== 'done') return own.inbox.settle(step);
      const answer = await own.inbox.settle({ ...step, ending: { ...step.ending, legs: [] } });
      const { legs } = step.ending;
      void sleep(100)
        .then(() => own.outbox.publish(legs))
        .catch(() => undefined);
      return answer;
    }),
  'inbound claims without fencing': () => unfenced('inbox'),
  'outbound claims without fencing': () => unfenced('outbox'),
  'no message is recognised when it comes again': () => ({
    journal: (own) => changed(own, { inbox: { find: async () => ({ known: { state: 'unknown' }, blocked: false }) } }),
  }),
  'what is stored is forgotten now and then': () => ({
    journal: (own, { random }) =>
      changed(own, {
        inbox: {
          store: (message, lease) => (random.chance(0.05) ? Promise.resolve({ state: 'unknown' }) : own.inbox.store(message, lease)),
        },
      }),
  }),
  'a claimed message is not handed over now and then': () => ({
    journal: (own, { random }) =>
      changed(own, {
        inbox: {
          async claim(request) {
            const { jobs, dueIn } = await own.inbox.claim(request);
            return { jobs: jobs.filter(() => !random.chance(0.05)), dueIn };
          },
        },
      }),
  }),
  'stored messages have no order': () => ({
    journal: (own) => changed(own, { inbox: { store: (message, lease) => own.inbox.store({ ...message, orderKey: undefined }, lease) } }),
  }),
  'a parked message does not block': () =>
    settling((own, step) =>
      own.inbox.settle(step.ending.outcome === 'parked' ? { ...step, ending: { ...step.ending, blocks: false } } : step),
    ),
  'failures are not counted': () =>
    settling((own, step) =>
      own.inbox.settle(step.ending.outcome === 'again' ? { ...step, ending: { ...step.ending, attempts: 0 } } : step),
    ),
  'a failure parks at once': () => ({
    failure: (error) => Object.assign(error, { retryable: false }),
  }),
  'a final failure is tried again': () => ({
    failure: (error) => Object.assign(error, { retryable: true }),
  }),
  'the lease is not checked when a message ends': () => settling((own, step) => own.inbox.settle({ ...step, lease: undefined })),
  'the claims of a killed process stay': () => ({ crash: () => undefined }),
  'a sent message is sent again': () => ({
    journal: (own, { random }) =>
      changed(own, {
        outbox: {
          settle: (step) =>
            own.outbox.settle(step.ending.outcome === 'sent' && random.chance(0.2) ? { ...step, ending: { outcome: 'released' } } : step),
        },
      }),
  }),
  'the id of a leg changes from attempt to attempt': () => ({ sentAs: (id, { random }) => `${id}-${random.whole(1, 1_000_000)}` }),
  'what a handler published is recorded twice': () =>
    settling((own, step) => {
      if (step.ending.outcome !== 'done') return own.inbox.settle(step);
      const twins: readonly Leg[] = step.ending.legs.map((leg) => ({ ...leg, message: { ...leg.message, id: `${leg.message.id}-twin` } }));
      return own.inbox.settle({ ...step, ending: { ...step.ending, legs: [...step.ending.legs, ...twins] } });
    }),
  'a send that failed counts as sent': () => ({ send: (send) => send().catch(() => ({}) as never) }),
  'what was sent at once is sent again after a restart': sentAgain,
  'what is sent at once goes out twice': () => ({ send: (send) => send().then(send) }),
  ...plantedReports,
  'a late reply is lost': () => ({ journal: (own) => changed(own, { outbox: { answered: async () => undefined } }) }),
  'a send that was refused is recorded as sent': () =>
    endingCalls((own, step) =>
      own.outbox.settle(step.ending.outcome === 'failed' ? { ...step, ending: { outcome: 'sent', archive: false } } : step),
    ),
  'the caller hears that it is sent before that is recorded': () =>
    endingCalls(async (own, step, { sleep }) => {
      void sleep(200)
        .then(() => own.outbox.settle(step))
        .catch(() => undefined);
      return recorded;
    }),
  'the reply to a request is not recorded': () =>
    endingCalls((own, step) =>
      own.outbox.settle(step.ending.outcome === 'sent' ? { ...step, ending: { ...step.ending, reply: undefined } } : step),
    ),
  'the transport removes what is to be tried again': () => ({
    settlement: (settlement) => (settlement.outcome === 'retry' ? { outcome: 'accepted' } : settlement),
  }),
  'the transport removes what was released': () => ({
    settlement: (settlement) => (settlement.outcome === 'released' ? { outcome: 'accepted' } : settlement),
  }),
  'more is worked on than the entry allows': () => ({ inbound: (entry) => ({ ...entry, concurrency: entry.concurrency + 2 }) }),
  'an entry with an order is parallel': () => ({ inbound: (entry) => ({ ...entry, order: 'parallel' }) }),
  'the entry tries more often than it says': () => ({ inbound: (entry) => ({ ...entry, attempts: entry.attempts * 4 }) }),
};
