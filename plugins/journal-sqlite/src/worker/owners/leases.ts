import type { DatabaseSync } from 'node:sqlite';
import type { Owners } from '@waybill/sqlite/thread';
import type { LeaseRow } from '../../wire/operations.ts';
import { whole } from '../seals/sealed-tables.ts';

/** Of the lease of an owner, the part after which its holder gives up by itself when it could not show that it is alive. */
const patience = 0.8;

/** Who receives which entry alone. A row stays when its lease has ended, so that a version is never given twice. */
export class Leases {
  readonly #get;
  readonly #put;
  readonly #release;
  readonly #free;

  constructor(database: DatabaseSync) {
    this.#get = database.prepare('SELECT * FROM lease WHERE entry = ?');
    this.#put = database.prepare(
      `INSERT INTO lease (entry, owner, version) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET owner = excluded.owner, version = version + 1 RETURNING version`,
    );
    this.#release = database.prepare('UPDATE lease SET owner = NULL WHERE entry = ? AND owner = ? AND version = ?');
    this.#free = database.prepare('UPDATE lease SET owner = NULL WHERE owner = ?');
  }

  /** Takes the lease of an entry, also from an earlier one of this opening; null while somebody else has it. */
  take(entry: string, owners: Owners): LeaseRow | null {
    if (this.#isOthers(entry, owners)) owners.reap();
    if (this.#isOthers(entry, owners)) return null;
    const me = owners.me();
    return [entry, me, Number(this.#put.get(entry, me)?.['version'])];
  }

  release([entry, owner, version]: LeaseRow): void {
    this.#release.run(entry, owner, version);
  }

  /** Whether a step under the lease may be written. Call it in a transaction. */
  holds(lease: LeaseRow, owners: Owners): boolean {
    return owners.isMine(lease[1]) && this.#isNewest(lease);
  }

  /** Whether the holder has to stop: the lease is somebody else's, or may be before the holder hears of it. */
  isLost(lease: LeaseRow, owners: Owners, length: number): boolean {
    return !owners.isAlive || owners.silentFor > length * patience || !this.#isNewest(lease);
  }

  free(owner: number): void {
    this.#free.run(owner);
  }

  #isOthers(entry: string, owners: Owners): boolean {
    const holder = this.#read(entry)?.['owner'];
    return typeof holder === 'number' && !owners.isMine(holder);
  }

  #read(entry: string): Readonly<Record<string, unknown>> | undefined {
    return whole('lease', this.#get.all(entry))[0];
  }

  #isNewest([entry, owner, version]: LeaseRow): boolean {
    const row = this.#read(entry);
    return row?.['owner'] === owner && row['version'] === version;
  }
}
