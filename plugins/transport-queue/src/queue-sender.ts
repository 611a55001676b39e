import type { Message, Receipt, RequestOptions, SendContext, Sender, SendOptions, TransportError } from '@waybill/contract';
import { errors } from './errors.ts';
import { inTime } from './in-time.ts';
import { takeRole } from './queue-roles.ts';
import type { Queues } from './queues.ts';
import type { Target } from './settings.ts';
import { lateFor } from './unit.ts';

/** How many requests that have timed out are remembered at a time, in case their replies still come. */
const mostLate = 100;

/** Puts messages on a queue, and waits for replies on another one. */
export class QueueSender implements Sender {
  readonly #queues: Queues;
  readonly #target: Target;
  readonly #late: SendContext['late'];
  readonly #replyQueue: string;
  #leave: (() => void) | undefined;
  readonly #closing = new AbortController();
  readonly #inFlight = new Set<Promise<unknown>>();
  /** Ends the waiting for a late reply, the one that has waited longest first. */
  readonly #awaited = new Set<AbortController>();

  /** Throws WB_QUEUE_REPLY_QUEUE_SHARED. */
  constructor(queues: Queues, target: Target, { late }: Pick<SendContext, 'late'>) {
    this.#queues = queues;
    this.#target = target;
    this.#late = late;
    this.#replyQueue = target.replyQueue ?? `${target.queue}.REPLY`;
    if (target.replyQueue !== undefined) this.#takeReplies();
  }

  async send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    this.#refuseLate(signal);
    await this.#whileInTime(this.#queues.put(this.#target.queue, message, this.#target), signal);
    return { id: message.id, detail: `queue ${this.#target.queue}` };
  }

  /**
   * Throws WB_QUEUE_REPLY_QUEUE_SHARED when somebody listens to the queue of the replies. The request expires together
   * with the wait for its reply, so that nobody works for a requester who has gone.
   */
  async request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    this.#refuseLate(signal);
    this.#takeReplies();
    const expiry = Math.min(timeout, this.#target.expiry ?? timeout);
    const request = { ...message, replyTo: this.#replyQueue };
    const reply = this.#queues
      .put(this.#target.queue, request, { priority: this.#target.priority, expiry })
      .then(() => this.#queues.fetch(this.#replyQueue, { correlationId: message.id, waitMs: timeout, signal }));
    try {
      const found = await this.#whileInTime(reply, signal);
      if (found) return found;
    } catch (error) {
      if (signal.aborted) this.#awaitLate(message.id);
      throw error;
    }
    this.#awaitLate(message.id);
    throw errors.WB_QUEUE_NO_REPLY(`No reply came to queue ${this.#replyQueue} within ${timeout} ms.`, { outcome: 'unknown' });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#inFlight);
    this.#leave?.();
  }

  #refuseLate(signal: AbortSignal): void {
    if (this.#closing.signal.aborted) throw errors.WB_QUEUE_CLOSED(`The sender of queue ${this.#target.queue} is closed.`);
    if (signal.aborted) throw givenUp(this.#target.queue, 'not-sent');
  }

  #takeReplies(): void {
    this.#leave ??= takeRole(this.#queues, this.#replyQueue, 'replies');
  }

  /** Whoever has taken the request off its queue may still answer it. */
  #awaitLate(correlationId: string): void {
    const [oldest] = this.#awaited;
    if (oldest && this.#awaited.size >= mostLate) oldest.abort();
    const end = new AbortController();
    this.#awaited.add(end);
    const signal = AbortSignal.any([end.signal, this.#closing.signal]);
    const waiting = this.#queues
      .fetch(this.#replyQueue, { correlationId, waitMs: lateFor, signal })
      // Where the file cannot be read there is no reply to hand over.
      .then(
        (reply) => reply && this.#late(reply),
        () => undefined,
      )
      .finally(() => this.#awaited.delete(end));
    this.#track(waiting);
  }

  #whileInTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    this.#track(work);
    return inTime(work, signal, () => givenUp(this.#target.queue, 'unknown'));
  }

  #track(work: Promise<unknown>): void {
    this.#inFlight.add(work);
    const forget = () => this.#inFlight.delete(work);
    work.then(forget, forget);
  }
}

function givenUp(queue: string, outcome: 'not-sent' | 'unknown'): TransportError {
  return errors.WB_QUEUE_GIVEN_UP(`Queue ${queue} had not taken the message when the time was over.`, { outcome });
}
