import type { Static, TObject } from 'typebox';
import type { CommandDefinition, EventDefinition } from './application/command.ts';
import type { WaybillError } from './errors.ts';
import { type Draft, type Message, type MessageTypeRef, typeName } from './message/message.ts';
import { type Branded, branded } from './plugin.ts';

/** One line of a message's documentation table. */
export interface MessageField {
  /** Path from the root: `DataArea/OrderShipping/OrderStatusHeader@Versioning`. */
  readonly path: string;
  /** How often it occurs: `1`, `0..1`, `0..n`, `1..n`, `1..2`. */
  readonly occurs: string;
  /** What it may hold: `text`, `S | SP`, `date`. */
  readonly type: string;
  readonly description?: string | undefined;
  /** Where it goes in the input of the command, or comes from in the data of the event: `items[].quantities.shipped`. Undefined where it has no place there. */
  readonly field?: string | undefined;
}

export interface Grammar {
  readonly language: 'dtd' | 'copybook';
  readonly text: string;
}

export interface MessageType extends MessageTypeRef {
  /** As seen from the application. */
  readonly direction: 'in' | 'out';
  readonly summary: string;
  /** The commands that an inbound message may ask for. */
  readonly commands?: readonly CommandDefinition[] | undefined;
  /** The event that an outbound message tells of. Replies have none. */
  readonly event?: EventDefinition | undefined;
  /** The message that answers this one: what is composed for an inbound one, what is expected for an outbound one. */
  readonly reply?: MessageTypeRef | undefined;
  /** The documentation table; made when asked for. */
  readonly fields?: () => readonly MessageField[];
  /**
   * A valid message of this type, made up. Without a seed everything that may be in it is there once, with plain texts; each seed gives another
   * one, and the same seed the same one.
   */
  readonly sample?: (seed?: number) => string;
  /**
   * True: it is written for people, and no program reads it again. `recognise` never answers with it and `read` throws; its sample is what somebody
   * would look at. Default: false.
   */
  readonly forPeople?: boolean | undefined;
  /** What the message is in the formal language of its format, such as a DTD. A message that is composed follows it. */
  readonly grammar?: () => Promise<Grammar>;
}

/** Credentials that came inside a message, under the names of `reference/fulfillment-messages.md` section 2.2. */
export interface Credentials {
  readonly logonId?: string | undefined;
  readonly password?: string | undefined;
  readonly orgName?: string | undefined;
  readonly [name: string]: string | undefined;
}

/** What an inbound message asks for. */
export interface ReadMessage {
  /** The name of the command. */
  readonly command: string;
  readonly input: unknown;
  readonly credentials?: Credentials | undefined;
  readonly store?: string | undefined;
  /** What stood in the message and belongs to no command: surplus fields, notes. JSON values; tools show them, the log names their keys only. */
  readonly surplus?: Readonly<Record<string, unknown>> | undefined;
}

/** A message as a pack gets it to read. */
export interface ReadableMessage extends Message {
  /**
   * How text stands in `body`. Always `utf-8` for packs that want text: the kernel has converted the body, whatever byte order
   * mark, header, declaration or entry setting told its encoding. What a document says of its own encoding is then out of date.
   */
  readonly encoding: string;
}

export interface ComposeContext<Options = Readonly<Record<string, unknown>>> {
  /** The time that the message speaks of, as an ISO 8601 instant: when the event was published. */
  readonly time: string;
  readonly store?: string | undefined;
  /** The id that the message will have. */
  readonly messageId: string;
  /** What is set for the pack, defaults filled in: by the outbound entry to which a message goes, or by the inbound entry for which a reply is made. */
  readonly options: Options;
}

/** How a command ended that has to be answered. `read` is missing where the message could not be read. */
export type ReplyOutcome =
  | { readonly ok: true; readonly output: unknown; readonly read: ReadMessage }
  | { readonly ok: false; readonly error: WaybillError; readonly read?: ReadMessage | undefined };

/** What the answer of a far side says of the message that was sent. It comes before what the transport makes of it. */
export type Judgement =
  | {
      readonly outcome: 'sent';
      /** What it said, in words for a log. Never secret. */
      readonly detail?: string | undefined;
    }
  /** refused: it will never take the message. not-sent: it does not have the message, and may take it later. */
  | { readonly outcome: 'refused' | 'not-sent'; readonly error: WaybillError };

/**
 * A family of messages, with `options` that an inbound entry may set for it and `writing` that an outbound entry may set (`"packs": { "fulfillment": { … } }`).
 * All members are pure: no clock, no network, no state between calls. `recognise`, `read`, `compose` and `reply` throw a `MessageError` when what they got is wrong.
 */
