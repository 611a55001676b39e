import type { RecipientOutcome } from '@waybill/contract';
import type { Recipient } from '../mail/composed-mail.ts';
import type { Answer } from './answer.ts';
import type { Ended } from './ended.ts';

/**
 * What is known of one recipient.
 *
 * - sent, refused, later, unknown: see `RecipientOutcome`.
 * - not-sent: surely nothing; it was not for this recipient that it ended.
 */
export interface Fate {
  readonly recipient: Recipient;
  readonly outcome: RecipientOutcome['outcome'] | 'not-sent';
  /** Why, for people. */
  readonly detail: string;
  /** What the server said of it. */
  readonly answer?: Answer | undefined;
}

/** What became of one transaction. */
export interface Transacted {
  /** Of each recipient that was tried. */
  readonly fates: readonly Fate[];
  /** Those that were too many for one transaction: they may have another one at once. */
  readonly rest: readonly Recipient[];
  /** To the end of the mail. */
  readonly answer?: Answer | undefined;
  /** Why the connection cannot be used any more. */
  readonly ended?: Ended | undefined;
  readonly again: Again;
}

/**
 * Whether another connection may do it at once, since nothing was decided.
 *
 * - never: something was decided, or it was not the connection's fault.
 * - if-used: the connection ended before MAIL was answered. One that was used before was dead already; a fresh one speaks for the server.
 * - once: the server did not expect the commands in this order.
 */
export type Again = 'never' | 'if-used' | 'once';
