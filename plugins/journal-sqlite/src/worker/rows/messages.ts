import type { DatabaseSync } from 'node:sqlite';
import type { FailureRow } from '../../wire/message.ts';
import { done, inbound, parked } from '../../wire/states.ts';
import type { JournalClock } from '../clock.ts';
import { sumOfClaim, sumOfMessage } from '../seals/sums.ts';
import { Bodies } from './bodies.ts';
import { BusinessKeyTable } from './business-keys.ts';
import { Counts } from './counts.ts';
import { parkedAs, readRow, rowDamaged } from './damage.ts';
import { Lines } from './lines.ts';
import { type Changeable, changeableColumns, isLate, type MessageRow, readyAt, receiptsOf, standsInLine } from './message-row.ts';

/** What a new row is made of; the rest is as in the table's defaults. */
export interface NewRow {
  readonly direction: number;
  readonly entry: string;
  readonly id: string;
  readonly state: number;
  readonly trace: string;
  readonly digest: string;
  readonly type: string | null;
  readonly store: string | null;
  readonly order_key: string | null;
  readonly keys: string | null;
  readonly event?: string | null;
  readonly cause?: string | null;
  readonly publication?: string | null;
  readonly uncomposed?: string | null;
  readonly blocks?: number;
  readonly at_once?: number;
}

/** Of a new row, what is as in the table's defaults. */
const fresh = {
  owner: null,
  attempts: 0,
  unresolved: 0,
  version: 0,
  blocking: 0,
  code: null,
  fault: null,
  reason: null,
  detail: null,
  receipts: null,
  recipients: null,
  ended_owner: null,
  ended_version: null,
  ended_as: null,
} as const;

/** The rows of the journal, one at a time. What follows from a change (lines, counts, keys) is done with it. */
export class Messages {
  readonly bodies: Bodies;
  readonly lines: Lines;
  readonly counts: Counts;
  readonly clock: JournalClock;
  readonly #keys: BusinessKeyTable;
  readonly #find;
  readonly #bySeq;
  readonly #insert;
  readonly #save;
  readonly #addFailure;
  readonly #delete;
  readonly #forgetReceipt;
  readonly #moveReceipt;
  readonly #countLeg;
  readonly #claim;

