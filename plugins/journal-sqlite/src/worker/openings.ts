import type { DatabaseSync } from 'node:sqlite';
import { fateOfProcess, ownProcessIdentity } from '@waybill/contract/system';

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
