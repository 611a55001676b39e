/** A process as the oracle sees it. */
export interface Actor {
  readonly name: string;
  readonly state: 'running' | 'suspended' | 'dead';
  /** The step of the oracle at which it was suspended last; -1 if it never was. */
  readonly suspendedAt: number;
  /** The step at which it went on after that. */
  readonly resumedAt: number;
}

/** Counts what happens, and keeps what must not have happened. */
export class Bench {
  readonly violations: string[] = [];
  readonly #tell: (text: string) => void;
  #step = 0;

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** The number of the next step: who has a smaller one was earlier. */
  next(): number {
    return ++this.#step;
  }

  violated(rule: string, text: string): void {
    this.violations.push(`${rule}: ${text}`);
    this.#tell(`VIOLATION ${rule}: ${text}`);
  }
}
