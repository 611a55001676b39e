/** Counts what is under way, and tells when it has all ended. */
export class InFlight {
  #count = 0;
  #onNone: (() => void) | undefined;

  get count(): number {
    return this.#count;
  }

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#onNone?.();
  }

  /** Resolves when nothing is under way, at once if that is so already. Asked by one caller. */
  async none(): Promise<void> {
    if (this.#count > 0)
      await new Promise<void>((resolve) => {
        this.#onNone = resolve;
      });
  }
}

/**
 * - acquired: the caller has one of the permits, and has to `release` it.
 * - full: too many callers wait already, or this one has waited for too long.
 * - abandoned: the client went away while its request waited.
 * - dismissed: the listener was asked to stop.
 */
export type Acquisition = 'acquired' | 'full' | 'abandoned' | 'dismissed';

export interface Patience {
  /** How many callers may wait. */
  readonly most: number;
  /** How long one may wait, in milliseconds; twice as long as a permit is kept, where that is more. */
  readonly longest: number;
}

/** Gives out a number of permits. Callers that get none wait, in the order in which they asked, for a bounded time. */
export class Semaphore {
  readonly #permits: number;
  readonly #patience: Patience;
  readonly #waiting = new Set<(acquisition: Acquisition) => void>();
  readonly #acquired = new InFlight();
  /** When the permits were acquired that are out, oldest first. */
  readonly #since: number[] = [];
  /** How long a permit is kept, in milliseconds: an average that follows what is new. */
  #kept = 0;

  constructor(permits: number, patience: Patience) {
    this.#permits = permits;
    this.#patience = patience;
  }

  /**
   * Whether whoever asks now would be refused: as many wait as may, or so many that the next one would wait for too long. Those behind
   * them would only hold memory until they are refused, and hear of it late.
   */
  get isFull(): boolean {
    if (this.#acquired.count < this.#permits) return false;
    const expected = ((this.#waiting.size + 1) * this.#kept) / this.#permits;
    return this.#waiting.size >= this.#patience.most || expected > this.#longest;
  }

  /** For how long somebody may wait at the moment, in milliseconds. */
  get #longest(): number {
    return Math.max(this.#patience.longest, 2 * this.#kept);
  }

  /** Not a promise when there is nothing to wait for. `client.abandoned`, which is asked for only then, ends the waiting when it aborts. */
  acquire(client: { readonly abandoned: AbortSignal }): Acquisition | Promise<Acquisition> {
    if (this.#acquired.count < this.#permits) {
      this.#acquired.begin();
      this.#since.push(performance.now());
      return 'acquired';
    }
    if (this.isFull) return 'full';
    return new Promise((resolve) => {
      const end = (acquisition: Acquisition): void => {
        if (!this.#waiting.delete(end)) return;
        clearTimeout(timer);
        resolve(acquisition);
      };
      // Whoever is told at once to come again can; one that has waited for long finds that nobody listens any more.
      const timer = setTimeout(() => end('full'), this.#longest);
      this.#waiting.add(end);
      client.abandoned.addEventListener('abort', () => end('abandoned'), { once: true });
    });
  }

  /** Gives a permit back, to whoever has waited longest. */
  release(): void {
    const now = performance.now();
    this.#kept += (now - (this.#since.shift() ?? now) - this.#kept) / 10;
    const [next] = this.#waiting;
    if (!next) {
      this.#acquired.end();
      return;
    }
    this.#since.push(now);
    next('acquired');
  }

  /** Resolves when every permit has been given back. Asked by one caller. */
  none(): Promise<void> {
    return this.#acquired.none();
  }

  /** Ends the waiting of everybody who waits. */
  dismiss(): void {
    for (const end of this.#waiting) end('dismissed');
  }
}

/** Bounds how many bytes of bodies are in memory at the same time, over all requests of an entry. */
export class ByteBudget {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False when so many more bytes would be too many; nothing is taken then. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#most) return false;
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}
