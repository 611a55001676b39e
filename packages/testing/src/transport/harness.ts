import type { FaultKind, Message, Report } from '@waybill/contract';

/** Settings as they stand in a manifest: `'1s'`, `'10MB'`, relative paths. The suite resolves them as the kernel does. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** A message as the outside makes or sees it. What the wire cannot carry is left out. */
export type OutsideMessage = Pick<Message, 'body'> & Partial<Omit<Message, 'body'>>;

/** What a wire can carry beside the bytes, unchanged and in both directions. */
export type Carried =
  | 'id'
  | 'type'
  | 'contentType'
  | 'correlationId'
  | 'replyTo'
  | 'properties'
  | 'createdAt'
  | 'priority'
  | 'expiresAt'
  | 'persistent';

/** What putting a message brings back. */
export interface Put {
  /** With replies 'open': the answer to this very message. Never throws; undefined when the exchange brought none. */
  readonly answer?: Promise<OutsideMessage | undefined> | undefined;
  /** With `waits`: whether the sender was told that its message was taken. Never throws; false when it was told of a failure. */
  readonly told?: Promise<boolean> | undefined;
}

/** The world outside the transport, fresh for one question of the suite. */
export interface Outside {
  /** The settings of the connection. */
  readonly connection: RawSettings;
  /** Those of the connection of a process that is killed, where they have to be others: a port of its own. Default: `connection`. */
  readonly connectionElsewhere?: RawSettings | undefined;
  /** The settings of the inbound endpoint. For a transport that receives. */
  readonly inbound?: RawSettings | undefined;
  /** The settings of the outbound endpoint. For a transport that sends. */
  readonly outbound?: RawSettings | undefined;
  /**
   * Makes a message arrive at the inbound endpoint. Resolves when the far side has it, or where messages are exchanges
   * (HTTP) when it is on its way; does not wait for the settlement. A second message put after that comes later.
   */
  put?(message: OutsideMessage): Promise<Put | undefined>;
  /** What arrived outside from the outbound endpoint so far, all of it at every call, in any order. */
  taken?(): Promise<readonly OutsideMessage[]>;
  /** With replies 'addressed': an address that `put` may give as `replyTo`. */
  readonly replyTo?: string | undefined;
  /** With replies 'addressed': what arrived at `replyTo` so far, all of it at every call. */
  replies?(): Promise<readonly OutsideMessage[]>;
  /**
   * With requestReply: from now on the far side answers what comes from the outbound endpoint, when the promise resolves;
   * undefined means no answer.
   */
  answer?(reply: (request: OutsideMessage) => OutsideMessage | undefined | Promise<OutsideMessage | undefined>): Promise<void>;
  /** Where messages have several recipients: those of the outbound endpoint. `takenFor` then tells what arrived for one of them. */
  readonly recipients?: readonly string[] | undefined;
  takenFor?(recipient: string): Promise<readonly OutsideMessage[]>;
  /** Ends this world. Called last, after every connection was disconnected. */
  close?(): Promise<void>;
}

/** What only the plugin can give: the outside world of its transport, made for each question. */
export interface TransportHarness<World extends Outside = Outside> extends Troubles<World> {
  /** Makes a fresh world. Called once a question. */
  prepare(): Promise<World>;
  /** The committed `waybill.plugin.json`, as a path or file URL. When given, it has to be equal to the definition's card. */
  readonly card?: string | URL | undefined;
  /**
   * The module whose default export is the transport, as a file URL that Node itself can load. With it, crashes are real: a child process
   * opens a listener there and is killed.
   */
  readonly module?: URL | undefined;
  /**
   * Where there is no `module` (a transport that lives in this process only): makes a connection go away as in a crash,
   * while deliveries are in hand.
   */
  readonly abandon?: ((connection: unknown, world: World) => Promise<void>) | undefined;
  /** What the wire carries beside bytes. Default: nothing. */
  readonly carries?: readonly Carried[] | undefined;
  /** True when the wire does not keep the case of property names (HTTP): they arrive in lower case. Default false. */
  readonly foldsCase?: boolean | undefined;
  /** False when the wire hands over one message after the other whatever the concurrency is. Default true. */
  readonly parallel?: boolean | undefined;
  /**
   * For how long the transport has a message to itself before others may take it, in milliseconds: its lease, lock or visibility
   * time, made short in `prepare`. The suite watches longer than that. Default: there is none.
   */
  readonly lease?: number | undefined;
  /** How soon an idle listener hands over a message that was put, in milliseconds. Default 400. */
  readonly prompt?: number | undefined;
  /** True when the wire brings replies also after their requests have timed out. Default false. */
  readonly lateReplies?: boolean | undefined;
  /** How long to wait for anything at most, in milliseconds. Default 10,000. */
  readonly patience?: number | undefined;
}

