import type { Delivery, Listener, Log, Settlement, TransportError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { asTransportError, backoff, type Connection, type ConnectionUse, plain, reopenPolicy } from '@waybill/plugin-host/kernel';
import type { Pause } from '../../desk/pauses.ts';
import { transportErrors } from '../../errors.ts';
import type { InboundServices } from '../services.ts';
import type { EntryState, EntryTurn } from './entry-state.ts';
import { type ListeningHooks, openListener } from './open-listener.ts';

/** A listener that received for this long was well: its next failure counts as the first, in milliseconds. */
const wellAfter = 30_000;

export interface ListenerKeeperParts {
  readonly entry: CheckedInbound;
  readonly connection: Connection;
  readonly services: InboundServices;
  readonly hooks: ListeningHooks;
  readonly turn: EntryTurn;
  readonly state: EntryState;
  readonly pause: Pause;
  readonly deliver: (delivery: Delivery) => Promise<Settlement>;
}

/** What is to be told once of the beginning. */
export interface First {
  /** The first listener is open, or it is settled that the kernel runs without one for now. */
  opened(): void;
  /** The error is final: the manifest is wrong. */
  refused(error: unknown): void;
}

/** Keeps a listener running for one entry: opens a new one whenever it fails, has none while the entry is paused. */
export class ListenerKeeper {
  readonly #parts: ListenerKeeperParts;
  readonly #log: Log;
  /** Undefined while there is none that receives. */
  listener: Listener | undefined;

  constructor(parts: ListenerKeeperParts) {
    this.#parts = parts;
    this.#log = parts.hooks.log;
  }

  /** Resolves when `stopped` aborts and the listener has ended, or when the first one was refused. */
  async run(stopped: AbortSignal, first: First): Promise<void> {
    const { pause } = this.#parts;
    const { clock } = this.#parts.services;
    let [failures, wasOpen] = [0, false];
    const opened = () => {
      wasOpen = true;
      first.opened();
    };
    while (!stopped.aborted) {
      if (pause.isOn) await this.#rest(stopped, wasOpen, opened);
      const stop = AbortSignal.any([stopped, pause.began]);
      const since = clock.now();
      const error = await this.#takeTurn(stop, first, opened);
      if (!error) continue;
      if (!wasOpen && !error.retryable) return first.refused(error);
      first.opened();
      failures = clock.now() - since > wellAfter ? 1 : failures + 1;
      await this.#waitAfter(error, failures, stop);
    }
  }

  /** Receives when it may. Resolves with what ended that; undefined when `stop` did, or another process has the lease now. */
  async #takeTurn(stop: AbortSignal, first: First, opened: () => void): Promise<TransportError | undefined> {
    const { turn, state, entry } = this.#parts;
    try {
      const lease = await turn.take(stop, () => {
        state.tell('standing-by', 'another process receives this entry');
        first.opened();
      });
      if (stop.aborted) return undefined;
      state.without('opening');
      return await this.#receive(lease ? AbortSignal.any([stop, lease.lost]) : stop, opened);
    } catch (cause) {
      return stop.aborted ? undefined : asTransportError(cause, `Taking the turn of ${entry.name}`);
    }
  }

  /**
   * People have paused the entry. A listener that never was open is opened and ended: then its address tells senders to come again,
   * as that of a listener does which has ended, and not that there is no such address.
   */
  async #rest(stopped: AbortSignal, wasOpen: boolean, opened: () => void): Promise<void> {
    const { turn, state, pause } = this.#parts;
    await turn.end();
    if (!wasOpen) await this.#receive(AbortSignal.abort(), () => undefined);
    if (pause.isOn) state.without('paused', pause.reason);
    opened();
    await pause.over(stopped);
    state.without('opening');
  }

  async #waitAfter(error: TransportError, failures: number, stop: AbortSignal): Promise<void> {
    const { state, connection, services } = this.#parts;
    state.without('degraded', error.message);
    const nextTry = connection.opensIn(error) ?? Math.max(backoff(reopenPolicy, failures), error.retryAfter ?? 0);
    connection.tell(error, 'receiving stopped, the listener is opened again', nextTry, this.#log);
    await services.clock.sleep(nextTry, stop);
  }

  /** One listener from opening to its end. Resolves with what ended it; undefined when `stop` did: it was asked to, or has lost its lease. */
  async #receive(stop: AbortSignal, opened: () => void): Promise<TransportError | undefined> {
    const { entry, connection, services, hooks, state, deliver } = this.#parts;
    let use: ConnectionUse | undefined;
    let error: TransportError | undefined;
    try {
      use = await connection.use(stop);
      const listener = await openListener(entry, connection.receiving, use, services, hooks);
      this.listener = listener;
      // A listener that stands by has said so while it was opened.
      if (state.current === 'opening' && !stop.aborted) state.tell('receiving');
      opened();
      await listener.run(deliver, plain(stop));
      if (!stop.aborted) throw transportErrors.WB_LISTENER_ENDED(`The listener of ${entry.name} ended by itself.`);
    } catch (cause) {
      error = asTransportError(cause, `Receiving on ${entry.name}`);
    }
    this.listener = undefined;
    state.without('opening');
    await use?.release(error?.connectionLost ?? false);
    return stop.aborted ? undefined : error;
  }
}
