/** Whether it is somebody's turn, or why it will never be. */
export type Turn = 'in' | 'full' | 'left' | 'stopped';

interface Place {
  readonly resolve: (turn: Turn) => void;
}

/** Lets so many in at a time, and the others wait in the order in which they came. */
export class Line {
  readonly #most: number;
  readonly #places: number;
  readonly #waiting = new Set<Place>();
  #inside = 0;

  /** `most`: inside at a time. `places`: waiting at a time. */
  constructor(most: number, places: number) {
    this.#most = most;
    this.#places = places;
  }

  /** Not a promise when there is nothing to wait for. Who is in has to `leave`. `gone` gives the place in the line up. */
  enter(gone: { readonly signal: AbortSignal }): Turn | Promise<Turn> {
    if (this.#inside < this.#most) {
      this.#inside += 1;
      return 'in';
    }
    if (this.#waiting.size >= this.#places) return 'full';
    return new Promise((resolve) => {
      const place = { resolve };
      this.#waiting.add(place);
      gone.signal.addEventListener('abort', () => this.#waiting.delete(place) && resolve('left'), { once: true });
    });
  }

  leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#inside -= 1;
      return;
    }
    this.#waiting.delete(next);
    next.resolve('in');
  }

  /** Sends away everybody who waits. */
  clear(): void {
    for (const { resolve } of this.#waiting) resolve('stopped');
    this.#waiting.clear();
  }
}
