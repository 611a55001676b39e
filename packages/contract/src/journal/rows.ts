import type { FaultKind } from '../errors.ts';
import type { Message } from '../message/message.ts';
import type { RecipientOutcome } from '../message/recipient-outcome.ts';
import type { Report } from '../transport/delivery.ts';
import type { By } from './by.ts';

/** Milliseconds since 1970 on the journal's clock, which never goes back. Callers give lengths of time, never instants. */
export type Instant = number;

/** Names a message in one direction: the inbound or outbound entry, and an id that is unique in it. */
export interface EntryKey {
  readonly entry: string;
  readonly id: string;
}

export type JournalDirection = 'in' | 'out';

/** Names a row of the journal. */
export interface RowKey extends EntryKey {
  readonly direction: JournalDirection;
}

/**
 * - waiting: attempts of it are counted, and it will be tried again: an inbound message that its transport hands out again,
 *   or a leg.
 * - stored: an inbound message that the journal keeps and hands out.
 * - done: handled, or sent.
 * - parked: given up on and kept for a person.
 * - failed: sent at once at somebody's request without success. The caller was told, and nobody tries again.
 */
export type JournalState = 'waiting' | 'stored' | 'done' | 'parked' | 'failed';

/** Why an attempt failed. */
export interface Failure {
  readonly code: string;
  readonly kind: FaultKind;
  readonly reason: string;
}

/** An attempt that failed, as the journal remembers it. */
export interface FailedAttempt extends Failure {
  readonly at: Instant;
}

/** What people look for: `{ order: '12007' }`, `{ sku: ['HP-1', 'HP-2'] }`. */
export type BusinessKeys = Readonly<Record<string, string | readonly string[]>>;

/** Proves that a claim is still the newest one of its row. Opaque: only the journal that made it looks inside. */
export interface ClaimToken {
  readonly owner: number;
  readonly version: number;
}

export interface ClaimRequest {
  readonly entry: string;
  /** How many rows at most, all order keys together. */
  readonly limit: number;
  /**
   * How many rows of one order key at most, oldest first: its head and what follows. They are worked on one after the other
   * by whoever claimed them, and ended in that order; after a failure the rest is released. It ends before one that cannot be
   * handed out now. Default 1.
   */
  readonly run?: number | undefined;
  /**
   * How many bytes the bodies may have together. The claim ends before the first one for which there is no room, and takes nothing smaller
   * in its place. One row is always handed out, however large. Default: any number.
   */
  readonly bytes?: number | undefined;
}

export interface Claimed<Job> {
  /**
   * Those that have been due the longest, in the order of their recording, oldest first. A row with an unresolved hand-out is the
   * only one of its claim: when it ends the process again, no hand-out of another row is counted.
   */
  readonly jobs: readonly Job[];
  /**
   * After how many milliseconds to ask again; 0 where more is due now, undefined when nothing waits for its time. What is
   * claimed, or stands behind another row, waits for no time: `Journal.watch` tells when it comes free.
   */
  readonly dueIn?: number | undefined;
}

/**
 * What a step that ends something answers.
 *
 * - recorded: it was done now, or by an earlier call of the same step. `reported`: see `Outbox.settle`.
 * - not-yours: the claim or the lease behind it is no longer the newest; nothing was written.
 * - known: the message was ended before, possibly by another process that had it at the same time; nothing was written.
 */
export type Recorded<Known> =
  | { readonly outcome: 'recorded'; readonly reported?: boolean | undefined }
  | { readonly outcome: 'not-yours' }
  | { readonly outcome: 'known'; readonly state: Known };

export interface JournalRow extends RowKey {
  /** Grows with every row of the journal, inbound and outbound in one sequence; newest first in listings. */
  readonly seq: number;
  readonly type?: string | undefined;
  readonly event?: string | undefined;
  readonly state: JournalState;
  readonly store?: string | undefined;
  readonly cause?: string | undefined;
  readonly trace: string;
  readonly orderKey?: string | undefined;
  /** Attempts that failed. */
  readonly attempts: number;
  readonly recordedAt: Instant;
  readonly changedAt: Instant;
  /** Of the last failure. */
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
}

/** That people have made a message due again. */
export interface ReplayedMark {
  readonly times: number;
  /** Of the last time. */
  readonly by: By;
  readonly at: Instant;
  /** The replay of a set that did it the last time; missing where the message was replayed by itself. */
  readonly replay?: number | undefined;
}

/** A report, as the journal has it; `at`: when it was recorded. */
export type KnownReport = Report & { readonly at: Instant };

export interface JournalEntry extends JournalRow {
  readonly businessKeys: BusinessKeys;
  readonly failures: readonly FailedAttempt[];
  /** Missing where nothing was kept (done, and not archived). */
  readonly message?: Message | undefined;
  /** Of a message that was edited: the body as it came. Kept as long as the row. */
  readonly original?: Uint8Array | undefined;
  /** True: `message.body` is the data of the event as JSON; it could not be composed. */
  readonly uncomposed?: boolean | undefined;
  /** Where it was replayed; stays as long as the row, also when it is moved. */
  readonly replayed?: ReplayedMark | undefined;
  readonly reply?: Message | undefined;
  /** Where a sent message went, as the sender's receipt said. */
  readonly detail?: string | undefined;
  readonly recipients?: readonly RecipientOutcome[] | undefined;
  readonly reports: readonly KnownReport[];
}
