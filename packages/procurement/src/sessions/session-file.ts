import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sessionErrors } from './errors.ts';
import { applicationId, schema, version } from './schema.ts';

/** How long a process waits for another one that writes, in milliseconds. A write takes a few. */
const patience = 5_000;

/**
 * Opens the file of the sessions, and makes it where there is none, readable by its owner only. What was written is on the disk before the next step is taken.
 * Throws WB_SESSIONS_UNUSABLE.
 */
export function openSessionFile(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: patience });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    prepare(database);
    if (path !== ':memory:') chmodSync(path, 0o600);
    return database;
  } catch (cause) {
    database?.close();
    throw sessionErrors.WB_SESSIONS_UNUSABLE(`The file of the PunchOut sessions ${path} cannot be used: ${reasonOf(cause)}.`, { cause });
  }
}

/** In one transaction, so that of several processes that come at once one makes the tables. */
function prepare(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = numberOf(database, 'user_version');
    if (found === 0 && numberOf(database, 'schema_version') === 0) {
      database.exec(`${schema} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version};`);
    } else if (numberOf(database, 'application_id') !== applicationId) {
      throw new Error('it belongs to another program');
    } else if (found !== version) {
      throw new Error(`it is of version ${found}, and this is version ${version}`);
    }
    database.exec('COMMIT');
  } catch (cause) {
    database.exec('ROLLBACK');
    throw cause;
  }
}

const numberOf = (database: DatabaseSync, pragma: string): number => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
