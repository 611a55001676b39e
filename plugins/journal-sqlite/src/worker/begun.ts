import type { DatabaseSync } from 'node:sqlite';

/** Inbound messages that somebody works on without a claim, because their transport has them in hand. */
export class Begun {
  readonly #add;
  readonly #end;
  readonly #of;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare('INSERT INTO begun (seq, owner) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#end = database.prepare('DELETE FROM begun WHERE seq = ? AND owner = ?');
    this.#of = database.prepare('SELECT seq FROM begun INDEXED BY begun_by WHERE owner = ?');
  }

  /** False when this owner works on it already. */
  add(seq: number, owner: number): boolean {
    return this.#add.run(seq, owner).changes === 1;
  }

  /** False when this owner did not work on it. */
  end(seq: number, owner: number): boolean {
    return this.#end.run(seq, owner).changes === 1;
  }

  of(owner: number): readonly number[] {
    return this.#of.all(owner).map(({ seq }) => Number(seq));
  }
}
