interface Pending {
  /** The process may end while it waits. */
  readonly isIdle: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Calls that are not answered yet, by their numbers. */
export class PendingCalls {
  readonly #calls = new Map<number, Pending>();
  #busy = 0;

  add<Answer>(number: number, isIdle: boolean): Promise<Answer> {
    if (!isIdle) this.#busy += 1;
    return new Promise((resolve, reject) => {
      this.#calls.set(number, { isIdle, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** Whether the process may end now. */
  get isIdle(): boolean {
    return this.#busy === 0;
  }

  has(number: number): boolean {
    return this.#calls.has(number);
  }

  resolve(number: number, value: unknown): void {
    this.#take(number)?.resolve(value);
  }

  reject(number: number, error: unknown): void {
    this.#take(number)?.reject(error);
  }

  /** Rejects all of them, or those with a lower number. */
  rejectAll(error: unknown, below = Number.POSITIVE_INFINITY): void {
    for (const number of this.#calls.keys()) if (number < below) this.reject(number, error);
  }

  #take(number: number): Pending | undefined {
    const call = this.#calls.get(number);
    if (call?.isIdle === false) this.#busy -= 1;
    this.#calls.delete(number);
    return call;
  }
}
