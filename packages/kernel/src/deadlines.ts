/** How often overdue work is looked for, in milliseconds: coarse, since a timer for every message would cost more than most handlers. */
const tick = 100;

interface Entry {
  readonly at: number;
  readonly overdue: () => void;
}

/** Calls back what is not done in time. One timer serves all that is in flight; it keeps no process alive, and none runs while nothing is in flight. */
export class Deadlines {
  readonly #entries = new Set<Entry>();
  #timer: NodeJS.Timeout | undefined;

  /** Rejects with `late()` when `work` has not settled after `ms` milliseconds (rounded up to the next tick). */
  async within<Result>(work: PromiseLike<Result>, ms: number, late: () => Error): Promise<Result> {
    let entry: Entry | undefined;
    const overdue = new Promise<never>((_, reject) => {
      entry = { at: performance.now() + ms, overdue: () => reject(late()) };
      this.#entries.add(entry);
    });
    this.#timer ??= setInterval(() => this.#check(), tick).unref();
    try {
      return await Promise.race([work, overdue]);
    } finally {
      if (entry) this.#entries.delete(entry);
      if (this.#entries.size === 0) this.#rest();
    }
  }

  #check(): void {
    const now = performance.now();
    for (const entry of this.#entries) if (entry.at <= now) entry.overdue();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
