import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { InboxJob, InboxStep, Journal, Leg, OutboxStep } from '@waybill/contract';
import { changedJournal } from '../../../packages/cli/src/crashtest/watched-journal.ts';
import type { RigResult } from '../rig.ts';
import type { Bug } from './plant.ts';
import type { SceneName } from './scenes.ts';

interface PlantedBug {
  /** Where it shows. */
  readonly scene: SceneName;
  /** How it shows. */
  readonly shows: keyof RigResult;
  readonly bug: () => Bug;
}

/** How late what should have been done before is done, in milliseconds. */
const late = 2_000;

const recorded = { outcome: 'recorded' } as const;

type Settle = (step: InboxStep, own: Journal['inbox']) => ReturnType<Journal['inbox']['settle']>;

const settling = (settle: Settle): Bug => ({
  journal: (own) => changedJournal(own, { inbox: { settle: (step) => settle(step, own.inbox) } }),
});

const settlingSends = (change: (step: OutboxStep) => OutboxStep): Bug => ({
  journal: (own) => changedJournal(own, { outbox: { settle: (step) => own.outbox.settle(change(step)) } }),
});

/** Goes on later, if the process is still there. */
function afterwards(step: () => Promise<unknown>): void {
  void pause(late)
    .then(step)
    .catch(() => undefined);
}

/** Legs of what a handler published, changed before they are recorded. */
const publishing = (change: (legs: readonly Leg[]) => readonly Leg[]): Bug =>
  settling((step, own) =>
    own.settle(step.ending.outcome === 'done' ? { ...step, ending: { ...step.ending, legs: change(step.ending.legs) } } : step),
  );

