import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What a merchant's store would keep: the effect of each message, with the id of the message. */
export function openStore(folder: string): DatabaseSync {
  const store = new DatabaseSync(join(folder, 'store.db'), { timeout: 20_000 });
  store.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS effect (id TEXT NOT NULL, process INTEGER NOT NULL)',
  );
  return store;
}
