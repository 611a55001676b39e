import type { SourcePlace } from './fault.ts';

/** What one entry of a copybook says: a level number, a name and clauses. */
export interface Entry {
  readonly level: number;
  /** Undefined: FILLER, or nothing. */
  readonly name: string | undefined;
  readonly place: SourcePlace;
  picture?: { readonly text: string; readonly place: SourcePlace };
  usage?: { readonly word: string; readonly place: SourcePlace };
  redefines?: { readonly name: string; readonly place: SourcePlace };
  occurs?: OccursClause;
  sign?: { readonly leading: boolean; readonly separate: boolean };
  justified?: true;
  sync?: true;
  blankWhenZero?: true;
}

export interface OccursClause {
  readonly min: number;
  readonly max: number;
  /** Name and the groups that it is `OF`, as written. */
  readonly depending: readonly string[] | undefined;
  readonly place: SourcePlace;
}
