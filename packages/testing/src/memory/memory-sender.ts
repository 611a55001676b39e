import { type Message, type Receipt, type RequestOptions, type Sender, type SendOptions, TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { MemoryConnection } from './memory-connection.ts';

interface Pending {
  resolve(reply: Message): void;
  /** Settles, never rejects, when the request is over. */
  readonly ended: Promise<unknown>;
}

/** Puts messages into a queue, and waits for replies on a queue of its own. */
export class MemorySender implements Sender {
  readonly #connection: MemoryConnection;
  readonly #queue: string;
  readonly #receipt: Promise<Receipt>;
  readonly #pending = new Map<string, Pending>();
  readonly #replies: string;
  #endDiversion: (() => void) | undefined;
  #closed = false;

  constructor(connection: MemoryConnection, queue: string) {
    this.#connection = connection;
    this.#queue = queue;
    this.#receipt = Promise.resolve({ detail: queue });
    this.#replies = connection.queues.newName('replies');
  }

  send(message: Message, { signal, unit }: SendOptions): Promise<Receipt> {
    if (this.#closed || signal.aborted || this.#connection.lost) return Promise.reject(this.#refusal());
    if (unit) this.#connection.putWith(unit, this.#queue, message);
    else this.#connection.put(this.#queue, message);
    return this.#receipt;
  }

  async request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    if (this.#closed || signal.aborted || this.#connection.lost) throw this.#refusal();
    this.#endDiversion ??= this.#connection.queues.divert(this.#replies, (reply) => this.#take(reply));
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    const silence = (): void => reject(this.#failure('WB_MEMORY_TIMEOUT', `No reply to ${message.id} came from ${this.#queue} in time.`));
    const timer = setTimeout(silence, timeout);
    signal.addEventListener('abort', silence, { once: true });
    this.#pending.set(message.id, { resolve, ended: promise.catch(() => undefined) });
    this.#connection.put(this.#queue, { ...message, replyTo: this.#replies });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', silence);
      this.#pending.delete(message.id);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#pending.values()].map((pending) => pending.ended));
    this.#endDiversion?.();
  }

  #take(reply: Message): void {
    if (reply.correlationId !== undefined) this.#pending.get(reply.correlationId)?.resolve(reply);
  }

  #refusal(): TransportError {
    if (this.#connection.lost) return this.#connection.lost;
    return this.#closed
      ? this.#failure('WB_MEMORY_CLOSED', `The sender to ${this.#queue} is closed.`)
      : this.#failure('WB_MEMORY_TIMEOUT', `The time for sending to ${this.#queue} was over before it began.`);
  }

  #failure(code: keyof typeof errors, message: string): TransportError {
    return new TransportError(code, message, { retryable: true, hint: errors[code].remedy });
  }
}
