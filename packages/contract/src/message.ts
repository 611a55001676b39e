/**
 * What crosses a wire: opaque bytes and the wire's own string properties. Nobody mutates a message: a transport or the
 * kernel makes it, everybody else reads it.
 */
export interface Message {
  /**
   * Identifies this message for as long as the journal remembers it: a redelivery of the same message has the same id,
   * another message has another one.
   */
  readonly id: string;
  readonly body: Uint8Array;
  /**
   * When it was made, in milliseconds since 1970. Of an outbound message: when its event was published, the same at every
   * attempt, so that whatever is made from the message (a MIME body with its date) has the same bytes each time. Of an
   * inbound one: what the wire tells, else when it arrived.
   */
  readonly createdAt: number;
  /** The name of the message type, where the sender or the wire can tell. A hint only: packs look at the body. */
  readonly type?: string | undefined;
  /** A media type, possibly with a `charset`, which then decides how the body is read. */
  readonly contentType?: string | undefined;
  /** On a reply: the id of the message that it answers. The kernel sets it; a transport does where it is missing. */
  readonly correlationId?: string | undefined;
  /** Where the sender wants the answer: an address on the same connection. */
  readonly replyTo?: string | undefined;
  /** 0 (lowest) to 9. Undefined leaves it to the wire. */
  readonly priority?: number | undefined;
  /** Nobody wants the message after this instant, in milliseconds since 1970. Undefined: it does not expire. */
  readonly expiresAt?: number | undefined;
  /** False: the far side need not keep the message over a restart. Undefined leaves it to the wire. */
  readonly persistent?: boolean | undefined;
  /**
   * Properties of the wire (headers). Data for people and packs, never instructions to the kernel. Names keep their case
   * where the wire does; a wire that folds case (HTTP) gives them in lower case, and a wire that does not allow every
   * character uses `escapePropertyName`.
   */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * A message as a transport hands it over. `id` is the wire's own where it has one; without it nobody else can know the
 * message, and the kernel makes one. `createdAt` is added where the wire does not tell.
 */
export type IncomingMessage = Omit<Message, 'id' | 'createdAt'> & {
  readonly id?: string | undefined;
  readonly createdAt?: number | undefined;
};

/** What a pack composes: a message that has no identity and no destination yet. */
export interface Draft {
  /** Text is encoded as UTF-8. */
  readonly body: Uint8Array | string;
  readonly contentType: string;
  /** The name of the message type that was composed. */
  readonly type: string;
  readonly priority?: number | undefined;
  readonly expiresAt?: number | undefined;
  readonly persistent?: boolean | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/**
 * A property name for a wire whose names are identifiers (letters, digits, `_`; no digit first) and may be folded to lower case:
 * upper-case letters and every other character become `_` and their code in hexadecimal, ended by `_`. Names of lower-case letters
 * and digits stay as they are. `unescapePropertyName` gives the same name back: `Order-No` is `_4f_rder_2d__4e_o`.
 */
export function escapePropertyName(name: string): string {
  return name.replaceAll(/[^a-z0-9]|^[0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
}

/** The reverse of `escapePropertyName`. A name that it did not make is given back as it is. */
export function unescapePropertyName(name: string): string {
  const plain = name.replaceAll(/_([0-9a-f]{1,6})_/gi, (whole, code: string) => {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
  return escapePropertyName(plain).toLowerCase() === name.toLowerCase() ? plain : name;
}
