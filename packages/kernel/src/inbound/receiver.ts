import { type Log, type Principal, TransportError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff, reopenPolicy } from '../backoff.ts';
import { asPluginError, type Connection, type ConnectionUse, limited } from '../connection.ts';
import { remedy } from '../errors.ts';
import { errorFields } from '../log.ts';
import { inboxKey } from './inbox-key.ts';
import { Intake } from './intake.ts';
import type { InboundServices } from './services.ts';
import { StoredLoop } from './stored-loop.ts';

/** A listener that received for this long was well: its next failure counts as the first, in milliseconds. */
const wellAfter = 30_000;

export type ReceiverState = 'closed' | 'opening' | 'receiving' | 'degraded';

/** One inbound entry: keeps a listener running, opens a new one whenever it fails, and works on what waits in the journal. */
export class Receiver {
  readonly #entry: CheckedInbound;
  readonly #connection: Connection;
  readonly #services: InboundServices;
  readonly #folder: string;
  readonly #log: Log;
  readonly #stop = new AbortController();
  readonly #intake: Intake;
  readonly #stored: StoredLoop;
  #ended: Promise<void> | undefined;
  state: ReceiverState = 'closed';

  /** Throws `WB_PLUGIN_MISMATCH` when the transport does not receive, whatever its card says. */
  constructor(entry: CheckedInbound, connection: Connection, services: InboundServices, folder: string) {
    this.#entry = entry;
    this.#connection = connection;
    this.#services = services;
    this.#folder = folder;
    this.#log = services.log.child({ inbound: entry.name });
    this.#stored = new StoredLoop(entry, services);
    this.#intake = new Intake(entry, this.#side.guarantees, services, { stored: () => this.#stored.wake(), stop: this.#stop.signal });
  }

  get name(): string {
    return this.#entry.name;
  }

  get inHand(): number {
    return this.#intake.inHand;
  }

  /**
   * Resolves when the first listener is open, or when opening it failed in a way that may pass: then it goes on trying.
   * Rejects when the error is final: the manifest is wrong.
   */
  start(): Promise<void> {
    this.state = 'opening';
    return new Promise((resolve, reject) => {
      this.#ended = this.#run({ opened: resolve, refused: reject });
      this.#stored.start();
    });
  }

  /** A replayed message waits in the journal. */
  wake(): void {
    this.#stored.wake();
  }

  /** Takes nothing more; resolves when what is in hand is settled and the listener has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#ended, this.#stored.stop()]);
    this.state = 'closed';
  }

  get #side() {
    const { receive, name } = this.#connection.transport;
    if (receive) return receive;
    throw new TransportError('WB_PLUGIN_MISMATCH', `The transport ${name} does not receive.`, { hint: remedy('WB_PLUGIN_MISMATCH') });
  }

  async #run(first: { opened(): void; refused(error: unknown): void }): Promise<void> {
    let failures = 0;
    let wasOpen = false;
    while (!this.#stop.signal.aborted) {
      const since = this.#services.clock.now();
      const error = await this.#receive(() => {
        wasOpen = true;
        first.opened();
      });
      if (!error) return;
      if (!wasOpen && !error.retryable) return first.refused(error);
      first.opened();
      failures = this.#services.clock.now() - since > wellAfter ? 1 : failures + 1;
      await this.#pause(error, failures);
    }
  }

  async #pause(error: TransportError, failures: number): Promise<void> {
    this.state = 'degraded';
    const wait = backoff(reopenPolicy, failures);
    this.#log.warn({ ...errorFields(error), nextTry: wait }, 'receiving stopped, opening again');
    await this.#services.clock.sleep(wait, this.#stop.signal);
  }

  /** One listener from opening to its end. Resolves with what ended it; undefined when it was asked to stop. */
  async #receive(opened: () => void): Promise<TransportError | undefined> {
    let use: ConnectionUse | undefined;
    let error: TransportError | undefined;
    try {
      use = await this.#connection.use(this.#stop.signal);
      const listener = await this.#open(use);
      this.state = 'receiving';
      opened();
      await listener.run(this.#intake.deliver, this.#stop.signal);
      if (!this.#stop.signal.aborted)
        throw new TransportError('WB_LISTENER_ENDED', `The listener of ${this.name} ended by itself.`, {
          retryable: true,
          hint: remedy('WB_LISTENER_ENDED'),
        });
    } catch (cause) {
      error = asPluginError(cause, `Receiving on ${this.name}`);
    }
    await use?.release(error?.connectionLost ?? false);
    return this.#stop.signal.aborted ? undefined : error;
  }

  #open(use: ConnectionUse) {
    const { name, settings, concurrency, order } = this.#entry;
    const stateOf = async (id: string, principal?: Principal) => {
      const { state } = await this.#services.journal.find(inboxKey(name, id, principal));
      if (state === 'unknown') return undefined;
      return state === 'waiting' ? 'stored' : state;
    };
    return limited(`Opening inbound ${name}`, (signal) =>
      this.#side.open(use.handle, settings, {
        name,
        log: this.#log,
        folder: this.#folder,
        signal,
        stateOf,
        concurrency: order === 'serial' ? 1 : concurrency,
      }),
    );
  }
}
