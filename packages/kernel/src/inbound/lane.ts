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
