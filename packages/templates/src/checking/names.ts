import { anything, type Shape } from './shape.ts';

/** The names that a piece of a template knows. What is assigned holds from there on everywhere, what a loop or a block names inside of it. */
export class Names {
  readonly #own: Map<string, Shape>;
  readonly #around: Names | undefined;
  readonly #isFloor: boolean;

  private constructor(own: Iterable<readonly [string, Shape]>, around: Names | undefined, isFloor: boolean) {
    this.#own = new Map(own);
    this.#around = around;
    this.#isFloor = isFloor;
  }

  /** Of a file that starts anew: a notification or a partial. What is assigned in it hides what it was given. */
  static floor(given: Iterable<readonly [string, Shape]>, below: Iterable<readonly [string, Shape]> = []): Names {
    return new Names(given, new Names(below, undefined, false), true);
  }

  inside(own: Iterable<readonly [string, Shape]>): Names {
    return new Names(own, this, false);
  }

  assign(name: string, shape: Shape): void {
    if (!this.#isFloor && this.#around) this.#around.assign(name, shape);
    // Assigned in several branches: whatever it was, it may be that.
    else this.#own.set(name, this.#own.has(name) ? anything : shape);
  }

  get(name: string): Shape | undefined {
    return this.#own.get(name) ?? this.#around?.get(name);
  }

  get all(): readonly string[] {
    return [...this.#own.keys(), ...(this.#around?.all ?? [])];
  }
}
