import type { Static, TObject } from 'typebox';
import type { Deliver, Principal, UnitOfWork } from './delivery.ts';
import type { Log } from './log.ts';
import type { Message } from './message.ts';
import { type Branded, branded } from './plugin.ts';
import { type ReservedInboundKey, type ReservedOutboundKey, reservedInboundKeys, reservedOutboundKeys } from './reserved.ts';

/** What a plugin gets from the kernel whenever it opens something. */
export interface OpenContext {
  /** The name of the connection or of the entry in the manifest. */
  readonly name: string;
  /** A log that already carries the names above. */
  readonly log: Log;
  /** Aborts when opening takes too long or the kernel stops. */
  readonly signal: AbortSignal;
  /** The folder of the manifest. Relative paths in settings are already resolved against it. */
  readonly folder: string;
}

export interface ReceiveContext extends OpenContext {
  /** How many deliveries may be in the kernel's hands at the same time, at least 1. The listener never exceeds it. */
  readonly concurrency: number;
  /**
   * What became of a message that was accepted as stored; undefined when the journal does not know it. `principal`: that of
   * its delivery. The messages of each principal are kept apart, so that nobody meets another one's ids.
   */
  readonly stateOf: (messageId: string, principal?: Principal) => Promise<StoredState | undefined>;
}

export type StoredState = 'stored' | 'done' | 'parked';

/**
 * - transacted 'receive': a delivery that is not settled (crash, lost connection) is handed out again.
 *   'receive-and-send': in addition, what is sent with the delivery's `unit` becomes visible with its acceptance only, and
 *   its reply with its settlement.
 * - ordered: deliveries come in the order in which the messages were sent, 'per-endpoint' as long as concurrency is 1.
 * - replies: 'open' answers go back on the open request, 'addressed' to `message.replyTo`, 'no' nowhere. The kernel gives
 *   a reply the id of the message that it answers as its correlation id; a transport fills it in where it is missing.
 * - redelivers: a delivery settled with 'retry' is handed out again, not before the wait is over.
 * - countsAttempts: `delivery.attempt` is set and counts across restarts.
 */
export interface ReceiveGuarantees {
  readonly transacted: 'no' | 'receive' | 'receive-and-send';
  readonly ordered: 'no' | 'per-endpoint' | 'per-key';
  readonly replies: 'no' | 'open' | 'addressed';
  readonly redelivers: boolean;
  readonly countsAttempts: boolean;
}

/**
 * - requestReply: the sender has `request`.
 * - joinsUnits: a send with a `unit` becomes visible when its delivery is accepted. When it is not, the send is dropped.
 * - deduplicates: sending a message id a second time has no second effect, for a time that the plugin's README states.
 */
export interface SendGuarantees {
  readonly requestReply: boolean;
  readonly joinsUnits: boolean;
  readonly deduplicates: boolean;
}

/** The receiving side of an endpoint. */
export interface Listener {
  /**
   * Receives until `stop` aborts, then takes no new message, waits for the settlements of what is in flight and applies
   * them, releases what `open` took, and resolves. Rejects when receiving cannot go on; the kernel then waits and opens
   * a new listener. Called once.
   */
  run(deliver: Deliver, stop: AbortSignal): Promise<void>;
}

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

/** What the far side said about a message that it has taken. */
export interface Receipt {
  /** The id that the far side gave it, where it gives one. */
  readonly id?: string | undefined;
  /** Where it went, in words for a log: a file name, a queue, an HTTP status. Never secret. */
  readonly detail?: string | undefined;
}

export interface SendOptions {
  /** Aborts when the time for this attempt is over. The sender then rejects as soon as it can. */
  readonly signal: AbortSignal;
  /** A unit of the same connection, where the sender `joinsUnits`: resolved means that the unit holds the message. */
  readonly unit?: UnitOfWork | undefined;
}

export interface RequestOptions {
  readonly signal: AbortSignal;
  /** How long to wait for the reply, in milliseconds. */
  readonly timeout: number;
}

