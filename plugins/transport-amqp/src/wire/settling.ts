interface Waiting {
  /** What becomes of the message; undefined: nothing that another one could share. */
  readonly outcome: string | undefined;
  readonly settle: () => void;
  readonly resolve: () => void;
}

/**
 * Applies settlements in the order in which they come, all that are alike in one turn of the event loop, and those that differ in turns of
 * their own. The library writes what was settled within a turn in as few words as it can, and takes the outcome of the first of two neighbours for
 * both: accept and then release would remove the second message.
 */
export class Settling {
  readonly #waiting: Waiting[] = [];
  /** Those of this turn. */
  #settled: Waiting[] = [];

  /**
   * Resolves in the turn after that in which `settle` was called: then it is written. The library writes settlements behind what is
   * sent in the same turn.
   */
  apply(outcome: string | undefined, settle: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ outcome, settle, resolve });
      this.#work();
    });
  }

  #work(): void {
    for (let next = this.#waiting[0]; next && this.#fits(next); next = this.#waiting[0]) {
      this.#waiting.shift();
      if (this.#settled.length === 0) setImmediate(() => this.#turn());
      this.#settled.push(next);
      next.settle();
    }
  }

  #fits({ outcome }: Waiting): boolean {
    const [first] = this.#settled;
    return first === undefined || (outcome !== undefined && outcome === first.outcome);
  }

  #turn(): void {
    const settled = this.#settled;
    this.#settled = [];
    for (const { resolve } of settled) resolve();
    this.#work();
  }
}
