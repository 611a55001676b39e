import { copyFileSync } from 'node:fs';
import { type FileFormat, openFile, Promises } from '../src/thread.ts';
import { newPath } from './opening.ts';

export const promises = {
  read: 'SELECT file, count FROM promise',
  add: 'UPDATE promise SET count = count + 1 RETURNING count',
};
export const format: FileFormat = {
  applicationId: 78,
  schema: `CREATE TABLE note (text TEXT); CREATE TABLE promise (file TEXT, count INTEGER);
    INSERT INTO promise VALUES (lower(hex(randomblob(16))), 0)`,
  migrations: [],
  promises,
};
/** Bytes. */
export const frame = 24 + 4_096;

/** The path of a copy of a file and its log, as a process leaves them that is killed after these commits. */
export async function killedAfter(commits: number): Promise<string> {
  const [path, copy] = [await newPath(), await newPath()];
  const database = openFile(format, { path });
  database.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA wal_checkpoint(TRUNCATE)');
  const counted = new Promises(database, path, promises, 'somebody');
  for (let number = 0; number < commits; number++) {
    database.exec('BEGIN');
    database.prepare('INSERT INTO note VALUES (?)').run(`note ${number}`);
    counted.count();
    database.exec('COMMIT');
    counted.note();
  }
  for (const end of ['', '-wal', '-told']) copyFileSync(`${path}${end}`, `${copy}${end}`);
  counted.close();
  database.close();
  return copy;
}
