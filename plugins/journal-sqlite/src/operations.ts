import type { OwnerFacts } from '@waybill/sqlite';

/**
 * What the thread of the journal can be asked. Arguments and answers cross a thread border: plain values in fixed
 * places, bodies as bytes. `null` stands for what is missing, as in the database.
 */
export interface Operations {
  find(entry: string, id: string): FoundRow | null;
  finish(done: DoneRow, reply: WireMessage | null, archive: WireMessage | null, legs: readonly LegRow[]): boolean;
  store(entry: string, id: string, kept: KeptRow, at: number): FoundRow | null;
  claimStored(claim: ClaimRow): ClaimedRows<StoredRow>;
  failed(entry: string, id: string, failure: FailureRow, due: number, digest: string, trace: string): void;
  park(entry: string, id: string, kept: KeptRow, failure: FailureRow): void;
  publish(legs: readonly LegRow[], at: number, id: string | null): boolean;
  claimOutbox(claim: ClaimRow): ClaimedRows<OutboxRow>;
  sent(destination: string, id: string, at: number, detail: string | null, archive: boolean): void;
  postponed(destination: string, id: string, due: number, failure: FailureRow | null): void;
  parkLeg(destination: string, id: string, failure: FailureRow): void;
  list(query: QueryRow): readonly ListedRow[];
  show(direction: number, name: string, id: string): ShownRow | null;
  replay(direction: number, name: string, id: string, at: number, body: Uint8Array | null): boolean;
  drop(direction: number, name: string, id: string): boolean;
  count(): readonly CountRow[];
  /** Forgets among the next thousand rows behind `after`; `next` is where to go on, `null` at the end. */
  forgetRows(at: number, after: number): { readonly rows: number; readonly next: number | null };
  /** Forgets ids of publications; true while there may be more of them. */
  forgetPublications(at: number): boolean;
}

/** Everything of a message but its body as text, and the body. */
export type WireMessage = readonly [meta: string, body: Uint8Array];
export type FailureRow = readonly [at: number, code: string, reason: string];
export type DoneRow = readonly [entry: string, id: string, digest: string, type: string, trace: string, at: number];
export type KeptRow = readonly [digest: string, type: string | null, trace: string, meta: string, body: Uint8Array];
export type ClaimRow = readonly [name: string, limit: number, now: number, leaseUntil: number, inOrder: boolean];
export type LegRow = readonly [
  destination: string,
  id: string,
  event: string,
  type: string,
  store: string | null,
  cause: string | null,
  trace: string,
  meta: string,
  body: Uint8Array,
];

export interface FoundRow {
  readonly state: number;
  readonly attempts: number;
  readonly digest: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly reply: WireMessage | null;
}

export interface ClaimedRows<Row> {
  readonly rows: readonly Row[];
  readonly nextDue: number | null;
}

export type StoredRow = readonly [
  id: string,
  digest: string,
  type: string | null,
  trace: string,
  attempts: number,
  meta: string,
  body: Uint8Array,
];

export type OutboxRow = readonly [
  event: string,
  type: string,
  store: string | null,
  cause: string | null,
  trace: string,
  attempts: number,
  publishedAt: number,
  meta: string,
  body: Uint8Array,
];

export interface QueryRow {
  readonly direction: number | null;
  readonly state: number | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly cause: string | null;
  readonly before: number | null;
  readonly limit: number;
}

export interface ListedRow {
  readonly seq: number;
  readonly direction: number;
  readonly name: string;
  readonly id: string;
  readonly state: number;
  readonly type: string | null;
  readonly event: string | null;
  readonly store: string | null;
  readonly cause: string | null;
  readonly trace: string;
  readonly attempts: number;
  readonly recorded_at: number;
  readonly changed_at: number;
  readonly code: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
}

export interface ShownRow {
  readonly row: ListedRow;
  readonly failures: readonly FailureRow[];
  readonly message: WireMessage | null;
  readonly reply: WireMessage | null;
}

export type CountRow = readonly [direction: number, name: string, state: number, rows: number];

/** What a thread is started with. */
export interface ThreadData {
  readonly path: string;
  /** Milliseconds. */
  readonly busyTimeout: number;
  /** Bytes. */
  readonly maxSize: number | undefined;
  /** Missing in the thread that only reads. */
  readonly owner: OwnerFacts | undefined;
}

export const directions = ['in', 'out'] as const;
export const states = ['waiting', 'stored', 'done', 'parked'] as const;
