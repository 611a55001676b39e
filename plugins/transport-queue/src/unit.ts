import { isWaybillError, type Message, type UnitOfWork } from '@waybill/contract';
import { errors } from './errors.ts';
import type { Put, Taken } from './protocol.ts';
import type { PutOptions, Queues } from './queues.ts';
import { readMessage } from './wire.ts';

/** What a unit of work asks of the connection that it belongs to. */
export interface UnitKeeper {
  readonly queues: Queues;
  prepare(queue: string, message: Message, options: PutOptions): Put;
  check(queue: string): Promise<unknown>;
  commit(taken: Taken, puts: readonly Put[], reply: Put | undefined): Promise<unknown>;
  backout(taken: Taken, after: number, isUncounted: boolean): Promise<unknown>;
}

/**
 * A message that was got, and everything that becomes visible together with its removal from the queue. Until `commit`
 * or `backout` nobody else gets the message; when the process ends before, it goes back to its old place.
 */
export class QueueUnit implements UnitOfWork {
  readonly connection: Queues;
  readonly message: Message;
  /** How often the message was handed out, this time included. Counts across restarts. */
  readonly attempt: number;
  readonly #keeper: UnitKeeper;
  readonly #taken: Taken;
  readonly #puts: Put[] = [];
  #state: 'open' | 'ending' | 'ended' = 'open';

  constructor(keeper: UnitKeeper, taken: Taken) {
    this.connection = keeper.queues;
    this.#keeper = keeper;
    this.#taken = taken;
    this.message = readMessage(taken);
    this.attempt = taken.attempt;
  }

  /**
   * Puts a message in the unit: nobody sees it before the commit. Rejects with WB_QUEUE_UNIT_ENDED and whatever
   * `Queues.put` rejects with. When `signal` aborts meanwhile, the message stays out of the unit.
   */
  async put(queue: string, message: Message, options: PutOptions & { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#refuseEnded();
    const put = this.#keeper.prepare(queue, message, options);
    await this.#keeper.check(queue);
    this.#refuseEnded();
    if (!options.signal?.aborted) this.#puts.push(put);
  }

  /**
   * Removes the message and makes visible what was put, in one step; `reply` goes to the queue that the message names
   * in `replyTo`, and expires when the request would have. Rejects with WB_QUEUE_FULL, WB_QUEUE_UNKNOWN, WB_QUEUE_NAME
   * or WB_QUEUE_TOO_LARGE when the reply cannot be put: the unit is then still open. Rejects with WB_QUEUE_UNIT_LOST
   * when the message was given to somebody else.
   */
  async commit(reply?: Message): Promise<void> {
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

  /** Forgets what was put, so that the message can be removed without it. */
  forgetPuts(): void {
    this.#puts.length = 0;
  }

  #replyPut(reply: Message): Put | undefined {
    const { id, replyTo } = this.message;
    if (replyTo === undefined) return undefined;
    const expires = this.#taken.expires;
    const put = this.#keeper.prepare(replyTo, { ...reply, correlationId: reply.correlationId ?? id }, {});
    return expires === undefined ? put : { ...put, expires };
  }

  async #end(act: () => Promise<unknown>): Promise<void> {
    this.#refuseEnded();
    this.#state = 'ending';
    try {
      await act();
      this.#state = 'ended';
    } catch (error) {
      this.#state = isWaybillError(error) && error.code === 'WB_QUEUE_UNIT_LOST' ? 'ended' : 'open';
      throw error;
    }
  }

  #refuseEnded(): void {
    if (this.#state !== 'open') throw errors.WB_QUEUE_UNIT_ENDED('The unit of work is no longer open.');
  }
}
