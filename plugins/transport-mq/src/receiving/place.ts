import type { Deliver, Delivery, ReceiveContext, Report, TransportError } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { MqHandle, MqMessage, NextGet, QueueFacts } from '../handle/handle.ts';
import { MqFailure } from '../handle/mq-failure.ts';
import { groupOf, wordsFor } from '../handle/reasons.ts';
import { type Reading, readMessage } from '../headers/incoming.ts';
import { headerRoom } from '../headers/room.ts';
import { reportOf } from './report-of.ts';
import type { Settling } from './settling.ts';

/** How long one get waits for a message, in milliseconds, before it is asked again. */
const waitMs = 30_000;
/** How long to wait before a queue that gives nothing is asked again, or a report that could not be recorded comes again. */
const pause = 1_000;
/** How often the connection is looked after while a message is in hand. */
const pingEvery = 1_000;

/** How long the entry is left alone when only people can help, in milliseconds. */
const slowly = 30_000;

/** What all places of a listener share. */
export interface PlaceServices {
  readonly reading: Reading;
  readonly facts: QueueFacts | undefined;
  readonly settling: Settling;
  readonly context: Pick<ReceiveContext, 'tell' | 'report' | 'log'>;
  readonly deliver: Deliver;
  /** Nothing more is got, and no pause is kept. */
  readonly end: AbortSignal;
  /** Called with each message that was got: there may be more. */
  readonly busy: () => void;
}

/** One of the messages that a listener may have in hand at a time: a handle of its own, with a unit of work of its own. */
export class Place {
  readonly #handle: MqHandle;
  readonly #services: PlaceServices;
  /** Whether anything was handed over since it was opened. */
  hasWorked = false;
  /** Whether it waits for a message. */
  isWaiting = false;
  #isPaused = false;
  #inHand: Watched | undefined;

  constructor(handle: MqHandle, services: PlaceServices) {
    this.#handle = handle;
    this.#services = services;
    void handle.gone.then(() => this.#inHand?.fail(new MqFailure('host', 0, 'the host of the connection is gone')));
  }

  /** Gets, hands over and settles until it has to end. Throws an `MqFailure` when it cannot go on; what it had in hand comes again. */
  async run(): Promise<void> {
    while (!this.#services.end.aborted) await this.#next();
  }

  /** In a function of its own: what stands in a loop keeps the message before, with its body, while it waits for the next one. */
  async #next(): Promise<void> {
    const got = await this.#get();
    if (!got) return;
    if (this.#services.end.aborted) return this.#handle.backout();
    this.#services.busy();
    const read = readMessage(got, this.#services.reading);
    const report = reportOf(got, read.message);
    if (report) await this.#record(report);
    else await this.#handOver(got, read);
  }

  /** How messages are got, whether they are waited for or come with a commit. */
  get #more(): NextGet {
    return { maxBytes: this.#services.reading.limit + headerRoom };
  }

  async #get(): Promise<MqMessage | undefined> {
    const { end, context } = this.#services;
    this.isWaiting = true;
    try {
      const got = await this.#handle.get({ ...this.#more, waitMs, signal: end });
      if (this.#isPaused) context.tell('receiving');
      this.#isPaused = false;
      return got;
    } catch (failure) {
      if (!(failure instanceof MqFailure) || groupOf(failure.reason) !== 'closed') throw failure;
      if (!this.#isPaused) context.tell('paused', wordsFor(failure.reason));
      this.#isPaused = true;
      await this.#services.settling.giveBack({ handle: this.#handle, stop: end }, pause);
      return undefined;
    } finally {
      this.isWaiting = false;
    }
  }

  async #record(report: Report): Promise<void> {
    const { context, settling, end } = this.#services;
    try {
      await context.report(report);
    } catch (error) {
      context.log.warn({ about: report.about, cause: String(error) }, 'a report could not be recorded; it comes again');
      return settling.giveBack({ handle: this.#handle, stop: end }, pause);
    }
    await this.#handle.commit([], end.aborted ? undefined : this.#more);
  }

  async #handOver(got: MqMessage, { message, defect }: Pick<Delivery, 'message' | 'defect'>): Promise<void> {
    const { facts, deliver, settling, end } = this.#services;
    const isCut = got.bytes.length < got.length;
    if (isCut && !settling.keepsCut) throw this.#cannotKeep(got);
    const threshold = facts?.backoutThreshold ?? 0;
    const watched = new Watched(this.#handle);
    this.#inHand = watched;
    try {
      const delivering = deliver({
        message,
        attempt: got.backouts + 1,
        giveUpAfter: threshold > 0 ? threshold : undefined,
        lost: watched.lost,
        defect,
      });
      this.hasWorked = true;
      const settlement = await Promise.race([delivering, watched.failed]);
      await watched.end();
      await settling.apply(settlement, {
        handle: this.#handle,
        got,
        replyTo: message.replyTo,
        isCut,
        next: this.#more,
        stop: end,
      });
    } finally {
      this.#inHand = undefined;
      await watched.end();
    }
  }

  /** The kernel would keep no more of it than that it was there. It stays on its queue, and all that is behind it, until somebody has looked. */
  #cannotKeep({ length }: MqMessage): TransportError {
    const { limit } = this.#services.reading;
    const hint =
      'Raise "limit" of the entry, or give the queue a backout queue (BOQNAME) or the queue manager a dead-letter queue, to which such messages go.';
    const text = `A message of ${length} bytes is larger than the ${limit} that are allowed, and there is no queue that it could be moved to.`;
    return errors.WB_MQ_TOO_LARGE(text, { hint, retryable: true, retryAfter: slowly });
  }
}

/** A connection that is looked after while a message is in hand: nobody else notices that it breaks while a handler works. */
class Watched {
  readonly lost: AbortSignal;
  /** Never resolves; rejects when the connection is gone, or cannot be used any more. */
  readonly failed: Promise<never>;
  readonly #handle: MqHandle;
  readonly #lose = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #reject: (failure: unknown) => void;
  #pinging: Promise<void> | undefined;

  constructor(handle: MqHandle) {
    this.#handle = handle;
    this.lost = this.#lose.signal;
    const { promise, reject } = Promise.withResolvers<never>();
    this.failed = promise;
    this.failed.catch(() => undefined);
    this.#reject = reject;
    this.#timer = setInterval(() => this.#ping(), pingEvery);
  }

  fail(failure: unknown): void {
    this.#lose.abort();
    this.#reject(failure);
  }

  /** Resolves when nothing is asked of the handle any more. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#pinging;
  }

  #ping(): void {
    this.#pinging ??= this.#handle.ping().then(
      () => void (this.#pinging = undefined),
      (failure: unknown) => this.fail(failure),
    );
  }
}
