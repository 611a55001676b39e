import type {
  FailedAttempt,
  JournalDirection,
  JournalEntry,
  JournalRow,
  JournalState,
  Message,
  OutboxJob,
  Principal,
  StoredJob,
} from '@waybill/contract';

/** The rows of one entry or destination: all by their id, and those that can be claimed in the order of their recording. */
export interface Lane {
  readonly direction: JournalDirection;
  readonly name: string;
  readonly rows: Map<string, MemoryRow>;
  claimable: Map<number, MemoryRow>;
}

/**
 * A row of the in-memory journal. Unlike everything of the contract it is changed in place. A message that is finished
 * at once has no more than the fields that are always there: a journal holds far more of these than of all others.
 */
export interface MemoryRow {
  readonly seq: number;
  readonly lane: Lane;
  readonly id: string;
  readonly recordedAt: number;
  state: JournalState;
  changedAt: number;
  trace: string;
  digest: string;
  type: string | undefined;
  reply: Message | undefined;
  /** Missing where nothing is kept. */
  message?: Message | undefined;
  principal?: Principal | undefined;
  event?: string;
  store?: string | undefined;
  cause?: string | undefined;
  /** The id it was published with. */
  publication?: string | undefined;
  detail?: string | undefined;
  /** Missing: none. */
  attempts?: number;
  failures?: readonly FailedAttempt[];
  /** Not claimable before. Set where the row can be claimed. */
  due?: number;
  /** Set while somebody has claimed it. */
  leaseUntil?: number | undefined;
}

/** A message that shares no bytes with its original: buffers of the wire may be reused by their owner. */
export function copyOf(message: Message): Message {
  return { ...message, body: new Uint8Array(message.body), properties: { ...message.properties } };
}

/**
 * Counts a failed attempt. The same failure told again, when the row was not claimed in between, is the repetition of
 * a call whose outcome was unknown: it is not counted twice.
 */
export function countFailure(row: MemoryRow, { at, code, reason }: FailedAttempt, due: number): void {
  const last = row.failures?.at(-1);
  const isRepeated = last?.at === at && last.code === code && last.reason === reason && row.due === due;
  if (!isRepeated || row.leaseUntil !== undefined) addFailure(row, { at, code, reason });
}

export function addFailure(row: MemoryRow, { at, code, reason }: FailedAttempt): void {
  row.attempts = (row.attempts ?? 0) + 1;
  row.failures = [...(row.failures ?? []), { at, code, reason }];
  row.changedAt = at;
}

export function storedJob(row: MemoryRow, message: Message): StoredJob {
  const { lane, id, digest, type, principal, trace, attempts = 0 } = row;
  return { entry: lane.name, id, message, digest, type, principal, trace, attempts };
}

export function outboxJob(row: MemoryRow, message: Message): OutboxJob {
  const { lane, event = '', type = '', store, cause, trace, attempts = 0, recordedAt } = row;
  return { leg: { message, destination: lane.name, event, type, store, cause, trace }, attempts, publishedAt: recordedAt };
}

/** What a listing shows of a row. */
export function listed(row: MemoryRow): JournalRow {
  const { seq, lane, id, type, event, state, store, cause, trace, attempts = 0, recordedAt, changedAt } = row;
  const { direction, name } = lane;
  const last = state === 'done' ? undefined : row.failures?.at(-1);
  const failure = { code: last?.code, reason: last?.reason };
  return { seq, direction, name, id, type, event, state, store, cause, trace, attempts, recordedAt, changedAt, ...failure };
}

export function shown(row: MemoryRow): JournalEntry {
  return { ...listed(row), failures: row.failures ?? [], message: row.message, reply: row.reply, detail: row.detail };
}
