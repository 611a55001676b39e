import type { JournalKeeper } from '../journal-keeper.ts';
import type { Identity } from './identity.ts';
import { type InHand, isFresh } from './in-hand.ts';
import { factsOf } from './outcome/ledger.ts';

/**
 * After a process that ended without closing, what it had in hand is handed out again, and one of these messages may be what
 * ended it. Where neither the journal nor the transport has counted that, each message is recorded before it is worked on, until
 * twice as many as can be in hand have come to an outcome. While all is well this costs nothing.
 */
export class Careful {
  readonly #keeper: JournalKeeper;
  #left: number;
  isNeeded: boolean;

  constructor(keeper: JournalKeeper, { places, countsAttempts }: { readonly places: number; readonly countsAttempts: boolean }) {
    this.#keeper = keeper;
    this.isNeeded = keeper.journal.followsCrash && !countsAttempts;
    this.#left = 2 * places;
  }

  async before(hand: InHand, identity: Identity): Promise<void> {
    if (isFresh(hand)) return;
    // It has no place in its order yet: its transport has it.
    await this.#keeper.do(() => this.#keeper.journal.inbox.begin(hand.key, { ...factsOf(hand, identity), orderKey: undefined }));
  }

  /** A message came to an outcome. */
  ended(): void {
    this.isNeeded = --this.#left > 0;
  }
}
