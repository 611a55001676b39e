import type { DatabaseSync } from 'node:sqlite';
import { bodyParameter } from '@waybill/sqlite';
import type { FailureRow, LegRow, WireMessage } from '../operations.ts';

export const inbound = 0;
export const outbound = 1;
export const waiting = 0;
export const stored = 1;
export const done = 2;
export const parked = 3;

/** What every step has to know of a row before it changes it. */
export interface KnownRow {
  readonly seq: number;
  readonly state: number;
  readonly attempts: number;
  readonly digest: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly due_at: number | null;
  readonly owner: number | null;
}

/** The statements that several steps share. Each of them expects to be called inside a transaction. */
export class Rows {
  readonly #known;
  readonly #put;
  readonly #body;
  readonly #remove;
  readonly #lastFailure;
  readonly #addFailure;
  readonly #count;
  readonly #park;
  readonly #addLeg;
  readonly #isMine: (owner: number) => boolean;

  /** `isMine` tells whether claims of an owner are those of this thread. */
  constructor(database: DatabaseSync, isMine: (owner: number) => boolean) {
    this.#isMine = isMine;
    this.#known = database.prepare(
      'SELECT seq, state, attempts, digest, code, reason, due_at, owner FROM message WHERE direction = ? AND name = ? AND id = ?',
    );
    this.#put = database.prepare(
      `INSERT INTO body (place, meta, body) VALUES (?, ?, ${bodyParameter}) ON CONFLICT DO UPDATE SET meta = excluded.meta, body = excluded.body`,
    );
    this.#body = database.prepare('SELECT meta, body FROM body WHERE place = ?');
    this.#remove = database.prepare('DELETE FROM body WHERE place = ?');
    this.#lastFailure = database.prepare('SELECT number, at, code, reason FROM failure WHERE seq = ? ORDER BY number DESC LIMIT 1');
    this.#addFailure = database.prepare('INSERT INTO failure (seq, number, at, code, reason) VALUES (?, ?, ?, ?, ?)');
    this.#count = database.prepare('UPDATE message SET attempts = attempts + 1, changed_at = ?, code = ?, reason = ? WHERE seq = ?');
    this.#park = database.prepare(`UPDATE message SET state = ${parked}, claimable_at = NULL, owner = NULL WHERE seq = ?`);
    this.#addLeg = database.prepare(
      `INSERT INTO message (direction, name, id, state, trace, recorded_at, changed_at, type, event, store, cause, publication, due_at, claimable_at)
       VALUES (${outbound}, ?, ?, ${waiting}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
  }

  known(direction: number, name: string, id: string): KnownRow | undefined {
    return this.#known.get(direction, name, id) as KnownRow | undefined;
  }

  putMessage(seq: number, [meta, body]: WireMessage): void {
    this.#put.run(seq * 2, meta, body);
  }

  putReply(seq: number, [meta, body]: WireMessage): void {
    this.#put.run(seq * 2 + 1, meta, body);
  }

  message(seq: number): WireMessage | null {
    return this.#read(seq * 2);
  }

  reply(seq: number): WireMessage | null {
    return this.#read(seq * 2 + 1);
  }

  removeMessage(seq: number): void {
    this.#remove.run(seq * 2);
  }

  removeReply(seq: number): void {
    this.#remove.run(seq * 2 + 1);
  }

  /** True when somebody else has claimed the row meanwhile: then its claim is none of our business. */
  isOthers(row: KnownRow): boolean {
    return row.owner !== null && !this.#isMine(row.owner);
  }

  /**
   * Counts a failed attempt. The same failure told again, when the row was not claimed in between, is the repetition
   * of a call whose outcome was unknown: it is not counted twice.
   */
  countFailure(row: KnownRow, failure: FailureRow, due: number): void {
    const [at, code, reason] = failure;
    const last = this.#lastFailure.get(row.seq);
    const isRepeated =
      row.owner === null && row.due_at === due && last?.['at'] === at && last['code'] === code && last['reason'] === reason;
    if (!isRepeated) this.#record(row.seq, failure, Number(last?.['number'] ?? 0) + 1);
  }

  giveUp(seq: number, failure: FailureRow): void {
    this.#record(seq, failure, Number(this.#lastFailure.get(seq)?.['number'] ?? 0) + 1);
    this.#park.run(seq);
  }

  /** Records the legs whose destination does not know their id yet; answers how many. */
  addLegs(legs: readonly LegRow[], at: number, publication: string | null): number {
    let recorded = 0;
    for (const [destination, id, event, type, store, cause, trace, meta, body] of legs) {
      const added = this.#addLeg.run(destination, id, trace, at, at, type, event, store, cause, publication, at, at);
      if (added.changes !== 1) continue;
      recorded += 1;
      this.#put.run(Number(added.lastInsertRowid) * 2, meta, body);
    }
    return recorded;
  }

  #record(seq: number, [at, code, reason]: FailureRow, number: number): void {
    this.#addFailure.run(seq, number, at, code, reason);
    this.#count.run(at, code, reason, seq);
  }

  #read(place: number): WireMessage | null {
    const row = this.#body.get(place);
    return row === undefined ? null : [String(row['meta']), row['body'] as Uint8Array];
  }
}
