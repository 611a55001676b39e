import { randomUUID } from 'node:crypto';
import type { Message } from '@waybill/contract';
import { ownBytes, ThreadLink } from '@waybill/sqlite';
import { errors, meanings } from './errors.ts';
import { giveBack } from './give-back.ts';
import { LostUnits } from './lost-units.ts';
import { queueNamePattern } from './settings.ts';
import type { FileSettings, Held, Put, QueueOperations, Taken } from './thread/protocol.ts';
import { type PutOptions, QueueUnit, type UnitKeeper } from './unit.ts';
import { earlier, type NewMessage, readMessage, writeHead } from './wire.ts';

export interface OpenOptions {
  /** The file of the queues; made, with its folder, when it is not there. */
  readonly path: string;
  /** The largest body, in bytes. Default 10 MB. */
  readonly limit?: number;
  /** Messages that a queue may hold. Default 100,000. */
  readonly maxDepth?: number;
  /** Whether file and queues come into being when they are first named. Default true. */
  readonly create?: boolean;
  /** After what silence of this process, in milliseconds, its messages in hand go to others. Default 3,000. */
  readonly lease?: number;
}

export interface GetOptions {
  /** How long to wait when there is nothing, in milliseconds; 0 means not at all. Default: until `signal` aborts. */
  readonly waitMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Gets only a message with this correlation id. */
  readonly correlationId?: string;
  /** True: while a message waits for its retry, those behind it are not handed out. Default false. */
  readonly inOrder?: boolean;
  /**
   * True: a message that stands behind one which somebody else has in hand waits until that one has ended. For one receiver that
   * takes over from another: what the other one had comes first. Default false.
   */
  readonly behindOthers?: boolean;
  /**
   * Waits while the bodies that are in hand of the queue, in units of these queues, would have more bytes with the next one than this,
   * together. One message always may be in hand, however large. Default: any number of bytes.
   */
  readonly inHandBytes?: number | undefined;
}

/** A message that was looked at where it lies. */
export interface SeenMessage {
  readonly message: Message;
  /** How often it was handed out. */
  readonly attempts: number;
  /** `held`: somebody has it in hand. `waiting`: for its retry. */
  readonly state: 'ready' | 'held' | 'waiting';
}

type QueueLink = ThreadLink<QueueOperations, FileSettings>;

/**
 * Opens the queues of a file. Throws WB_QUEUE_FILE_CANNOT_OPEN, WB_QUEUE_FILE_DAMAGED,
 * WB_QUEUE_FILE_FOREIGN, WB_QUEUE_FILE_NEWER, WB_QUEUE_UNSUITABLE_DRIVE, WB_QUEUE_BUSY, WB_QUEUE_NO_SPACE.
 */
export async function openQueues(options: OpenOptions): Promise<Queues> {
  const { path, limit = 10 * 1024 ** 2, maxDepth = 100_000, create = true, lease = 3_000 } = options;
  const data: FileSettings = { path, limit, maxDepth, create, lease, uuid: randomUUID() };
  const entry = new URL(import.meta.url.endsWith('.ts') ? './thread/worker.ts' : './thread/worker.js', import.meta.url);
  const link: QueueLink = new ThreadLink({ entry, data, errors, meanings });
  await link.open();
  return new Queues(link, limit);
}

/** The queues of one file. Other processes may have the same file open. Methods may be called concurrently. */
export class Queues {
  readonly #link: QueueLink;
  readonly #limit: number;
  readonly #keeper: UnitKeeper;
  readonly #lost: LostUnits;

