/** A mail as the mail catcher keeps it: what the sender's server said of it, and all that could be read of it. */
export interface CaughtMail {
  /** Counts from `1` on, in the order of arrival. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly envelope: Envelope;
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  /** Decoded. Empty where there is none. */
  readonly subject: string;
  /** The time in the header, in milliseconds since 1970; undefined where there is none that can be read. */
  readonly date: number | undefined;
  /** With its angle brackets. */
  readonly messageId: string | undefined;
  /** All of them, in their order, unfolded and otherwise as they were written. */
  readonly headers: readonly MailHeader[];
  /** All parts with plain text, decoded. Not made out of HTML. */
  readonly text: string | undefined;
  /** All parts with HTML, decoded and as hostile as they came. */
  readonly html: string | undefined;
  /** Inline images among them. */
  readonly attachments: readonly CaughtAttachment[];
  /** The bytes that came, from the first header on. */
  readonly source: Uint8Array;
  /** Why there is less of it than there was in the bytes; undefined where all was read. */
  readonly problem: string | undefined;
}

/** What SMTP said of a mail. It need not agree with the headers. */
export interface Envelope {
  /** Who gets the bounces; empty for a mail that wants none. */
  readonly from: string;
  /** The accepted recipients. */
  readonly to: readonly EnvelopeRecipient[];
  /** ENVID, the name under which reports speak of the mail. */
  readonly envelopeId: string | undefined;
  /** RET: `FULL` or `HDRS`, how much of the mail a report gives back. */
  readonly returned: string | undefined;
  /** Whether the mail was announced with 8BITMIME, and with SMTPUTF8. */
  readonly is8Bit: boolean;
  readonly isUtf8: boolean;
  /** The name of the login, where there was one. Its password is not kept. */
  readonly login: string | undefined;
  readonly isEncrypted: boolean;
  /** What the other side called itself in HELO or EHLO. */
  readonly helo: string;
}

export interface EnvelopeRecipient {
  readonly address: string;
  /** NOTIFY: `NEVER`, or some of `SUCCESS`, `FAILURE`, `DELAY`. Empty where nothing was asked. */
  readonly notify: readonly string[];
  /** ORCPT, as it was written. */
  readonly original: string | undefined;
}

export interface MailAddress {
  /** Empty where there is none. */
  readonly name: string;
  readonly address: string;
}

export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

export interface CaughtAttachment {
  /** As the mail names it, which may be a path or hostile; undefined where it has no name. */
  readonly name: string | undefined;
  readonly contentType: string;
  /** Without its angle brackets. */
  readonly contentId: string | undefined;
  /** Decoded. */
  readonly content: Uint8Array;
}
