const longest = 2 ** 31 - 1;

/** Somebody waits, others wake him. A ring while nobody waits ends the next waiting at once. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves with the next ring, or when `ms` milliseconds have passed. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) await this.#sleep(Math.min(Math.max(1, Math.ceil(ms)), longest));
    this.#rung = false;
  }

  async #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    await promise;
    this.#wake = undefined;
    clearTimeout(timer);
  }
}
