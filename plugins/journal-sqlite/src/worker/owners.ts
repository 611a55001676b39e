import type { DatabaseSync } from 'node:sqlite';
import { fateOfProcess } from '@waybill/contract';
import type { OwnerFacts } from '../operations.ts';

/** Who has the journal open, and the claims of those who died with it open. */
export class Owners {
  /** The number of this opener, which its claims carry. Never given twice. */
  readonly me: number;
  readonly #others;
  readonly #release;
  readonly #remove;

  constructor(database: DatabaseSync, { uuid, process }: OwnerFacts) {
    this.#others = database.prepare('SELECT id, process FROM owner WHERE id <> ?');
    this.#release = database.prepare(
      `UPDATE message SET owner = NULL, claimable_at = due_at
       WHERE seq IN (SELECT seq FROM message INDEXED BY pending WHERE claimable_at IS NOT NULL AND owner = ?)`,
    );
    this.#remove = database.prepare('DELETE FROM owner WHERE id = ?');
    // A thread that replaces one that ended goes on as the same owner.
    const row = database
      .prepare(
        `INSERT INTO owner (uuid, process) VALUES (?, ?)
         ON CONFLICT (uuid) DO UPDATE SET process = excluded.process RETURNING id`,
      )
      .get(uuid, process);
    this.me = Number(row?.['id']);
  }

  /** Ends the claims of processes that are dead; answers how many claims. */
  releaseDead(): number {
    let released = 0;
    for (const { id, process } of this.#others.all(this.me) as unknown as readonly { readonly id: number; readonly process: string }[])
      if (isDead(process)) released += this.#leave(id);
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

/**
 * A process of another machine or container counts as living: its claims end with their leases. A database in WAL mode is
 * used on one machine only, so that a machine of this name that was started again is this one.
 */
function isDead(process: string): boolean {
  const fate = fateOfProcess(process);
  return fate === 'gone' || fate === 'restarted';
}
