const longest = 2 ** 31 - 1;

/** Ends the waiting of a loop. When the loop does not wait at that moment, its next waiting ends at once. */
export class Wakeup {
  #isDue = false;
  #end: (() => void) | undefined;

  wake(): void {
    this.#isDue = true;
    this.#end?.();
  }

  /** Resolves after `wake`, or when `ms` milliseconds have passed. Called by one loop. */
  async wait(ms: number): Promise<void> {
    if (!this.#isDue) await this.#sleep(Math.min(Math.max(1, Math.ceil(ms)), longest));
    this.#isDue = false;
  }

  async #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#end = resolve;
    await promise;
    this.#end = undefined;
    clearTimeout(timer);
  }
}
