import { DatabaseSync } from 'node:sqlite';
import { Refusal } from './failure.ts';
import { schema, schemaVersion } from './schema.ts';

export interface DatabaseOptions {
  readonly path: string;
  readonly busyTimeout: number;
  readonly maxSize: number | null;
}

/** Marks the file as ours in its header: "WayB". */
const applicationId = 0x57617942;

/** Opens the file, creates what is missing in it, and refuses what is not ours. */
export function openDatabase({ path, busyTimeout, maxSize }: DatabaseOptions): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    refuseForeign(database, path);
    switchToWal(database, busyTimeout);
    // Every commit reaches the disk before it is answered. Small checkpoints: the longest stall is 11 ms instead of 125.
    database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 250; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000');
    createSchema(database, path);
    if (maxSize !== null) limitSize(database, maxSize);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The first number that a PRAGMA answers. */
function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
}

function refuseForeign(database: DatabaseSync, path: string): void {
  // Looked at first: another process may be creating the journal just now, and what it has filled has its mark, too.
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  const id = numberOf(database, 'application_id');
  const version = numberOf(database, 'user_version');
  if (id === applicationId && version > schemaVersion)
    throw new Refusal(
      'WB_JOURNAL_SCHEMA_NEWER',
      `The journal ${path} has form ${version}; this version knows forms up to ${schemaVersion}.`,
    );
  if (id !== applicationId && !(id === 0 && isEmpty))
    throw new Refusal('WB_JOURNAL_NOT_A_JOURNAL', `The database ${path} belongs to another program.`);
}

/** Two processes that open a new file at once get in each other's way here, and SQLite does not wait by itself. */
function switchToWal(database: DatabaseSync, patience: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const isBusy = error instanceof Error && 'errcode' in error && error.errcode === 5;
      if (!isBusy || performance.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

function createSchema(database: DatabaseSync, path: string): void {
  if (numberOf(database, 'user_version') === schemaVersion) return;
  database.exec('BEGIN IMMEDIATE');
  // Another process may have been here between the look above and the lock.
  refuseForeign(database, path);
  if (numberOf(database, 'user_version') === 0)
    database.exec(`${schema}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
  database.exec('COMMIT');
}

function limitSize(database: DatabaseSync, maxSize: number): void {
  const pages = Math.max(1, Math.floor(maxSize / numberOf(database, 'page_size')));
  database.exec(`PRAGMA max_page_count = ${pages}`);
}
