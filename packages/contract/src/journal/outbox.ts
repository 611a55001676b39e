import type { Message } from '../message/message.ts';
import type { RecipientOutcome } from '../message/recipient-outcome.ts';
import type { Report } from '../transport/delivery.ts';
import type {
  BusinessKeys,
  Claimed,
  ClaimRequest,
  ClaimToken,
  EntryKey,
  Failure,
  Instant,
  JournalRow,
  JournalState,
  KnownReport,
  Recorded,
} from './rows.ts';

/** One message for one destination: the unit of the outbox, with its own attempts and state. */
export interface Leg {
  /** Its id names event, event id, message type, store and destination; the same at every attempt. */
  readonly message: Message;
  /**
   * The outbound entry of the manifest. For the reply to a message that is no longer in hand: `replies:` and the name of the
   * inbound entry, through which it is sent to the address in `message.replyTo`.
   */
  readonly entry: string;
  /** The event it tells of; empty for a reply. */
  readonly event: string;
  /** `Report_NC_PurchaseOrder@1.0` */
  readonly type: string;
  readonly store?: string | undefined;
  /** The inbound message that caused it. */
  readonly cause?: string | undefined;
  readonly trace: string;
  readonly orderKey?: string | undefined;
  readonly businessKeys?: BusinessKeys | undefined;
  /**
   * Why the message could not be composed. `message.body` is then the data of the event as JSON, and the leg is parked from
   * the start (with no attempt counted), for a person to correct the data or the pack; when it is replayed, it is composed
   * anew. `blocks`: what follows under its order key waits for that; by default it goes on.
   */
  readonly uncomposed?: (Failure & { readonly blocks?: boolean | undefined }) | undefined;
}

export interface OutboxJob {
  readonly leg: Leg;
  readonly token: ClaimToken;
  /** Attempts that failed so far. */
  readonly attempts: number;
  /** Hand-outs before this one of which no outcome is known, because the process ended: the message may have arrived. */
  readonly unresolved: number;
  readonly publishedAt: Instant;
  /** What is known of its recipients from earlier attempts. */
  readonly recipients?: readonly RecipientOutcome[] | undefined;
}

/**
 * How an attempt to send ended. `receipts`: the ids by which reports may speak of the leg beside that of its message, such as the one that the
 * far side gave it. They are added to those that are recorded.
 *
 * - sent: the far side has it. `archive`: the body is kept.
 * - again: due in `dueIn` milliseconds. Without `failure` nothing is counted (the destination is away).
 * - parked: given up on. `blocks`: what follows under its order key waits for a person.
 * - failed: of a leg that was sent at once: the caller was told.
 * - released: given back untried, due at once, not counted. A leg that was to be sent at once is then claimed and sent
 *   like the others, as after `again`.
 */
export type OutboxEnding =
  | {
      readonly outcome: 'sent';
      readonly detail?: string | undefined;
      readonly receipts?: readonly string[] | undefined;
      readonly recipients?: readonly RecipientOutcome[] | undefined;
      readonly reply?: Message | undefined;
      readonly archive: boolean;
    }
  | {
      readonly outcome: 'again';
      readonly dueIn: number;
      readonly failure?: Failure | undefined;
      readonly attempts: number;
      readonly receipts?: readonly string[] | undefined;
      readonly recipients?: readonly RecipientOutcome[] | undefined;
    }
  | {
      readonly outcome: 'parked';
      readonly failure: Failure;
      readonly attempts: number;
      readonly blocks: boolean;
      readonly receipts?: readonly string[] | undefined;
      readonly recipients?: readonly RecipientOutcome[] | undefined;
    }
  | { readonly outcome: 'failed'; readonly failure: Failure; readonly receipts?: readonly string[] | undefined }
  | { readonly outcome: 'released' };

export interface OutboxStep extends EntryKey {
  readonly token: ClaimToken;
  readonly ending: OutboxEnding;
}

/** What is known of the recipients of a leg while an attempt to send it goes on. */
export interface OutboxNote extends EntryKey {
  readonly token: ClaimToken;
  readonly recipients: readonly RecipientOutcome[];
}

/** A report that is recorded with its leg, and has not been raised. */
export interface UnraisedReport {
  readonly leg: JournalRow;
  readonly report: KnownReport;
}

/** Names a report of a leg. */
export interface ReportKey extends EntryKey {
  readonly report: string;
}

/** `raises`: the report of which the legs tell. It is raised in the same step. */
export type Publication =
  | { readonly id?: string | undefined; readonly raises?: undefined }
  | { readonly raises: ReportKey; readonly id?: undefined };

/** The outbound half of the journal. */
export interface Outbox {
  /**
   * Records legs in one step. With an `id` seen before nothing is written, and the answer is false; an id is remembered
   * for as long as one of its legs. A leg whose entry and id are recorded already is left as it is. Without an `id`,
   * the answer is false when all of them are. With `raises`, the answer is whether the report is raised now: false, and nothing is
   * written, where it is raised already or not known.
   */
  publish(legs: readonly Leg[], publication?: Publication): Promise<boolean>;
  /**
   * Records a leg that its caller sends at once, as claimed by this process; when the process ends meanwhile, the leg
   * becomes failed and is not sent by anybody else. Undefined when the id is recorded already and did not fail. It waits for
   * nobody with its order key, and nobody waits for it. `receipts`: as those of an ending, recorded at once, since nobody may be there to
   * tell of its end.
   */
  begin(leg: Leg, receipts?: readonly string[]): Promise<ClaimToken | undefined>;
  /** Hands out legs that are due, as `Inbox.claim` does. */
  claim(request: ClaimRequest): Promise<Claimed<OutboxJob>>;
  /**
   * Ends an attempt to send, as `Inbox.settle` does. A leg that was sent, parked or failed is `known`. Recipients are merged by
   * address into those that are recorded. `reported` in the answer of a step with receipts: the leg has reports that are not raised, such as
   * those that came before one of its receipts was known.
   */
  settle(step: OutboxStep): Promise<Recorded<JournalState>>;
  /** Records recipients of a claimed leg as `settle` does, and ends nothing: whoever claims it next is told of them. */
  note(note: OutboxNote): Promise<Recorded<JournalState>>;
  /**
   * Records news about a leg, once per report id. Answers the leg; undefined when none is known by that id or receipt: then
   * the report is kept for as long as done messages are, and recorded with the leg when that is settled with such a receipt.
   * Of several legs with one receipt it is the one that was settled with it last. A leg is not forgotten before its reports are raised.
   */
  report(report: Report): Promise<JournalRow | undefined>;
  /** Reports that are recorded with their legs and were not raised, those that were recorded first before others. */
  unraised(limit: number): Promise<readonly UnraisedReport[]>;
  /** Records a reply that came after its request had failed; the first one stays, and so does the state of the leg. */
  answered(key: EntryKey, reply: Message): Promise<void>;
}
