/** Time as the kernel sees it: milliseconds since 1970, and waiting. */
export interface Clock {
  now(): number;
  /** Resolves when `ms` have passed, or as soon as `signal` aborts. Never throws. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The time of the system. It never goes back, and drifts with the processor's own clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake, { once: true });
    }),
};

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

export interface TestClock extends Clock {
  /**
   * Lets time pass. Whoever sleeps is woken in the order of their times, and what they do then (also sleeping again)
   * happens before later sleepers are woken. Resolves when everybody who is due has had their turn.
   */
  advance(ms: number): Promise<void>;
  /**
   * Lets all of that time pass at once, as for a machine that was suspended: whoever is due is woken once, in the order of their times, when
   * it is over. For long times: what looks around every second is not woken for each of them. Resolves as `advance` does.
   */
  skip(ms: number): Promise<void>;
  /** How many sleep at the moment. */
  readonly sleeping: number;
}

/** A clock that stands still until it is told to advance. Starts at `start` (default 2026-01-01T00:00:00Z). */
export function testClock(start: number = Date.UTC(2026, 0, 1)): TestClock {
  return new ManualClock(start);
}

class ManualClock implements TestClock {
  #now: number;
  /** In the order of falling asleep, which decides between sleepers of the same time. */
  readonly #sleepers = new Set<Sleeper>();

  constructor(start: number) {
    this.#now = start;
  }

  get sleeping(): number {
    return this.#sleepers.size;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { due: this.#now + Math.max(0, ms), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    for (let next = this.#nextDue(end); next; next = this.#nextDue(end)) {
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await turn();
    }
    this.#now = end;
  }

  async skip(ms: number): Promise<void> {
    await turn();
    this.#now += ms;
    await this.advance(0);
  }

  #nextDue(end: number): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (sleeper.due <= end && (first === undefined || sleeper.due < first.due)) first = sleeper;
    }
    return first;
  }
}

/** Lets every promise that is ready continue, however long its chain is. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
