import type { Message, Receipt, RequestOptions, SendContext, Sender, SendOptions, TransportError } from '@waybill/contract';
import type { AmqpConnection } from './amqp-connection.ts';
import { errors } from './errors.ts';
import { type Outgoing, toWire } from './message.ts';
import type { Profile } from './profiles.ts';
import { Requests } from './requests.ts';
import type { Target } from './settings.ts';
import { SendingLink } from './wire/sending-link.ts';
import type { Wire } from './wire/wire.ts';

/** Sends messages to an address of a broker, and waits for replies. */
export class AmqpSender implements Sender {
  readonly #wire: Wire;
  readonly #link: SendingLink;
  readonly #target: Target;
  readonly #profile: Profile;
  readonly #requests: Requests;
  readonly #inFlight = new Set<Promise<unknown>>();
  #isClosed = false;

  private constructor(wire: Wire, link: SendingLink, target: Target, profile: Profile, { late, log }: Pick<SendContext, 'late' | 'log'>) {
    this.#wire = wire;
    this.#link = link;
    this.#target = target;
    this.#profile = profile;
    this.#requests = new Requests(wire, target, profile, { late, log });
  }

  /** Throws as `AmqpConnection.open` and links do. */
  static async open(connection: AmqpConnection, target: Target, context: SendContext): Promise<AmqpSender> {
    const { profile } = connection;
    const wire = await connection.wire(context.signal);
    try {
      const link = await SendingLink.open(wire, { address: target.queue, capabilities: profile.queue }, context.signal);
      return new AmqpSender(wire, link, target, profile, context);
    } catch (error) {
      await wire.close();
      throw error;
    }
  }

  async send(message: Message, { signal }: SendOptions): Promise<Receipt> {
    this.#refuseLate(signal);
    await this.#track(this.#put(message, { address: this.#target.queue, expiry: this.#target.expiry }, signal));
    return { id: message.id, detail: `address ${this.#target.queue}` };
  }

  /** The request expires together with the wait for its reply, so that nobody works for a requester who has gone. */
  async request(message: Message, { signal, timeout }: RequestOptions): Promise<Message> {
    this.#refuseLate(signal);
    const { queue: address, expiry = timeout } = this.#target;
    const unsent = new AbortController();
    const ask = async (): Promise<Message> => {
      const replyTo = await this.#requests.address(signal);
      const reply = this.#requests.await(message.id, { signal: AbortSignal.any([signal, unsent.signal]), timeout });
      // Whether the request was sent is told first.
      reply.catch(() => undefined);
      try {
        await this.#put(message, { address, replyTo, expiry: Math.min(expiry, timeout) }, signal);
      } catch (error) {
        unsent.abort();
        throw error;
      }
      return reply;
    };
    return this.#track(ask());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#inFlight);
    await this.#requests.settled();
    await this.#wire.close();
  }

  #refuseLate(signal: AbortSignal): void {
    const { queue: address } = this.#target;
    if (this.#isClosed) throw errors.WB_AMQP_CLOSED(`The sender of ${address} is closed.`, { outcome: 'not-sent' });
    if (signal.aborted) throw errors.WB_AMQP_GIVEN_UP(`The time for sending to ${address} was over.`, { outcome: 'not-sent' });
  }

  async #put(message: Message, outgoing: Outgoing, signal: AbortSignal): Promise<void> {
    if (message.body.byteLength > this.#link.largest) throw this.#tooLarge(message);
    await this.#link.send(toWire(message, outgoing, this.#profile), signal);
  }

  #tooLarge({ body }: Message): TransportError {
    const text = `The message has ${body.byteLength} bytes, the broker takes ${this.#link.largest} at ${this.#target.queue}.`;
    return errors.WB_AMQP_TOO_LARGE(text, { outcome: 'refused' });
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight.add(work);
    try {
      return await work;
    } finally {
      this.#inFlight.delete(work);
    }
  }
}
