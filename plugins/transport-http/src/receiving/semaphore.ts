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

/** Gives out a number of permits; who gets none waits, in the order of asking. */
export class Semaphore {
  readonly #permits: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<Waiter>();
  #acquired = 0;

  constructor(permits: number, mostWaiting: number) {
    this.#permits = permits;
    this.#mostWaiting = mostWaiting;
  }

  /** Not a promise when there is nothing to wait for. Aborting `client.signal`, which is made only if need be, ends the waiting. */
  acquire(client: { readonly signal: AbortSignal }): Acquisition | Promise<Acquisition> {
    if (this.#acquired < this.#permits) {
      this.#acquired += 1;
      return 'acquired';
    }
    if (this.#waiting.size >= this.#mostWaiting) return 'full';
    return new Promise((resolve) => {
      const waiter = { resolve };
      this.#waiting.add(waiter);
      client.signal.addEventListener('abort', () => this.#waiting.delete(waiter) && resolve('abandoned'), { once: true });
    });
  }

  /** Gives a permit back, to whoever has waited longest. */
  release(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#acquired -= 1;
      return;
    }
    this.#waiting.delete(next);
    next.resolve('acquired');
  }

  /** Ends the waiting of everybody who waits. */
  dismiss(): void {
    for (const { resolve } of this.#waiting) resolve('dismissed');
    this.#waiting.clear();
  }
}
