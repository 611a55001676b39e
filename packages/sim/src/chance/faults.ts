import { type FaultKind, faultKinds, faultRates } from './fault-kinds.ts';
import type { Random } from './random.ts';

/** Decides by the seed which faults a run has, and counts those that happened. */
export class Faults {
  readonly fired = new Map<FaultKind, number>();
  readonly #random: Random;
  readonly #rates = new Map<FaultKind, number>();
  readonly #tell: (kind: FaultKind) => void;
  /** No fault happens any more. */
  isOver = false;

  constructor(random: Random, tell: (kind: FaultKind) => void) {
    this.#random = random;
    this.#tell = tell;
    // Some seeds have few kinds of faults and others many: what one fault does is not always to be hidden by another one.
    const share = random.pick([0.1, 0.3, 0.6]);
    const often = random.chance(0.5) ? random.pick(faultKinds) : undefined;
    for (const kind of faultKinds) if (random.chance(share)) this.#rates.set(kind, faultRates[kind] * random.pick([0.2, 0.5, 1]));
    if (often) this.#rates.set(often, Math.min(0.5, faultRates[often] * 4));
  }

  /** Whether this fault happens now. */
  happens(kind: FaultKind): boolean {
    const rate = this.#rates.get(kind);
    if (rate === undefined || this.isOver || !this.#random.chance(rate)) return false;
    this.note(kind);
    return true;
  }

  /** The first of these that happens now. */
  oneOf<Kind extends FaultKind>(...kinds: readonly Kind[]): Kind | undefined {
    return kinds.find((kind) => this.happens(kind));
  }

  note(kind: FaultKind): void {
    this.fired.set(kind, (this.fired.get(kind) ?? 0) + 1);
    this.#tell(kind);
  }
}