export interface MessagePackSpec<Options extends TObject = TObject, Writing extends TObject = TObject> {
  /** The word for it in a manifest, in logs and in `waybill decode`. */
  readonly name: string;
  readonly summary: string;
  readonly messages: readonly MessageType[];
  /** What an inbound entry can choose for reading and for answering: leniency, limits, the treatment of empty elements. Default: none. */
  readonly options?: Options | undefined;
  /** What an outbound entry can choose for writing: encoding, credentials. A setting that stands in `options` as well means the same there. Default: none. */
  readonly writing?: Writing | undefined;
  /**
   * 'text' (the default): bodies come as UTF-8. 'bytes': bodies come as they arrived, with the encoding that was found out, for
   * messages whose fields are counted in bytes or hold packed numbers.
   */
  readonly wants?: 'text' | 'bytes' | undefined;
  /** Looks at the beginning of the body only; undefined means "not mine". Also tells message types with direction 'out' apart, for tools. */
  recognise(message: ReadableMessage, options: Static<Options>): MessageTypeRef | undefined;
  /**
   * Reads and checks the whole message. The kernel reads inbound messages only. Tools (`waybill decode`, simulated
   * counterparts) read those with direction 'out' as well: `input` is then what `compose` makes the same message from, for
   * an event its data, and `command` means nothing.
   */
  read(type: MessageTypeRef, message: ReadableMessage, options: Static<Options>): ReadMessage;
  /**
   * The body of a message. The kernel composes events only, from their data. Tools (`waybill encode`, simulated
   * counterparts) compose inbound messages and replies as well: an inbound one from what `read` gives,
   * `{ command, input, credentials? }`, and a reply from the `input` that `read` gives for it. A pack that leaves these out
   * throws, or answers with a draft of another `type`.
   * Where they compose what is no event, they add the settings of reading to the options, since such a message is written for an inbound entry.
   */
  compose(type: MessageTypeRef, data: unknown, context: ComposeContext<Static<Writing>>): Draft;
  /** The answer to an inbound message of `type`; undefined when it has none for this outcome. */
  reply?(type: MessageTypeRef, outcome: ReplyOutcome, context: ComposeContext<Static<Options>>): Draft | undefined;
  /**
   * The answer to what is none of its messages, or what its transport could not take whole before its type was known, on an entry that takes messages of
   * this pack alone; undefined when there is none. `error` says what was wrong: `WB_MESSAGE_UNRECOGNISED`, `WB_MESSAGE_NOT_ACCEPTED`, an encoding that nobody
   * knows, a defect of the transport.
   */
  replyToUnknown?(error: WaybillError, context: ComposeContext<Static<Options>>): Draft | undefined;
  /**
   * The body as it may be kept and shown: passwords and card numbers masked, also in what is damaged or cut short; undefined where there is none in it.
   * Asked for every message of an entry that takes messages of this pack, also for those of other packs, and again for what it has masked. The journal,
   * the error endpoint and tools get nothing else; whoever the application recognised by what was masked is kept beside it, so that a replay needs
   * no password. Where nobody knows the encoding, each byte comes as a character (`iso-8859-1` for packs that want bytes), those that are zero left out.
   * Where it throws, the message is refused, and nothing of its body is kept.
   */
  conceal?(message: ReadableMessage): Uint8Array | undefined;
  /**
   * The body as it goes out: `compose` leaves out what may not be kept, and this puts it in, from what is set for the outbound entry. Asked at every attempt;
   * what it answers is kept nowhere. Throws a `MessageError` where what it needs is not set; the message is parked then.
   */
  complete?(type: MessageTypeRef, message: Message, options: Static<Writing>): Uint8Array;
  /**
   * What the answer of the far side says of a message of `type`, where the transport brings answers back; undefined: what the transport makes of it counts.
   * Of a far side that did not answer, or broke off, nothing is asked. Over HTTP the property `http-status` has the status. For messages that are sent, not for
   * the replies to requests. What it throws is a defect of the pack: the message is parked, and not sent again.
   */
  judge?(type: MessageTypeRef, answer: ReadableMessage, options: Static<Writing>): Judgement | undefined;
}
export type MessagePackDefinition<Options extends TObject = TObject, Writing extends TObject = TObject> = MessagePackSpec<
  Options,
  Writing
> &
  Branded<'message-pack'>;

/** Defines a message pack. Default-export the result from the package's main module. Throws a `TypeError` when a type is declared twice. */
export function defineMessagePack<Options extends TObject, Writing extends TObject>(
  spec: MessagePackSpec<Options, Writing>,
): MessagePackDefinition<Options, Writing> {
  const seen = new Set<string>();
  for (const type of spec.messages) {
    const name = typeName(type);
    if (seen.has(name)) throw new TypeError(`Message pack "${spec.name}" declares ${name} twice.`);
    seen.add(name);
  }
  return branded('message-pack', spec);
}
