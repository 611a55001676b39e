import { isWaybillError, type Message } from '@waybill/contract';
import { errors } from './errors.ts';
import type { Put, Taken } from './thread/protocol.ts';
import { type NewMessage, readMessage } from './wire.ts';

export interface PutOptions {
  /** 0 to 9, 9 is got first. For a message without a priority of its own. Default 0. */
  readonly priority?: number | undefined;
  /** How long the message may wait, in milliseconds, before it is discarded; `expiresAt` of the message holds as well. Default: for ever. */
  readonly expiry?: number | undefined;
}

/** For how long the reply to a request is kept after the request has expired, in milliseconds. */
export const lateFor = 60_000;

/** What a unit of work asks of the connection that it belongs to. */
export interface UnitKeeper {
  prepare(queue: string, message: NewMessage, options: PutOptions): Put;
  check(queue: string): Promise<unknown>;
  commit(taken: Taken, puts: readonly Put[], reply: Put | undefined): Promise<unknown>;
  backout(taken: Taken, after: number, isUncounted: boolean): Promise<unknown>;
  ended(unit: QueueUnit): void;
}

/**
 * A message that was got, and everything that becomes visible together with its removal from the queue. Until `commit`
 * or `backout` nobody else gets the message; when the process ends before, it goes back to its old place.
 */
export class QueueUnit {
  readonly message: Message;
  /** How often the message was handed out, this time included. Counts across restarts. */
  readonly attempt: number;
  readonly #keeper: UnitKeeper;
  readonly #taken: Taken;
  readonly #puts: Put[] = [];
  readonly #lost = new AbortController();
  #state: 'open' | 'ending' | 'ended' = 'open';

  constructor(keeper: UnitKeeper, taken: Taken) {
    this.#keeper = keeper;
    this.#taken = taken;
    this.message = readMessage(taken);
    this.attempt = taken.attempt;
  }

  /** Aborts when the message was given to somebody else, because this process had been silent for longer than its lease. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** The number under which this process has the message. */
  get owner(): number {
    return this.#taken.owner;
  }

  /** Called by the connection. */
  lose(): void {
    this.#lost.abort();
  }

  /**
   * Puts a message in the unit: nobody sees it before the commit. Throws WB_QUEUE_UNIT_ENDED and whatever
   * `Queues.put` throws.
   */
  async put(queue: string, message: NewMessage, options: PutOptions = {}): Promise<void> {
    this.#refuseEnded();
    const put = this.#keeper.prepare(queue, message, options);
    await this.#keeper.check(queue);
    this.#refuseEnded();
    this.#puts.push(put);
  }

  /**
   * Removes the message and makes visible what was put, in one step; `reply` goes to the queue that the message names
   * in `replyTo`, and expires a minute after the request would have. Throws WB_QUEUE_FULL, WB_QUEUE_UNKNOWN, WB_QUEUE_NAME
   * or WB_QUEUE_TOO_LARGE when the reply cannot be put: the unit is then still open. Throws WB_QUEUE_UNIT_LOST
   * when the message was given to somebody else.
   */
  async commit(reply?: NewMessage): Promise<void> {
    const put = reply && this.#replyPut(reply);
    await this.#end(() => this.#keeper.commit(this.#taken, this.#puts, put));
  }

  /** Puts the message back in its old place, not to be got again before `after` milliseconds have passed. What was put is forgotten. */
  async backout(after = 0): Promise<void> {
    await this.#end(() => this.#keeper.backout(this.#taken, after, false));
  }

  /** As `backout`, for a message that nobody has looked at: it does not count as handed out. */
  async release(): Promise<void> {
    await this.#end(() => this.#keeper.backout(this.#taken, 0, true));
  }

  #replyPut(reply: NewMessage): Put | undefined {
    const { id, replyTo, expiresAt } = this.message;
    if (replyTo === undefined) return undefined;
    const ends = reply.expiresAt ?? (expiresAt === undefined ? undefined : expiresAt + lateFor);
    return this.#keeper.prepare(replyTo, { ...reply, correlationId: reply.correlationId ?? id, expiresAt: ends }, {});
  }

  async #end(act: () => Promise<unknown>): Promise<void> {
    this.#refuseEnded();
    this.#state = 'ending';
    try {
      await act();
      this.#state = 'ended';
    } catch (error) {
      this.#state = isWaybillError(error) && error.code === errors.WB_QUEUE_UNIT_LOST.code ? 'ended' : 'open';
      throw error;
    } finally {
      if (this.#state === 'ended') this.#keeper.ended(this);
    }
  }

  #refuseEnded(): void {
    if (this.#state !== 'open') throw errors.WB_QUEUE_UNIT_ENDED('The unit of work is no longer open.');
  }
}
