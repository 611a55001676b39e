/** Counts what is under way, and tells when nothing is any more. */
export class InFlight {
  #count = 0;
  #onNone: (() => void) | undefined;

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#onNone?.();
  }

  /** Resolves when nothing is under way, at once if that is so already. Asked by one caller. */
  async none(): Promise<void> {
    if (this.#count > 0)
      await new Promise<void>((resolve) => {
        this.#onNone = resolve;
      });
  }
}
