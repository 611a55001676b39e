import { crc32 } from 'node:zlib';

/*
 * The checksum of a row, kept in its column `sum`. SQLite tells when its pages contradict themselves, and not when a value in them is
 * another one. Numbers count by odd weights, text by its CRC: neither can change by one bit without the sum.
 */

type Value = string | number | bigint | null;

/** Of a row of a small table: its values in the order of its columns. */
export function sumOfValues(values: readonly unknown[]): number {
  let sum = 0;
  let text = '';
  for (const [place, value] of values.entries()) {
    // The sum is a whole number.
    if (typeof value === 'string' || (typeof value === 'number' && !Number.isInteger(value))) text += `${place}\u0001${value}\u0000`;
    else sum += Number((value as Value) ?? -1) * (2 * place + 3);
  }
  return sum + crc32(text);
}

/** What the sum of a message is made from. Its `seq` is not: SQLite gives it, and each index that leads to the row has it as well. */
export interface Summed {
  readonly direction: number;
  readonly entry: string;
  readonly id: string;
  readonly state: number;
  readonly trace: string;
  readonly digest: string;
  readonly recorded_at: number;
  readonly changed_at: number;
  readonly due_at: number;
  readonly ready_at: number | null;
  readonly owner: number | null;
  readonly attempts: number;
  readonly unresolved: number;
  readonly version: number;
  readonly in_line: number;
  readonly blocks: number;
  readonly blocking: number;
  readonly at_once: number;
  readonly is_late: number;
  readonly type: string | null;
  readonly store: string | null;
  readonly order_key: string | null;
  readonly keys: string | null;
  readonly event: string | null;
  readonly cause: string | null;
  readonly publication: string | null;
  readonly uncomposed: string | null;
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

/** The weights of what changes without the rest of the row: in its line, and by a claim. */
const weights = { due_at: 11, ready_at: 13, owner: 15, version: 21, blocking: 27 } as const;

export function sumOfMessage(row: Summed): number {
  return crc32(textsOf(row)) + sumOfNumbers(row);
}

/** Written out: it is worked out with every step of every message. Each text that may be missing, as most are, has a letter of its own. */
function textsOf(row: Summed): string {
  const { type, store, order_key, keys, event, cause, publication, uncomposed } = row;
  const { code, fault, reason, detail, receipts, recipients, ended_as } = row;
  let texts = `${row.entry}\u0001${row.id}\u0001${row.trace}\u0001${row.digest}`;
  if (type !== null) texts += `\u0001a${type}`;
  if (store !== null) texts += `\u0001b${store}`;
  if (order_key !== null) texts += `\u0001c${order_key}`;
  if (keys !== null) texts += `\u0001d${keys}`;
  if (event !== null) texts += `\u0001e${event}`;
  if (cause !== null) texts += `\u0001f${cause}`;
  if (publication !== null) texts += `\u0001g${publication}`;
  if (uncomposed !== null) texts += `\u0001h${uncomposed}`;
  if (code !== null) texts += `\u0001i${code}`;
  if (fault !== null) texts += `\u0001j${fault}`;
  if (reason !== null) texts += `\u0001k${reason}`;
  if (detail !== null) texts += `\u0001l${detail}`;
  if (receipts !== null) texts += `\u0001m${receipts}`;
  if (recipients !== null) texts += `\u0001n${recipients}`;
  if (ended_as !== null) texts += `\u0001o${ended_as}`;
  return texts;
}

function sumOfNumbers(row: Summed): number {
  const times = row.recorded_at * 7 + row.changed_at * 9 + row.due_at * weights.due_at + (row.ready_at ?? -1) * weights.ready_at;
  const claim = (row.owner ?? -1) * weights.owner + row.version * weights.version;
  const ended = (row.ended_owner ?? -1) * 33 + (row.ended_version ?? -1) * 35;
  const counts = row.attempts * 17 + row.unresolved * 19 + row.direction * 3 + row.state * 5;
  const marks = row.in_line * 23 + row.blocks * 25 + row.blocking * weights.blocking + row.at_once * 29 + row.is_late * 31;
  return times + claim + ended + counts + marks;
}

/** By how much the sum changes with what its line changes of a row. */
export function sumOfMove(
  before: Pick<Summed, 'due_at' | 'ready_at' | 'blocking'>,
  after: Pick<Summed, 'due_at' | 'ready_at' | 'blocking'>,
): number {
  const ready = (after.ready_at ?? -1) - (before.ready_at ?? -1);
  return (after.due_at - before.due_at) * weights.due_at + ready * weights.ready_at + (after.blocking - before.blocking) * weights.blocking;
}

/** By how much it changes with a claim: the row is not ready any more, and blocks nothing. */
export function sumOfClaim(
  { ready_at, owner, version, blocking }: Pick<Summed, 'ready_at' | 'owner' | 'version' | 'blocking'>,
  after: Pick<Summed, 'owner' | 'version'>,
): number {
  const owned = ((after.owner ?? -1) - (owner ?? -1)) * weights.owner + (after.version - version) * weights.version;
  return owned + (-1 - (ready_at ?? -1)) * weights.ready_at - blocking * weights.blocking;
}

/** The weight of the place of a body, and that of its bytes. */
export const placeWeight = 5;
const bytesWeight = 3;

export function sumOfBody(place: number, meta: string, body: Uint8Array): number {
  return crc32(meta) + crc32(body) * bytesWeight + place * placeWeight;
}
