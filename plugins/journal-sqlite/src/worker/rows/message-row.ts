import type { Owners } from '@waybill/sqlite/thread';
import type { TokenRow } from '../../wire/operations.ts';
import { counted, done, failed, kept, parked } from '../../wire/states.ts';

/** A row of the table `message`: what never changes. */
interface Fixed {
  readonly seq: number;
  readonly direction: number;
  readonly entry: string;
  readonly id: string;
  readonly trace: string;
  readonly recorded_at: number;
  readonly event: string | null;
  readonly cause: string | null;
  readonly publication: string | null;
  readonly uncomposed: string | null;
}

/** What a step may change. */
export interface Changeable {
  readonly state: number;
  readonly digest: string;
  readonly changed_at: number;
  readonly due_at: number;
  readonly owner: number | null;
  readonly attempts: number;
  readonly unresolved: number;
  readonly version: number;
  readonly blocks: number;
  readonly at_once: number;
  readonly type: string | null;
  readonly store: string | null;
  readonly order_key: string | null;
  readonly keys: string | null;
  readonly code: string | null;
  readonly fault: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly receipts: string | null;
  readonly recipients: string | null;
  readonly ended_owner: number | null;
  readonly ended_version: number | null;
  readonly ended_as: string | null;
}

/** What follows from the rest of the row. */
interface Derived {
  readonly ready_at: number | null;
  readonly in_line: number;
  readonly is_late: number;
}

/** A row as it lies in the file. */
export interface WrittenRow extends Fixed, Changeable, Derived {
  readonly blocking: number;
  readonly sum: number | null;
}

export interface MessageRow extends WrittenRow {
  /** Of a row that is not what was written: the state that stands in the file, since such a row counts as parked. */
  readonly damagedState?: number | undefined;
}

/** The columns that a step writes, in the order of the statement. */
export const changeableColumns = [
  'state',
  'digest',
  'changed_at',
  'due_at',
  'owner',
  'attempts',
  'unresolved',
  'version',
  'blocks',
  'at_once',
  'type',
  'store',
  'order_key',
  'keys',
  'code',
  'fault',
  'reason',
  'detail',
  'receipts',
  'recipients',
  'ended_owner',
  'ended_version',
  'ended_as',
  'ready_at',
  'in_line',
  'is_late',
] as const satisfies readonly (keyof Changeable | keyof Derived)[];

/** Those of a row that is not what was written may be anything. */
export function receiptsOf({ receipts }: Pick<Changeable, 'receipts'>): readonly string[] {
  if (receipts === null) return [];
  try {
    const all: unknown = JSON.parse(receipts);
    return Array.isArray(all) ? all.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** Whether the row stands in the line of its key: it is unfinished, and is not sent at somebody's request. */
export function standsInLine({ order_key, state, blocks, at_once }: Changeable): boolean {
  if (order_key === null || at_once === 1) return false;
  return state === counted || state === kept || (state === parked && blocks === 1);
}

/** Whether the row may be forgotten some day. One that was done when it was recorded is found without being marked. */
export function isLate(state: number): boolean {
  return state === counted || state === done || state === failed;
}

/** When a row without an order key can be handed out; null when it cannot. Of those with a key the line decides. */
export function readyAt({ order_key, state, owner, due_at }: Changeable): number | null {
  return order_key === null && state === kept && owner === null ? due_at : null;
}

/** Whether the claim behind the token is the newest one of its row, and still that of this opening. Call it in a transaction. */
export function isNewest(row: MessageRow, [owner, version]: TokenRow, owners: Owners): boolean {
  return row.owner === owner && row.version === version && owners.isMine(owner);
}

/** Whether an earlier call has told that this claim ended so, and nobody has ended another one since. */
export function isRepeated(row: MessageRow, [owner, version]: TokenRow, outcome: string): boolean {
  return row.ended_owner === owner && row.ended_version === version && row.ended_as === outcome;
}

type Ended = Pick<Changeable, 'owner'> & Partial<Pick<Changeable, 'ended_owner' | 'ended_version' | 'ended_as'>>;

/** What the end of an attempt changes in its row: the claim is over. */
export function endOfClaim(token: TokenRow | null, outcome: string): Ended {
  return token === null ? { owner: null } : { owner: null, ended_owner: token[0], ended_version: token[1], ended_as: outcome };
}
