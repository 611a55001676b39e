import type { DatabaseSync } from 'node:sqlite';

/** Undoes the transaction. Some errors of the disk have ended it already; then there is nothing to roll back. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('no transaction'))) throw error;
  }
}
