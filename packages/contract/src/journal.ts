import type { Static, TObject } from 'typebox';
import type { Principal } from './delivery.ts';
import type { Message } from './message.ts';
import { type Branded, branded } from './plugin.ts';
import type { OpenContext } from './transport.ts';

/** Times in the journal are milliseconds since 1970; the kernel passes its clock's time in, a journal has no clock. */
export type Instant = number;

/** One try that failed. */
export interface FailedAttempt {
  readonly at: Instant;
  readonly code: string;
  readonly reason: string;
}

/**
 * Names an inbound message: the inbound entry, and an id that is unique in it. The id is that of the message, preceded
 * by the sender where a transport authenticated one, so that nobody is answered with somebody else's reply. Only the
 * kernel makes it; everybody else takes it as it is.
 */
export interface InboxKey {
  readonly entry: string;
  readonly id: string;
}

/** What the journal knows of an inbound message. `digest` is that of the body that was recorded under the id. */
export type InboxState =
  | { readonly state: 'unknown' }
  /** Handed out before and failed; nothing is recorded but the attempts. */
  | { readonly state: 'waiting'; readonly attempts: number; readonly digest: string }
  /** Accepted as stored, not yet worked on. */
  | { readonly state: 'stored'; readonly attempts: number; readonly digest: string }
  | { readonly state: 'done'; readonly digest: string; readonly reply?: Message | undefined }
  | { readonly state: 'parked'; readonly digest: string; readonly code: string; readonly reason: string };

/** An inbound message that the journal keeps: with everything that is needed to work on it later. */
export interface KeptMessage {
  readonly message: Message;
  readonly digest: string;
  readonly type?: string | undefined;
  readonly principal?: Principal | undefined;
  readonly trace: string;
}

/** One message for one destination: the unit of the outbox, with its own attempts and state. */
export interface Leg {
  /** The id of the message on the wire, the same at every attempt. */
  readonly message: Message;
  /** The outbound entry of the manifest. */
  readonly destination: string;
  /** The event it tells of. */
  readonly event: string;
  /** `Report_NC_PurchaseOrder@1.0` */
  readonly type: string;
  readonly store?: string | undefined;
  /** The inbound message that caused it. */
  readonly cause?: string | undefined;
  readonly trace: string;
}

export interface Finished extends InboxKey {
  readonly digest: string;
  readonly type: string;
  readonly trace: string;
  readonly at: Instant;
  readonly reply?: Message | undefined;
  readonly legs: readonly Leg[];
  /** Given where the entry says `"archive": true`: the message is kept after it was done. */
  readonly archive?: KeptMessage | undefined;
}

export interface Claim {
  /** Entry or destination. */
  readonly name: string;
  readonly limit: number;
  readonly now: Instant;
  /**
   * Until then nobody else gets what is claimed. Claims of a process that died end with it. Whoever claims a row whose
   * lease is over owns it: what its former owner then tells of a failure is counted, and does not end the new claim.
   */
  readonly leaseUntil: Instant;
  /** Strict order: hands out the oldest unfinished row only, and nothing while that one is not due or is claimed. Default false. */
  readonly inOrder?: boolean | undefined;
}

export interface StoredJob extends InboxKey, KeptMessage {
  readonly attempts: number;
}

export interface OutboxJob {
  readonly leg: Leg;
  /** Attempts that failed so far. */
  readonly attempts: number;
  readonly publishedAt: Instant;
}

export interface Claimed<Job> {
  /** In the order of their recording, oldest first. */
  readonly jobs: readonly Job[];
  /** When to ask again: not later than `now` where more is due at this moment; undefined when nothing waits. */
  readonly nextDue?: Instant | undefined;
}

export type JournalDirection = 'in' | 'out';
export type JournalState = 'waiting' | 'stored' | 'done' | 'parked';

export interface JournalQuery {
  readonly direction?: JournalDirection | undefined;
  readonly state?: JournalState | undefined;
  /** Entry or destination. */
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  /** Only what this inbound message caused. */
  readonly cause?: string | undefined;
  /** Continues a listing: the `seq` of the last row seen. */
  readonly before?: number | undefined;
  /** Default 100. */
  readonly limit?: number | undefined;
}

export interface JournalRow {
  /** Grows with every row of the journal, inbound and outbound in one sequence; newest first in listings. */
  readonly seq: number;
  readonly direction: JournalDirection;
  readonly name: string;
  readonly id: string;
  readonly type?: string | undefined;
  readonly event?: string | undefined;
  readonly state: JournalState;
  readonly store?: string | undefined;
  readonly cause?: string | undefined;
  readonly trace: string;
  readonly attempts: number;
  readonly recordedAt: Instant;
  readonly changedAt: Instant;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
}

export interface JournalEntry extends JournalRow {
  readonly failures: readonly FailedAttempt[];
  /** Missing where nothing was kept (done, and not archived). */
  readonly message?: Message | undefined;
  readonly reply?: Message | undefined;
  /** Where a sent message went, as the sender's receipt said. */
  readonly detail?: string | undefined;
}

