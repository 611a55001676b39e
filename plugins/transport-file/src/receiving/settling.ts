import type { BigIntStats } from 'node:fs';

/** A file that may still be written, as it was last seen. Times are those of `performance.now()`. */
interface Sighting {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Since when it has not changed. */
  readonly since: number;
  /** When it was seen for the first time. */
  readonly first: number;
}

/** How much longer an empty file is waited for: many servers make the file when an upload begins and write when the first bytes come. */
const whenEmpty = 10;

/**
 * Judges which files nobody writes any more: those in which nothing has changed for the time of `settle` between two looks of
 * ours, by our own clock. What a file says of its times is only compared with what it said before: those who copy files set old
 * times, and the clocks of servers are wrong.
 */
export class Settling {
  readonly #settle: number;
  readonly #seen = new Map<string, Sighting>();

  /** `settle` in milliseconds; 0 when all files come by renaming. */
  constructor(settle: number) {
    this.#settle = settle;
  }

  /** Whether files have to be looked at twice. */
  get takesTime(): boolean {
    return this.#settle > 0;
  }

  /** Looks at a file. Answers in how many milliseconds it may be ready; 0 when it is. */
  look(name: string, stat: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs'>): number {
    if (this.#settle === 0) return 0;
    const now = performance.now();
    const { size, mtimeNs, ctimeNs } = stat;
    const known = this.#seen.get(name);
    const isAsBefore = known?.size === size && known.mtimeNs === mtimeNs && known.ctimeNs === ctimeNs;
    const sighting = isAsBefore ? known : { size, mtimeNs, ctimeNs, since: now, first: known?.first ?? now };
    this.#seen.set(name, sighting);
    return Math.max(0, this.#readyAt(sighting) - now);
  }

  /** For how many milliseconds a file has been known. */
  ageOf(name: string): number {
    return performance.now() - (this.#seen.get(name)?.first ?? performance.now());
  }

  /** Forgets a file that is ready, or is none any more. */
  forget(name: string): void {
    this.#seen.delete(name);
  }

  /** Forgets all files but these. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#seen.keys()) if (!names.has(name)) this.#seen.delete(name);
  }

  /** The files that have been known for longer than `age` milliseconds and are not ready. */
  changingFor(age: number): readonly string[] {
    const now = performance.now();
    return [...this.#seen].filter(([, seen]) => now - seen.first > age && this.#readyAt(seen) > now).map(([name]) => name);
  }

  #readyAt({ size, since }: Sighting): number {
    return since + (size === 0n ? whenEmpty * this.#settle : this.#settle);
  }
}
