/** A file that a listener has claimed. */
export class Claim {
  readonly name: string;
  /** Names the claim for as long as the file is not settled, whoever holds it. Tokens sort as the claims were made. */
  readonly token: string;
  readonly #lost = new AbortController();

  constructor(name: string, token: string) {
    this.name = name;
    this.token = token;
  }

  /** Aborts when it turns out that somebody has taken the claim over. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  lose(): void {
    this.#lost.abort();
  }
}
