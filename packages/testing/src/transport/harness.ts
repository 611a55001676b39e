import type { Message } from '@waybill/contract';

/** Settings as they stand in a manifest: `'1s'`, `'10MB'`, relative paths. The suite resolves them as the kernel does. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** A message as the outside makes or sees it. What the wire cannot carry is left out. */
export type OutsideMessage = Pick<Message, 'body'> & Partial<Omit<Message, 'body'>>;

/** What a wire can carry beside the bytes, unchanged and in both directions. */
export type Carried = 'id' | 'type' | 'contentType' | 'correlationId' | 'replyTo' | 'properties';

/** What putting a message brings back. */
export interface Put {
  /** With replies 'open': the answer to this very message. Never rejects; undefined when the exchange brought none. */
  readonly answer?: Promise<OutsideMessage | undefined> | undefined;
}

/** The world outside the transport, fresh for one question of the suite. */
export interface Outside {
  /** The settings of the connection. */
  readonly connection: RawSettings;
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
  /** With requestReply: from now on the far side answers what comes from the outbound endpoint; undefined means no answer. */
  answer?(reply: (request: OutsideMessage) => OutsideMessage | undefined): Promise<void>;
  /** Ends this world. Called last, after every connection was disconnected. */
  close?(): Promise<void>;
}

/** What only the plugin knows: how to make a world for its transport to live in. */
export interface TransportHarness<World extends Outside = Outside> {
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
  /** False when the wire hands over one message after the other whatever the concurrency is. Default true. */
  readonly parallel?: boolean | undefined;
  /** Puts a message that is larger than the inbound endpoint accepts. When given, it has to come with a defect. */
  readonly putOversized?: ((world: World) => Promise<unknown>) | undefined;
  /** Cuts the connection while a listener runs. When given, `run()` has to reject with a retryable error. */
  readonly breakConnection?: ((world: World) => Promise<void>) | undefined;
  /** Repairs what `breakConnection` cut. */
  readonly repairConnection?: ((world: World) => Promise<void>) | undefined;
  /** Settings that point at a far side that is not there. When given, sending has to fail with a retryable error. */
  readonly unreachable?: ((world: World) => Promise<{ readonly connection: RawSettings; readonly outbound: RawSettings }>) | undefined;
  /** Lets the far side fall silent: it takes what is sent and never says so. When given, a send has to end with its time. */
  readonly silence?: ((world: World) => Promise<void>) | undefined;
  /** With ordered 'per-key': the message with the mark by which the wire knows its key. */
  readonly withKey?: ((message: OutsideMessage, key: string) => OutsideMessage) | undefined;
  /** How long to wait for anything at most, in milliseconds. Default 10,000. */
  readonly patience?: number | undefined;
}
