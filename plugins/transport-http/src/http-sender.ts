import { randomUUID } from 'node:crypto';
import {
  isWaybillError,
  type Message,
  type Receipt,
  type RequestOptions,
  type Sender,
  type SendOptions,
  TransportError,
} from '@waybill/contract';
import type { Dispatcher } from 'undici';
import type { HttpConnection } from './http-connection.ts';
import { failureOfError, failureOfStatus } from './http-failure.ts';
import type { Target } from './settings.ts';
import { type Aim, aimAt, headersFor } from './target.ts';

/** What is read of an answer that nobody looks at, so that its connection can be used again, in bytes. */
const worthReading = 64 * 1024;

/** Statuses with which the other side takes a request without replying to it. */
const withoutReply = [202, 204, 205];

/** Sends messages to one address. */
export class HttpSender implements Sender {
  readonly #connection: HttpConnection;
  readonly #target: Target;
  readonly #aim: Aim;
  readonly #inFlight = new Set<Promise<unknown>>();
  #closed = false;

  /** Raises WB_HTTP_TARGET or WB_HTTP_HEADER. */
  constructor(connection: HttpConnection, target: Target) {
    this.#connection = connection;
    this.#target = target;
    this.#aim = aimAt(target, connection.site);
  }

  send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    return this.#track(async () => {
      const response = await this.#exchange(message, signal);
      await response.body.dump({ limit: worthReading, signal });
      return { detail: `HTTP ${response.statusCode} of ${this.#aim.where}` };
    }, signal);
  }

  /** Rejects with WB_HTTP_NO_REPLY when the other side takes the message without answering it. */
  request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    return this.#track(async () => {
      const response = await this.#exchange(message, inTime);
      if (withoutReply.includes(response.statusCode)) {
        await response.body.dump({ limit: worthReading, signal: inTime });
        throw new TransportError('WB_HTTP_NO_REPLY', `${this.#aim.where} answered with status ${response.statusCode} and no reply.`);
      }
      const properties = propertiesOf(response.headers);
      const body = await this.#read(response.body);
      const id = properties['idempotency-key'] ?? randomUUID();
      return { id, body, contentType: properties['content-type'], correlationId: message.id, properties };
    }, inTime);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
  }

  /** Sends the message and looks at the status. The body of the answer is left to the caller. */
  async #exchange(message: Message, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    if (this.#closed) throw new TransportError('WB_HTTP_CLOSED', `The sender to ${this.#aim.where} is closed.`, { retryable: true });
    signal.throwIfAborted();
    const headers = headersFor(message, this.#aim);
    const pool = await this.#connection.pool(this.#aim.origin);
    const { path } = this.#aim;
    const response = await pool.request({ method: this.#target.method, path, headers, body: message.body, signal });
    if (this.#isSuccess(response.statusCode)) return response;
    await response.body.dump({ limit: worthReading, signal });
    throw failureOfStatus(response.statusCode, this.#aim.where, propertiesOf(response.headers)['retry-after']);
  }

  #isSuccess(status: number): boolean {
    return this.#target.success ? this.#target.success.includes(status) : status >= 200 && status < 300;
  }

  async #read(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop destroys the connection, and with it the rest of the reply.
      if (size > this.#target.limit)
        throw new TransportError('WB_HTTP_REPLY_TOO_LARGE', `The reply of ${this.#aim.where} has more than ${this.#target.limit} bytes.`);
      chunks.push(chunk);
    }
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
  }

  /** Keeps the exchange in mind for `close`, and says in our words why it failed. */
  #track<Result>(exchange: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const work = exchange().catch((error: unknown) => {
      throw this.#failure(error, signal);
    });
    const forget = () => this.#inFlight.delete(work);
    this.#inFlight.add(work);
    work.then(forget, forget);
    return work;
  }

  #failure(error: unknown, signal: AbortSignal): Error {
    if (isWaybillError(error)) return error;
    if (!signal.aborted) return failureOfError(error, this.#aim.where);
    if ((signal.reason as { name?: string } | undefined)?.name === 'TimeoutError')
      return new TransportError('WB_HTTP_TIMEOUT', `${this.#aim.where} did not answer in time.`, { retryable: true });
    return new TransportError('WB_HTTP_GIVEN_UP', `The message for ${this.#aim.where} was given up.`, { retryable: true });
  }
}

function propertiesOf(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'set-cookie' ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}
