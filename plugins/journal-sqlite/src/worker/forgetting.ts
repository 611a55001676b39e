import type { DatabaseSync } from 'node:sqlite';
import type { ForgottenRow } from '../wire/desk.ts';
import { counted } from '../wire/states.ts';
import type { MessageRow } from './message-row.ts';
import type { Messages } from './messages.ts';

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
 * Forgetting what is done, oldest first, in portions. Each portion is found by an index that holds only what may go, so that
 * what stays is never walked over.
 */
export class Forgetting {
  readonly #messages: Messages;
  readonly #now: () => number;
  readonly #ended;
  readonly #isBegun;
  readonly #rest;
  readonly #tallies;

  constructor(database: DatabaseSync, messages: Messages, now: () => number = () => performance.now()) {
    this.#messages = messages;
    this.#now = now;
    this.#ended = database.prepare(
      `SELECT * FROM message INDEXED BY ended WHERE state IN (0, 2, 4) AND changed_at >= ? AND changed_at < ? ORDER BY changed_at LIMIT ${portion}`,
    );
    this.#isBegun = database.prepare('SELECT 1 FROM begun WHERE seq = ? LIMIT 1');
    this.#rest = [
      `DELETE FROM publication WHERE id IN
         (SELECT id FROM publication INDEXED BY publication_age WHERE legs = 0 AND at < ? LIMIT ${portion})`,
      `DELETE FROM pending_report WHERE id IN (SELECT id FROM pending_report INDEXED BY pending_age WHERE at < ? LIMIT ${portion})`,
      // Records are made in the order of their time.
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
    const now = this.#messages.clock.now();
    const before = now - keep;
    let rows = 0;
    let from = 0;
    for (;;) {
      const found = this.#ended.all(from, before) as unknown as readonly MessageRow[];
      const old = found.filter((row) => row.state !== counted || this.#isBegun.get(row.seq) === undefined);
      for (const row of old) this.#messages.remove(row, now);
      rows += old.length;
      const isFull = found.length === portion;
      if (this.#now() >= end) return [rows, isFull || this.#forgetRest(before, now)];
      if (!isFull) return [rows, this.#forgetRest(before, now)];
      // Past what somebody works on just now.
      if (old.length === 0) from = (found.at(-1)?.changed_at ?? before) + 1;
    }
  }

  /** True while there may be more. */
  #forgetRest(before: number, now: number): boolean {
    const rest = this.#rest.map((statement) => statement.run(before).changes);
    const tallies = talliesKept.map(([span, keep]) => this.#tallies.run(span, now - keep).changes);
    return [...rest, ...tallies].some((changes) => Number(changes) === portion);
  }
}
