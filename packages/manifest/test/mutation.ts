/** One change to a good manifest, and the problem that it makes. */
export interface Mutation {
  readonly replace: string;
  readonly by: string;
  readonly code: string;
  /** Found in the mutated text; `|` marks the place. */
  readonly at: string;
  readonly path: string;
  readonly hint?: string;
}
