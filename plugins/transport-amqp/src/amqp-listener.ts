import {
  type Deliver,
  type Listener,
  type Message,
  type Receipt,
  type ReceiveContext,
  type Settlement,
  type TransportError,
} from '@waybill/contract';
import type { AmqpConnection } from './amqp-connection.ts';
import { errors } from './errors.ts';
import { fromWire, type Incoming } from './message.ts';
import { Replies } from './replies.ts';
import type { Source } from './settings.ts';
import { type Arrival, ReceivingLink } from './wire/receiving-link.ts';
import type { Wire } from './wire/wire.ts';

/** How long a message waits whose reply nobody has taken, in milliseconds. */
const pause = 1_000;

/** Takes messages off an address of a broker. */
export class AmqpListener implements Listener {
  readonly #wire: Wire;
  readonly #source: Source;
  readonly #context: ReceiveContext;
  readonly #replies: Replies;
  readonly #inHand = new Set<Promise<void>>();
  readonly #failed = Promise.withResolvers<never>();
  #link!: ReceivingLink;
  #deliver: Deliver | undefined;
  #end: AbortSignal = new AbortController().signal;

  private constructor(wire: Wire, replies: Replies, source: Source, context: ReceiveContext) {
    this.#wire = wire;
    this.#source = source;
    this.#context = context;
    this.#replies = replies;
    // Whoever runs hears of it; before that nobody need.
    this.#failed.promise.catch(() => undefined);
  }

  /** Throws as `AmqpConnection.open` and links do. */
  static async open(connection: AmqpConnection, source: Source, context: ReceiveContext): Promise<AmqpListener> {
    const wire = await connection.wire(context.signal);
    try {
      const { profile } = connection;
      const listener = new AmqpListener(wire, await Replies.open(wire, profile, source, context.signal), source, context);
      const from = { address: source.queue, capabilities: profile.queue };
      listener.#link = await ReceivingLink.open(wire, from, (arrival) => listener.#arrived(arrival), context.signal);
      return listener;
    } catch (error) {
      await wire.close();
      throw error;
    }
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const { lost } = this.#link;
    const stopped = Promise.withResolvers<void>();
    const onLost = (): void => this.#failed.reject(lost.reason);
    this.#deliver = deliver;
    this.#end = AbortSignal.any([stop, lost]);
    if (stop.aborted) stopped.resolve();
    else this.#link.give(this.#context.order === 'serial' ? 1 : this.#context.concurrency);
    stop.addEventListener('abort', () => stopped.resolve(), { once: true });
    if (lost.aborted) onLost();
    lost.addEventListener('abort', onLost, { once: true });
    try {
      await this.#unlessFailed(stopped.promise);
      await this.#unlessFailed(this.#link.drain());
      // What comes while it drains is in hand, too.
      while (this.#inHand.size > 0) await this.#unlessFailed(Promise.all(this.#inHand));
    } finally {
      await this.#wire.close();
    }
  }

  async reply(reply: Message, to: string, { signal }: { readonly signal: AbortSignal }): Promise<Receipt> {
    await this.#replies.put(reply, to, signal);
    return { id: reply.id, detail: `address ${to}` };
  }

  #unlessFailed<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed.promise]);
  }

  /** The library calls this in the order in which the broker has the messages. */
  #arrived(arrival: Arrival): void {
    const work = this.#handOver(arrival)
      .catch((error: unknown) => this.#failed.reject(error))
      .finally(() => this.#inHand.delete(work));
    this.#inHand.add(work);
  }

  async #handOver(arrival: Arrival): Promise<void> {
    await this.#settle(arrival, arrival.message ? fromWire(arrival.message, this.#source.limit) : undecodable);
  }

  /** Hands the message over until it is done with. What is tried again stays in hand meanwhile: see the decision on retries. */
  async #settle(arrival: Arrival, incoming: Incoming): Promise<void> {
    while (!this.#end.aborted && this.#deliver) {
      const settlement = await this.#deliver({ ...incoming, ...this.#limit });
      if (this.#link.lost.aborted) return;
      switch (settlement.outcome) {
        case 'accepted':
        case 'rejected':
          if (await this.#isRemoved(arrival, incoming, settlement)) return;
          await passed(pause, this.#end);
          break;
        case 'retry':
          await passed(settlement.after, this.#end);
          break;
        case 'released':
          return this.#link.release(arrival, this.#next);
      }
    }
    if (!this.#link.lost.aborted) await this.#link.release(arrival);
  }

  /**
   * The kernel parks a message that has ended this process so often. Its own count begins with the second death, and the last hand-out is one
   * after which the broker does not give the message again.
   */
  get #limit(): { readonly giveUpAfter?: number } {
    const { giveUpAfter } = this.#source;
    return giveUpAfter === undefined ? {} : { giveUpAfter: giveUpAfter - 2 };
  }

  /** False when the reply is in nobody's hands, so that the message has to come again. */
  async #isRemoved(
    arrival: Arrival,
    { message: { id, replyTo } }: Incoming,
    { reply }: Extract<Settlement, { readonly outcome: 'accepted' | 'rejected' }>,
  ): Promise<boolean> {
    if (reply && replyTo !== undefined) {
      const error = await this.#replies.putWith(reply, replyTo, this.#link, arrival);
      if (error === 'both') this.#link.give(this.#next);
      if (error === 'both') return true;
      if (error !== 'put' && !(await this.#isKept(reply, replyTo, id, error))) return false;
    }
    await this.#link.accept(arrival, this.#next);
    return true;
  }

  /** How many messages may come in place of one that is done with: where this side is asked to stop, none. */
  get #next(): number {
    return this.#end.aborted ? 0 : 1;
  }

  async #isKept(reply: Message, to: string, messageId: string | undefined, why: TransportError): Promise<boolean> {
    try {
      await this.#context.undeliverable(reply, to, why);
      return true;
    } catch (error) {
      const fields = { messageId, reason: why.message, cause: String(error) };
      this.#context.log.warn(fields, 'a reply could be neither sent nor kept; its message comes again');
      return false;
    }
  }
}

const undecodable: Incoming = {
  message: { body: new Uint8Array(0), properties: {} },
  defect: errors.WB_AMQP_UNREADABLE('The message cannot be decoded.'),
};

/** Resolves after so many milliseconds, or when `end` aborts. */
async function passed(ms: number, end: AbortSignal): Promise<void> {
  if (end.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const onAbort = (): void => resolve();
  end.addEventListener('abort', onAbort, { once: true });
  await promise;
  clearTimeout(timer);
  end.removeEventListener('abort', onAbort);
}
