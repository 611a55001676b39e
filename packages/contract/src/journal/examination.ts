import type { By } from './by.ts';
import type { RowKey } from './rows.ts';

/** Something in a journal that is not what was written. */
export interface JournalFault {
  /** What is wrong and where, as a sentence. */
  readonly what: string;
  /** The messages that it touches, as far as they are known; at most a hundred of them. */
  readonly messages: readonly RowKey[];
  /** How many there are in all. */
  readonly count: number;
}

/** What a check of a journal has found. */
export interface CheckedJournal {
  /** Which file, or database. */
  readonly place: string;
  /** How many messages and legs were looked at. */
  readonly messages: number;
  /** None: everything is what was written. */
  readonly faults: readonly JournalFault[];
}

export interface SalvageOptions {
  /** The path of the journal to make. */
  readonly into: string;
  /** Recorded in the new journal. */
  readonly by: By;
}

/** What was taken over from a damaged journal. */
export interface SalvagedJournal {
  readonly into: string;
  /** How many messages and legs are as they were. */
  readonly whole: number;
  /** Those that are parked now, because not all of them is what was written, or is there. */
  readonly doubtful: readonly RowKey[];
  /** What could not be taken over, as sentences: with ids where they are known. */
  readonly lost: readonly string[];
}
