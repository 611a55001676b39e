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

/** A row of the in-memory journal. Unlike everything of the contract it is changed in place. */
export interface MemoryRow {
  readonly seq: number;
  readonly direction: JournalDirection;
  readonly name: string;
  readonly id: string;
  readonly recordedAt: number;
  readonly event?: string | undefined;
  readonly store?: string | undefined;
  readonly cause?: string | undefined;
  /** The id it was published with. */
  readonly publication?: string | undefined;
  state: JournalState;
  changedAt: number;
  trace: string;
  digest: string;
  type: string | undefined;
  principal: Principal | undefined;
  /** Undefined where nothing is kept. */
  message: Message | undefined;
  reply: Message | undefined;
  detail: string | undefined;
  attempts: number;
  failures: readonly FailedAttempt[];
  /** Not claimable before. */
  due: number;
  /** Set while somebody has claimed it. */
  leaseUntil: number | undefined;
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
  const last = row.failures.at(-1);
  const isRepeated = last?.at === at && last.code === code && last.reason === reason && row.due === due;
  if (isRepeated && row.leaseUntil === undefined) return;
  row.attempts += 1;
  row.failures = [...row.failures, { at, code, reason }];
  row.changedAt = at;
}

export function storedJob(row: MemoryRow, message: Message): StoredJob {
  const { name, id, digest, type, principal, trace, attempts } = row;
  return { entry: name, id, message, digest, type, principal, trace, attempts };
}

export function outboxJob(row: MemoryRow, message: Message): OutboxJob {
  const { name, event = '', type = '', store, cause, trace, attempts, recordedAt } = row;
  return { leg: { message, destination: name, event, type, store, cause, trace }, attempts, publishedAt: recordedAt };
}

/** What a listing shows of a row. */
export function listed(row: MemoryRow): JournalRow {
  const { seq, direction, name, id, type, event, state, store, cause, trace, attempts, recordedAt, changedAt } = row;
  const last = state === 'done' ? undefined : row.failures.at(-1);
  const failure = { code: last?.code, reason: last?.reason };
  return { seq, direction, name, id, type, event, state, store, cause, trace, attempts, recordedAt, changedAt, ...failure };
}

export function shown(row: MemoryRow): JournalEntry {
  return { ...listed(row), failures: row.failures, message: row.message, reply: row.reply, detail: row.detail };
}
