import type { CartNote } from '../cart.ts';

/** Collects what is wrong with a cart, and what was changed in it: all of it is told at once. */
export class Notes {
  readonly problems: CartNote[] = [];
  readonly warnings: CartNote[] = [];

  about(line: number | undefined): LineNotes {
    const at = line === undefined ? {} : { line };
    return {
      refuse: (field, what) => void this.problems.push({ ...at, field, what }),
      warn: (field, what) => void this.warnings.push({ ...at, field, what }),
    };
  }
}

/** The notes of one line. */
export interface LineNotes {
  /** The cart cannot go back like that. */
  readonly refuse: (field: string, what: string) => void;
  /** It can, and something about it was changed. */
  readonly warn: (field: string, what: string) => void;
}
