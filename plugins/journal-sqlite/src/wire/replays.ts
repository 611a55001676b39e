import type { Replay, ReplayPlan, ReplayQuery, ReplayStep } from '@waybill/contract';
import { type ByRow, byOf, byRow } from './control.ts';
import { keyRow } from './entries.ts';
import type { KeyRow } from './operations.ts';

/** `query` as JSON; one of `query` and `keys` is null. */
export type ReplayPlanRow = readonly [
  request: string,
  by: ByRow,
  query: string | null,
  keys: readonly KeyRow[] | null,
  rate: number | null,
  target: string | null,
];

/** A row of the table `replay`. */
export interface ReplayRow {
  readonly id: number;
  readonly at: number;
  readonly who: string;
  readonly why: string | null;
  readonly query: string | null;
  readonly target: string | null;
  readonly rate: number | null;
  readonly state: string;
  readonly changed_at: number;
  readonly next_at: number;
  readonly chosen_before: number | null;
  readonly chosen: number;
  readonly replayed: number;
  readonly skipped: number;
  readonly cancelled_who: string | null;
  readonly cancelled_why: string | null;
}

export type ReplayStepRow = readonly [replay: ReplayRow, dueIn: number | null];

export function replayPlanRow({ request, by, of, rate, to }: ReplayPlan): ReplayPlanRow {
  const [query, keys] = 'query' in of ? [JSON.stringify(of.query), null] : [null, of.keys.map(keyRow)];
  return [request, byRow(by), query, keys, rate ?? null, to ?? null];
}

export function replayOf(row: ReplayRow): Replay {
  const { id, at, who, why, query, target, rate, chosen, replayed, skipped, changed_at, cancelled_who, cancelled_why } = row;
  return {
    id,
    state: stateOf(row),
    by: byOf(who, why),
    at,
    changedAt: changed_at,
    query: query === null ? undefined : (JSON.parse(query) as ReplayQuery),
    rate: rate ?? undefined,
    to: target ?? undefined,
    chosen,
    replayed,
    skipped,
    cancelledBy: cancelled_who === null ? undefined : byOf(cancelled_who, cancelled_why),
  };
}

export function replayStepOf([replay, dueIn]: ReplayStepRow): ReplayStep {
  return { replay: replayOf(replay), dueIn: dueIn ?? undefined };
}

function stateOf({ state, chosen_before }: ReplayRow): Replay['state'] {
  return state === 'running' && chosen_before !== null ? 'choosing' : (state as Replay['state']);
}
