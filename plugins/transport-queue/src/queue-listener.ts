import { type Deliver, isWaybillError, type Listener, type Log, type Message, type Settlement } from '@waybill/contract';
import { takeRole } from './queue-roles.ts';
import type { Queues } from './queues.ts';
import type { Source } from './settings.ts';
import type { QueueUnit } from './unit.ts';

/** How long a request waits for its next attempt when the queue for its reply takes nothing, in milliseconds. */
const replyPause = 1_000;

/** What makes a reply undeliverable for good. */
const finalForReplies = ['WB_QUEUE_NAME', 'WB_QUEUE_TOO_LARGE', 'WB_QUEUE_UNKNOWN'];

/** Takes messages from a queue, each under a unit of work of its own. */
export class QueueListener implements Listener {
  readonly #queues: Queues;
  readonly #source: Source;
  readonly #concurrency: number;
  readonly #log: Log;
  readonly #leave: () => void;

  /** Raises WB_QUEUE_REPLY_QUEUE_SHARED. */
  constructor(queues: Queues, source: Source, { concurrency, log }: { readonly concurrency: number; readonly log: Log }) {
    this.#queues = queues;
    this.#source = source;
    this.#concurrency = concurrency;
    this.#log = log;
    this.#leave = takeRole(queues, source.queue, 'listening');
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const end = AbortSignal.any([stop, failed.signal]);
    const pump = async () => {
      try {
        await this.#pump(deliver, end);
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: this.#concurrency }, pump));
    this.#leave();
    if (failed.signal.aborted || ends.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
  }

  async #pump(deliver: Deliver, end: AbortSignal): Promise<void> {
    // With one message in hand at a time, what waits for its retry stays first in line: order holds.
    const inOrder = this.#concurrency === 1;
    while (!end.aborted) {
      const unit = await this.#queues.get(this.#source.queue, { signal: end, inOrder });
      if (!unit) continue;
      const { message, attempt } = unit;
      await this.#apply(unit, await deliver({ message, attempt, unit }));
    }
  }

  async #apply(unit: QueueUnit, settlement: Settlement): Promise<void> {
    try {
      switch (settlement.outcome) {
        case 'accepted':
          return await this.#accept(unit, settlement.reply);
        case 'retry':
          return await unit.backout(settlement.after);
        case 'rejected':
          unit.forgetPuts();
          return await this.#accept(unit, settlement.reply);
      }
    } catch (error) {
      if (!isWaybillError(error) || error.code !== 'WB_QUEUE_UNIT_LOST') throw error;
      this.#log.warn({ code: error.code, messageId: unit.message.id }, 'The message was given to somebody else while it was worked on.');
    }
  }

  async #accept(unit: QueueUnit, reply: Message | undefined): Promise<void> {
    const address = unit.message.replyTo;
    if (!reply || address === undefined) return unit.commit();
    const allowed = this.#source.replyQueues;
    if (allowed && !allowed.includes(address)) {
      this.#logDropped(unit, 'its queue is not among "replyQueues"');
      return unit.commit();
    }
    try {
      return await unit.commit(reply);
    } catch (error) {
      return this.#acceptWithout(unit, error);
    }
  }

  /** A reply that cannot be put now keeps its request on the queue; one that never can be is dropped, loudly. */
  async #acceptWithout(unit: QueueUnit, error: unknown): Promise<void> {
    if (!isWaybillError(error)) throw error;
    if (finalForReplies.includes(error.code)) {
      this.#logDropped(unit, error.message);
      return unit.commit();
    }
    if (error.code !== 'WB_QUEUE_FULL') throw error;
    this.#log.warn(
      { code: error.code, messageId: unit.message.id },
      'The queue for the reply is full; the request goes back and is tried again.',
    );
    return unit.backout(replyPause);
  }

  #logDropped(unit: QueueUnit, reason: string): void {
    this.#log.error({ code: 'WB_QUEUE_REPLY_REFUSED', messageId: unit.message.id, reason }, 'A reply was dropped.');
  }
}
