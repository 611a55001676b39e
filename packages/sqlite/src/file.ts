import { accessSync, closeSync, constants, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '@waybill/contract/system';
import { FileFault, faultOf, isBusy } from './fault.ts';
import { refuseLosses } from './log/losses.ts';
import type { PromiseFormat } from './log/promises.ts';
import { pragma, refuseFolder, versionOf } from './looking.ts';

/** Of a path without links, in bytes: SQLite takes 512, of which it keeps 8 for the names of the files beside it. It does not say so when it refuses one. */
const longestPath = 504;

/** What a program keeps in its files. */
export interface FileFormat {
  /** Marks a file as this program's in its header: a whole number of 32 bits, not 0. */
  readonly applicationId: number;
  /** SQL that fills an empty file with the tables of the newest version. */
  readonly schema: string;
  /** SQL that makes a file of version `index + 1` one of version `index + 2`. The newest version is the number of them, plus one. */
  readonly migrations: readonly string[];
  /** Gives a connection the functions that `schema` and `migrations` use. */
  readonly prepare?: ((database: DatabaseSync) => void) | undefined;
  /** How a file tells of what it has promised. Missing where that is not counted. */
  readonly promises?: PromiseFormat | undefined;
}

export interface FileOptions {
  readonly path: string;
  /** How long a step waits for another process that is writing, in milliseconds. Default 5,000. */
  readonly busyTimeout?: number | undefined;
  /** The size that the file may reach, in bytes. Default: no limit. */
  readonly maxSize?: number | undefined;
  /** Whether a missing file is made, together with its folder. Default true. */
  readonly create?: boolean | undefined;
  /** Whether a file of an older version is brought up to date. False: it is left as it is. Default true. */
  readonly migrate?: boolean | undefined;
}

/**
 * Every commit reaches the disk before it is answered, on macOS too (fullfsync; of no effect elsewhere). Small
 * checkpoints: the longest stall is 11 ms instead of 125.
 */
const pragmas = `
  PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
  PRAGMA wal_autocheckpoint = 250; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000`;

/**
 * Opens a file of the given format, making it first where it may be made (readable by its owner only), and brings a file
 * of an older version up to date. A file that is not of this format is left as it is. Several processes may do so at once.
 * Throws `FileFault` or what SQLite throws; `faultOf` tells what either means.
 */
export function openFile(
  format: FileFormat,
  { path, busyTimeout = 5_000, maxSize, create = true, migrate = true }: FileOptions,
): DatabaseSync {
  if (create) makeFile(path);
  if (format.promises) refuseLosses(path, format, format.promises);
  const database = openDatabase(path, create);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    // Checked before anything is written: switching somebody else's database to WAL would already change it.
    const version = versionOf(database, format, path);
    refuseOtherForm(database, path);
    format.prepare?.(database);
    switchToWal(database, busyTimeout);
    database.exec(pragmas);
    if (migrate || version === 0) bringUpToDate(database, format, path);
    if (maxSize !== undefined) limitSize(database, maxSize);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * The place of a body in a statement, instead of a bare `?`. Node 22, and 24 before 24.15, bind an empty array that has
 * crossed a thread border as NULL.
 */
export const bodyParameter = "coalesce(?, x'')";

/** SQLite gives the files beside this one the rights that this one has. */
function makeFile(path: string): void {
  try {
    makeFolder(dirname(path), { mode: 0o700 });
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && syscall === 'open') return;
    const fault = faultOf(error);
    throw new FileFault(fault === 'failed' ? 'cannot-open' : fault, message);
  }
}

function openDatabase(path: string, create: boolean): DatabaseSync {
  if (!create) seeExisting(path);
  refuseFolder(path);
  try {
    return new DatabaseSync(path, { enableForeignKeyConstraints: false });
  } catch (error) {
    const length = faultOf(error) === 'cannot-open' ? Buffer.byteLength(realpathSync(path)) : 0;
    if (length <= longestPath) throw error;
    throw new FileFault('cannot-open', `The path has ${length} bytes from the root on, and SQLite opens none of more than ${longestPath}.`);
  }
}

/** Without opening it: closing a file ends all locks that this process has on it, those of SQLite too. */
function seeExisting(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new FileFault('cannot-open', (error as Error).message);
  }
}

/** What SQLite would use to write in another way than we do. */
function refuseOtherForm(database: DatabaseSync, path: string): void {
  if (pragma(database, 'auto_vacuum') !== 0) throw new FileFault('damaged', `The header of ${path} asks for another form of file.`);
}

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

/** Several processes may come here at once: the lock decides, and the others find the work done. */
function bringUpToDate(database: DatabaseSync, format: FileFormat, path: string): void {
  const newest = format.migrations.length + 1;
  if (versionOf(database, format, path) === newest) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database, format, path);
    if (version === 0) database.exec(format.schema);
    else for (const migration of format.migrations.slice(version - 1)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${format.applicationId}; PRAGMA user_version = ${newest}; COMMIT`);
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Undoes the transaction. Some errors of the disk have ended it already; then there is nothing to roll back. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('no transaction'))) throw error;
  }
}

function limitSize(database: DatabaseSync, maxSize: number): void {
  const pages = Math.max(1, Math.floor(maxSize / pragma(database, 'page_size')));
  database.exec(`PRAGMA max_page_count = ${pages}`);
}
