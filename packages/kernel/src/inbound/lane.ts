import type { Settlement } from '@waybill/contract';
import type { InHand } from './in-hand.ts';

/**
 * The one door to the handlers of an entry, for deliveries, stored and replayed messages alike: at most `places` are inside
 * at the same time, and of those with the same key one, in the order in which they asked.
 */
export class Lane {
  readonly #places: number;
  /** Who waits for a place, first come first served. */
  readonly #line: (() => void)[] = [];
  /** By key: who waits for the one inside. A key without anybody inside has no list. */
  readonly #behind = new Map<string, (() => void)[]>();
  #inside = 0;

  constructor(places: number) {
    this.#places = places;
  }

  get inside(): number {
    return this.#inside;
  }

  /** Undefined when the way is free at once, so that the common case waits for nothing. Follow it by `leave` with the same key. */
  enter(key: string | undefined): Promise<void> | undefined {
    const turn = key === undefined ? undefined : this.#takeTurn(key);
    return turn ? turn.then(() => this.#takePlace()) : this.#takePlace();
  }

  leave(key: string | undefined): void {
    const next = this.#line.shift();
    if (next) next();
    else this.#inside--;
    if (key !== undefined) this.#passTurn(key);
  }

  #takeTurn(key: string): Promise<void> | undefined {
    const behind = this.#behind.get(key);
    if (behind) return new Promise((resolve) => behind.push(resolve));
    this.#behind.set(key, []);
    return undefined;
  }

  #passTurn(key: string): void {
    const next = this.#behind.get(key)?.shift();
    if (next) next();
    else this.#behind.delete(key);
  }

  #takePlace(): Promise<void> | undefined {
    if (this.#inside >= this.#places) return new Promise((resolve) => this.#line.push(resolve));
    this.#inside++;
    return undefined;
  }
}

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
  join(hand: InHand, work: (hand: InHand) => Promise<Settlement>): Promise<Settlement> {
    return this.#running.has(hand.key.id) ? this.#joinRunning(hand, work) : this.#begin(hand, work);
  }

  ended({ key: { id } }: InHand): void {
    this.#running.delete(id);
  }

  async #joinRunning(hand: InHand, work: (hand: InHand) => Promise<Settlement>): Promise<Settlement> {
    for (let same = this.#running.get(hand.key.id); same; same = this.#running.get(hand.key.id)) {
      const settlement = await same.settlement;
      // What was taken away while it was worked on settles nothing for the one that came again.
      if (settlement && settlement.outcome !== 'released' && same.digest === hand.digest) return settlement;
    }
    return this.#begin(hand, work);
  }

  #begin(hand: InHand, work: (hand: InHand) => Promise<Settlement>): Promise<Settlement> {
    const running: { readonly digest: string; settlement: Promise<Settlement> | undefined } = {
      digest: hand.digest,
      settlement: undefined,
    };
    this.#running.set(hand.key.id, running);
    return (running.settlement = work(hand));
  }
}
