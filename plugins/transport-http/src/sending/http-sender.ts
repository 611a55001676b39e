import type { IncomingMessage } from 'node:http';
import {
  type Answer,
  isWaybillError,
  type Message,
  newMessageId,
  type Receipt,
  type RequestOptions,
  type Sender,
  type SendOptions,
} from '@waybill/contract';
import { errors } from '../errors.ts';
import type { Site, Target } from '../settings.ts';
import { failureOfError, failureOfStatus, failureOfTime } from './failure.ts';
import { OutgoingRequest, type OutgoingRequestOptions } from './outgoing-request.ts';
import type { Pool } from './pool.ts';
import { propertiesOf, readReply } from './read-answer.ts';
import { headersFor, type ResolvedTarget } from './target.ts';

/** Statuses with which the other side takes a request without replying to it. */
const withoutReply = [202, 204, 205];

/** Sends messages to one address. */
export class HttpSender implements Sender {
  readonly #target: Target;
  readonly #resolved: ResolvedTarget;
  readonly #connectTimeout: number;
  readonly #openPool: () => Promise<Pool>;
  readonly #inFlight = new Set<Promise<unknown>>();
  #opening: Promise<Pool> | undefined;
  #closed = false;

  /** `openPool` is called by the first message. */
  constructor(target: Target, resolved: ResolvedTarget, { connectTimeout }: Site, openPool: () => Promise<Pool>) {
    this.#target = target;
    this.#resolved = resolved;
    this.#connectTimeout = connectTimeout;
    this.#openPool = openPool;
  }

  send(message: Message, { signal, answer: isWanted }: SendOptions): Promise<Receipt> {
    const reads = isWanted ? 'answer' : 'nothing';
    return this.#exchange(message, { signal, reads }, async (answer, outgoing) => {
      const detail = `HTTP ${answer.statusCode} of ${this.#resolved.where}`;
      if (isWanted) return { detail, answer: await this.#read(answer, outgoing) };
      // The status is the answer: a body that is slow must not turn a success into a failure.
      this.#skip(outgoing);
      return { detail };
    });
  }

  /** Throws WB_HTTP_NO_REPLY when the other side takes the message without answering it. */
  request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    return this.#exchange(message, { signal: limited, reads: 'reply' }, async (answer, outgoing) => {
      const { where } = this.#resolved;
      if (withoutReply.includes(answer.statusCode ?? 0)) {
        this.#skip(outgoing);
        throw errors.WB_HTTP_NO_REPLY(`${where} answered with status ${answer.statusCode} and no reply.`, { outcome: 'unknown' });
      }
      const properties = propertiesOf(answer.headers);
      const bytes = await readReply(answer, this.#target.limit, where);
      const id = properties['idempotency-key'] ?? newMessageId();
      return { id, body: bytes, createdAt: Date.now(), contentType: properties['content-type'], correlationId: message.id, properties };
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#inFlight);
    const pool = await this.#opening?.catch(() => undefined);
    pool?.close();
  }

  /** Sends the message, and lets `finish` look at the answer when its status is a success. */
  #exchange<Result>(
    message: Message,
    how: Pick<OutgoingRequestOptions, 'signal' | 'reads'>,
    finish: (answer: IncomingMessage, outgoing: OutgoingRequest) => Promise<Result>,
  ): Promise<Result> {
    let outgoing: OutgoingRequest | undefined;
    const exchange = async () => {
      outgoing = await this.#begin(message, how);
      const answer = await outgoing.answer();
      const { statusCode: status = 0 } = answer;
      if (this.#isSuccess(status)) return finish(answer, outgoing);
      const said = how.reads === 'answer' ? await this.#read(answer, outgoing) : this.#skip(outgoing);
      throw failureOfStatus(status, this.#resolved.where, { headers: propertiesOf(answer.headers), answer: said });
    };
    return this.#track(
      exchange().catch((error: unknown) => {
        const progress = outgoing?.progress ?? 'waiting';
        if (how.signal.aborted && !isWaybillError(error)) throw failureOfTime(this.#resolved.where, progress);
        throw failureOfError(error, this.#resolved.where, progress);
      }),
    );
  }

  async #begin(message: Message, how: Pick<OutgoingRequestOptions, 'signal' | 'reads'>): Promise<OutgoingRequest> {
    if (this.#closed) throw errors.WB_HTTP_CLOSED(`The sender to ${this.#resolved.where} is closed.`);
    const headers = { ...headersFor(message, this.#resolved), 'content-length': String(message.body.byteLength) };
    const pool = await this.#pool();
    how.signal.throwIfAborted();
    return new OutgoingRequest(pool.request(headers), message.body, {
      ...how,
      connectTimeout: this.#connectTimeout,
      isSuccess: (status) => this.#isSuccess(status),
    });
  }

  /** What is left of the answer is nobody's concern but that of `close`. */
  #skip(outgoing: OutgoingRequest): undefined {
    const skipping = outgoing.skipAnswer();
    if (skipping) void this.#track(skipping);
  }

  /** What the far side says, with its status among the properties; undefined where it broke off. */
  async #read({ statusCode, headers }: IncomingMessage, outgoing: OutgoingRequest): Promise<Answer | undefined> {
    const body = await outgoing.readAnswer(this.#target.limit);
    const properties = { ...propertiesOf(headers), 'http-status': String(statusCode) };
    return body && { body, contentType: headers['content-type'], properties };
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
