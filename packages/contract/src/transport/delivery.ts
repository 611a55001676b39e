import type { FaultKind, WaybillError } from '../errors.ts';
import type { IncomingMessage, Message } from '../message/message.ts';

/** Somebody whom a transport or the application's authenticator has recognised. */
export interface Principal {
  readonly name: string;
  readonly roles?: readonly string[] | undefined;
}

/** One message in the hands of the kernel, not yet settled. */
export interface Delivery {
  readonly message: IncomingMessage;
  /**
   * How often this message was handed out, this time included (so at least 1), where the far side counts. An upper bound:
   * a hand-out that was given back untried may be counted, too.
   */
  readonly attempt?: number | undefined;
  /**
   * The far side gives the message up by itself (moves it away) after so many hand-outs. The kernel parks the message before
   * that: what it knows of the message would be lost otherwise.
   */
  readonly giveUpAfter?: number | undefined;
  /** Who sent it, where the transport authenticated somebody. */
  readonly principal?: Principal | undefined;
  /** Aborts when the far side no longer waits for the settlement (a closed HTTP request). The work goes on. */
  readonly abandoned?: AbortSignal | undefined;
  /**
   * Aborts when the far side has taken the message back (a lock or a lease is lost): it will be handed out again, possibly
   * to somebody else. The handler's signal aborts, what it did is not recorded, and the settlement means nothing.
   */
  readonly lost?: AbortSignal | undefined;
  /**
   * The transport could not take the message whole (too large, unreadable). The kernel gives it up with this error;
   * `message.body` holds what could be kept, possibly nothing.
   */
  readonly defect?: WaybillError | undefined;
}

/** What was wrong with a message, as it is told to the outside. */
export interface Fault {
  readonly kind: FaultKind;
  /** The error code, for people. A transport decides by `kind` only. */
  readonly code: string;
  readonly reason: string;
}

/**
 * What was decided about a delivery. `reply` goes to whoever waits for it: the open request, or `message.replyTo`; its
 * correlation id is set.
 *
 * - accepted: it is done with, remove it. `stored` tells that it is durable in the journal but not yet worked on.
 * - retry: hand it out again, not before `after` milliseconds have passed. Never said for longer than the side `redelivers`.
 * - rejected: it will never be worked on, remove it; the kernel has kept what has to be kept.
 * - released: it was not looked at; hand it out again in its old place, and do not count this time.
 */
export type Settlement =
  | {
      readonly outcome: 'accepted';
      readonly reply?: Message | undefined;
      readonly stored?: boolean | undefined;
      /** Of a stored message: the id under which `stateOf` finds it, also where its wire had none. */
      readonly id?: string | undefined;
    }
  | { readonly outcome: 'retry'; readonly after: number; readonly fault: Fault; readonly reply?: Message | undefined }
  | { readonly outcome: 'rejected'; readonly fault: Fault; readonly reply?: Message | undefined }
  | { readonly outcome: 'released' };

/**
 * Hands a message to the kernel. Always resolves, whatever happens to the message; waiting for it is the backpressure.
 *
 * A message that is handed out again while it is still being worked on (its connection broke and came back) is not worked on
 * twice: the new delivery waits for that work and gets its settlement.
 */
export type Deliver = (delivery: Delivery) => Promise<Settlement>;

/** What a report says has become of a message that was sent earlier. */
export type ReportKind = 'delivered' | 'delayed' | 'bounced' | 'expired' | 'read' | 'complaint' | 'auto-reply';

/** News about something that was sent earlier: a bounce, a confirmation of delivery, a late answer. */
export interface Report {
  /** The message that it speaks of: its id, or the id that the far side gave it in the receipt. */
  readonly about: string;
  /** The same report has the same id, so that it is recorded once. */
  readonly id: string;
  readonly kind: ReportKind;
  /** Of a bounce: whether another attempt is of no use. */
  readonly permanent?: boolean | undefined;
  /** The recipient that it speaks of, where the message has several. */
  readonly recipient?: string | undefined;
  /** What the far side said, in words. */
  readonly detail?: string | undefined;
}
