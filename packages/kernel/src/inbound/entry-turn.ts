import type { EntryLease, ReceiveGuarantees } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import type { InboundServices } from './services.ts';

/** How often a process that stands by asks for the lease, in milliseconds: with the journal's lease of three seconds, it takes over within five. */
const askEvery = 500;

/**
 * Whose turn it is to receive an entry that keeps an order. Where the transport holds the endpoint alone, it sees to that itself;
 * else one process has the lease of the entry in the journal. An entry that only stores messages whose senders do not wait for
 * each other is received by everybody: its order is that of the commits.
 */
export class EntryTurn {
  /** Only one process works on this entry at a time. */
  readonly isAlone: boolean;
  readonly #entry: string;
  readonly #needsLease: boolean;
  readonly #services: InboundServices;
  #lease: EntryLease | undefined;

  constructor({ name, order, accept }: CheckedInbound, { exclusive, ordered }: ReceiveGuarantees, services: InboundServices) {
    this.#entry = name;
    this.#services = services;
    this.isAlone = order !== 'parallel' && accept === 'processed';
    this.#needsLease = order !== 'parallel' && !exclusive && (accept === 'processed' || ordered !== 'no');
  }

  get lease(): EntryLease | undefined {
    return this.#lease;
  }

  /** Waits for the lease, where one is needed; `standingBy` is called when it is not to be had at once. Undefined where none is needed, or when `stop` aborts. */
  async take(stop: AbortSignal, standingBy: () => void): Promise<EntryLease | undefined> {
    if (!this.#needsLease) return undefined;
    if (this.#lease && !this.#lease.lost.aborted) return this.#lease;
    const { keeper, clock } = this.#services;
    while (!stop.aborted) {
      this.#lease = await keeper.do(() => keeper.journal.lease(this.#entry));
      if (this.#lease) return this.#lease;
      standingBy();
      await clock.sleep(askEvery, stop);
    }
    return undefined;
  }

  async end(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    if (lease && !lease.lost.aborted) await lease.release();
  }
}
