import type {
  BusinessKeys,
  Claimed,
  ClaimRequest,
  Failure,
  FaultKind,
  KeptMessage,
  LeaseToken,
  Leg,
  Message,
  Principal,
  RecipientOutcome,
} from '@waybill/contract';
import { ownBytes } from '@waybill/sqlite';
import type { FailureRow, WireMessage } from './message.ts';
import type { ClaimArgs, ClaimedRows, LeaseRow, LegRow, TokenRow } from './operations.ts';

/* What several parts of the journal say to their thread, and back. */

/** Everything of a message but its body, in fixed places; the principal where a message is kept to be worked on. */
type Meta = readonly [
  id: string,
  type: string | null,
  contentType: string | null,
  correlationId: string | null,
  replyTo: string | null,
  properties: Readonly<Record<string, string>>,
  principal: Principal | null,
  createdAt: number,
  priority?: number | null,
  expiresAt?: number | null,
  persistent?: boolean | null,
];

export function wireMessage(message: Message, principal?: Principal): WireMessage {
  return [metaOf(message, principal), ownBytes(message.body)];
}

export function wireKept({ message, principal }: KeptMessage): WireMessage {
  return wireMessage(message, principal);
}

export function messageOf([meta, body]: WireMessage): Message {
  return readMessage(JSON.parse(meta) as Meta, body);
}

export function keptOf([meta, body]: WireMessage): KeptMessage {
  const parsed = JSON.parse(meta) as Meta;
  return { message: readMessage(parsed, body), principal: parsed[6] ?? undefined };
}

function metaOf(message: Message, principal?: Principal): string {
  const { id, type = null, contentType = null, correlationId = null, replyTo = null, properties, createdAt } = message;
  const { priority = null, expiresAt = null, persistent = null } = message;
  const meta: Meta = [id, type, contentType, correlationId, replyTo, properties, principal ?? null, createdAt];
  const isPlain = priority === null && expiresAt === null && persistent === null;
  return JSON.stringify(isPlain ? meta : [...meta, priority, expiresAt, persistent]);
}

function readMessage(meta: Meta, body: Uint8Array): Message {
  const [id, type, contentType, correlationId, replyTo, properties, , createdAt, priority, expiresAt, persistent] = meta;
  return {
    id,
    body,
    createdAt,
    type: type ?? undefined,
    contentType: contentType ?? undefined,
    correlationId: correlationId ?? undefined,
    replyTo: replyTo ?? undefined,
    priority: priority ?? undefined,
    expiresAt: expiresAt ?? undefined,
    persistent: persistent ?? undefined,
    properties,
  };
}

export function legRow(leg: Leg): LegRow {
  const { message, entry, event, type, store, cause, trace, orderKey, businessKeys, uncomposed } = leg;
  return [
    entry,
    message.id,
    event,
    type,
    store ?? null,
    cause ?? null,
    trace,
    orderKey ?? null,
    keysRow(businessKeys),
    uncomposed === undefined ? null : JSON.stringify(uncomposed),
    ...wireMessage(message),
  ];
}

export function legOf(row: LegRow): Leg {
  const [entry, , event, type, store, cause, trace, orderKey, keys, uncomposed, meta, body] = row;
  return {
    message: messageOf([meta, body]),
    entry,
    event,
    type,
    store: store ?? undefined,
    cause: cause ?? undefined,
    trace,
    orderKey: orderKey ?? undefined,
    businessKeys: keysOf(keys),
    uncomposed: uncomposed === null ? undefined : (JSON.parse(uncomposed) as Failure & { readonly blocks?: boolean }),
  };
}

export function keysRow(keys: BusinessKeys | undefined): string | null {
  return keys === undefined ? null : JSON.stringify(keys);
}

export function keysOf(keys: string | null): BusinessKeys | undefined {
  return keys === null ? undefined : (JSON.parse(keys) as BusinessKeys);
}

export function recipientsOf(recipients: string | null): readonly RecipientOutcome[] | undefined {
  return recipients === null ? undefined : (JSON.parse(recipients) as readonly RecipientOutcome[]);
}

export function failureRow({ code, kind, reason }: Failure): FailureRow {
  return [code, kind, reason];
}

export function failureOf([code, kind, reason]: FailureRow): Failure {
  return { code, kind: kind as FaultKind, reason };
}

export function tokenRow({ owner, version }: { readonly owner: number; readonly version: number }): TokenRow {
  return [owner, version];
}

export function leaseRow({ entry, owner, version }: LeaseToken): LeaseRow {
  return [entry, owner, version];
}

export function claimArgs({ entry, limit, run = 1, bytes = Number.POSITIVE_INFINITY }: ClaimRequest): ClaimArgs {
  return [entry, limitOf(limit), Math.max(1, limitOf(run)), bytes];
}

export function claimedOf<Row, Job>({ rows, dueIn }: ClaimedRows<Row>, jobOf: (row: Row) => Job): Claimed<Job> {
  return { jobs: rows.map(jobOf), dueIn: dueIn ?? undefined };
}

/** Whole milliseconds, and no more than SQLite can add to a time. */
export function millisecondsOf(length: number): number {
  return Math.max(0, Math.min(Math.ceil(length), 1e14));
}

/** SQLite's limits are whole numbers that it can add one to. */
export function limitOf(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), 1_000_000_000));
}
