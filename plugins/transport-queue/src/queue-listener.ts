import {
  type Deliver,
  isWaybillError,
  type Listener,
  type Message,
  type Receipt,
  type ReceiveContext,
  type Settlement,
  type TransportError,
} from '@waybill/contract';
import { errors } from './errors.ts';
import { giveBack } from './give-back.ts';
import { inTime } from './in-time.ts';
import { takeRole } from './queue-roles.ts';
import type { GetOptions, Queues } from './queues.ts';
import type { Source } from './settings.ts';
import type { QueueUnit } from './unit.ts';

/** How long a message waits whose reply nobody has taken, in milliseconds. */
const pause = 1_000;

/** What says that the reply cannot be put. The unit is then still open. */
const ofReplies: readonly string[] = [
  errors.WB_QUEUE_NAME.code,
  errors.WB_QUEUE_TOO_LARGE.code,
  errors.WB_QUEUE_UNKNOWN.code,
  errors.WB_QUEUE_FULL.code,
  errors.WB_QUEUE_REPLY_REFUSED.code,
];

/** Takes messages from a queue, each under a unit of work of its own. */
export class QueueListener implements Listener {
  readonly #queues: Queues;
  readonly #source: Source;
  readonly #context: ReceiveContext;
  readonly #leave: () => void;
  readonly #inHand = new Set<QueueUnit>();
  readonly #failed = new AbortController();

  /** Throws WB_QUEUE_REPLY_QUEUE_SHARED. */
  constructor(queues: Queues, source: Source, context: ReceiveContext) {
    this.#queues = queues;
    this.#source = source;
    this.#context = context;
    this.#leave = takeRole(queues, source.queue, 'listening');
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const { concurrency, order } = this.#context;
    const end = AbortSignal.any([stop, this.#failed.signal]);
    const places = order === 'serial' ? 1 : concurrency;
    const isOrdered = order === 'serial' || order === 'key';
    // One receiver at a time has an ordered entry. When another one was killed with messages in hand, those come first.
    const next = { inOrder: isOrdered || places === 1, behindOthers: isOrdered, inHandBytes: this.#source.inHandBytes };
    const ended = Promise.all(Array.from({ length: places }, () => this.#pump(deliver, end, next)));
    try {
      await ended;
    } catch (error) {
      this.#fail(error);
      throw error;
    } finally {
      this.#leave();
    }
  }

  async reply(reply: Message, to: string, { signal }: { readonly signal: AbortSignal }): Promise<Receipt> {
    if (signal.aborted) throw givenUp(to, 'not-sent');
    this.#refuseAddress(to);
    await inTime(this.#queues.put(to, reply), signal, () => givenUp(to, 'unknown'));
    return { id: reply.id, detail: `queue ${to}` };
  }

  async #pump(deliver: Deliver, end: AbortSignal, next: GetOptions): Promise<void> {
    while (!end.aborted) await this.#handOver(deliver, end, next);
  }

  /** In a function of its own: what stands in a loop keeps the message before, with its body, while it waits for the next one. */
  async #handOver(deliver: Deliver, end: AbortSignal, next: GetOptions): Promise<void> {
    const unit = await this.#queues.get(this.#source.queue, { ...next, signal: end });
    if (!unit) return;
    this.#inHand.add(unit);
    const { message, attempt, lost } = unit;
    const settlement = await deliver({ message, attempt, lost });
    if (this.#failed.signal.aborted) return;
    await this.#apply(unit, settlement).catch((error: unknown) => {
      if (this.#failed.signal.aborted) void giveBack(() => unit.backout());
      throw error;
    });
    this.#inHand.delete(unit);
  }

  async #apply(unit: QueueUnit, settlement: Settlement): Promise<void> {
    try {
      switch (settlement.outcome) {
        case 'accepted':
        case 'rejected':
          return await this.#remove(unit, settlement.reply);
        case 'retry':
          return await unit.backout(settlement.after);
        case 'released':
          return await unit.release();
      }
    } catch (error) {
      if (!isWaybillError(error) || error.code !== errors.WB_QUEUE_UNIT_LOST.code) throw error;
      this.#context.log.warn({ code: error.code, messageId: unit.message.id }, 'message was given to somebody else while it was worked on');
    }
  }

  async #remove(unit: QueueUnit, reply: Message | undefined): Promise<void> {
    const to = unit.message.replyTo;
    if (!reply || to === undefined) return unit.commit();
    try {
      this.#refuseAddress(to);
      await unit.commit(reply);
    } catch (error) {
      if (!isWaybillError(error) || !ofReplies.includes(error.code)) throw error;
      await this.#removeWithout(unit, reply, to, error as TransportError);
    }
  }

  /** The message is done with only when its reply is in good hands. */
  async #removeWithout(unit: QueueUnit, reply: Message, to: string, why: TransportError): Promise<void> {
    try {
      await this.#context.undeliverable(reply, to, why);
    } catch (error) {
      const fields = { messageId: unit.message.id, reason: why.message, cause: String(error) };
      this.#context.log.warn(fields, 'a reply could be neither put nor kept; its message goes back and comes again');
      return unit.backout(pause);
    }
    await unit.commit();
  }

  #refuseAddress(to: string): void {
    const { replyQueues } = this.#source;
    if (replyQueues && !replyQueues.includes(to)) throw errors.WB_QUEUE_REPLY_REFUSED(`Replies may not go to queue ${to}.`);
  }

  /** Receiving cannot go on. What is in hand goes back: it is settled under its next delivery. */
  #fail(error: unknown): void {
    this.#failed.abort(error);
    for (const unit of this.#inHand) void giveBack(() => unit.backout());
  }
}

function givenUp(queue: string, outcome: 'not-sent' | 'unknown'): TransportError {
  return errors.WB_QUEUE_GIVEN_UP(`Queue ${queue} had not taken the reply when the time was over.`, { outcome });
}
