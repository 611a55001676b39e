import type { DatabaseSync } from 'node:sqlite';
import { kept, parked } from '../../wire/states.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';

/** Gives rows another entry, as the newest there. */
export class Mover {
  readonly #messages: Messages;
  readonly #newest;
  readonly #given;
  readonly #moveRow;
  readonly #moveRest;

  constructor(database: DatabaseSync, messages: Messages) {
    this.#messages = messages;
    this.#newest = database.prepare(
      `SELECT max((SELECT coalesce(max(seq), 0) FROM message), (SELECT seq FROM sqlite_sequence WHERE name = 'message')) AS seq`,
    );
    this.#given = database.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE name = 'message'`);
    // Out of its line first, so that the old one is refreshed without it.
    this.#moveRow = database.prepare('UPDATE message SET seq = ?, entry = ?, in_line = 0, ready_at = NULL, blocking = 0 WHERE seq = ?');
    this.#moveRest = ['failure', 'begun', 'report', 'replayed'].map((table) =>
      database.prepare(`UPDATE ${table} SET seq = ? WHERE seq = ?`),
    );
  }

  /** Answers the row as it is there; undefined where it cannot be moved. */
  move(row: MessageRow, entry: string, now: number): MessageRow | undefined {
    const { seq, direction, id, state, owner, order_key, in_line } = row;
    const isKept = state === parked || state === kept;
    if (!isKept || owner !== null || this.#messages.find(direction, entry, id)) return undefined;
    const to = Number(this.#newest.get()?.['seq']) + 1;
    this.#given.run(to);
    this.#moveRow.run(to, entry, seq);
    for (const statement of this.#moveRest) statement.run(to, seq);
    this.#messages.moveKeys(row, to);
    this.#messages.bodies.move(seq, to);
    this.#messages.counts.move(direction, row.entry, state, undefined);
    this.#messages.counts.move(direction, entry, undefined, state);
    if (in_line === 1 && order_key !== null) this.#messages.lines.refresh(direction, row.entry, order_key, now);
    return this.#messages.change({ ...row, seq: to, entry, in_line: 0, ready_at: null }, { changed_at: now }, now);
  }
}