  constructor(link: QueueLink, limit: number) {
    this.#link = link;
    this.#limit = limit;
    this.#lost = new LostUnits(link);
    this.#keeper = {
      prepare: (queue, message, options) => this.#prepare(queue, message, options),
      check: (queue) => link.call('check', [queue]),
      commit: (taken, puts, reply) => link.call('commit', [heldOf(taken), puts, reply]),
      backout: (taken, after, isUncounted) => link.call('backout', [heldOf(taken), after, isUncounted]),
      ended: (unit) => this.#lost.remove(unit),
    };
  }

  /**
   * Puts a message on a queue. Resolves when it is on the disk. Throws WB_QUEUE_NAME, WB_QUEUE_TOO_LARGE,
   * WB_QUEUE_UNKNOWN, WB_QUEUE_FULL, WB_QUEUE_NO_SPACE, WB_QUEUE_BUSY, WB_QUEUE_FILE_FAILED, WB_QUEUE_THREAD_ENDED or WB_QUEUE_CLOSED.
   */
  async put(queue: string, message: NewMessage, options: PutOptions = {}): Promise<void> {
    await this.#link.call('put', [this.#prepare(queue, message, options)], message.body.byteLength);
  }

  /** Gets the next message under a unit of work, or undefined when there was none in time. */
  async get(queue: string, options: GetOptions = {}): Promise<QueueUnit | undefined> {
    const taken = await this.#take(queue, options, false);
    if (!taken) return undefined;
    const unit = new QueueUnit(this.#keeper, taken);
    this.#lost.add(unit);
    if (!options.signal?.aborted) return unit;
    void giveBack(() => unit.release());
    return undefined;
  }

  /** Gets the next message and takes it off the queue at once, without a unit of work. */
  async fetch(queue: string, options: GetOptions = {}): Promise<Message | undefined> {
    const taken = await this.#take(queue, options, true);
    return taken && readMessage(taken);
  }

  /** Looks at the first messages of a queue, at most `limit` of them (default 100), without taking them. */
  async browse(queue: string, { limit = 100 } = {}): Promise<readonly SeenMessage[]> {
    refuseName(queue);
    const seen = await this.#link.call('browse', [queue, limit]);
    return seen.map(({ state, ...taken }) => ({ message: readMessage(taken), attempts: taken.attempt, state }));
  }

  /** How many messages are on the queue. Those that somebody has in hand do not count, as with IBM MQ. */
  async depth(queue: string): Promise<number> {
    refuseName(queue);
    return this.#link.call('depth', [queue]);
  }

  /** Backs out every open unit and lets go of the file. Whatever still waits for a message is refused with WB_QUEUE_CLOSED. */
  async close(): Promise<void> {
    await this.#link.close();
  }

  async #take(queue: string, options: GetOptions, final: boolean): Promise<Taken | undefined> {
    refuseName(queue);
    const { waitMs, signal, correlationId, inOrder = false, behindOthers = false, inHandBytes } = options;
    if (signal?.aborted) return undefined;
    const { answer, cancel } = this.#link.wait('take', [{ queue, correlationId, inOrder, behindOthers, inHandBytes, final }]);
    if (waitMs === 0) cancel();
    const timer = waitMs ? setTimeout(cancel, waitMs) : undefined;
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  #prepare(queue: string, message: NewMessage, { priority = 0, expiry }: PutOptions): Put {
    refuseName(queue);
    const size = message.body.byteLength;
    if (size > this.#limit)
      throw errors.WB_QUEUE_TOO_LARGE(`A body of ${size} bytes is more than the ${this.#limit} that queue ${queue} takes.`);
    const { correlationId } = message;
    return {
      queue,
      head: writeHead(message),
      body: ownBytes(message.body),
      correlationId,
      priority: message.priority ?? priority,
      expires: earlier(message.expiresAt, expiry === undefined ? undefined : Date.now() + expiry),
    };
  }
}

const validName = new RegExp(queueNamePattern);

function refuseName(queue: string): void {
  if (!validName.test(queue)) throw errors.WB_QUEUE_NAME(`${JSON.stringify(queue.slice(0, 60))} cannot be the name of a queue.`);
}

function heldOf({ queue, number, owner, attempt }: Taken): Held {
  return { queue, number, owner, attempt };
}