/** What can go wrong at the far side, as far as the harness can make it. What is not given is not asked. */
export interface Troubles<World extends Outside = Outside> {
  /** Puts a message that is larger than the inbound endpoint accepts. It has to come with a defect. */
  readonly putOversized?: ((world: World) => Promise<unknown>) | undefined;
  /** Makes news about something sent arrive, at the inbound endpoint, and again until it is recorded. */
  readonly putReport?: ((world: World, report: Report) => Promise<unknown>) | undefined;
  /** Cuts the connection. `run()` has to throw a retryable error, whatever is in hand, and senders lose nothing. */
  readonly breakConnection?: ((world: World) => Promise<void>) | undefined;
  /** Repairs what `breakConnection` cut. */
  readonly repairConnection?: ((world: World) => Promise<void>) | undefined;
  /** Takes back what listeners have in hand, as when a lock runs out: the deliveries are `lost`, and come again. */
  readonly takeBack?: ((world: World) => Promise<void>) | undefined;
  /** Makes settlements fail from now on, until `repairSettlements`. `run()` has to throw, and what was settled comes again. */
  readonly failSettlements?: ((world: World) => Promise<void>) | undefined;
  readonly repairSettlements?: ((world: World) => Promise<void>) | undefined;
  /** Lets the address for replies refuse what comes. A reply has to be handed back then, or its message has to come again where nobody keeps the reply. */
  readonly refuseReplies?: ((world: World) => Promise<void>) | undefined;
  /** Settings that point at a far side that is not there. Sending has to fail with a retryable error and the outcome 'not-sent'. */
  readonly unreachable?: ((world: World) => Promise<{ readonly connection: RawSettings; readonly outbound: RawSettings }>) | undefined;
  /** Settings of a connection whose far side never answers. Connecting has to end soon after its signal has aborted. */
  readonly hanging?: ((world: World) => Promise<RawSettings>) | undefined;
  /** Lets the far side fall silent: it takes what is sent and never says so. A send has to end with its time, as 'unknown'. */
  readonly silence?: ((world: World) => Promise<void>) | undefined;
  /** Lets the far side answer again. */
  readonly speak?: ((world: World) => Promise<void>) | undefined;
  /** Lets the far side refuse what is sent. A send has to end as 'refused'. */
  readonly refuse?: ((world: World) => Promise<void>) | undefined;
  /** Lets the far side take what is sent and lose the answer: its connection dies. A send has to end as 'unknown', at once. */
  readonly loseAnswer?: ((world: World) => Promise<void>) | undefined;
  /**
   * For a transport that brings back what the far side says: lets it say this, in UTF-8, to whatever is sent, with its taking or its refusal. It has to
   * come with the receipt or with the error.
   */
  readonly say?: ((world: World, text: string, how: 'taken' | 'refused') => Promise<void>) | undefined;
  /** Where messages have several recipients: lets the far side refuse one, or not take it for now. Undefined repairs it. */
  readonly failRecipient?: ((world: World, recipient: string, outcome: 'refused' | 'later' | undefined) => Promise<void>) | undefined;
}

/** Every kind of fault that a settlement can tell of. */
export const faultKinds: readonly FaultKind[] = ['unreadable', 'unknown', 'forbidden', 'invalid', 'conflict', 'unavailable'];
