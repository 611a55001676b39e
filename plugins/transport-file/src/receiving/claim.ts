/** A file that a listener has claimed. */
export class Claim {
  readonly name: string;
  readonly #lost = new AbortController();

  constructor(name: string) {
    this.name = name;
  }

  /** Aborts when it turns out that somebody has taken the file back. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  lose(): void {
    this.#lost.abort();
  }
}
