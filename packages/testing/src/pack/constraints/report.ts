/** What the suite breaks in messages. */
export const constraints = {
  missing: 'where something that it must have is missing',
  'too many': 'where there is one too many',
  'wrong text': 'where a text is not what its field may hold',
  'wrong constant': 'where a text that never varies is another one',
  unknown: 'where something stands that it does not have',
  'wrong order': 'where two parts have changed places',
  'cut short': 'where a record has lost a character',
} as const;
export type Constraint = keyof typeof constraints;

/** What the suite has asked about the constraints of a pack, and what it could not ask. */
export interface ConstraintReport {
  /** How many messages that break a constraint were read, by constraint. */
  readonly asked: Readonly<Record<Constraint, number>>;
  /** What no message was made for, and why. */
  readonly left: readonly LeftOut[];
}

/** What no message was made for, and why. */
export interface LeftOut {
  readonly type: string;
  readonly path: string;
  readonly why: string;
}
