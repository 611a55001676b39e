import type { Settlement } from '@waybill/contract';
import type { InHand } from './in-hand.ts';

/**
 * What is being worked on. A message that comes again meanwhile is not worked on twice: the second delivery gets the settlement of
 * the first. Another message with the same id waits until the first has ended, so that the journal can tell them apart.
 */
export class InProgress {
  readonly #running = new Map<string, { readonly digest: string; settlement: Promise<Settlement> | undefined }>();

  get size(): number {
    return this.#running.size;
  }

  /** `work` says by `ended` that it is over. */
  join(hand: InHand, work: () => Promise<Settlement>): Promise<Settlement> {
    return this.#running.has(hand.key.id) ? this.#joinRunning(hand, work) : this.#begin(hand, work);
  }

  ended({ key: { id } }: InHand): void {
    this.#running.delete(id);
  }

  async #joinRunning(hand: InHand, work: () => Promise<Settlement>): Promise<Settlement> {
    for (let same = this.#running.get(hand.key.id); same; same = this.#running.get(hand.key.id)) {
      const settlement = await same.settlement;
      if (settlement && same.digest === hand.digest) return settlement;
    }
    return this.#begin(hand, work);
  }

  #begin({ key: { id }, digest }: InHand, work: () => Promise<Settlement>): Promise<Settlement> {
    const running: { readonly digest: string; settlement: Promise<Settlement> | undefined } = { digest, settlement: undefined };
    this.#running.set(id, running);
    const settlement = work();
    running.settlement = settlement;
    return settlement;
  }
}
