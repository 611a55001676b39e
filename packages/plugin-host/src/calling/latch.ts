/** Something that may be done or not at the moment. */
export class Latch {
  #waiting: (() => void)[] = [];
  /** For whoever only looks. */
  isOpen = false;

  open(): void {
    this.isOpen = true;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  close(): void {
    this.isOpen = false;
  }

  /** Resolves when it is open, or when `stop` aborts. */
  async passed(stop: AbortSignal): Promise<void> {
    while (!this.isOpen && !stop.aborted) {
      const woken = Promise.withResolvers<void>();
      this.#waiting.push(woken.resolve);
      stop.addEventListener('abort', () => woken.resolve(), { once: true });
      await woken.promise;
    }
  }
}
