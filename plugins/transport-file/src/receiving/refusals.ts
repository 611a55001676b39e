/** The first and the longest wait before a file is tried again, in milliseconds. */
const first = 250;
const longest = 60_000;

interface Refusal {
  /** When it began and when the file is tried again, by `performance.now()`. */
  readonly since: number;
  readonly until: number;
  readonly wait: number;
}

/** The files that could not be claimed, because they belong to somebody else or are open elsewhere. Each is tried again after growing waits. */
export class Refusals {
  readonly #files = new Map<string, Refusal>();

  add(name: string): void {
    const known = this.#files.get(name);
    const now = performance.now();
    const wait = known === undefined ? first : Math.min(longest, 2 * known.wait);
    this.#files.set(name, { since: known?.since ?? now, until: now + wait, wait });
  }

  /** In how many milliseconds a file may be tried again; 0 when it may be tried now. */
  waitFor(name: string): number {
    return Math.max(0, (this.#files.get(name)?.until ?? 0) - performance.now());
  }

  /** For how many milliseconds a file has been refused. */
  ageOf(name: string): number {
    return performance.now() - (this.#files.get(name)?.since ?? performance.now());
  }

  forget(name: string): void {
    this.#files.delete(name);
  }

  /** Forgets all files but these. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#files.keys()) if (!names.has(name)) this.#files.delete(name);
  }
}