  constructor(database: DatabaseSync, clock: JournalClock) {
    this.clock = clock;
    this.bodies = new Bodies(database);
    this.counts = new Counts(database);
    this.lines = new Lines(database, this.counts);
    this.#keys = new BusinessKeyTable(database);
    this.#find = database.prepare('SELECT * FROM message WHERE direction = ? AND entry = ? AND id = ?');
    this.#bySeq = database.prepare('SELECT * FROM message WHERE seq = ?');
    this.#insert = database.prepare(
      `INSERT INTO message (direction, entry, id, state, trace, digest, recorded_at, changed_at, due_at, ready_at, in_line, blocks, at_once, is_late,
         type, store, order_key, keys, event, cause, publication, uncomposed, sum)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#save = database.prepare(
      `UPDATE message SET blocking = 0, ${changeableColumns.map((column) => `${column} = ?`).join(', ')}, sum = ? WHERE seq = ?`,
    );
    this.#addFailure = database.prepare(
      `INSERT INTO failure (seq, number, at, code, fault, reason)
       VALUES (?1, coalesce((SELECT max(number) FROM failure WHERE seq = ?1), 0) + 1, ?2, ?3, ?4, ?5)`,
    );
    this.#delete = ['failure', 'begun', 'report', 'replayed', 'message'].map((table) =>
      database.prepare(`DELETE FROM ${table} WHERE seq = ?`),
    );
    this.#forgetReceipt = database.prepare('DELETE FROM receipt WHERE receipt = ? AND seq = ?');
    this.#moveReceipt = database.prepare('UPDATE receipt SET seq = ? WHERE receipt = ? AND seq = ?');
    this.#claim = database.prepare('UPDATE message SET owner = ?, ready_at = NULL, blocking = 0, version = ?, sum = ? WHERE seq = ?');
    this.#countLeg = database.prepare('UPDATE publication SET legs = legs - 1 WHERE id = ?');
  }

  find(direction: number, entry: string, id: string): MessageRow | undefined {
    return readRow(this.#find, direction, entry, id);
  }

  bySeq(seq: number): MessageRow | undefined {
    return readRow(this.#bySeq, seq);
  }

  /** Records a new row and answers its `seq`; undefined when there is one of that id. */
  add(row: NewRow, now: number): number | undefined {
    const { direction, entry, id, state, trace, digest, type, store, order_key, keys, blocks = 0, at_once = 0 } = row;
    const { event = null, cause = null, publication = null, uncomposed = null } = row;
    const late = state === done ? 0 : Number(isLate(state));
    const inLine = standsInLine({ order_key, state, blocks, at_once } as Changeable);
    const ready = at_once === 1 ? null : readyAt({ order_key, state, owner: null, due_at: now } as Changeable);
    const place = [direction, entry, id, state, trace, digest, now, now, now, ready, Number(inLine), blocks, at_once, late] as const;
    const facts = [type, store, order_key, keys, event, cause, publication, uncomposed] as const;
    const sum = sumOfMessage({
      ...fresh,
      direction,
      entry,
      id,
      state,
      trace,
      digest,
      recorded_at: now,
      changed_at: now,
      due_at: now,
      ready_at: ready,
      in_line: Number(inLine),
      blocks,
      at_once,
      is_late: late,
      type,
      store,
      order_key,
      keys,
      event,
      cause,
      publication,
      uncomposed,
    });
    const { changes, lastInsertRowid } = this.#insert.run(...place, ...facts, sum);
    if (changes !== 1) return undefined;
    const seq = Number(lastInsertRowid);
    this.counts.move(direction, entry, undefined, state);
    if (ready !== null) this.counts.ready(direction, entry);
    if (keys !== null) this.#keys.add(seq, keys);
    if (inLine && order_key !== null) this.lines.refresh(direction, entry, order_key, now);
    return seq;
  }

  /** Changes a row and everything that follows from it. One that is not what was written is only parked. */
  change(row: MessageRow, changes: Partial<Changeable>, now: number): MessageRow {
    return row.damagedState === undefined ? this.#change(row, changes, row.state, now) : this.#parkDamaged(row, now);
  }

  /** Gives a message to a person that cannot be handed out as it is. */
  park(row: MessageRow, failure: FailureRow, now: number): void {
    const parking = row.damagedState === undefined ? this.fail(row, failure, now) : {};
    this.change(row, { ...parking, state: parked, changed_at: now }, now);
  }

  #parkDamaged(row: MessageRow, now: number): MessageRow {
    return this.#change(parkedAs(row), { ...this.fail(row, rowDamaged, now), changed_at: now }, row.damagedState, now);
  }

  #change(row: MessageRow, changes: Partial<Changeable>, from: number | undefined, now: number): MessageRow {
    const merged = { ...row, ...changes, blocking: 0 };
    const derived = { ready_at: readyAt(merged), in_line: Number(standsInLine(merged)), is_late: Number(isLate(merged.state)) };
    const changed = { ...merged, ...derived };
    const { seq, direction, entry, order_key } = changed;
    this.#save.run(...changeableColumns.map((column) => changed[column]), sumOfMessage(changed), seq);
    this.counts.move(direction, entry, from, changed.state);
    if (changed.ready_at !== null) this.counts.ready(direction, entry);
    if (changed.keys !== row.keys) this.#keys.replace(seq, row.keys, changed.keys);
    if (order_key !== null && (row.in_line === 1 || changed.in_line === 1)) this.lines.refresh(direction, entry, order_key, now);
    return changed;
  }

  /** Gives a whole row an owner; answers the version of the claim. */
  claim(row: MessageRow, owner: number): number {
    const version = row.version + 1;
    this.#claim.run(owner, version, (row.sum ?? 0) + sumOfClaim(row, { owner, version }), row.seq);
    return version;
  }

  /** Gives what people look a row up by another `seq`. */
  moveKeys(row: MessageRow, to: number): void {
    const { seq, keys } = row;
    for (const receipt of receiptsOf(row)) this.#moveReceipt.run(to, receipt, seq);
    if (keys === null) return;
    this.#keys.remove(seq, keys);
    this.#keys.add(to, keys);
  }

  /** What a failure changes in its row. */
  fail(row: MessageRow, [code, fault, reason]: FailureRow, now: number): Pick<MessageRow, 'code' | 'fault' | 'reason'> {
    this.#addFailure.run(row.seq, now, code, fault, reason);
    return { code, fault, reason };
  }

  /** Removes a row for good, with all that belongs to it; what stood behind it goes on. */
  remove(row: MessageRow, now: number): void {
    const { seq, direction, entry, state, order_key, in_line, keys, publication } = row;
    this.bodies.remove(seq);
    for (const receipt of receiptsOf(row)) this.#forgetReceipt.run(receipt, seq);
    if (publication !== null) this.#countLeg.run(publication);
    if (keys !== null) this.#keys.remove(seq, keys);
    for (const statement of this.#delete) statement.run(seq);
    this.counts.move(direction, entry, state, undefined);
    if (in_line === 1 && order_key !== null) this.lines.refresh(direction, entry, order_key, now);
  }

  /** True when an older message with the key is unfinished; the one with `seq` does not block itself. */
  isBlocked(entry: string, orderKey: string | null, seq: number | undefined): boolean {
    if (orderKey === null) return false;
    const head = this.lines.head(inbound, entry, orderKey);
    return head !== undefined && head !== seq;
  }
}
