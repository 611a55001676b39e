import type { DatabaseSync } from 'node:sqlite';
import { isDead } from '../liveness.ts';
import type { OwnerFacts } from '../operations.ts';

/** Who has the journal open, and the claims of those who died with it open. */
export class Owners {
  /** The number of this opener, which its claims carry. Never given twice. */
  readonly me: number;
  readonly #facts: OwnerFacts;
  readonly #others;
  readonly #release;
  readonly #remove;

  constructor(database: DatabaseSync, facts: OwnerFacts) {
    this.#facts = facts;
    this.#others = database.prepare('SELECT id, uuid, pid, started, place, boot FROM owner WHERE id <> ?');
    this.#release = database.prepare(
      `UPDATE message SET owner = NULL, claimable_at = due_at
       WHERE seq IN (SELECT seq FROM message INDEXED BY pending WHERE claimable_at IS NOT NULL AND owner = ?)`,
    );
    this.#remove = database.prepare('DELETE FROM owner WHERE id = ?');
    // A thread that replaces one that ended goes on as the same owner.
    const { uuid, pid, started, place, boot } = facts;
    const row = database
      .prepare(
        `INSERT INTO owner (uuid, pid, started, place, boot) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (uuid) DO UPDATE SET pid = excluded.pid RETURNING id`,
      )
      .get(uuid, pid, started, place, boot);
    this.me = Number(row?.['id']);
  }

  /** Ends the claims of processes that are dead; answers how many claims. */
  releaseDead(): number {
    let released = 0;
    for (const owner of this.#others.all(this.me) as unknown as readonly (OwnerFacts & { readonly id: number })[])
      if (isDead(owner, this.#facts)) released += this.#leave(owner.id);
    return released;
  }

  /** Ends the claims of this opener. */
  leave(): void {
    this.#leave(this.me);
  }

  #leave(id: number): number {
    const { changes } = this.#release.run(id);
    this.#remove.run(id);
    return Number(changes);
  }
}
