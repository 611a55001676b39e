/**
 * Applies settlements one by one, each in a turn of the event loop of its own. The library writes what was settled within a turn in as
 * few words as it can, and takes the outcome of the first of two neighbours for both: accept and then release would remove the second message.
 */
export class Settling {
  readonly #waiting: { readonly settle: () => void; readonly resolve: () => void }[] = [];
  #isBusy = false;

  /**
   * Resolves in the turn after that in which `settle` was called: then it is written. The library writes settlements behind what is
   * sent in the same turn.
   */
  apply(settle: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ settle, resolve });
      if (!this.#isBusy) this.#next();
    });
  }

  #next(): void {
    const next = this.#waiting.shift();
    this.#isBusy = next !== undefined;
    if (!next) return;
    setImmediate(() => {
      next.resolve();
      this.#next();
    });
    next.settle();
  }
}
