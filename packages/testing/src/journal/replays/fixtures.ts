import type { Replay, ReplayPlan, ReplayStep } from '@waybill/contract';
import type { Bench, Opened } from '../bench.ts';
import { anna, parked } from '../fixtures.ts';

let requests = 0;

/** A plan for everything that is parked. */
export function planOf(more: Partial<ReplayPlan> = {}): ReplayPlan {
  requests += 1;
  return { request: `request-${requests}`, by: anna, of: { query: {} }, ...more };
}

/** Parks inbound messages under these ids, one after the other. */
export async function park(bench: Opened, ids: readonly string[]): Promise<void> {
  for (const id of ids) await bench.settle(id, parked(id));
}

/** Parks so many at once: `m-0`, `m-1`, … */
export async function parkMany(bench: Opened, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => bench.settle(`m-${index}`, parked(`m-${index}`))));
}

export async function advance({ journal }: Opened, { id }: Pick<Replay, 'id'>, by = anna): Promise<ReplayStep> {
  const step = await journal.replays.advance(id, by);
  if (step === undefined) throw new RangeError(`There is no replay ${id}.`);
  return step;
}

/** Begins a replay and lets its set be made. */
export async function chosen(bench: Opened, more: Partial<ReplayPlan> = {}): Promise<Replay> {
  let replay = await bench.journal.replays.begin(planOf(more));
  for (let steps = 0; replay.state === 'choosing'; steps += 1) {
    if (steps > 100_000) throw new Error('the choice does not end');
    ({ replay } = await advance(bench, replay));
  }
  return replay;
}

/** Works it off as far as it goes at once. */
export async function workOff(bench: Opened, replay: Replay, by = anna): Promise<Replay> {
  for (let steps = 0; steps < 100_000; steps += 1) {
    const step = await advance(bench, replay, by);
    if (step.dueIn !== 0) return step.replay;
  }
  throw new Error('the replay does not end');
}

/** The ids of all inbound messages that can be handed out now, in the order in which they are. */
export async function claimedIds(bench: Bench): Promise<readonly string[]> {
  return (await bench.claim({ limit: 10_000 })).jobs.map(({ id }) => id);
}
