/** Something that may be done or not at the moment. */
export class Latch {
  #open = false;
  #waiting: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    this.#open = true;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  close(): void {
    this.#open = false;
  }

  /** Resolves when it is open, or when `stop` aborts. */
  async passed(stop: AbortSignal): Promise<void> {
    while (!this.#open && !stop.aborted) {
      const woken = Promise.withResolvers<void>();
      this.#waiting.push(woken.resolve);
      stop.addEventListener('abort', () => woken.resolve(), { once: true });
      await woken.promise;
    }
  }
}
