import { randomUUID } from 'node:crypto';

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
   * character uses `escapePropertyName`. `file-name`: the name of the file that the message was; the log shows it.
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

/** What the far side said to a message, as bytes. */
export type Answer = Pick<Message, 'body' | 'contentType' | 'properties'>;

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

/** Name and version of a message type. */
export interface MessageTypeRef {
  /** For XML messages the name of the root element. */
  readonly name: string;
  readonly version: string;
}

/** `Update_WCS_OrderStatus@3.0` */
export function typeName(ref: MessageTypeRef): string {
  return `${ref.name}@${ref.version}`;
}

/** The millisecond of the newest id, and how many ids it had before that one. */
let last = 0;
let count = 0;
/** The first 15 characters of an id: the time, and the version. The same for all ids of a millisecond. */
let start = '';

/**
 * A fresh id for a message: a UUID of version 7 (RFC 9562). Such ids grow with time, so that messages of the same time
 * stand side by side in every index that they are looked up in; random ones would touch a page of the disk each.
 */
export function newMessageId(): string {
  const now = Date.now();
  if (now > last) restart(now);
  // 4096 ids fit into a millisecond; what is beyond takes from the next one.
  else if (++count > 0xfff) restart(last + 1);
  return start + (0x1000 + count).toString(16).slice(1) + randomUUID().slice(18);
}

function restart(time: number): void {
  last = time;
  count = 0;
  const digits = time.toString(16).padStart(12, '0');
  start = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
}

/** Random for every process, so that the counter below makes ids that no other process makes. */
const traceOrigin = randomUUID().replaceAll('-', '').slice(0, 20);
const lastDigits = Array.from({ length: 256 }, (_, number) => number.toString(16).padStart(2, '0'));
/** How many times 256 ids were made, and how many of the next 256. */
let tracesBefore = 0;
let tracesSince = 0;
/** All digits but the last two. */
let traceStart = traceOrigin + '0'.repeat(10);

/** A fresh W3C trace id: 32 hexadecimal digits. Counted rather than drawn, since every message needs one. */
export function newTraceId(): string {
  if (++tracesSince === lastDigits.length) {
    tracesSince = 0;
    traceStart = traceOrigin + (++tracesBefore).toString(16).padStart(10, '0');
  }
  return traceStart + lastDigits[tracesSince];
}
