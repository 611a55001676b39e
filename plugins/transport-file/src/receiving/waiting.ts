import type { Claim } from './claiming/claim.ts';

/** Files that stay claimed and are handed over again, each when it is due. */
export class Waiting {
  /** With the times of `performance.now()` when they are due. */
  readonly #claims = new Map<Claim, number>();

  /** `after` in milliseconds. Of those that are due at the same time, the one that was added first comes first. */
  add(claim: Claim, after: number): void {
    this.#claims.set(claim, performance.now() + after);
  }

  /** In how many milliseconds the first one is due; undefined when none waits. */
  get dueIn(): number | undefined {
    const [, due] = this.#first() ?? [];
    return due === undefined ? undefined : due - performance.now();
  }

  /** The first one, if it is due. */
  take(): Claim | undefined {
    const [claim, due] = this.#first() ?? [];
    if (claim === undefined || due === undefined || due > performance.now()) return undefined;
    this.#claims.delete(claim);
    return claim;
  }

  #first(): readonly [claim: Claim, due: number] | undefined {
    let first: readonly [Claim, number] | undefined;
    for (const entry of this.#claims) {
      if (entry[0].lost.aborted) this.#claims.delete(entry[0]);
      else if (first === undefined || entry[1] < first[1]) first = entry;
    }
    return first;
  }
}
