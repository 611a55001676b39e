/** A small change that breaks a promise, and the tests that have to notice it. */
export interface Mutant {
  /** Of its own in its area, in kebab-case. */
  readonly name: string;
  /** What is no longer kept with the change, as a sentence. */
  readonly promise: string;
  /** Relative to the root. Tests run the sources of their own package; those of another one come from its `dist`, where no change is seen. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** Test files, relative to the root; at least one of their tests fails with the change. */
  readonly tests: readonly string[];
}
