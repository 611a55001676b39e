import type { Journal } from '@waybill/contract';
import type { Identity } from './identify.ts';
import { type InHand, isFresh } from './in-hand.ts';
import { factsOf } from './ledger.ts';

/**
 * After a process that ended without closing, what it had in hand is handed out again, and one of these messages may be what
 * ended it. Where neither the journal nor the transport has counted that, each message is recorded before it is worked on, until
 * twice as many as can be in hand have come to an outcome. While all is well this costs nothing.
 */
export class Careful {
  readonly #journal: Journal;
  #left: number;

  constructor(journal: Journal, { places, countsAttempts }: { readonly places: number; readonly countsAttempts: boolean }) {
    this.#journal = journal;
    this.#left = journal.followsCrash && !countsAttempts ? 2 * places : 0;
  }

  /** Undefined when there is nothing to record. */
  before(hand: InHand, identity: Identity): Promise<void> | undefined {
    if (this.#left === 0 || isFresh(hand)) return undefined;
    // It has no place in its order yet: its transport has it.
    return this.#journal.inbox.begin(hand.key, { ...factsOf(hand, identity), orderKey: undefined });
  }

  /** A message came to an outcome. */
  ended(): void {
    if (this.#left > 0) this.#left--;
  }
}
