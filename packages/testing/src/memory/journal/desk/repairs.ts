import type { By, ReplayedMark } from '@waybill/contract';
import { type Row, workOf } from '../row.ts';
import type { SharedState } from '../state.ts';

/** Who makes a row due again, when, and in which replay of a set. */
export interface Replaying {
  readonly by: By;
  readonly at: number;
  readonly replay?: number;
}

/** Makes a parked row due again, in its old place. */
export function replayRow(row: Row, { by, at, replay }: Replaying): boolean {
  if (row.state !== 'parked') return false;
  const work = workOf(row);
  work.attempts = 0;
  work.unresolved = 0;
  work.blocks = false;
  work.due = at;
  work.replayed = { times: (work.replayed?.times ?? 0) + 1, by: { ...by }, at, replay } satisfies ReplayedMark;
  row.changedAt = at;
  row.lane.setState(row, row.lane.direction === 'in' ? 'stored' : 'waiting');
  row.lane.enter(row, at);
  return true;
}

/** Gives a row another entry, as the newest there. Answers it as it is there; undefined where it cannot be moved. */
export function moveRow(state: SharedState, row: Row, entry: string, now: number): Row | undefined {
  const { lane, message, work } = row;
  const isKept = row.state === 'stored' || row.state === 'parked' || (row.state === 'waiting' && lane.direction === 'out');
  const target = state.lane(lane.direction, entry);
  if (!isKept || work?.owner || message === undefined || target.rows.has(row.id)) return undefined;
  lane.leave(row, now);
  lane.remove(row);
  const moved = state.add(target, row.id, row.recordedAt, row.state, row);
  Object.assign(moved, { changedAt: now, message, reply: row.reply, work } satisfies Partial<Row>);
  state.moveReports(row, moved);
  target.enter(moved, now);
  return moved;
}
