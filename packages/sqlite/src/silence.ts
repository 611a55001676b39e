/** How often owners are looked at, and beat while they have claims, in milliseconds. */
export const round = 500;

/** What one owner last showed, and for how long it has shown nothing else. */
interface Observed {
  readonly beat: number;
  readonly silence: number;
}

/** What is seen of an owner. */
export interface Seen {
  readonly id: number;
  /** Grows while the owner is alive and has claims. */
  readonly beat: number;
  /** After what silence its claims are free, in milliseconds. */
  readonly lease: number;
}

/**
 * For how long owners have been silent, by this observer's own monotonic clock: no wall clock is compared with another
 * one, so that setting a clock frees nothing. Only time in which the observer itself was awake counts: two processes that
 * were suspended together wake together, and the one that looks first shall not take the other one for dead.
 */
export class Silence {
  readonly #now: () => number;
  #observed = new Map<number, Observed>();
  #lookedAt: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** True when the owner has not been seen before, or has shown something new since. */
  isNews({ id, beat }: Seen): boolean {
    return this.#observed.get(id)?.beat !== beat;
  }

  /**
   * Notes what the owners show now, and answers those whose silence is longer than their lease. Call it while nobody else
   * can write: an owner that cannot beat because the file is locked is not silent.
   */
  look(owners: readonly Seen[]): ReadonlySet<number> {
    const now = this.#now();
    const elapsed = now - (this.#lookedAt ?? now);
    this.#lookedAt = now;
    const observed = owners.map((owner) => [owner.id, this.#note(owner, elapsed)] as const);
    this.#observed = new Map(observed);
    const leases = new Map(owners.map(({ id, lease }) => [id, lease]));
    return new Set(observed.filter(([id, { silence }]) => silence >= (leases.get(id) ?? 0)).map(([id]) => id));
  }

  #note(owner: Seen, elapsed: number): Observed {
    if (this.isNews(owner)) return { beat: owner.beat, silence: 0 };
    const counted = Math.min(elapsed, 2 * round, owner.lease / 2);
    return { beat: owner.beat, silence: (this.#observed.get(owner.id)?.silence ?? 0) + counted };
  }
}
