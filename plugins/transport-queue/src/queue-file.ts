import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FileSettings } from './protocol.ts';
import { Refusal } from './refusal.ts';

/** Marks a SQLite file as ours: "WBQU". */
const applicationId = 0x57425155;
const fileVersion = 1;

/** What becomes of a message on a queue. */
export const state = { ready: 0, held: 1, waiting: 2 } as const;

/*
 * Bodies lie in a table of their own, because a message is handed out and given back by changing a few numbers in its
 * row, and SQLite writes rows whole. AUTOINCREMENT: a number is never used again, so that an owner who lost a message
 * cannot touch another one.
 */
const tables = `
  CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, depth INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE owner (id INTEGER PRIMARY KEY AUTOINCREMENT, process TEXT NOT NULL, lease INTEGER NOT NULL) STRICT;
  CREATE TABLE message (number INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL REFERENCES queue (id), priority INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, owner INTEGER, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,
    expires INTEGER, correlation TEXT, head TEXT NOT NULL) STRICT;
  CREATE TABLE body (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE INDEX message_in_line ON message (queue, state, priority DESC, number);
  CREATE INDEX message_by_correlation ON message (queue, correlation) WHERE correlation IS NOT NULL;
  CREATE INDEX message_by_owner ON message (owner) WHERE owner IS NOT NULL;
  CREATE INDEX message_by_due ON message (due) WHERE state = ${state.waiting};
  CREATE INDEX message_by_expiry ON message (expires) WHERE expires IS NOT NULL;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${fileVersion};
`;

/**
 * Opens the file of the queues, making it first where it may be made.
 * Raises `Refusal` (WB_QUEUE_FILE_…) or what SQLite raised.
 */
export function openQueueFile({ path, create }: FileSettings): DatabaseSync {
  if (!create && !existsSync(path)) throw new Refusal('WB_QUEUE_FILE_CANNOT_OPEN', `There is no file ${path}, and "create" is false.`);
  makeFolder(path);
  const db = new DatabaseSync(path);
  try {
    // Checked before anything is written: switching somebody else's database to WAL would already change it.
    db.exec('PRAGMA busy_timeout = 5000');
    refuseForeign(db, path);
    switchToWal(db);
    db.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 250; PRAGMA foreign_keys = OFF');
    makeTables(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new Refusal('WB_QUEUE_FILE_CANNOT_OPEN', `Cannot create the folder of ${path}.`, {
      cause: error instanceof Error ? error.message : error,
    });
  }
}

/** How long another process may take to switch a new file to WAL, in milliseconds. */
const patience = 5_000;

/** Two processes that open a new file at once get in each other's way here, and SQLite does not wait by itself. */
function switchToWal(db: DatabaseSync): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const isBusy = error instanceof Error && 'errcode' in error && error.errcode === 5;
      if (!isBusy || performance.now() > deadline) throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

/** True when the file already holds our tables. */
function refuseForeign(db: DatabaseSync, path: string): boolean {
  // In this order: another process may make the tables between the two questions, and makes them together with the mark.
  const empty = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0;
  const id = pragma(db, 'application_id');
  if (empty && id === 0) return false;
  if (id !== applicationId) throw new Refusal('WB_QUEUE_FILE_FOREIGN', `${path} is a database of something else.`);
  const version = pragma(db, 'user_version');
  if (version > fileVersion)
    throw new Refusal('WB_QUEUE_FILE_NEWER', `${path} has version ${version}; this transport knows version ${fileVersion}.`);
  return true;
}

/** Two processes may come here at once with a new file: the lock decides, and the second one finds the tables. */
function makeTables(db: DatabaseSync, path: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (!refuseForeign(db, path)) db.exec(tables);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}
