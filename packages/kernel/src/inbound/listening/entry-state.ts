import type { EntryLease, ListenerState, Log, ReceiveGuarantees } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { Latch } from '@waybill/plugin-host/kernel';
import type { InboundServices } from '../services.ts';

/**
 * - closed: not started yet, or stopped.
 * - opening: waits for its connection and its first listener.
 * - receiving, standing-by, paused: what the listener says of itself; standing by also while another process has the lease, and
 *   paused also while people have paused the entry: then it has no listener.
 * - degraded: the last listener failed; the next one is opened after a while.
 */
export type InboundState = 'closed' | 'opening' | ListenerState | 'degraded';

/** What an entry does at the moment, and whether this process may work on what is stored for it. */
export class EntryState {
  readonly #log: Log;
  readonly #isAlone: boolean;
  readonly mayWork = new Latch();
  current: InboundState = 'closed';
  /** Why it does not receive. */
  reason: string | undefined;

  /** `isAlone`: only the process that receives the entry works on what is stored. */
  constructor(log: Log, isAlone: boolean) {
    this.#log = log;
    this.#isAlone = isAlone;
    if (!isAlone) this.mayWork.open();
  }

  /** What the listener says of itself. */
  tell(state: ListenerState, reason?: string): void {
    const isNews = this.current !== state && (state !== 'receiving' || this.current !== 'opening');
    if (isNews) this.#log.info({ state, reason }, 'the listener changed its state');
    this.current = state;
    this.reason = state === 'receiving' ? undefined : reason;
    if (!this.#isAlone) return;
    if (state === 'standing-by') this.mayWork.close();
    else this.mayWork.open();
  }

  /** There is no listener (yet, or any more). */
  without(state: 'closed' | 'opening' | 'degraded' | 'paused', reason?: string): void {
    this.current = state;
    this.reason = reason;
    if (this.#isAlone) this.mayWork.close();
  }
}

/** How often a process that stands by asks for the lease, in milliseconds: with the journal's lease of three seconds, it takes over within five. */
const askEvery = 500;

/**
 * Whose turn it is to receive an entry that keeps an order, or whose endpoint cannot be shared. Where the transport holds an endpoint alone for its
 * order, it sees to that itself; else one process has the lease of the entry in the journal. An entry that only stores messages whose senders do
 * not wait for each other is received by everybody, where that can be: its order is that of the commits.
 */
export class EntryTurn {
  /** Only one process works on this entry at a time. */
  readonly isAlone: boolean;
  readonly #entry: string;
  readonly #needsLease: boolean;
  readonly #services: InboundServices;
  /** The right to receive this entry alone, where the journal gives it. */
  lease: EntryLease | undefined;

  constructor({ name, order, accept }: CheckedInbound, { shared, exclusive, ordered }: ReceiveGuarantees, services: InboundServices) {
    this.#entry = name;
    this.#services = services;
    this.isAlone = order !== 'parallel' && accept === 'processed';
    this.#needsLease = !shared || (order !== 'parallel' && !exclusive && (accept === 'processed' || ordered !== 'no'));
  }

  /** Waits for the lease, where one is needed; `standingBy` is called when it is not to be had at once. Undefined where none is needed, or when `stop` aborts. */
  async take(stop: AbortSignal, standingBy: () => void): Promise<EntryLease | undefined> {
    if (!this.#needsLease) return undefined;
    if (this.lease && !this.lease.lost.aborted) return this.lease;
    const { keeper, clock } = this.#services;
    while (!stop.aborted) {
      this.lease = await keeper.do(() => keeper.journal.lease(this.#entry));
      if (this.lease) return this.lease;
      standingBy();
      await clock.sleep(askEvery, stop);
    }
    return undefined;
  }

  async end(): Promise<void> {
    const { lease } = this;
    this.lease = undefined;
    // One that cannot be released while the kernel stops ends by itself.
    if (lease && !lease.lost.aborted) await this.#services.keeper.do(() => lease.release()).catch(() => undefined);
  }
}
