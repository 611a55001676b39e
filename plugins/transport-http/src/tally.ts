/** Counts what is going on, and tells when nothing is. */
export class Tally {
  #count = 0;
  #onNone: (() => void) | undefined;

  up(): void {
    this.#count += 1;
  }

  down(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#onNone?.();
  }

  /** Resolves at once when nothing is going on. */
  async none(): Promise<void> {
    if (this.#count > 0)
      await new Promise<void>((resolve) => {
        this.#onNone = resolve;
      });
  }
}
