import type { DatabaseSync } from 'node:sqlite';
import { fateOfProcess, ownProcessIdentity } from '@waybill/contract';
import type { Store } from './store.ts';

/**
 * The processes that share the file, as rows of it. What a process holds is given back when it has ended, and otherwise
 * when its lease has run out, which happens to a process that is suspended or cannot be seen from here.
 */
export class Owners {
  readonly #db: DatabaseSync;
  readonly #store: Store;
  readonly #length: number;
  /** The number under which this process holds messages. */
  readonly own: number;
  #lease: number;

  /** Registers this process. `length`: of a lease, in milliseconds. */
  constructor(db: DatabaseSync, store: Store, length: number, now: number) {
    this.#db = db;
    this.#store = store;
    this.#length = length;
    this.#lease = now + length;
    const { lastInsertRowid } = db.prepare('INSERT INTO owner (process, lease) VALUES (?, ?)').run(ownProcessIdentity(), this.#lease);
    this.own = Number(lastInsertRowid);
  }

  /** True when the lease should be renewed before anything is taken or while something is held. */
  isLeaseOld(now: number): boolean {
    return this.#lease - now < (this.#length * 2) / 3;
  }

  /** Call inside a transaction. Others may have removed the row meanwhile; the number stays ours. */
  renew(now: number): void {
    this.#db
      .prepare('INSERT INTO owner (id, process, lease) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET lease = excluded.lease')
      .run(this.own, ownProcessIdentity(), now + this.#length);
    this.#lease = now + this.#length;
  }

  /** Processes other than this one that have ended, or have been silent for too long. */
  findGone(now: number): readonly number[] {
    const rows = this.#db.prepare('SELECT id, process, lease FROM owner WHERE id <> ?').all(this.own);
    return rows
      .filter((row) => Number(row['lease']) < now || fateOfProcess(String(row['process'])) === 'gone')
      .map((row) => Number(row['id']));
  }

  /** Gives back what these processes hold. Call inside a transaction. */
  bury(gone: readonly number[]): void {
    for (const owner of gone) {
      this.#store.giveBackAll(owner);
      this.#db.prepare('DELETE FROM owner WHERE id = ?').run(owner);
    }
  }
}
