import type { DatabaseSync } from 'node:sqlite';
import { FileFault, isBusy } from './fault.ts';

/**
 * Lets the file keep a write-ahead log, so that reading and writing do not wait for each other. Two processes that open
 * a new file at once get in each other's way here, and SQLite does not wait by itself. Throws `FileFault` `unsuitable`
 * where the drive does not allow it, which SQLite tells by answering another mode.
 */
export function switchToWal(database: DatabaseSync, patience: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
      if (mode === 'wal') return;
      throw new FileFault('unsuitable', `SQLite keeps the journal mode "${String(mode)}" there.`);
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}
