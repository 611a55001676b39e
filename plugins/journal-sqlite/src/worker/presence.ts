import type { DatabaseSync } from 'node:sqlite';
import { presentFor } from '@waybill/contract';
import { fateOfProcess, ownProcessIdentity } from '@waybill/contract/system';
import type { PresentRow } from '../wire/control.ts';
import type { JournalClock } from './clock.ts';

/** What processes say of themselves. Rows of those that have ended, or say nothing any more, count for nothing and go with the next word of somebody else. */
export class Presence {
  readonly #clock: JournalClock;
  readonly #put;
  readonly #forget;
  readonly #remove;
  readonly #young;

  constructor(database: DatabaseSync, clock: JournalClock) {
    this.#clock = clock;
    this.#put = database.prepare(
      `INSERT INTO presence (uuid, process, since, at, status) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at, status = excluded.status`,
    );
    this.#forget = database.prepare('DELETE FROM presence WHERE at <= ?');
    this.#remove = database.prepare('DELETE FROM presence WHERE uuid = ?');
    this.#young = database.prepare('SELECT process, since, at, status FROM presence WHERE at > ? ORDER BY since, uuid');
  }

  tell(uuid: string, since: number, status: string): void {
    const now = this.#clock.now();
    this.#forget.run(now - presentFor);
    this.#put.run(uuid, ownProcessIdentity(), since, now, status);
  }

  remove(uuid: string): void {
    this.#remove.run(uuid);
  }

  list(): readonly PresentRow[] {
    return this.#young
      .all(this.#clock.now() - presentFor)
      .map((row) => [row['process'], row['since'], row['at'], row['status']] as unknown as PresentRow)
      .filter(([process]) => !['gone', 'restarted'].includes(fateOfProcess(process)));
  }
}
