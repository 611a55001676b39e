import type { EntryLease, Listener, Log, TransportError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff, reopenPolicy } from '../backoff.ts';
import { asTransportError } from '../call-plugin.ts';
import type { Connection, ConnectionUse } from '../connection.ts';
import { transportErrors } from '../errors.ts';
import { errorFields } from '../log.ts';
import { EntryState, type InboundState } from './entry-state.ts';
import { EntryTurn } from './entry-turn.ts';
import { Intake } from './intake.ts';
import { Lane } from './lane.ts';
import { type ListeningHooks, openListener } from './listening.ts';
import type { InboundServices } from './services.ts';
import { StoredLoop } from './stored-loop.ts';

/** A listener that received for this long was well: its next failure counts as the first, in milliseconds. */
const wellAfter = 30_000;

/** One inbound entry: keeps a listener running, opens a new one whenever it fails, and works on what waits in the journal. */
export class InboundEntry {
  readonly #entry: CheckedInbound;
  readonly #connection: Connection;
  readonly #services: InboundServices;
  readonly #log: Log;
  readonly #hooks: ListeningHooks;
  readonly #stop = new AbortController();
  readonly #turn: EntryTurn;
  readonly #state: EntryState;
  readonly #intake: Intake;
  readonly #stored: StoredLoop;
  #ended: Promise<void> | undefined;
  #listener: Listener | undefined;

  /** Throws `WB_PLUGIN_MISMATCH` when the transport does not receive, whatever its card says. */
  constructor(entry: CheckedInbound, connection: Connection, services: InboundServices, folder: string) {
    this.#entry = entry;
    this.#connection = connection;
    this.#services = services;
    this.#log = services.log.child({ inbound: entry.name });
    this.#hooks = { log: this.#log, folder, tell: (state, reason) => this.#state.tell(state, reason) };
    const lane = new Lane(entry.order === 'serial' ? 1 : entry.concurrency);
    const { guarantees } = this.#side;
    this.#turn = new EntryTurn(entry, guarantees, services);
    this.#state = new EntryState(this.#log, this.#turn.isAlone);
    const stop = this.#stop.signal;
    const taken = () => this.#turn.lease?.lost;
    this.#stored = new StoredLoop(entry, services, {
      lane,
      guarantees,
      stop,
      taken,
      ready: (signal) => this.#state.mayWork.passed(signal),
    });
    const stored = () => this.#stored.wake();
    this.#intake = new Intake(entry, guarantees, services, { lane, stored, stop, lease: () => this.#turn.lease });
  }

  get name(): string {
    return this.#entry.name;
  }

  get state(): InboundState {
    return this.#state.current;
  }

  /** Why it does not receive. */
  get reason(): string | undefined {
    return this.#state.reason;
  }

  get inHand(): number {
    return this.#intake.inHand;
  }

  /** The listener through which replies can be sent; undefined while there is none. */
  get listener(): Listener | undefined {
    return this.#listener;
  }

  /**
   * Resolves when the first listener is open, when another process has the entry, or when opening failed in a way that may
   * pass: then it goes on trying. Rejects when the error is final: the manifest is wrong.
   */
  start(): Promise<void> {
    this.#state.without('opening');
    return new Promise((resolve, reject) => {
      this.#ended = this.#run({ opened: resolve, refused: reject });
      this.#stored.start();
    });
  }

  /** Something waits in the journal. */
  wake(): void {
    this.#stored.wake();
  }

  /** Takes nothing more; resolves when what is in hand is settled and the listener has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#ended, this.#stored.stop()]);
    await this.#turn.end();
    this.#state.without('closed');
  }

  get #side() {
    const { receive, name } = this.#connection.transport;
    if (receive) return receive;
    throw transportErrors.WB_PLUGIN_MISMATCH(`The transport ${name} does not receive.`);
  }

  async #run(first: { opened(): void; refused(error: unknown): void }): Promise<void> {
    let failures = 0;
    let wasOpen = false;
    const stop = this.#stop.signal;
    while (!stop.aborted) {
      const lease = await this.#turn.take(stop, () => {
        this.#state.tell('standing-by', 'another process receives this entry');
        first.opened();
      });
      if (stop.aborted) return;
      this.#state.without('opening');
      const since = this.#services.clock.now();
      const error = await this.#receive(lease, () => {
        wasOpen = true;
        first.opened();
      });
      if (!error) continue;
      if (!wasOpen && !error.retryable) return first.refused(error);
      first.opened();
      failures = this.#services.clock.now() - since > wellAfter ? 1 : failures + 1;
      await this.#pause(error, failures);
    }
  }

  async #pause(error: TransportError, failures: number): Promise<void> {
    this.#state.without('degraded', error.message);
    const wait = Math.max(backoff(reopenPolicy, failures), error.retryAfter ?? 0);
    this.#log.warn({ ...errorFields(error), nextTry: wait }, 'receiving stopped, the listener is opened again');
    await this.#services.clock.sleep(wait, this.#stop.signal);
  }

  /** One listener from opening to its end. Resolves with what ended it; undefined when it was asked to stop, or when its lease was lost. */
  async #receive(lease: EntryLease | undefined, opened: () => void): Promise<TransportError | undefined> {
    const stop = lease ? AbortSignal.any([this.#stop.signal, lease.lost]) : this.#stop.signal;
    let use: ConnectionUse | undefined;
    let error: TransportError | undefined;
    try {
      use = await this.#connection.use(stop);
      const listener = await openListener(this.#entry, this.#side, use, this.#services, this.#hooks);
      this.#listener = listener;
      // A listener that stands by has said so while it was opened.
      if (this.state === 'opening') this.#state.tell('receiving');
      opened();
      await listener.run(this.#intake.deliver, stop);
      if (!stop.aborted) throw transportErrors.WB_LISTENER_ENDED(`The listener of ${this.name} ended by itself.`);
    } catch (cause) {
      error = asTransportError(cause, `Receiving on ${this.name}`);
    }
    this.#listener = undefined;
    this.#state.without('opening');
    await use?.release(error?.connectionLost ?? false);
    return stop.aborted ? undefined : error;
  }
}
