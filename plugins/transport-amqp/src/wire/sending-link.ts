import type { Delivery, EventContext, Sender, Message as WireMessage } from 'rhea';
import { errors } from '../errors.ts';
import { failureOfMessage, type Reason } from './failure.ts';
import { lossOf, type Terminus, whenOpen } from './link.ts';
import type { Wire } from './wire.ts';

/** What the broker has said about a message: one of the states of AMQP, as the library gives them. */
interface Outcome {
  /** Of a message in a transaction: what became of it. */
  readonly transactional?: Outcome | undefined;
  readonly constructor: { readonly composite_type?: 'accepted' | 'rejected' | 'released' | 'modified' };
  readonly error?: Reason;
}

/** Sends messages to one address. */
export class SendingLink {
  readonly address: string;
  /** Aborts when nothing can be sent any more. The reason is an error that says so. */
  readonly lost: AbortSignal;
  readonly #sender: Sender;
  readonly #unsettled = new Map<Delivery, (delivery: Delivery) => void>();
  readonly #waiting = new Set<() => void>();
  /** Handed to the library in this turn of the event loop: it counts them only at the end of it. */
  #justSent = 0;

  private constructor(sender: Sender, lost: AbortSignal, address: string) {
    this.address = address;
    this.lost = lost;
    this.#sender = sender;
    sender.on('sendable', () => this.#wake());
    sender.on('settled', ({ delivery }: EventContext) => delivery && this.#unsettled.get(delivery)?.(delivery));
    lost.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** Throws WB_AMQP_ADDRESS, WB_AMQP_BUSY, WB_AMQP_GONE, or WB_AMQP_CLOSED when `signal` aborts. */
  static async open(wire: Wire, target: Terminus & { readonly address: string }, signal: AbortSignal): Promise<SendingLink> {
    const sender = wire.session.open_sender({ target, treat_modified_as_released: false });
    const { address } = target;
    const lost = lossOf(sender, 'sender', wire, address);
    await whenOpen(sender, 'sender', { lost, signal, address });
    return new SendingLink(sender, lost, address);
  }

  /** The largest message that the broker takes, in bytes. */
  get largest(): number {
    return this.#sender.max_message_size || Number.POSITIVE_INFINITY;
  }

  /**
   * Resolves when the broker has taken the message, whose body is bytes. Throws the reason of `lost`, or WB_AMQP_GIVEN_UP, when nothing was sent;
   * WB_AMQP_NO_ANSWER when nobody knows; WB_AMQP_REFUSED or WB_AMQP_BUSY when the broker did not take it.
   */
  async send(message: WireMessage, signal: AbortSignal, tag?: Buffer): Promise<void> {
    await this.#credit(signal);
    const outcome = await this.#outcome(message, signal, tag);
    const kind = outcome?.constructor.composite_type;
    if (kind === 'accepted') return;
    if (kind === 'rejected') throw failureOfMessage(this.address, outcome?.error);
    if (kind === undefined) throw this.#doubt('it has settled the message without saying how');
    throw errors.WB_AMQP_BUSY(`The broker gives the message for ${this.address} back (${kind}).`, { outcome: 'not-sent' });
  }

  /** Nothing is under way. */
  get isIdle(): boolean {
    return this.#unsettled.size === 0 && this.#waiting.size === 0;
  }

  /** A tag for the next message, which has to be one of a kind on this link. */
  nextTag(): Buffer {
    return (this.#sender as unknown as { next_tag(): Buffer }).next_tag();
  }

  close(): void {
    if (!this.lost.aborted) this.#sender.close();
  }

  /** Waits for the broker to let one more message come. A message that the library has is sent, whatever happens meanwhile. */
  async #credit(signal: AbortSignal): Promise<void> {
    while (!this.#hasCredit) {
      if (this.lost.aborted) throw this.lost.reason;
      if (signal.aborted) throw errors.WB_AMQP_GIVEN_UP(`The broker let nothing come to ${this.address} in time.`, { outcome: 'not-sent' });
      await this.#change(signal);
    }
    if (this.#justSent++ === 0) setImmediate(() => (this.#justSent = 0));
  }

  get #hasCredit(): boolean {
    const { credit } = this.#sender as unknown as { readonly credit: number };
    return this.#sender.sendable() && credit > this.#justSent;
  }

  async #change(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    // Credit may be there again in the next turn, of which nobody tells.
    if (this.#justSent > 0) setImmediate(resolve);
    this.#waiting.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    this.#waiting.delete(resolve);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }

  async #outcome(message: WireMessage, signal: AbortSignal, tag: Buffer | undefined): Promise<Outcome | undefined> {
    // The connection may have ended since there was credit.
    if (this.lost.aborted) throw this.lost.reason;
    const { promise, resolve, reject } = Promise.withResolvers<Delivery>();
    const body = this.#sender.connection.container.message.data_section(message.body) as unknown;
    const delivery = this.#sender.send({ ...message, body }, tag);
    this.#unsettled.set(delivery, resolve);
    const onLost = (): void => reject(this.#doubt('the connection has ended'));
    const onAbort = (): void => reject(this.#doubt('the time was over'));
    this.lost.addEventListener('abort', onLost, { once: true });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const state = (await promise).remote_state as Outcome | undefined;
      return state?.transactional ?? state;
    } finally {
      this.#unsettled.delete(delivery);
      this.lost.removeEventListener('abort', onLost);
      signal.removeEventListener('abort', onAbort);
    }
  }

  #doubt(why: string): Error {
    return errors.WB_AMQP_NO_ANSWER(`Nobody knows whether ${this.address} has the message: ${why}.`, { outcome: 'unknown' });
  }
}
