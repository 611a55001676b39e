import type { Settlement } from '@waybill/contract';
import type { InHand } from './in-hand.ts';

/**
 * What is being worked on. A message that comes again meanwhile is not worked on twice: the second delivery gets the settlement of
 * the first. Another message with the same id waits until the first has ended, so that the journal can tell them apart.
 */
export class InProgress {
  readonly #running = new Map<string, { readonly digest: string; readonly settlement: Promise<Settlement> }>();

  get size(): number {
    return this.#running.size;
  }

  async join({ key: { id }, digest }: InHand, work: () => Promise<Settlement>): Promise<Settlement> {
    for (let same = this.#running.get(id); same; same = this.#running.get(id)) {
      const settlement = await same.settlement;
      if (same.digest === digest) return settlement;
    }
    const settlement = work();
    this.#running.set(id, { digest, settlement });
    try {
      return await settlement;
    } finally {
      this.#running.delete(id);
    }
  }
}
