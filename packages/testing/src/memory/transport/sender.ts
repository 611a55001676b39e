import type {
  Message,
  Receipt,
  RecipientOutcome,
  RequestOptions,
  SendContext,
  Sender,
  SendOptions,
  TransportError,
} from '@waybill/contract';
import { isWaybillError } from '@waybill/contract';
import type { MemoryConnection } from './connection.ts';
import { transportErrors } from './errors.ts';
import { refuseUnknownOptions } from './send-options.ts';

interface Pending {
  resolve(reply: Message): void;
  /** Settles, never rejects, when the request is over. */
  readonly ended: Promise<unknown>;
}

/** Puts messages into one queue or several, and waits for replies on a queue of its own. */
export class MemorySender implements Sender {
  readonly #connection: MemoryConnection;
  readonly #queues: readonly string[];
  readonly #receipt: Promise<Receipt>;
  readonly #late: SendContext['late'];
  readonly #pending = new Map<string, Pending>();
  readonly #silent = new Set<Promise<unknown>>();
  readonly #replies: string;
  #endDiversion: (() => void) | undefined;
  #closed = false;

  constructor(connection: MemoryConnection, queues: readonly string[], late: SendContext['late']) {
    this.#connection = connection;
    this.#queues = queues;
    this.#late = late;
    this.#receipt = Promise.resolve({ detail: queues.join(', ') });
    this.#replies = connection.queues.newName('replies');
  }

  send(message: Message, options: SendOptions): Promise<Receipt> {
    try {
      refuseUnknownOptions(options);
      if (this.#closed || options.signal.aborted || this.#connection.lost) throw this.#refusal();
      if (this.#queues.length > 1) return Promise.resolve(this.#sendToAll(message, options.to));
      const [queue = ''] = this.#queues;
      this.#connection.put(queue, message);
      return this.#connection.queues.trouble(queue) === 'silent' ? this.#silence(options.signal, queue) : this.#receipt;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    if (this.#closed || signal.aborted || this.#connection.lost) throw this.#refusal();
    this.#endDiversion ??= this.#connection.queues.divert(this.#replies, (reply) => this.#take(reply));
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    const silence = (): void => reject(this.#timeout(`No reply to ${message.id} came in time.`, 'unknown'));
    const over = new AbortController();
    void this.#connection.queues.clock.sleep(timeout, over.signal).then(silence);
    signal.addEventListener('abort', silence, { once: true });
    this.#pending.set(message.id, { resolve, ended: promise.catch(() => undefined) });
    try {
      for (const queue of this.#queues) this.#connection.put(queue, { ...message, replyTo: this.#replies });
      return await promise;
    } finally {
      over.abort();
      signal.removeEventListener('abort', silence);
      this.#pending.delete(message.id);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#pending.values()].map((pending) => pending.ended));
    await Promise.allSettled(this.#silent);
    this.#endDiversion?.();
  }

  /** Each queue is a recipient of its own. */
  #sendToAll(message: Message, to: readonly string[] | undefined): Receipt {
    const addresses = to === undefined ? this.#queues : this.#queues.filter((queue) => to.includes(queue));
    const recipients = addresses.map((address) => this.#sendTo(address, message));
    const failed = recipients.find(({ outcome }) => outcome !== 'sent');
    if (failed === undefined || recipients.some(({ outcome }) => outcome === 'sent')) return { detail: addresses.join(', '), recipients };
    const { outcome } = failed;
    throw transportErrors.WB_MEMORY_FAILED('None of the queues took the message.', {
      retryable: outcome !== 'refused',
      outcome: outcome === 'unknown' ? 'unknown' : undefined,
      recipients,
    });
  }

  #sendTo(address: string, message: Message): RecipientOutcome {
    try {
      this.#connection.put(address, message);
      return { address, outcome: 'sent' };
    } catch (error) {
      if (!isWaybillError(error)) throw error;
      const { outcome } = error as TransportError;
      return { address, outcome: outcome === 'not-sent' ? 'later' : outcome, detail: error.message };
    }
  }

  /** The far side has taken the message and does not say so. */
  async #silence(signal: AbortSignal, queue: string): Promise<Receipt> {
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(this.#timeout(`The queue ${queue} did not answer in time.`, 'unknown')), { once: true });
    this.#silent.add(promise);
    return promise.finally(() => this.#silent.delete(promise));
  }

  #take(reply: Message): void {
    const pending = reply.correlationId === undefined ? undefined : this.#pending.get(reply.correlationId);
    if (pending) pending.resolve(reply);
    else this.#late(reply);
  }

  #refusal(): TransportError {
    if (this.#connection.lost) return this.#connection.lost;
    const queues = this.#queues.join(', ');
    return this.#closed
      ? transportErrors.WB_MEMORY_CLOSED(`The sender to ${queues} is closed.`)
      : this.#timeout(`The time for sending to ${queues} was over before it began.`, 'not-sent');
  }

  #timeout(message: string, outcome: 'not-sent' | 'unknown'): TransportError {
    return transportErrors.WB_MEMORY_TIMEOUT(message, { outcome });
  }
}
