/**
 * A message as a queue manager has it: what its descriptor says in words, and its bytes, with headers in front of the body where
 * it has any. Ids have 24 bytes.
 */
export interface MqMessage {
  readonly kind: MqKind;
  readonly msgId: Buffer;
  readonly correlId: Buffer;
  /** Without blanks; empty where the bytes have no form that MQ knows. */
  readonly format: string;
  /** The code page of the bytes by IBM's number, as it stands in the descriptor. */
  readonly ccsid: number;
  /** How numbers in headers are written, as MQ numbers it. */
  readonly encoding: number;
  /** How long the message may wait on, in milliseconds; undefined: for ever. */
  readonly expiry: number | undefined;
  readonly priority: number;
  readonly persistent: boolean;
  /** Where the sender wants replies and reports. */
  readonly replyTo: MqAddress | undefined;
  /** What the sender wants of its reply: its own ids instead of new ones. */
  readonly passes: MqPasses;
  /** Of a report: what it says. A number is a reason, or what an application has made up. */
  readonly feedback: MqNews;
  /** How often a unit of work with this message was backed out. */
  readonly backouts: number;
  /** When it was put, in milliseconds since 1970. */
  readonly putAt: number | undefined;
  readonly bytes: Buffer;
  /** How many bytes the message has. More than `bytes` has where the message is larger than was asked for. */
  readonly length: number;
}

export type MqKind = 'datagram' | 'request' | 'reply' | 'report';
export type MqNews = 'arrived' | 'taken' | 'expired' | 'accepted' | 'refused' | number;

/** That a message is on its queue; that it was taken off it; that it has expired. */
export type MqReport = 'arrival' | 'delivery' | 'expiry';

export interface MqAddress {
  readonly queue: string;
  /** The queue manager; empty: the one that the handle is connected to. */
  readonly manager: string;
}

export interface MqPasses {
  readonly msgId: boolean;
  readonly correlId: boolean;
}

/** A message to be put. */
export interface MqPut {
  readonly to: MqAddress;
  readonly kind: MqKind;
  /** Undefined: the queue manager makes one. */
  readonly msgId: Buffer | undefined;
  readonly correlId: Buffer | undefined;
  readonly format: string;
  readonly ccsid: number;
  /** In milliseconds. */
  readonly expiry: number | undefined;
  /** Undefined: that of the queue. */
  readonly priority: number | undefined;
  readonly persistent: boolean;
  readonly replyTo: MqAddress | undefined;
  /** What the queue managers on its way are to tell of it, to `replyTo`. */
  readonly reports: readonly MqReport[];
  readonly bytes: Uint8Array;
}

/** A copy of the message in hand, with all that its descriptor says of its origin. */
export interface MqCopy {
  readonly copyTo: string;
  /** Whether a header goes in front that tells where the message was and why it is here, as queues for undelivered messages want it. */
  readonly withHeader: boolean;
  /** The queue that it was on. */
  readonly from: string;
}

/** What is known of a queue. */
export interface QueueFacts {
  /** After so many times that a unit was backed out, programs are asked to move a message away; 0: never. */
  readonly backoutThreshold: number;
  /** Where to; empty: nowhere. */
  readonly backoutQueue: string;
  /** Of the queue manager: where undelivered messages go; empty: nowhere. */
  readonly deadLetterQueue: string;
}

export interface GetOptions {
  /** How many bytes of a message are handed over at most; of a larger one, none. */
  readonly maxBytes: number;
  /** How long to wait when there is nothing, in milliseconds. */
  readonly waitMs: number;
  /** Ends the waiting. A message that was got before comes nevertheless. */
  readonly signal?: AbortSignal | undefined;
  /** Gets only a message with this correlation id. */
  readonly correlId?: Buffer | undefined;
}

/** How the message behind a commit is got. */
export type NextGet = Pick<GetOptions, 'maxBytes'>;

/**
 * One connection to a queue manager, with one unit of work at a time and at most one input queue. Calls never overlap: whoever has a
 * handle waits for each of them. Every method throws an `MqFailure`.
 */
export interface MqHandle {
  /** Opens the queue that `get` takes from, and tells its name: that of a model queue is made by this. */
  open(queue: string, how: 'shared' | 'exclusive'): Promise<string>;
  /** Gets a message under the unit of work, or nothing in time. */
  get(options: GetOptions): Promise<MqMessage | undefined>;
  /**
   * Puts all of these into the unit and commits it; tells the message ids. A failure whose verb is `put` has committed nothing: the unit
   * is still open, with what was got and with the puts before that one, whose number is `place`. With `next` the next message, where there is one, is got
   * as soon as the commit has succeeded, into the next unit: the `get` that follows, and has to be asked for no more bytes and for no correlation id,
   * brings it at once. Nothing of that makes the commit fail.
   */
  commit(puts?: readonly (MqPut | MqCopy)[], next?: NextGet): Promise<readonly Buffer[]>;
  backout(): Promise<void>;
  /** Undefined: this user may not ask. */
  inquire(queue: string): Promise<QueueFacts | undefined>;
  /** Sees whether messages could be put there. */
  check(to: MqAddress): Promise<void>;
  /** Sees whether the queue manager is still there, and does not touch the unit. */
  ping(): Promise<void>;
  /** Resolves when the handle is of no use any more, whatever is being done with it; also after `close` and `kill`. */
  readonly gone: Promise<void>;
  /** Backs out and disconnects. Never throws. */
  close(): Promise<void>;
  /** Ends it at once; the queue manager backs the unit out. */
  kill(): void;
}

/** Opens a handle. Throws an `MqFailure`. `signal` ends the attempt. */
export type OpenHandle = (options: ConnectOptions, signal: AbortSignal) => Promise<MqHandle>;

export interface ConnectOptions {
  readonly queueManager: string;
  readonly server:
    | { readonly kind: 'bindings' }
    | { readonly kind: 'environment' }
    | { readonly kind: 'ccdt'; readonly url: string }
    | { readonly kind: 'client'; readonly hosts: string; readonly channel: string };
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly tls?:
    | {
        readonly cipher: string;
        readonly keyRepository?: string | undefined;
        readonly keyRepositoryPassword?: string | undefined;
        readonly peerName?: string | undefined;
        readonly certificate?: string | undefined;
      }
    | undefined;
  readonly application: string;
  /** In seconds. */
  readonly heartbeat: number;
  /** The largest message, with its headers, in bytes. */
  readonly maxMessage: number;
  /** How long a call may take, beside the time that it is asked to wait, before the handle is given up, in milliseconds. */
  readonly patience: number;
}
