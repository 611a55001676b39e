import type { Readable } from 'node:stream';
import {
  isWaybillError,
  type Message,
  newMessageId,
  type Receipt,
  type RequestOptions,
  type Sender,
  type SendOptions,
} from '@waybill/contract';
import type { Dispatcher, Pool } from 'undici';
import { errors } from '../errors.ts';
import type { Target } from '../settings.ts';
import { failureOfError, failureOfStatus, failureOfTime } from './failure.ts';
import { propertiesOf, readReply, skipBody } from './read-answer.ts';
import { RequestBody } from './request-body.ts';
import { headersFor, type ResolvedTarget } from './target.ts';

/** Statuses with which the other side takes a request without replying to it. */
const withoutReply = [202, 204, 205];

/** Sends messages to one address. */
export class HttpSender implements Sender {
  readonly #target: Target;
  readonly #resolved: ResolvedTarget;
  readonly #openPool: () => Promise<Pool>;
  readonly #inFlight = new Set<Promise<unknown>>();
  #opening: Promise<Pool> | undefined;
  #closed = false;

  /** `openPool` is called by the first message. */
  constructor(target: Target, resolved: ResolvedTarget, openPool: () => Promise<Pool>) {
    this.#target = target;
    this.#resolved = resolved;
    this.#openPool = openPool;
  }

  send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    return this.#exchange(message, signal, async ({ statusCode, body }) => {
      // The status is the answer: a body that is slow must not turn a success into a failure.
      void this.#track(skipBody(body));
      return { detail: `HTTP ${statusCode} of ${this.#resolved.where}` };
    });
  }

  /** Throws WB_HTTP_NO_REPLY when the other side takes the message without answering it. */
  request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    return this.#exchange(message, AbortSignal.any([signal, AbortSignal.timeout(timeout)]), async ({ statusCode, headers, body }) => {
      const { where } = this.#resolved;
      if (withoutReply.includes(statusCode)) {
        void this.#track(skipBody(body));
        throw errors.WB_HTTP_NO_REPLY(`${where} answered with status ${statusCode} and no reply.`, { outcome: 'unknown' });
      }
      const properties = propertiesOf(headers);
      const bytes = await readReply(body, this.#target.limit, where);
      const id = properties['idempotency-key'] ?? newMessageId();
      return { id, body: bytes, createdAt: Date.now(), contentType: properties['content-type'], correlationId: message.id, properties };
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
    const pool = await this.#opening?.catch(() => undefined);
    await pool?.destroy();
  }

  /** Sends the message, and lets `finish` look at the answer when its status is a success. */
  #exchange<Result>(message: Message, signal: AbortSignal, finish: (answer: Dispatcher.ResponseData) => Promise<Result>): Promise<Result> {
    const body = new RequestBody(message.body);
    return this.#track(
      this.#request(message, body, signal)
        .then(finish)
        .catch((error: unknown) => {
          if (signal.aborted && !isWaybillError(error)) throw failureOfTime(this.#resolved.where, body.progress);
          throw failureOfError(error, this.#resolved.where, body.progress);
        }),
    );
  }

  async #request(message: Message, body: RequestBody, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { path, where } = this.#resolved;
    if (this.#closed) throw errors.WB_HTTP_CLOSED(`The sender to ${where} is closed.`);
    signal.throwIfAborted();
    const headers = { ...headersFor(message, this.#resolved), 'content-length': String(message.body.byteLength) };
    const pool = await this.#pool();
    // undici takes whatever can be iterated; its types say so of streams only.
    const answer = await pool.request({ method: this.#target.method, path, headers, body: body as unknown as Readable, signal });
    if (this.#isSuccess(answer.statusCode)) return answer;
    void this.#track(skipBody(answer.body));
    throw failureOfStatus(answer.statusCode, where, propertiesOf(answer.headers));
  }

  /** Throws WB_HTTP_CA; the next message tries again. */
  async #pool(): Promise<Pool> {
    this.#opening ??= this.#openPool();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  #isSuccess(status: number): boolean {
    return this.#target.success ? this.#target.success.includes(status) : status >= 200 && status < 300;
  }

  /** Remembers work that `close` has to wait for. */
  #track<Result>(work: Promise<Result>): Promise<Result> {
    const forget = () => this.#inFlight.delete(work);
    this.#inFlight.add(work);
    work.then(forget, forget);
    return work;
  }
}