export interface RowKey {
  readonly direction: JournalDirection;
  readonly name: string;
  readonly id: string;
}

/**
 * The durable record of every message. Each call is one atomic step: when its promise resolves, the step survives a
 * crash of the process and of the machine (calls may share a commit); when it rejects, nothing of it happened, or the
 * outcome is unknown and the call may be repeated. Every writing call is idempotent for that reason.
 */
export interface Journal {
  /** What is known of a message. Reads only. */
  find(key: InboxKey): Promise<InboxState>;
  /**
   * Records done mark, reply and legs in one step. False, and nothing is written, when the message was done before.
   * A leg whose destination and id are recorded already is left as it is: publishing under an id again has no effect.
   */
  finish(done: Finished): Promise<boolean>;
  /** Keeps a message to work on it later. Answers what was known before; when that was more than attempts, nothing is written. */
  store(key: InboxKey, kept: KeptMessage, at: Instant): Promise<InboxState>;
  /** Hands out stored messages that are due. */
  claimStored(claim: Claim): Promise<Claimed<StoredJob>>;
  /**
   * Records a failed attempt; a stored message is claimable again from `due` on. The same failure told again, with no
   * claim in between, is counted once. Has no effect on what is done or parked.
   */
  failed(key: InboxKey, failure: FailedAttempt & { readonly digest: string; readonly trace: string; readonly due: Instant }): Promise<void>;
  /** Gives a message up: keeps it with the failure as the last attempt. Ends its claim. Has no effect when it is done or parked. */
  park(key: InboxKey, kept: KeptMessage, failure: FailedAttempt): Promise<void>;

  /**
   * Records legs in one step. With an `id` seen before nothing is written, and the answer is false; an id is remembered
   * for as long as one of its legs. As in `finish`, legs that are recorded already are left as they are. Without an `id`,
   * the answer is false when all of them are.
   */
  publish(legs: readonly Leg[], options: { readonly at: Instant; readonly id?: string | undefined }): Promise<boolean>;
  /** Hands out legs of a destination that are due. */
  claimOutbox(claim: Claim): Promise<Claimed<OutboxJob>>;
  /** Ends a leg, also one that was given up meanwhile. The body is kept where `archive` says so. */
  sent(leg: OutboxKey, receipt: { readonly at: Instant; readonly detail?: string | undefined; readonly archive: boolean }): Promise<void>;
  /** Ends the claim of a leg until `due`. Without `failure` nothing is counted (the destination is down). */
  postponed(leg: OutboxKey, options: { readonly due: Instant; readonly failure?: FailedAttempt | undefined }): Promise<void>;
  /** Gives a leg up, with the failure as its last attempt. In strict order it holds up nobody from then on. */
  parkLeg(leg: OutboxKey, failure: FailedAttempt): Promise<void>;

  list(query: JournalQuery): Promise<readonly JournalRow[]>;
  show(key: RowKey): Promise<JournalEntry | undefined>;
  /**
   * Makes a parked message due again, in its old place in the order, with a new body where given. It has all its
   * attempts before it again; the list of its failures stays. False when no such message is parked.
   */
  replay(key: RowKey, options: { readonly at: Instant; readonly body?: Uint8Array | undefined }): Promise<boolean>;
  /** Removes a parked message for good. False when no such message is parked. */
  drop(key: RowKey): Promise<boolean>;
  /** How many rows are in each state. */
  count(): Promise<
    readonly { readonly direction: JournalDirection; readonly name: string; readonly state: JournalState; readonly rows: number }[]
  >;
  /** Forgets what was done before `at`; answers how many rows. Parked and waiting rows stay. */
  forget(at: Instant): Promise<number>;
  /** Ends this process's claims, completes what was called, closes. Every later call rejects; closing again does nothing. */
  close(): Promise<void>;
}

export interface OutboxKey {
  readonly destination: string;
  readonly id: string;
}

export interface JournalSpec<Config extends TObject = TObject> {
  /** The word for it in a manifest: `"journal": { "use": "sqlite" }`. */
  readonly name: string;
  readonly summary: string;
  /** Its settings stand in the manifest's `journal` block beside `use` and `keep`. */
  readonly settings: Config;
  open(config: Static<Config>, context: OpenContext): Promise<Journal>;
}
export type JournalDefinition<Config extends TObject = TObject> = JournalSpec<Config> & Branded<'journal'>;
// oxlint-disable-next-line typescript/no-explicit-any -- the parameter is checked where a journal is defined; here it is erased.
export type AnyJournal = JournalDefinition<any>;

/** Defines a journal. Default-export the result from the package's main module. */
export function defineJournal<Config extends TObject>(spec: JournalSpec<Config>): JournalDefinition<Config> {
  return branded('journal', spec);
}
