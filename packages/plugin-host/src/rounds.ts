import type { Clock } from './calling/clock.ts';

/** Something that is done again and again, with a rest in between, until it is stopped. */
export class Rounds {
  readonly #clock: Clock;
  readonly #round: (stop: AbortSignal) => Promise<number>;
  readonly #stop = new AbortController();
  #nap = new AbortController();
  #ended: Promise<void> | undefined;

  /** `round` never rejects, and answers how long to rest after it, in milliseconds. */
  constructor(clock: Clock, round: (stop: AbortSignal) => Promise<number>) {
    this.#clock = clock;
    this.#round = round;
  }

  start(): void {
    this.#ended ??= this.#run();
  }

  /** Begins another round at once: after the one that is under way, or instead of the rest. */
  readonly wake = (): void => this.#nap.abort();

  /** Resolves when the round that is under way has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#nap = new AbortController();
      const { signal } = this.#nap;
      const rest = await this.#round(this.#stop.signal);
      if (rest > 0) await this.#clock.sleep(rest, signal);
    }
  }
}
