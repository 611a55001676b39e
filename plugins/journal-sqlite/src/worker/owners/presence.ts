import type { DatabaseSync } from 'node:sqlite';
import { fateOfProcess, ownProcessIdentity } from '@waybill/contract/system';
import type { PresentRow } from '../../wire/control.ts';
import type { JournalClock } from '../clock.ts';
import { whole } from '../seals/sealed-tables.ts';

/** What processes say of themselves. Rows of those that have ended, or have said nothing for too long, are ignored, and removed when another process next says something. */
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
    this.#young = database.prepare('SELECT * FROM presence WHERE at > ? ORDER BY since, uuid');
  }

  tell(uuid: string, since: number, status: string, keep: number): void {
    const now = this.#clock.now();
    this.#forget.run(now - keep);
    this.#put.run(uuid, ownProcessIdentity(), since, now, status);
  }

  remove(uuid: string): void {
    this.#remove.run(uuid);
  }

  list(keep: number): readonly PresentRow[] {
    return whole('presence', this.#young.all(this.#clock.now() - keep))
      .map((row) => [row['process'], row['since'], row['at'], row['status']] as unknown as PresentRow)
      .filter(([process]) => !['gone', 'restarted'].includes(fateOfProcess(process)));
  }
}

/** Who has the journal open: a row that is left tells that somebody ended without closing. */
export class Openings {
  readonly #all;
  readonly #add;
  readonly #remove;

  constructor(database: DatabaseSync) {
    this.#all = database.prepare('SELECT uuid, process FROM opening');
    this.#add = database.prepare('INSERT INTO opening (uuid, process) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#remove = database.prepare('DELETE FROM opening WHERE uuid = ?');
  }

  /**
   * Notes this opening; true when others have ended without closing since the last one. A process that cannot be seen from
   * here counts as ended: whoever follows it is careful for a while, which does no harm.
   */
  open(uuid: string): boolean {
    const others = this.#all.all().filter((row) => row['uuid'] !== uuid);
    const left = others.filter(({ process }) => fateOfProcess(String(process)) !== 'alive');
    for (const { uuid: other = '' } of left) this.#remove.run(other);
    this.#add.run(uuid, ownProcessIdentity());
    return left.length > 0;
  }

  close(uuid: string): void {
    this.#remove.run(uuid);
  }
}
