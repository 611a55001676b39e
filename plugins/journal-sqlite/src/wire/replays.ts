import type { ByRow } from './control.ts';
import type { KeyRow } from './desk.ts';

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
