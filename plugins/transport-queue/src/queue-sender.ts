import type { Message, Receipt, RequestOptions, Sender, SendOptions, TransportError } from '@waybill/contract';
import { errors } from './errors.ts';
import { takeRole } from './queue-roles.ts';
import type { Queues } from './queues.ts';
import type { Target } from './settings.ts';
import { QueueUnit } from './unit.ts';

/** Puts messages on a queue, and waits for replies on another one. */
export class QueueSender implements Sender {
  readonly #queues: Queues;
  readonly #target: Target;
  readonly #replyQueue: string;
  #leave: (() => void) | undefined;
  #closed = false;
  readonly #inFlight = new Set<Promise<unknown>>();

  /** Raises WB_QUEUE_REPLY_QUEUE_SHARED. */
  constructor(queues: Queues, target: Target) {
    this.#queues = queues;
    this.#target = target;
    this.#replyQueue = target.replyQueue ?? `${target.queue}.REPLY`;
    if (target.replyQueue !== undefined) this.#awaitReplies();
  }

  async send(message: Message, { signal, unit }: SendOptions): Promise<Receipt> {
    this.#refuseLate(signal);
    const put = unit ? this.#putInUnit(message, unit, signal) : this.#queues.put(this.#target.queue, message, this.#target);
    await this.#whileInTime(put, signal);
    return { id: message.id, detail: `queue ${this.#target.queue}` };
  }

  /**
   * Rejects with WB_QUEUE_REPLY_QUEUE_SHARED when somebody listens to the queue of the replies. The request expires together with the wait for its reply, so that nobody works for a requester who has
   * gone.
   */
  async request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    this.#refuseLate(signal);
    this.#awaitReplies();
    const expiry = Math.min(timeout, this.#target.expiry ?? timeout);
    const request = { ...message, replyTo: this.#replyQueue };
    const reply = this.#queues
      .put(this.#target.queue, request, { priority: this.#target.priority, expiry })
      .then(() => this.#queues.fetch(this.#replyQueue, { correlationId: message.id, waitMs: timeout, signal }));
    const found = await this.#whileInTime(reply, signal);
    if (found) return found;
    throw errors.WB_QUEUE_NO_REPLY(`No reply came to queue ${this.#replyQueue} within ${timeout} ms.`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
    this.#leave?.();
  }

  #refuseLate(signal: AbortSignal): void {
    if (this.#closed) throw errors.WB_QUEUE_CLOSED(`The sender of queue ${this.#target.queue} is closed.`);
    if (signal.aborted) throw givenUp(this.#target.queue, 'not-sent');
  }

  #awaitReplies(): void {
    this.#leave ??= takeRole(this.#queues, this.#replyQueue, 'replies');
  }

  async #putInUnit(message: Message, unit: object, signal: AbortSignal): Promise<void> {
    if (!(unit instanceof QueueUnit) || unit.connection !== this.#queues)
      throw errors.WB_QUEUE_UNIT_FOREIGN(`The unit of work does not belong to the connection of queue ${this.#target.queue}.`);
    await unit.put(this.#target.queue, message, { ...this.#target, signal });
  }

  async #whileInTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    this.#inFlight.add(work);
    const forget = () => this.#inFlight.delete(work);
    work.then(forget, forget);
    let onAbort: (() => void) | undefined;
    const late = new Promise<never>((_, reject) => {
      onAbort = () => reject(givenUp(this.#target.queue, 'unknown'));
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      if (onAbort) signal.removeEventListener('abort', onAbort);
    }
  }
}

function givenUp(queue: string, outcome: 'not-sent' | 'unknown'): TransportError {
  return errors.WB_QUEUE_GIVEN_UP(`Queue ${queue} had not taken the message when the time was over.`, { outcome });
}
