import type { Delivery, EventContext, Receiver, Message as WireMessage } from 'rhea';
import { keepUndecodable } from './inner.ts';
import { lossOf, type Terminus, whenOpen } from './link.ts';
import { Settling } from './settling.ts';
import type { Wire } from './wire.ts';

/** How long the broker may take to say that nothing more comes, in milliseconds. Some never do. */
const patience = 2_000;

/** A message in the hands of this side. */
export interface Arrival {
  /** Undefined where it cannot be decoded. */
  readonly message: WireMessage | undefined;
  readonly delivery: Delivery;
}

/** Takes messages from one address, as many as it was given credit for. */
export class ReceivingLink {
  /** Of an address that the broker has made up: that one. */
  readonly address: string;
  /** Aborts when nothing comes any more. The reason is an error that says so. */
  readonly lost: AbortSignal;
  readonly #receiver: Receiver;
  readonly #settling = new Settling();
  readonly #arrived: (arrival: Arrival) => void;

  private constructor(receiver: Receiver, lost: AbortSignal, address: string, arrived: (arrival: Arrival) => void) {
    this.address = address;
    this.lost = lost;
    this.#receiver = receiver;
    this.#arrived = arrived;
    receiver.on('message', ({ message, delivery }: EventContext) => delivery && this.#arrived({ message, delivery }));
    keepUndecodable(receiver, (delivery) => this.#arrived({ message: undefined, delivery }));
  }

  /** Throws WB_AMQP_ADDRESS, WB_AMQP_BUSY, WB_AMQP_GONE, or WB_AMQP_CLOSED when `signal` aborts. */
  static async open(wire: Wire, source: Terminus, arrived: (arrival: Arrival) => void, signal: AbortSignal): Promise<ReceivingLink> {
    const receiver = wire.session.open_receiver({ source, credit_window: 0, autoaccept: false });
    const wanted = source.address ?? 'an address for replies';
    const lost = lossOf(receiver, 'receiver', wire, wanted);
    await whenOpen(receiver, 'receiver', { lost, signal, address: wanted });
    const address = source.address ?? (receiver.source as { readonly address?: string }).address ?? '';
    return new ReceivingLink(receiver, lost, address, arrived);
  }

  /** Lets so many more messages come. */
  give(credit: number): void {
    if (!this.lost.aborted) this.#receiver.add_credit(credit);
  }

  /** The message is done with: the broker removes it. Resolves when that was said. */
  accept({ delivery }: Pick<Arrival, 'delivery'>): Promise<void> {
    return this.#settling.apply(() => delivery.accept());
  }

  /** The message goes back to its place, and this time is not counted. */
  release({ delivery }: Pick<Arrival, 'delivery'>): Promise<void> {
    return this.#settling.apply(() => delivery.release());
  }

  /** Somebody else may have the message, but this link does not get it again. */
  pass({ delivery }: Pick<Arrival, 'delivery'>): Promise<void> {
    return this.#settling.apply(() => delivery.modified({ undeliverable_here: true }));
  }

  /** Settles in a way that only `settle` knows. */
  settle(settle: () => void): Promise<void> {
    return this.#settling.apply(settle);
  }

  /** Resolves when nothing comes any more that was given credit for; what comes until then has arrived before. */
  async drain(): Promise<void> {
    // Without credit nothing comes, and a broker may have nothing to say to it.
    const { credit } = this.#receiver as unknown as { readonly credit: number };
    if (this.lost.aborted || credit === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patience);
    this.#receiver.once('receiver_drained', () => resolve());
    this.lost.addEventListener('abort', () => resolve(), { once: true });
    this.#receiver.drain_credit();
    await promise;
    clearTimeout(timer);
  }
}
