import type { Replay, ReplayPlan, ReplayStep, Replays } from '@waybill/contract';
import type { MemoryJournal } from '../../src/memory/journal/journal.ts';
import { type Change, type Fault, fault } from './fault.ts';

const frozen = 'is what was parked when it began, and nothing that was parked or changed since';
const portions = 'is made in portions, and nothing is replayed meanwhile';
const worked = 'makes its messages due again in portions, the oldest first, each once';

const onPlan =
  (change: (plan: ReplayPlan) => ReplayPlan) =>
  ({ replays }: MemoryJournal): Change => ({
    replays: {
      async begin(plan) {
        const begun = await replays.begin(change(plan));
        return { ...begun, query: 'query' in plan.of ? plan.of.query : undefined, rate: plan.rate, to: plan.to };
      },
    },
  });

const onReplay =
  (change: (replay: Replay) => Replay) =>
  ({ replays }: MemoryJournal): Change => ({ replays: { advance: async (id, by) => onStep(await replays.advance(id, by), change) } });

function onStep(step: ReplayStep | undefined, change: (replay: Replay) => Replay): ReplayStep | undefined {
  return step && { ...step, replay: change(step.replay) };
}

/** The replay as it is, without anything being done to it. */
export async function asItIs({ list }: Pick<Replays, 'list'>, id: number): Promise<Replay | undefined> {
  return (await list({ before: id + 1, limit: 1 })).find((replay) => replay.id === id);
}

/** A replay of its own stands for the one that is asked for. */
function instead(replays: Replays, planFor: (id: number) => ReplayPlan | undefined): Replays['advance'] {
  const others = new Map<number, number>();
  return async (id, by) => {
    const plan = planFor(id);
    if (plan === undefined) return replays.advance(id, by);
    const other = others.get(id) ?? (await replays.begin({ ...plan, request: `${id} ${Math.random()}` })).id;
    others.set(id, other);
    return onStep(await replays.advance(other, by), (replay) => ({ ...replay, id }));
  };
}

const choosing: readonly Fault[] = [
  fault('chooses when it is worked on first', frozen, ({ replays }) => {
    const plans = new Map<number, ReplayPlan>();
    return {
      replays: {
        async begin(plan) {
          const begun = await replays.begin(plan);
          plans.set(begun.id, plan);
          return begun;
        },
        advance: instead(replays, (id) => plans.get(id)),
      },
    };
  }),
  fault(
    'chooses everything',
    'is what answers its query, in both directions',
    onPlan((plan) => ({ ...plan, of: 'query' in plan.of ? { query: {} } : plan.of })),
  ),
  fault(
    'chooses everything instead of what is named',
    'can be messages that are named, at once; those that are not parked are not in it',
    onPlan((plan) => ({ ...plan, of: { query: {} } })),
  ),
  fault('chooses all at once', portions, ({ replays }) => ({
    replays: {
      async begin(plan) {
        let replay = await replays.begin(plan);
        while (replay.state === 'choosing') replay = (await replays.advance(replay.id, plan.by))?.replay ?? replay;
        return replay;
      },
    },
  })),
  fault('replays while it chooses', portions, ({ desk, replays }) => ({
    replays: {
      async advance(id, by) {
        const step = await replays.advance(id, by);
        if (step?.replay.state === 'choosing') await desk.replay((await desk.list({ state: 'parked', limit: 1 })).rows, by);
        return step;
      },
    },
  })),
  fault('cancels no choice', 'can be cancelled while it is made, and is completed once it is resumed', ({ replays }) => ({
    replays: {
      async cancel(id, by) {
        const replay = await asItIs(replays, id);
        return replay?.state === 'choosing' ? { ...replay, state: 'cancelled' } : replays.cancel(id, by);
      },
    },
  })),
  fault('begins anew each time', 'is made once for each request, however often it is begun', ({ replays }) => ({
    replays: { begin: (plan) => replays.begin({ ...plan, request: `${plan.request} ${Math.random()}` }) },
  })),
];

const working: readonly Fault[] = [
  fault('replays a set at once', worked, ({ replays }) => ({
    replays: {
      async advance(id, by) {
        let step = await replays.advance(id, by);
        while (step?.replay.state === 'running' && step.dueIn === 0) step = await replays.advance(id, by);
        return step;
      },
    },
  })),
  fault(
    'replays what is parked again',
    'gives them all their attempts, and each only once: what is parked again stays so',
    ({ desk, replays }) => ({
      replays: {
        async resume(id) {
          await desk.replay((await desk.list({ state: 'parked' })).rows, { who: 'journal' });
          return replays.resume(id);
        },
      },
    }),
  ),
  fault(
    'counts what it skips as replayed',
    'skips what is no longer parked in the same place',
    onReplay((replay) => ({ ...replay, replayed: replay.replayed + replay.skipped, skipped: 0 })),
  ),
  fault(
    'knows no rate',
    'keeps to its rate, and says when the next message may be replayed',
    onPlan((plan) => ({ ...plan, rate: undefined })),
  ),
  fault(
    'moves nothing that it replays',
    'moves each message to the entry that it names, but for what is known there',
    onPlan((plan) => ({ ...plan, to: undefined })),
  ),
  fault(
    'works off a set of its own in each opening',
    'is worked off by several at once, and each message is replayed once',
    ({ replays }) => {
      const own = new Set<number>();
      return {
        replays: {
          async begin(plan) {
            const begun = await replays.begin(plan);
            own.add(begun.id);
            return begun;
          },
          advance: instead(replays, (id) => (own.has(id) ? undefined : { request: '', by: { who: 'journal' }, of: { query: {} } })),
        },
      };
    },
  ),
  fault('ends a replay for itself only', 'has one rate, however many work on it, and one end', ({ replays }) => ({
    replays: {
      async cancel(id) {
        const replay = await asItIs(replays, id);
        return replay && { ...replay, state: 'cancelled' };
      },
    },
  })),
  fault('ends a replay with its program', 'goes on where it was when the program that began it has died', ({ replays }) => ({
    crash: () => void replays.list().then(([newest]) => newest && replays.cancel(newest.id, { who: 'journal' })),
  })),
];

export const replayFaults: readonly Fault[] = [...choosing, ...working];
