/** What the main thread and the thread that owns the file say to each other. */

/** One message on its way to a queue. */
export interface Put {
  readonly queue: string;
  /** Everything of the message but its body, as JSON: any text survives it unchanged. */
  readonly head: string;
  readonly body: Uint8Array;
  readonly correlationId?: string | undefined;
  readonly priority: number;
  /** Milliseconds since 1970. */
  readonly expires?: number | undefined;
}

/** A message in the hands of this process. `number`, `owner` and `attempt` together name one handing-out. */
export interface Held {
  readonly queue: string;
  readonly number: number;
  readonly owner: number;
  readonly attempt: number;
}

export interface Taken extends Held {
  readonly head: string;
  readonly body: Uint8Array;
  readonly priority: number;
  readonly expires?: number | undefined;
}

export interface TakeOrder {
  readonly queue: string;
  readonly correlationId?: string | undefined;
  /** True: a message that waits for its retry keeps those behind it waiting. */
  readonly inOrder: boolean;
  /** Nothing is handed out that stands behind a message which somebody else has in hand. */
  readonly behindOthers: boolean;
  /**
   * Nothing is handed out with which the bodies that this opening has in hand of the queue would have more bytes than this, together.
   * One always is, however large. Without it, any number.
   */
  readonly inHandBytes?: number | undefined;
  /** True: the message is off the queue at once, without a unit of work. */
  readonly final: boolean;
}

export interface Browsed extends Omit<Taken, 'owner'> {
  readonly state: 'ready' | 'held' | 'waiting';
}

/** What can be asked of the thread. */
export interface QueueOperations {
  put(put: Put): void;
  /** Throws what `put` would throw now: for what is put in a unit and becomes visible later. */
  check(queue: string): void;
  /** Waits until there is something. */
  take(order: TakeOrder): Taken | undefined;
  commit(held: Held, puts: readonly Put[], reply: Put | undefined): void;
  /** `after` in milliseconds; `isUncounted`: nobody has looked at the message. */
  backout(held: Held, after: number, isUncounted: boolean): void;
  /** Waits until others have taken this opening for dead and given back what it had under this number. */
  awaitLoss(owner: number): true | undefined;
  browse(queue: string, limit: number): readonly Browsed[];
  depth(queue: string): number;
}

/** What the thread is started with. */
export interface FileSettings {
  readonly path: string;
  /** Bytes of a body. */
  readonly limit: number;
  readonly maxDepth: number;
  readonly create: boolean;
  /** Milliseconds. */
  readonly lease: number;
  /** The id of this opening. */
  readonly uuid: string;
}
