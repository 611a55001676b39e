import type { ListedRow } from '../wire/desk.ts';
import { done } from '../wire/states.ts';
import type { MessageRow } from './message-row.ts';

export const listedColumns =
  'seq, direction, entry, id, state, type, event, store, cause, trace, order_key, attempts, recorded_at, changed_at, code, reason';

/** What a listing shows of a row. */
export function listed(row: MessageRow): ListedRow {
  const { seq, direction, entry, id, state, type, event, store, cause, trace, order_key, attempts, recorded_at, changed_at } = row;
  const { code, reason } = state === done ? { code: null, reason: null } : row;
  return { seq, direction, entry, id, state, type, event, store, cause, trace, order_key, attempts, recorded_at, changed_at, code, reason };
}
