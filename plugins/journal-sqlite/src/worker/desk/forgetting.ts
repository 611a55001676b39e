import type { DatabaseSync } from 'node:sqlite';
import type { ForgottenRow } from '../../wire/desk.ts';
import { counted, done } from '../../wire/states.ts';
import { isWholeMessage } from '../rows/damage.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import { forgettingReplays } from './replay-table.ts';

/** For how long one call forgets, in milliseconds: the steps behind it wait for that. */
const forgetFor = 3;

/** How many rows are read at a time. */
const portion = 32;

/** The numbers of minutes, and of hours, and for how long they are kept, all in milliseconds. */
const talliesKept = [
  [60_000, 2 * 86_400_000],
  [3_600_000, 60 * 86_400_000],
] as const;

/**
 * Forgetting what is done, oldest first, in portions. Most messages are done when they are recorded: they are met in the order
 * of their recording, and what stays among them is passed once. What ended later has an index of its own, in which only
 * what may go stands.
 */
export class Forgetting {
  readonly #messages: Messages;
  readonly #now: () => number;
  readonly #next;
  readonly #ended;
  readonly #isBegun;
  readonly #isAnyUnraised;
  readonly #isUnraised;
  readonly #rest;
  readonly #tallies;
  /** Up to this `seq`, what was done when it was recorded is gone. */
  #passed = 0;
  /** The same before the last call, which may have been undone. */
  #passedBefore = 0;

  constructor(database: DatabaseSync, messages: Messages, now: () => number = () => performance.now()) {
    this.#messages = messages;
    this.#now = now;
    this.#next = database.prepare(`SELECT * FROM message WHERE seq > ? ORDER BY seq LIMIT ${portion}`);
    this.#ended = database.prepare(
      `SELECT * FROM message INDEXED BY ended WHERE is_late = 1 AND changed_at >= ? AND changed_at < ? ORDER BY changed_at LIMIT ${portion}`,
    );
    this.#isBegun = database.prepare('SELECT 1 FROM begun WHERE seq = ? LIMIT 1');
    this.#isAnyUnraised = database.prepare('SELECT 1 FROM report INDEXED BY unraised WHERE raised = 0 LIMIT 1');
    this.#isUnraised = database.prepare('SELECT 1 FROM report WHERE seq = ? AND raised = 0 LIMIT 1');
    this.#rest = [
      `DELETE FROM publication WHERE id IN
         (SELECT id FROM publication INDEXED BY publication_age WHERE legs = 0 AND at < ? LIMIT ${portion})`,
      `DELETE FROM pending_report WHERE id IN (SELECT id FROM pending_report INDEXED BY pending_age WHERE at < ? LIMIT ${portion})`,
      // Records are made in the order of their time.
      ...forgettingReplays(portion),
      `DELETE FROM control_record WHERE at < ? AND seq IN (SELECT seq FROM control_record ORDER BY seq LIMIT ${portion})`,
    ].map((sql) => database.prepare(sql));
    this.#tallies = database.prepare(
      `DELETE FROM tally WHERE (span, direction, entry, at, outcome) IN
         (SELECT span, direction, entry, at, outcome FROM tally INDEXED BY tally_age WHERE span = ? AND at < ? LIMIT ${portion})`,
    );
  }

  /** Forgets a portion of what was done more than `keep` milliseconds ago. */
  forget(keep: number): ForgottenRow {
    const end = this.#now() + forgetFor;
    this.#passedBefore = this.#passed;
    const now = this.#messages.clock.now();
    const before = now - keep;
    const forget = (rows: readonly MessageRow[]): number => {
      for (const row of rows) this.#messages.remove(row, now);
      return rows.length;
    };
    let rows = 0;
    let isMore = true;
    while (isMore && this.#now() < end) {
      const found = this.#doneAtOnce(before);
      rows += forget(found.rows);
      isMore = found.isMore;
    }
    for (let from = 0; !isMore; ) {
      const found = this.#endedLater(from, before);
      rows += forget(found.rows);
      ({ from } = found);
      if (!found.isMore) break;
      isMore = this.#now() >= end;
    }
    return [rows, isMore || this.#forgetRest(before, now)];
  }

  /** The transaction was undone: what it had removed is there again. */
  undone(): void {
    this.#passed = this.#passedBefore;
  }

  /** The next ones in the order of recording. */
  #doneAtOnce(before: number): { readonly rows: readonly MessageRow[]; readonly isMore: boolean } {
    const found = this.#next.all(this.#passed) as unknown as readonly MessageRow[];
    const young = found.findIndex(({ recorded_at }) => recorded_at >= before);
    const old = young < 0 ? found : found.slice(0, young);
    const rows = old.filter((row) => row.state === done && row.is_late === 0 && isWholeMessage(row));
    this.#passed = old.at(-1)?.seq ?? this.#passed;
    return { rows, isMore: old.length === portion };
  }

  #endedLater(from: number, before: number): { readonly rows: readonly MessageRow[]; readonly from: number; readonly isMore: boolean } {
    const found = this.#ended.all(from, before) as unknown as readonly MessageRow[];
    const stays = this.#isAnyUnraised.get() ? ({ seq }: MessageRow) => this.#isUnraised.get(seq) !== undefined : () => false;
    const rows = found.filter(
      (row) => isWholeMessage(row) && (row.state !== counted || this.#isBegun.get(row.seq) === undefined) && !stays(row),
    );
    const isMore = found.length === portion;
    // Goes on past rows that somebody is working on, of which something is to be raised, or that are not what was written.
    return { rows, from: rows.length === 0 ? (found.at(-1)?.changed_at ?? before) + 1 : from, isMore };
  }

  /** True while there may be more. */
  #forgetRest(before: number, now: number): boolean {
    const rest = this.#rest.map((statement) => statement.run(before).changes);
    const tallies = talliesKept.map(([span, keep]) => this.#tallies.run(span, now - keep).changes);
    return [...rest, ...tallies].some((changes) => Number(changes) === portion);
  }
}