/** The sending side of an endpoint. Methods may be called concurrently. */
export interface Sender {
  /** Resolves when the far side has the message for good; rejects with a `TransportError` that says whether to try again. */
  send(message: Message, options: SendOptions): Promise<Receipt>;
  /** Sends and waits for the reply whose correlation id is the id of `message`. Rejects with `retryable` on a timeout. */
  request?(message: Message, options: RequestOptions): Promise<Message>;
  /** Waits for sends in flight, then releases what `open` took. Called once, and nothing is called after it. */
  close(): Promise<void>;
}

export interface ReceiveSide<Connection, In extends TObject> {
  /** The settings of an inbound entry. They stand in the entry beside the kernel's own keys, see `reservedInboundKeys`. */
  readonly endpoint: In;
  readonly guarantees: ReceiveGuarantees;
  open(connection: Connection, endpoint: Static<In>, context: ReceiveContext): Promise<Listener>;
}

export interface SendSide<Connection, Out extends TObject> {
  /** The settings of an outbound entry. They stand in the entry beside the kernel's own keys, see `reservedOutboundKeys`. */
  readonly endpoint: Out;
  readonly guarantees: SendGuarantees;
  open(connection: Connection, endpoint: Static<Out>, context: OpenContext): Promise<Sender>;
}

/**
 * A way to reach the outside. What a transport cannot do it leaves out: without `receive` it does not receive.
 * A transport never retries, counts, parks, reconnects or deduplicates: the kernel does, once, for all of them.
 */
export interface TransportSpec<
  Config extends TObject = TObject,
  Connection = unknown,
  In extends TObject = TObject,
  Out extends TObject = TObject,
> {
  /** The word for it in a manifest: `"transport": "file"`. */
  readonly name: string;
  readonly summary: string;
  /** The settings of a connection. */
  readonly connection: Config;
  /** Called once per connection of the manifest, before any endpoint is opened, and again after the connection was lost. */
  connect(config: Static<Config>, context: OpenContext): Promise<Connection>;
  /** Called once, after every listener and sender of the connection has ended. */
  disconnect?(connection: Connection): Promise<void>;
  /** A cheap check that the far side is there, behind `waybill check --connect`. Rejects with what is wrong. */
  probe?(connection: Connection): Promise<void>;
  readonly receive?: ReceiveSide<Connection, In>;
  readonly send?: SendSide<Connection, Out>;
}

export type TransportDefinition<
  Config extends TObject = TObject,
  Connection = unknown,
  In extends TObject = TObject,
  Out extends TObject = TObject,
> = TransportSpec<Config, Connection, In, Out> & Branded<'transport'>;

/** A transport whose type parameters nobody needs to know, as the kernel and the suites handle it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the parameters are checked where a transport is defined; here they are erased.
export type AnyTransport = TransportDefinition<any, any, any, any>;

/** An endpoint schema without keys of the kernel's. Where the keys are not known to the compiler, `defineTransport` looks. */
type Free<Schema extends TObject, Reserved extends string> =
  Schema extends TObject<infer Properties>
    ? string extends keyof Properties
      ? Schema
      : keyof Properties & Reserved extends never
        ? Schema
        : { readonly 'this key belongs to the kernel': keyof Properties & Reserved }
    : Schema;

/**
 * Defines a transport. Default-export the result from the package's main module.
 * Throws a `TypeError` when an endpoint schema uses a key that belongs to the kernel.
 */
export function defineTransport<Config extends TObject, Connection, In extends TObject = TObject, Out extends TObject = TObject>(
  spec: TransportSpec<Config, Connection, In, Out> & {
    readonly receive?: { readonly endpoint: Free<In, ReservedInboundKey> };
    readonly send?: { readonly endpoint: Free<Out, ReservedOutboundKey> };
  },
): TransportDefinition<Config, Connection, In, Out> {
  refuseReserved(spec.name, spec.connection, ['transport']);
  if (spec.receive) refuseReserved(spec.name, spec.receive.endpoint, reservedInboundKeys);
  if (spec.send) refuseReserved(spec.name, spec.send.endpoint, reservedOutboundKeys);
  return branded('transport', spec as TransportSpec<Config, Connection, In, Out>);
}

function refuseReserved(transport: string, schema: TObject, reserved: readonly string[]): void {
  const taken = Object.keys(schema.properties).filter((key) => reserved.includes(key));
  if (taken.length > 0)
    throw new TypeError(`Transport "${transport}": the setting "${taken.join('", "')}" belongs to the kernel; choose another name.`);
}
