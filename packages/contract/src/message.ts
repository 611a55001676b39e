/**
 * What crosses a wire: opaque bytes and the wire's own string properties. Nobody mutates a message: a transport makes
 * it, everybody else reads it.
 */
export interface Message {
  /**
   * Identifies this message for as long as the journal remembers it: a redelivery of the same message has the same id,
   * another message has another one. Taken from the wire where it has such an id, else made by the transport.
   */
  readonly id: string;
  readonly body: Uint8Array;
  /** The name of the message type, where the sender or the wire can tell. A hint only: packs look at the body. */
  readonly type?: string | undefined;
  readonly contentType?: string | undefined;
  /** On a reply: the id of the message that it answers. The kernel sets it; a transport does where it is missing. */
  readonly correlationId?: string | undefined;
  /** Where the sender wants the answer: an address on the same connection. */
  readonly replyTo?: string | undefined;
  /** Headers of the wire, names in lower case. Data for people and packs, never instructions to the kernel. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What a pack composes: a message that has no identity and no destination yet. */
export interface Draft {
  /** Text is encoded as UTF-8. */
  readonly body: Uint8Array | string;
  readonly contentType: string;
  /** The name of the message type that was composed. */
  readonly type: string;
  readonly properties?: Readonly<Record<string, string>> | undefined;
}
