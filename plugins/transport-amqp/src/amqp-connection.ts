import type { Log } from '@waybill/contract';
import { errors } from './errors.ts';
import { type Profile, profileOf } from './profiles.ts';
import type { Broker, Source, Target } from './settings.ts';
import { ReceivingLink } from './wire/receiving-link.ts';
import { SendingLink } from './wire/sending-link.ts';
import type { Wire } from './wire/wire.ts';

/**
 * A broker that this side has come to. Each endpoint has a wire of its own, because some brokers give one session a connection; the
 * first one gets that which was opened to see whether the broker is there.
 */
export class AmqpConnection {
  readonly profile: Profile;
  readonly #broker: Broker;
  readonly #name: string;
  readonly #log: Log;
  readonly #wires = new Set<Wire>();
  #first: Wire | undefined;
  #isClosed = false;

  private constructor(broker: Broker, name: string, log: Log) {
    this.profile = profileOf(broker);
    this.#broker = broker;
    this.#name = name;
    this.#log = log;
  }

  /** Throws WB_AMQP_UNREACHABLE, WB_AMQP_LOGIN, WB_AMQP_TLS, WB_AMQP_PROTOCOL, or WB_AMQP_CLOSED when `signal` aborts. */
  static async open(
    broker: Broker,
    context: { readonly name: string; readonly log: Log; readonly signal: AbortSignal },
  ): Promise<AmqpConnection> {
    const connection = new AmqpConnection(broker, context.name, context.log);
    connection.#first = await connection.#dial(context.signal);
    return connection;
  }

  /** A wire that nobody else uses. Throws as `open` does. */
  async wire(signal: AbortSignal): Promise<Wire> {
    const first = this.#first;
    this.#first = undefined;
    return first && !first.lost.aborted ? first : this.#dial(signal);
  }

  /** Throws WB_AMQP_GONE, or what `open` throws: whether the broker is there. */
  async probe(): Promise<void> {
    const wire = await this.wire(new AbortController().signal);
    this.#first ??= wire;
  }

  /** Sees whether messages can be taken from an address, and takes none. Throws as links do. */
  probeSource({ queue }: Source): Promise<void> {
    const nothing = (): void => undefined;
    return this.#tried((wire, signal) => ReceivingLink.open(wire, { address: queue, capabilities: this.profile.queue }, nothing, signal));
  }

  /** Sees whether messages can be sent to an address, and sends none. Throws as links do. */
  probeTarget({ queue }: Target): Promise<void> {
    return this.#tried((wire, signal) => SendingLink.open(wire, { address: queue, capabilities: this.profile.queue }, signal));
  }

  async #tried(open: (wire: Wire, signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const { signal } = new AbortController();
    const wire = await this.wire(signal);
    try {
      await open(wire, signal);
    } finally {
      await wire.close();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#wires].map((wire) => wire.close()));
  }

  async #dial(signal: AbortSignal): Promise<Wire> {
    if (this.#isClosed) throw errors.WB_AMQP_CLOSED(`The connection ${this.#name} is closed.`, { connectionLost: true });
    // Loaded here: TLS and the library take time and memory, and a check of a manifest needs neither.
    const { dial } = await import('./wire/dial.ts');
    const wire = await dial(this.#broker, this.#name, signal);
    this.#wires.add(wire);
    wire.whenLost(() => this.#wires.delete(wire));
    this.#log.debug({ host: wire.host }, 'a connection to the broker was opened');
    return wire;
  }
}
