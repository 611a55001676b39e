import type {
  Claim,
  FailedAttempt,
  InboxState,
  JournalEntry,
  JournalQuery,
  JournalRow,
  KeptMessage,
  Leg,
  Message,
  OutboxJob,
  Principal,
  StoredJob,
} from '@waybill/contract';
import { ownBytes } from '@waybill/sqlite';
import {
  type ClaimRow,
  directions,
  type FailureRow,
  type FoundRow,
  type KeptRow,
  type LegRow,
  type ListedRow,
  type OutboxRow,
  type QueryRow,
  type ShownRow,
  type StoredRow,
  states,
  type WireMessage,
} from './operations.ts';

/** Everything of a message but its body, in fixed places; the principal follows where a message is kept to be worked on. */
type Meta = readonly [
  id: string,
  type: string | null,
  contentType: string | null,
  correlationId: string | null,
  replyTo: string | null,
  properties: Readonly<Record<string, string>>,
  principal?: Principal | null,
];

function metaOf(message: Message, principal?: Principal): string {
  const { id, type = null, contentType = null, correlationId = null, replyTo = null, properties } = message;
  const meta: Meta = [id, type, contentType, correlationId, replyTo, properties];
  return JSON.stringify(principal === undefined ? meta : [...meta, principal]);
}

export function wireMessage(message: Message, principal?: Principal): WireMessage {
  return [metaOf(message, principal), ownBytes(message.body)];
}

export function messageOf(meta: string, body: Uint8Array): Message {
  return readMessage(JSON.parse(meta) as Meta, body);
}

function readMessage([id, type, contentType, correlationId, replyTo, properties]: Meta, body: Uint8Array): Message {
  return {
    id,
    body,
    type: type ?? undefined,
    contentType: contentType ?? undefined,
    correlationId: correlationId ?? undefined,
    replyTo: replyTo ?? undefined,
    properties,
  };
}

export function keptRow({ message, digest, type, principal, trace }: KeptMessage): KeptRow {
  return [digest, type ?? null, trace, metaOf(message, principal), ownBytes(message.body)];
}

export function legRow({ message, destination, event, type, store, cause, trace }: Leg): LegRow {
  return [destination, message.id, event, type, store ?? null, cause ?? null, trace, metaOf(message), ownBytes(message.body)];
}

export function failureRow({ at, code, reason }: FailedAttempt): FailureRow {
  return [at, code, reason];
}

/** SQLite's limits are whole numbers that it can add one to. */
function limitOf(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), 1_000_000_000));
}

export function claimRow({ name, limit, now, leaseUntil, inOrder = false }: Claim): ClaimRow {
  return [name, limitOf(limit), now, leaseUntil, inOrder];
}

export function queryRow({ direction, state, name, type, cause, before, limit = 100 }: JournalQuery): QueryRow {
  return {
    direction: direction === undefined ? null : directions.indexOf(direction),
    state: state === undefined ? null : states.indexOf(state),
    name: name ?? null,
    type: type ?? null,
    cause: cause ?? null,
    before: before ?? null,
    limit: limitOf(limit),
  };
}

export function stateOf(row: FoundRow | null): InboxState {
  if (row === null) return { state: 'unknown' };
  const { digest, attempts, code, reason, reply } = row;
  const state = stateNamed(row.state);
  switch (state) {
    case 'waiting':
    case 'stored':
      return { state, attempts, digest };
    case 'done':
      return { state, digest, reply: reply === null ? undefined : messageOf(...reply) };
    case 'parked':
      return { state, digest, code: code ?? '', reason: reason ?? '' };
  }
}

export function storedJob(entry: string, [id, digest, type, trace, attempts, meta, body]: StoredRow): StoredJob {
  const parsed = JSON.parse(meta) as Meta;
  const principal = parsed[6] ?? undefined;
  return { entry, id, message: readMessage(parsed, body), digest, type: type ?? undefined, principal, trace, attempts };
}

export function outboxJob(destination: string, row: OutboxRow): OutboxJob {
  const [event, type, store, cause, trace, attempts, publishedAt, meta, body] = row;
  const message = messageOf(meta, body);
  const leg: Leg = { message, destination, event, type, store: store ?? undefined, cause: cause ?? undefined, trace };
  return { leg, attempts, publishedAt };
}

export function journalRow(row: ListedRow): JournalRow {
  return {
    seq: row.seq,
    direction: row.direction === 0 ? 'in' : 'out',
    name: row.name,
    id: row.id,
    type: row.type ?? undefined,
    event: row.event ?? undefined,
    state: stateNamed(row.state),
    store: row.store ?? undefined,
    cause: row.cause ?? undefined,
    trace: row.trace,
    attempts: row.attempts,
    recordedAt: row.recorded_at,
    changedAt: row.changed_at,
    code: row.code ?? undefined,
    reason: row.reason ?? undefined,
  };
}

export function journalEntry({ row, failures, message, reply }: ShownRow): JournalEntry {
  return {
    ...journalRow(row),
    failures: failures.map(([at, code, reason]) => ({ at, code, reason })),
    message: message === null ? undefined : messageOf(...message),
    reply: reply === null ? undefined : messageOf(...reply),
    detail: row.detail ?? undefined,
  };
}

export function stateNamed(number: number): (typeof states)[number] {
  const state = states[number];
  if (state === undefined) throw new RangeError(`The journal has no state ${number}.`);
  return state;
}
