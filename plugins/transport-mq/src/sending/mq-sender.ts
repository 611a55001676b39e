import {
  type Message,
  newMessageId,
  type Receipt,
  type RequestOptions,
  type SendContext,
  type Sender,
  type SendOptions,
} from '@waybill/contract';
import type { MqConnection } from '../connection.ts';
import { errors } from '../errors.ts';
import { errorOf } from '../handle/error-of.ts';
import type { MqMessage } from '../handle/handle.ts';
import { idOfText } from '../headers/ids.ts';
import { readMessage } from '../headers/incoming.ts';
import { writeMessage, writeRequest } from '../headers/outgoing.ts';
import { headerRoom } from '../headers/room.ts';
import type { Target } from '../settings.ts';
import { HandlePool } from './handle-pool.ts';
import { givenUp, putThrough } from './putting.ts';
import { Replies } from './replies.ts';

/** For how long, and of how many requests that have timed out, replies are still awaited. */
const lateFor = 60_000;
const mostLate = 100;

interface RepliesQueue {
  readonly queue: string;
  readonly replies: Replies;
}

/** Puts messages on a queue, and waits for replies on another one. */
export class MqSender implements Sender {
  readonly #connection: MqConnection;
  readonly #target: Target;
  readonly #late: SendContext['late'];
  readonly #pool: HandlePool;
  readonly #closing = new AbortController();
  readonly #inFlight = new Set<Promise<unknown>>();
  /** Ends the waiting for a late reply, the one that has waited longest first. */
  readonly #awaited = new Set<AbortController>();
  #replies: Promise<RepliesQueue> | undefined;
  #leave: (() => void) | undefined;

  constructor(connection: MqConnection, target: Target, { concurrency, late }: Pick<SendContext, 'concurrency' | 'late'>) {
    this.#connection = connection;
    this.#target = target;
    this.#late = late;
    if (target.replyQueue !== undefined) this.#leave = connection.use(target.replyQueue, 'replies');
    this.#pool = new HandlePool((signal) => connection.open(target.limit + headerRoom, signal), concurrency);
  }

  /** Connects, and sees whether the queue can be put to. Throws a `TransportError`. */
  static async open(connection: MqConnection, target: Target, context: SendContext): Promise<MqSender> {
    const sender = new MqSender(connection, target, context);
    try {
      await sender.#try(context.signal);
      return sender;
    } catch (error) {
      await sender.close();
      throw error;
    }
  }

  async #try(signal: AbortSignal): Promise<void> {
    const { queue, manager = '' } = this.#target;
    const lent = await this.#pool.take(signal);
    if (!lent) throw givenUp(`queue ${queue}`);
    try {
      await lent.handle.check({ queue, manager });
      lent.release(false);
    } catch (failure) {
      lent.release(true);
      throw errorOf(failure, `Queue ${queue} cannot be put to`, { opening: true });
    }
  }

  send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    return this.#track(this.#send(message, signal));
  }

  request(message: Message, options: RequestOptions): Promise<Message> {
    return this.#track(this.#request(message, options));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#inFlight);
    await this.#pool.close();
    this.#leave?.();
    await this.#replies?.then(
      ({ replies }) => replies.close(),
      () => undefined,
    );
  }

  async #send(message: Message, signal: AbortSignal): Promise<Receipt> {
    this.#refuseLate(signal);
    return putThrough(this.#pool, writeMessage(message, this.#target), signal);
  }

  async #request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    this.#refuseLate(signal);
    const { queue, replies } = await this.#repliesQueue(signal);
    const time = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    // Committed before the wait: nobody could see the request otherwise.
    await putThrough(this.#pool, writeRequest(message, this.#target, queue, timeout), time);
    const awaited = idOfText(message.id);
    const reply = await replies.wait(awaited, time).catch((cause: unknown) => {
      throw errors.WB_MQ_NO_REPLY(`The connection for replies was lost while a reply was awaited on queue ${queue}.`, {
        outcome: 'unknown',
        cause,
      });
    });
    if (reply) return this.#replyTo(message.id, reply);
    this.#awaitLate(message.id, replies);
    throw errors.WB_MQ_NO_REPLY(`No reply came to queue ${queue} within ${timeout} ms.`, { outcome: 'unknown' });
  }

  /** Opened by the first request, and again after a loss. */
  #repliesQueue(signal: AbortSignal): Promise<RepliesQueue> {
    if (this.#replies) return this.#replies;
    const opening = this.#openReplies(signal);
    this.#replies = opening;
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  async #openReplies(signal: AbortSignal): Promise<RepliesQueue> {
    const { replyQueue = `${this.#target.queue}.REPLY`, limit } = this.#target;
    this.#leave ??= this.#connection.use(replyQueue, 'replies');
    const handle = await this.#connection.open(limit + headerRoom, signal);
    try {
      const queue = await handle.open(replyQueue, 'shared');
      const opening = this.#replies;
      return { queue, replies: new Replies(handle, limit + headerRoom, () => this.#forget(opening)) };
    } catch (failure) {
      handle.kill();
      throw errorOf(failure, `Replies cannot be awaited on queue ${replyQueue}`);
    }
  }

  #forget(opening: Promise<RepliesQueue> | undefined): void {
    if (this.#replies === opening) this.#replies = undefined;
  }

  #replyTo(correlationId: string, reply: MqMessage): Message {
    const reading = {
      identity: 'message-id',
      trustCcsid: true,
      limit: this.#target.limit,
      queueManager: this.#connection.queueManager,
    } as const;
    const { message, defect } = readMessage(reply, reading);
    if (defect) throw defect;
    return { ...message, id: message.id ?? newMessageId(), createdAt: message.createdAt ?? Date.now(), correlationId };
  }

  /** Whoever has taken the request off its queue may still answer it. */
  #awaitLate(id: string, replies: Replies): void {
    const [oldest] = this.#awaited;
    if (oldest && this.#awaited.size >= mostLate) oldest.abort();
    const end = new AbortController();
    this.#awaited.add(end);
    const signal = AbortSignal.any([end.signal, this.#closing.signal, AbortSignal.timeout(lateFor)]);
    const waiting = replies
      .wait(idOfText(id), signal)
      // Where nothing can be got any more there is no reply to hand over.
      .then(
        (reply) => reply && this.#late(this.#replyTo(id, reply)),
        () => undefined,
      )
      .finally(() => this.#awaited.delete(end));
    void this.#track(waiting);
  }

  #refuseLate(signal: AbortSignal): void {
    if (this.#closing.signal.aborted) throw errors.WB_MQ_CLOSED(`The sender of queue ${this.#target.queue} is closed.`);
    if (signal.aborted) throw givenUp(`queue ${this.#target.queue}`);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight.add(work);
    const forget = () => this.#inFlight.delete(work);
    work.then(forget, forget);
    return work;
  }
}
