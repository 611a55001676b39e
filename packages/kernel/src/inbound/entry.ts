import {
  type EntryLease,
  type Leg,
  type Listener,
  type ListenerState,
  type Log,
  type Message,
  type Principal,
  TransportError,
} from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff, reopenPolicy } from '../backoff.ts';
import { asTransportError, callPlugin } from '../call-plugin.ts';
import type { Connection, ConnectionUse } from '../connection.ts';
import { transportErrors } from '../errors.ts';
import { freshTrace } from '../ids.ts';
import { errorFields } from '../log.ts';
import { EntryTurn } from './entry-turn.ts';
import { inboxKey } from './inbox-key.ts';
import { Intake } from './intake.ts';
import { Lane } from './lane.ts';
import { Latch } from './latch.ts';
import { repliesOf } from './replies.ts';
import type { InboundServices } from './services.ts';
import { StoredLoop } from './stored-loop.ts';

/** A listener that received for this long was well: its next failure counts as the first, in milliseconds. */
const wellAfter = 30_000;

/**
 * - closed: not started yet, or stopped.
 * - opening: waits for its connection and its first listener.
 * - receiving, standing-by, paused: what the listener says of itself; standing by also while another process has the lease.
 * - degraded: the last listener failed; the next one is opened after a while.
 */
export type InboundState = 'closed' | 'opening' | ListenerState | 'degraded';

/** One inbound entry: keeps a listener running, opens a new one whenever it fails, and works on what waits in the journal. */
export class InboundEntry {
  readonly #entry: CheckedInbound;
  readonly #connection: Connection;
  readonly #services: InboundServices;
  readonly #folder: string;
  readonly #log: Log;
  readonly #stop = new AbortController();
  readonly #turn: EntryTurn;
  readonly #mayWork = new Latch();
  readonly #intake: Intake;
  readonly #stored: StoredLoop;
  #ended: Promise<void> | undefined;
  #listener: Listener | undefined;
  state: InboundState = 'closed';
  /** Why it does not receive. */
  reason: string | undefined;

  /** Throws `WB_PLUGIN_MISMATCH` when the transport does not receive, whatever its card says. */
  constructor(entry: CheckedInbound, connection: Connection, services: InboundServices, folder: string) {
    this.#entry = entry;
    this.#connection = connection;
    this.#services = services;
    this.#folder = folder;
    this.#log = services.log.child({ inbound: entry.name });
    const lane = new Lane(entry.order === 'serial' ? 1 : entry.concurrency);
    const { guarantees } = this.#side;
    this.#turn = new EntryTurn(entry, guarantees, services);
    const stop = this.#stop.signal;
    const taken = () => this.#turn.lease?.lost;
    this.#stored = new StoredLoop(entry, services, { lane, guarantees, stop, taken, ready: (signal) => this.#mayWork.passed(signal) });
    const stored = () => this.#stored.wake();
    this.#intake = new Intake(entry, guarantees, services, { lane, stored, stop, lease: () => this.#turn.lease });
    if (!this.#turn.isAlone) this.#mayWork.open();
  }

  get name(): string {
    return this.#entry.name;
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
    this.state = 'opening';
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
    this.state = 'closed';
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
        this.#tell('standing-by', 'another process receives this entry');
        first.opened();
      });
      if (stop.aborted) return;
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
    this.state = 'degraded';
    this.reason = error.message;
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
      const listener = await this.#open(use);
      this.#listener = listener;
      if (this.state === 'opening' || this.state === 'degraded') this.#tell('receiving');
      opened();
      await listener.run(this.#intake.deliver, stop);
      if (!stop.aborted) throw transportErrors.WB_LISTENER_ENDED(`The listener of ${this.name} ended by itself.`);
    } catch (cause) {
      error = asTransportError(cause, `Receiving on ${this.name}`);
    }
    this.#listener = undefined;
    if (this.#turn.isAlone) this.#mayWork.close();
    this.state = 'opening';
    await use?.release(error?.connectionLost ?? false);
    return stop.aborted ? undefined : error;
  }

  #open(use: ConnectionUse): Promise<Listener> {
    const { name, settings, concurrency, order } = this.#entry;
    return callPlugin(`Opening inbound ${name}`, (signal) =>
      this.#side.open(use.handle, settings, {
        name,
        log: this.#log,
        folder: this.#folder,
        signal,
        concurrency: order === 'serial' ? 1 : concurrency,
        order,
        stateOf: (id, principal) => this.#stateOf(id, principal),
        tell: (state, reason) => this.#tell(state, reason),
        report: this.#services.report,
        undeliverable: (reply, to, error) => this.#keepReply(reply, to, error),
      }),
    );
  }

  #tell(state: ListenerState, reason?: string): void {
    if (this.state !== state && (state !== 'receiving' || this.state === 'degraded'))
      this.#log.info({ state, reason }, 'the listener changed its state');
    if (state === 'standing-by' && this.#turn.isAlone) this.#mayWork.close();
    else this.#mayWork.open();
    this.state = state;
    this.reason = state === 'receiving' ? undefined : reason;
  }

  async #stateOf(id: string, principal: Principal | undefined) {
    const { known } = await this.#services.keeper.journal.inbox.find(inboxKey(this.name, id, principal));
    if (known.state === 'unknown') return undefined;
    return known.state === 'waiting' ? 'stored' : known.state;
  }

  async #keepReply(reply: Message, to: string, error: TransportError): Promise<void> {
    const leg: Leg = {
      entry: repliesOf(this.name),
      event: '',
      type: reply.type ?? '',
      trace: freshTrace(),
      cause: reply.correlationId,
      message: { ...reply, replyTo: to },
    };
    const { keeper, wake } = this.#services;
    this.#log.warn({ messageId: reply.id, ...errorFields(error) }, 'a reply could not be delivered; it is kept and sent later');
    await keeper.do(() => keeper.journal.outbox.publish([leg]));
    wake([leg]);
  }
}
