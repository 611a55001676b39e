/** What became of one of several recipients of a message. */
export interface RecipientOutcome {
  /** As it stood in the message, such as `anna@example.com`. */
  readonly address: string;
  /**
   * - sent: the far side has taken the message for this recipient.
   * - refused: the far side does not deliver to this recipient. Final.
   * - later: not taken now; another attempt may succeed.
   * - unknown: nobody can tell whether this recipient gets the message.
   */
  readonly outcome: 'sent' | 'refused' | 'later' | 'unknown';
  /** What the far side said, in words for a log. Never secret. */
  readonly detail?: string | undefined;
  /** The least time to wait before the next attempt, in milliseconds, where the far side said so. */
  readonly retryAfter?: number | undefined;
}
