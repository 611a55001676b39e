import type { Listener } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import type { Connection } from '@waybill/plugin-host/kernel';
import type { Pause } from '../desk/pauses.ts';
import type { InboundStatus } from '../desk/status.ts';
import { Intake } from './intake.ts';
import { Lane } from './lane.ts';
import { EntryState, EntryTurn } from './listening/entry-state.ts';
import { ListenerKeeper } from './listening/listener-keeper.ts';
import type { ListeningHooks } from './listening/open-listener.ts';
import type { InboundServices } from './services.ts';
import { StoredLoop } from './stored-loop.ts';

/** One inbound entry: takes what its listener receives, and works on what waits in the journal. */
export class InboundEntry {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;
  readonly #stop = new AbortController();
  readonly #pause: Pause;
  readonly #turn: EntryTurn;
  readonly #state: EntryState;
  readonly #intake: Intake;
  readonly #stored: StoredLoop;
  readonly #keeper: ListenerKeeper;
  #ended: Promise<void> | undefined;

  /** Throws `WB_PLUGIN_MISMATCH` when the transport does not receive, whatever its card says. */
  constructor(entry: CheckedInbound, connection: Connection, shared: Omit<InboundServices, 'taking'>, folder: string) {
    const services = { ...shared, taking: shared.registry.taking(entry) };
    this.#entry = entry;
    this.#services = services;
    const log = services.log.child({ inbound: entry.name });
    const lane = new Lane(entry.order === 'serial' ? 1 : entry.concurrency);
    const { guarantees } = connection.receiving;
    this.#pause = services.pauses.of('in', entry.name);
    this.#turn = new EntryTurn(entry, guarantees, services);
    this.#state = new EntryState(log, this.#turn.isAlone);
    const stop = this.#stop.signal;
    this.#stored = new StoredLoop(entry, services, {
      lane,
      guarantees,
      turn: this.#turn,
      resting: () => stop.aborted || this.#pause.isOn,
      ready: (signal) => this.#mayWork(signal),
    });
    const stored = () => this.#stored.loop.wake();
    this.#intake = new Intake(entry, guarantees, services, { lane, stored, stop, turn: this.#turn, slowed: this.#slowed });
    const hooks: ListeningHooks = { log, folder, tell: (state, reason) => this.#state.tell(state, reason) };
    const own = { turn: this.#turn, state: this.#state, pause: this.#pause, deliver: this.#intake.deliver };
    this.#keeper = new ListenerKeeper({ entry, connection, services, hooks, ...own });
  }

  get status(): InboundStatus {
    const { current: state, reason } = this.#state;
    return { name: this.#entry.name, state, reason, inHand: this.#intake.inHand };
  }

  /** The listener through which replies can be sent; undefined while there is none. */
  get listener(): Listener | undefined {
    return this.#keeper.listener;
  }

  /**
   * Resolves when the first listener is open, when another process has the entry, or when opening failed in a way that may
   * pass: then it goes on trying. Rejects when the error is final: the manifest is wrong.
   */
  start(): Promise<void> {
    this.#state.without('opening');
    return new Promise((resolve, reject) => {
      this.#ended = this.#keeper.run(this.#stop.signal, { opened: resolve, refused: reject });
      this.#stored.loop.start();
    });
  }

  /** Something waits in the journal. */
  wake(): void {
    this.#stored.loop.wake();
  }

  /** Takes nothing more; resolves when what is in hand is settled and the listener has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#ended, this.#stored.loop.stop()]);
    await this.#turn.end();
    this.#state.without('closed');
  }

  /** Where all that it feeds is away: resolves after a second, so that each place takes one message a second. */
  readonly #slowed = (stop: AbortSignal): Promise<void> | undefined => {
    const { feeds } = this.#entry;
    return feeds.length > 0 && this.#services.areAway(feeds) ? this.#services.clock.sleep(1_000, stop) : undefined;
  };

  async #mayWork(stop: AbortSignal): Promise<void> {
    await this.#slowed(stop);
    do {
      await this.#pause.over(stop);
      await this.#state.mayWork.passed(stop);
    } while (this.#pause.isOn && !stop.aborted);
  }
}
