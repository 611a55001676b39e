/** Somebody to whom a mail goes. */
export interface Recipient {
  /** As it stood in the message or in the entry. Outcomes and reports name the recipient so. */
  readonly address: string;
  /** As it goes over the wire: the domain in ASCII. */
  readonly wire: string;
  /** The part before the @ has letters outside ASCII: only a server with SMTPUTF8 takes it. */
  readonly needsUtf8: boolean;
}

/** A mail as it is sent: the same bytes at every attempt. */
export interface ComposedMail {
  /** Lines end in CRLF; no line is longer than 998 bytes; 7-bit unless `needsUtf8`. With its signature, where there is one. */
  readonly bytes: Uint8Array;
  /** Each of them once: To, Cc and Bcc together. */
  readonly recipients: readonly Recipient[];
  /** A header has an address with letters outside ASCII before its @: only a server with SMTPUTF8 takes this mail. */
  readonly needsUtf8: boolean;
  /**
   * The envelope sender, as it goes over the wire: the bounce address of this mail where the connection has `bounces`, else the address of Sender or
   * From. Empty for an automatic reply: nobody answers that, and no bounce of it comes (RFC 3834, section 3.3).
   */
  readonly sender: string;
  /** By which the mail is known when something comes back. */
  readonly reference: string;
}
