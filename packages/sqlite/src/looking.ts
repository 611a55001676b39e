import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { FileFault } from './fault.ts';

// What can be seen of a file without changing anything of it.

/** What a file says of itself. */
export interface FileForm {
  readonly applicationId: number;
  readonly migrations: readonly string[];
}

/** A connection that changes nothing of the file and its log. Throws `FileFault` `cannot-open` for a folder, or what SQLite throws. */
export function openToRead(path: string): DatabaseSync {
  refuseFolder(path);
  const database = new DatabaseSync(path, { readOnly: true, enableForeignKeyConstraints: false });
  database.exec('PRAGMA busy_timeout = 5000');
  return database;
}

/** The version of the file; 0 when nothing is in it. Throws `FileFault` `foreign`, `damaged` or `newer`. */
export function versionOf(database: DatabaseSync, { applicationId, migrations }: FileForm, path: string): number {
  // In this order: another process may fill the file between the two questions, and does so together with the mark.
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  const id = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (isEmpty && id === 0) return 0;
  if (id !== applicationId) throw new FileFault('foreign', `${path} is the database of another program.`);
  if (!isEmpty && version < 1) throw new FileFault('damaged', `The header of ${path} says version ${version}, and it has tables.`);
  const newest = migrations.length + 1;
  if (version > newest) throw new FileFault('newer', `${path} is of version ${version}; versions up to ${newest} are known here.`);
  return version;
}

/** SQLite would say that it cannot open the file, or that the disk has an error. */
export function refuseFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new FileFault('cannot-open', `${path} is a folder, not a file.`);
}

export function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
