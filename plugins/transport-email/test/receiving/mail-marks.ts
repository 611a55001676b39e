import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Manifest } from '@waybill/kernel';
import type { World } from './world.ts';

/** What a merchant's store would keep: each run of a handler, with the key in its document and the id of its message. */
export function openEffects(folder: string): DatabaseSync {
  const store = new DatabaseSync(join(folder, 'effects.db'), { timeout: 20_000 });
  store.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS effect (key TEXT NOT NULL, id TEXT NOT NULL, process INTEGER NOT NULL)',
  );
  return store;
}

/** One inbound entry at the mailbox of a world, and a journal that processes share. */
export function manifestFor({ connection, inbound }: World, entry: object): Manifest {
  return {
    name: 'mails',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-email'],
    journal: { use: 'sqlite', path: 'journal.db', busyTimeout: '20s' },
    connections: { post: { transport: 'email', ...connection } },
    inbound: { marks: { connection: 'post', credentials: 'ignore', ...inbound, ...entry } },
  } as unknown as Manifest;
}
