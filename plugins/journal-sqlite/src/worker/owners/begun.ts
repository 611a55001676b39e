import type { DatabaseSync } from 'node:sqlite';
import type { Owners } from '@waybill/sqlite/thread';

/** Inbound messages that somebody works on without a claim, because their transport has them in hand. */
export class Begun {
  readonly #add;
  readonly #end;
  readonly #by;
  readonly #endAll;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare('INSERT INTO begun (seq, owner) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#end = database.prepare('DELETE FROM begun WHERE seq = ? AND owner = ?');
    this.#by = database.prepare('SELECT owner FROM begun WHERE seq = ?');
    this.#endAll = database.prepare('DELETE FROM begun INDEXED BY begun_by WHERE owner = ? RETURNING seq');
  }

  /** False when this opening works on it already. */
  add(seq: number, owners: Owners): boolean {
    return this.#add.run(seq, owners.me()).changes === 1;
  }

  /** This opening works on it no longer, if it did. */
  end(seq: number, owners: Owners): void {
    for (const { owner } of this.#by.all(seq)) if (owners.isMine(Number(owner))) this.#end.run(seq, Number(owner));
  }

  /** All that an owner works on; it works on nothing from now on. */
  endAll(owner: number): readonly number[] {
    return this.#endAll.all(owner).map(({ seq }) => Number(seq));
  }
}