/** Bugs that somebody could write. */
export const plantedBugs: Readonly<Record<string, PlantedBug>> = {
  'the answer comes before the commit': {
    scene: 'killed',
    shows: 'lost',
    bug: () =>
      settling(async (step, own) => {
        afterwards(() => own.settle(step));
        return recorded;
      }),
  },
  'a message is finished in two steps': {
    scene: 'killed',
    shows: 'lost',
    bug: () => ({
      journal: (own) =>
        changedJournal(own, {
          inbox: {
            async settle(step) {
              if (step.ending.outcome !== 'done') return own.inbox.settle(step);
              const { legs } = step.ending;
              const answer = await own.inbox.settle({ ...step, ending: { ...step.ending, legs: [] } });
              afterwards(() => own.outbox.publish(legs));
              return answer;
            },
          },
        }),
    }),
  },
  'the transport removes a message before it is handled': {
    scene: 'killed',
    shows: 'lost',
    bug: () => ({
      deliver: (own) => async (delivery) => {
        void own(delivery);
        return { outcome: 'accepted' };
      },
    }),
  },
  'a message is accepted before it is stored': {
    scene: 'stored, killed',
    shows: 'lost',
    bug: () => ({
      journal: (own) =>
        changedJournal(own, {
          inbox: {
            async store(message, lease) {
              afterwards(() => own.inbox.store(message, lease));
              return { state: 'unknown' };
            },
          },
        }),
    }),
  },
  'a message is not stored now and then': {
    scene: 'stored',
    shows: 'lost',
    bug: () => {
      let count = 0;
      return {
        journal: (own) =>
          changedJournal(own, {
            inbox: {
              store: async (message, lease) => (++count % 10 === 0 ? { state: 'unknown' } : own.inbox.store(message, lease)),
            },
          }),
      };
    },
  },
  'what a handler published is forgotten': { scene: 'queue', shows: 'lost', bug: () => publishing(() => []) },
  'a send that failed counts as sent': {
    scene: 'dead destination',
    shows: 'lost',
    bug: () => ({
      send:
        (own) =>
        (...given) =>
          own(...given).catch(() => ({})),
    }),
  },
  'the transport removes what is to be tried again': {
    scene: 'parallel',
    shows: 'lost',
    bug: () => ({
      deliver: (own) => async (delivery) => {
        const settlement = await own(delivery);
        return settlement.outcome === 'retry' ? { outcome: 'accepted' } : settlement;
      },
    }),
  },
  'no message is recognised when it comes again': {
    scene: 'sent twice',
    shows: 'doubled',
    bug: () => ({
      journal: (own) => changedJournal(own, { inbox: { find: async () => ({ known: { state: 'unknown' }, blocked: false }) } }),
    }),
  },
  'a message gets another id at each delivery': {
    scene: 'sent twice',
    shows: 'doubled',
    bug: () => ({ deliver: (own) => (delivery) => own({ ...delivery, message: { ...delivery.message, id: randomUUID() } }) }),
  },
  'what is done is handed out again': {
    scene: 'stored',
    shows: 'doubled',
    bug: () => {
      const before: InboxJob[] = [];
      return {
        journal: (own) =>
          changedJournal(own, {
            inbox: {
              async claim(request) {
                const claimed = await own.inbox.claim(request);
                if (claimed.jobs.length > 0) before.push(...claimed.jobs);
                const again = claimed.jobs.length === 0 ? before.splice(0, 1) : [];
                return { ...claimed, jobs: [...claimed.jobs, ...again] };
              },
            },
          }),
      };
    },
  },
  'a sent message is sent again': {
    scene: 'queue',
    shows: 'doubled',
    bug: () => {
      let count = 0;
      return settlingSends((step) =>
        step.ending.outcome === 'sent' && ++count % 5 === 0 ? { ...step, ending: { outcome: 'released' } } : step,
      );
    },
  },
  'what a handler published is recorded twice': {
    scene: 'queue',
    shows: 'doubled',
    bug: () =>
      publishing((legs) => [...legs, ...legs.map((leg) => ({ ...leg, message: { ...leg.message, id: `${leg.message.id}-twin` } }))]),
  },
  'an entry with an order is parallel': { scene: 'queue', shows: 'reordered', bug: () => ({ inbound: { order: 'parallel' } }) },
  'stored messages have no order': {
    scene: 'stored',
    shows: 'reordered',
    bug: () => ({
      journal: (own) =>
        changedJournal(own, { inbox: { store: (message, lease) => own.inbox.store({ ...message, orderKey: undefined }, lease) } }),
    }),
  },
  'a parked message does not block': {
    scene: 'queue',
    shows: 'reordered',
    bug: () =>
      settling((step, own) => own.settle(step.ending.outcome === 'parked' ? { ...step, ending: { ...step.ending, blocks: false } } : step)),
  },
  'claims without fencing': {
    scene: 'stood still',
    shows: 'doubled',
    // The journal refuses the step of a claim that others have by now, whatever its token says; here the kernel does not hear of it.
    bug: () =>
      settling(async (step, own) => {
        const answer = await own.settle(step);
        return answer.outcome === 'not-yours' ? recorded : answer;
      }),
  },
  'a claimed message is not handed over now and then': {
    scene: 'stored',
    shows: 'stuck',
    bug: () => {
      let count = 0;
      return {
        journal: (own) =>
          changedJournal(own, {
            inbox: {
              async claim(request) {
                const claimed = await own.inbox.claim(request);
                return { ...claimed, jobs: claimed.jobs.filter(() => ++count % 10 !== 0) };
              },
            },
          }),
      };
    },
  },
  'failures are not counted': {
    scene: 'queue',
    shows: 'stuck',
    bug: () =>
      settling((step, own) => own.settle(step.ending.outcome === 'again' ? { ...step, ending: { ...step.ending, attempts: 0 } } : step)),
  },
  'a failure parks at once': {
    scene: 'queue',
    shows: 'wronglyParked',
    bug: () => ({ failure: (error) => Object.assign(error, { retryable: false }) }),
  },
  'a final failure is tried again': {
    scene: 'queue',
    shows: 'wronglyParked',
    bug: () => ({
      failure: (error) => Object.assign(error, { retryable: true }),
      inbound: { retry: { attempts: 4, first: '5ms', most: '5ms' } },
    }),
  },
};
