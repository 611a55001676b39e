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
 * - full: too many callers wait already.
 * - abandoned: the client went away while its request waited.
 * - dismissed: the listener was asked to stop.
 */
export type Acquisition = 'acquired' | 'full' | 'abandoned' | 'dismissed';

interface Waiter {
  readonly resolve: (acquisition: Acquisition) => void;
}

/** Gives out a number of permits. Callers that get none wait, in the order in which they asked. */
export class Semaphore {
  readonly #permits: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<Waiter>();
  readonly #acquired = new InFlight();

  constructor(permits: number, mostWaiting: number) {
    this.#permits = permits;
    this.#mostWaiting = mostWaiting;
  }

  /** Not a promise when there is nothing to wait for. `client.abandoned`, which is asked for only then, ends the waiting when it aborts. */
  acquire(client: { readonly abandoned: AbortSignal }): Acquisition | Promise<Acquisition> {
    if (this.#acquired.count < this.#permits) {
      this.#acquired.begin();
      return 'acquired';
    }
    if (this.#waiting.size >= this.#mostWaiting) return 'full';
    return new Promise((resolve) => {
      const waiter = { resolve };
      this.#waiting.add(waiter);
      client.abandoned.addEventListener('abort', () => this.#waiting.delete(waiter) && resolve('abandoned'), { once: true });
    });
  }

  /** Gives a permit back, to whoever has waited longest. */
  release(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#acquired.end();
      return;
    }
    this.#waiting.delete(next);
    next.resolve('acquired');
  }

  /** Resolves when every permit has been given back. Asked by one caller. */
  none(): Promise<void> {
    return this.#acquired.none();
  }

  /** Ends the waiting of everybody who waits. */
  dismiss(): void {
    for (const { resolve } of this.#waiting) resolve('dismissed');
    this.#waiting.clear();
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
