import type { By } from './by.ts';
import type { Instant, JournalDirection, JournalEntry, JournalRow, JournalState, RowKey } from './rows.ts';

export interface JournalQuery {
  readonly direction?: JournalDirection | undefined;
  readonly state?: JournalState | undefined;
  readonly entry?: string | undefined;
  readonly id?: string | undefined;
  readonly trace?: string | undefined;
  /** Only what this inbound message caused. */
  readonly cause?: string | undefined;
  readonly businessKey?: { readonly name: string; readonly value: string } | undefined;
  readonly type?: string | undefined;
  readonly store?: string | undefined;
  /** Of the last failure of what is not done. */
  readonly code?: string | undefined;
  /** Only what was recorded at this time or later, and only what was recorded before that time. */
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
  /** Continues a listing: `next` of the page before. */
  readonly before?: number | undefined;
  /** Default 100. */
  readonly limit?: number | undefined;
}

export interface JournalPage {
  /** Newest first; possibly fewer than `limit` although there are more. */
  readonly rows: readonly JournalRow[];
  /** Where to go on, as `before`; undefined at the end. A page ends early where looking further would take too long. */
  readonly next?: number | undefined;
  /** How far back this page has looked. */
  readonly lookedBackTo?: Instant | undefined;
}

/** How much of an entry is unfinished. */
export interface EntryCounts {
  readonly direction: JournalDirection;
  readonly entry: string;
  /** Stored messages and legs that are not sent. Messages that their transport hands out again are not among them. */
  readonly waiting: number;
  readonly parked: number;
  /** When the oldest of those that wait was recorded. */
  readonly oldest?: Instant | undefined;
}

/** An order key whose messages wait for the one in front. */
export interface BlockedKey {
  readonly direction: JournalDirection;
  readonly entry: string;
  readonly orderKey: string;
  /** The id of the message in front, and its state. */
  readonly head: string;
  readonly state: JournalState;
  /** When its state changed, or its last attempt failed. */
  readonly since: Instant;
  /** How many unfinished ones stand behind it. */
  readonly waiting: number;
}

/**
 * What people do with the journal, from inside a running kernel or beside it. Who did something is recorded with it in the same
 * step, where it had an effect (see `Control.records`). Queries do not hold up messages: none reads the whole journal,
 * and none reads for more than 50 ms at a time.
 */
export interface Desk {
  list(query: JournalQuery): Promise<JournalPage>;
  show(key: RowKey): Promise<JournalEntry | undefined>;
  /** As `show`, for whoever gets to see what is secret or personal in it: records who, where there is such a row. */
  reveal(key: RowKey, by: By): Promise<JournalEntry | undefined>;
  /**
   * Makes parked messages due again, in their old places in the order, with all their attempts before them (`attempts` and
   * `unresolved` are 0); the lists of their failures stay. Answers those that were parked. For large sets see `Replays`.
   */
  replay(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]>;
  /** Gives a parked message another body; its digest stays that of what came, and the body that came stays as its `original`. False when no such message is parked. */
  edit(key: RowKey, body: Uint8Array, by: By): Promise<boolean>;
  /**
   * Moves what is stored, parked or not sent to another entry of the same direction, as the newest there (with a new `seq`), in
   * its state. Answers those that were moved: not what somebody has claimed, nor what the other entry has under the same id.
   */
  move(keys: readonly RowKey[], entry: string, by: By): Promise<readonly RowKey[]>;
  /** Removes parked messages for good; what they block goes on. Answers those that were parked. */
  drop(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]>;
  /** Every entry that has something unfinished, also those that no manifest names any more. Kept as messages change, not counted. */
  counts(): Promise<readonly EntryCounts[]>;
  /** Order keys with something waiting behind a parked head or one that waits for its retry, those in front the longest first. Default limit 100. */
  blocked(options?: { readonly limit?: number | undefined }): Promise<readonly BlockedKey[]>;
  /**
   * Forgets a portion of what was done (or failed) more than `keep` milliseconds ago, for a few milliseconds, the counts of
   * messages that their transport has not handed out again for so long, what people did so long ago, replays of sets that have ended or on
   * which nobody has worked for so long, and old tallies. Parked, stored and unsent rows stay. Answers how many messages and legs, and whether there is more.
   */
  forget(keep: number): Promise<{ readonly rows: number; readonly more: boolean }>;
}
