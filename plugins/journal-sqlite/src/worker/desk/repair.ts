import type { DatabaseSync } from 'node:sqlite';
import type { KeyRow, Operations } from '../../wire/operations.ts';
import { kept, parked } from '../../wire/states.ts';
import { rowDamaged } from '../rows/damage.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import { type Act, ControlRecords } from './control-records.ts';
import { showing } from './view.ts';

type RepairOperations = Pick<Operations, 'reveal' | 'replay' | 'edit' | 'move' | 'drop'>;

type Work = (row: MessageRow, now: number) => boolean;

/** What people do to what is parked, or stands in the wrong entry. Who did it is written with it. */
export function repairOperations(database: DatabaseSync, messages: Messages): RepairOperations {
  const mover = new Mover(database, messages);
  const records = new ControlRecords(database);
  const show = showing(database);
  const each = (act: Omit<Act, 'at'>, keys: readonly KeyRow[], work: Work): readonly KeyRow[] => {
    const now = messages.clock.now();
    const changed = keys.filter(([direction, entry, id]) => {
      const row = messages.find(direction, entry, id);
      if (row?.damagedState === undefined) return row !== undefined && work(row, now);
      // Parked by that; whoever looks at it then can decide.
      messages.park(row, rowDamaged, now);
      return false;
    });
    records.ofRows({ ...act, at: now }, changed);
    return changed;
  };
  return {
    reveal(key, by) {
      const shown = show(...key);
      if (shown !== null) records.ofRows({ did: 'reveal', by, at: messages.clock.now() }, [key]);
      return shown;
    },
    replay: (keys, by) => each({ did: 'replay', by }, keys, (row, now) => replay(messages, row, now)),
    edit: (key, body, by) => each({ did: 'edit', by }, [key], (row, now) => edit(messages, row, body, now)).length === 1,
    move: (keys, entry, by) => each({ did: 'move', by, to: entry }, keys, (row, now) => mover.move(row, entry, now)),
    drop: (keys, by) => each({ did: 'drop', by }, keys, (row, now) => drop(messages, row, now)),
  };
}

function replay(messages: Messages, row: MessageRow, now: number): boolean {
  if (row.state !== parked) return false;
  messages.change(row, { state: kept, attempts: 0, unresolved: 0, blocks: 0, due_at: now, changed_at: now }, now);
  return true;
}

function edit(messages: Messages, row: MessageRow, body: Uint8Array, now: number): boolean {
  if (row.state !== parked || !messages.bodies.edit(row.seq, body)) return false;
  messages.change(row, { changed_at: now }, now);
  return true;
}

function drop(messages: Messages, row: MessageRow, now: number): boolean {
  if (row.state !== parked) return false;
  messages.remove(row, now);
  return true;
}

/** Gives rows another entry, as the newest there. */
class Mover {
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
    this.#moveRest = ['failure', 'begun', 'report'].map((table) => database.prepare(`UPDATE ${table} SET seq = ? WHERE seq = ?`));
  }

  move(row: MessageRow, entry: string, now: number): boolean {
    const { seq, direction, id, state, owner, order_key, in_line } = row;
    const isKept = state === parked || state === kept;
    if (!isKept || owner !== null || this.#messages.find(direction, entry, id)) return false;
    const to = Number(this.#newest.get()?.['seq']) + 1;
    this.#given.run(to);
    this.#moveRow.run(to, entry, seq);
    for (const statement of this.#moveRest) statement.run(to, seq);
    this.#messages.moveKeys(row, to);
    this.#messages.bodies.move(seq, to);
    this.#messages.counts.move(direction, row.entry, state, undefined);
    this.#messages.counts.move(direction, entry, undefined, state);
    if (in_line === 1 && order_key !== null) this.#messages.lines.refresh(direction, row.entry, order_key, now);
    this.#messages.change({ ...row, seq: to, entry, in_line: 0, ready_at: null }, { changed_at: now }, now);
    return true;
  }
}
