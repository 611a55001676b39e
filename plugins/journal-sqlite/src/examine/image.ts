import { closeSync, copyFileSync, fstatSync, openSync, readSync, truncateSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { brokenPart, isDamage, lossOf, type MendedFrame, mendedFrames, openFile, readLog } from '@waybill/sqlite/thread';
import { journalFile, journalPromises } from '../worker/schema.ts';

const pageSize = 4_096;
const headerSize = 100;

/**
 * Makes a copy of a journal in which the log is taken over into the file: all of it that was recorded, also what stands behind a frame
 * that is broken, where SQLite would stop reading. The copy is a file without a log, whose header is that of a new journal. Answers how many
 * frames are not what was written: their pages may be wrong, or older than they should be.
 */
export function makeImage(path: string, image: string, fresh: string): number {
  copyFileSync(path, image);
  openFile(journalFile, { path: fresh }).close();
  const frames = framesOf(path);
  const file = openSync(image, 'r+');
  try {
    let pages = Math.ceil(fstatSync(file).size / pageSize);
    const most = Math.max(pages, ...frames.filter(({ isWhole }) => isWhole).map(({ page, pagesAfter }) => Math.max(page, pagesAfter)));
    for (const { page, bytes, isWhole } of frames) {
      if (page === 0 || page > most || (!isWhole && !isTreePage(bytes))) continue;
      writeSync(file, bytes, 0, pageSize, (page - 1) * pageSize);
      pages = Math.max(pages, page);
    }
    pages = Math.max(pages, most);
    writeHeader(file, fresh, pages);
    truncateSync(image, pages * pageSize);
    return frames.filter(({ isWhole }) => !isWhole).length;
  } finally {
    closeSync(file);
  }
}

/** What a killed process has left behind the end of the log was never recorded, and is older than what stands before it. */
function framesOf(path: string): readonly MendedFrame[] {
  const log = readLog(path);
  if (!log) return [];
  const broken = brokenPart(log);
  if (!broken || isDamage(broken, lossOf(path, journalFile, journalPromises))) return mendedFrames(log);
  return mendedFrames({ ...log, frames: log.frames.slice(0, broken.frame - 1) });
}

/** Whether it begins as the pages do in which rows stand. */
function isTreePage(bytes: Buffer): boolean {
  return [2, 5, 10, 13].includes(bytes[0] ?? 0);
}

function writeHeader(file: number, fresh: string, pages: number): void {
  const header = pagesOf(fresh, [1]).subarray(0, headerSize);
  // Rollback journal instead of a log; so many pages; no free ones, since nothing is written to the copy.
  header.writeUInt16BE(0x01_01, 18);
  header.writeUInt32BE(pages, 28);
  header.writeBigUInt64BE(0n, 32);
  header.writeUInt32BE(header.readUInt32BE(24), 92);
  writeSync(file, header, 0, headerSize, 0);
}

/**
 * Opens the copy to read it. Where SQLite cannot read what the tables are, it is told by a new journal: its tables begin at the same
 * pages as those of every journal that was made by this version.
 */
export function openImage(image: string, fresh: string): DatabaseSync {
  if (!hasItsTables(image)) giveTables(image, fresh);
  const database = new DatabaseSync(image, { enableForeignKeyConstraints: false });
  // Each page is looked at before it is believed.
  database.exec('PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY');
  return database;
}

function hasItsTables(image: string): boolean {
  const database = new DatabaseSync(image, { readOnly: true });
  try {
    database.prepare('SELECT sum FROM message JOIN body USING (sum) WHERE seq = 0').get();
    for (const table of ['failure', 'report', 'publication', 'control_record', 'clock', 'manifest', 'owner'])
      database.prepare(`SELECT * FROM ${table}`);
    return true;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** Page 1 has the numbers of the pages on which the tables are described. */
function giveTables(image: string, fresh: string): void {
  const first = pagesOf(fresh, [1]);
  const isInterior = first[headerSize] === 5;
  const cells = first.readUInt16BE(headerSize + 3);
  const children = isInterior
    ? [first.readUInt32BE(headerSize + 8)].concat(
        Array.from({ length: cells }, (_, place) => first.readUInt32BE(first.readUInt16BE(headerSize + 12 + place * 2))),
      )
    : [];
  const file = openSync(image, 'r+');
  try {
    writeSync(file, first, headerSize, pageSize - headerSize, headerSize);
    for (const page of children) writeSync(file, pagesOf(fresh, [page]), 0, pageSize, (page - 1) * pageSize);
  } finally {
    closeSync(file);
  }
}

function pagesOf(path: string, pages: readonly number[]): Buffer {
  const file = openSync(path, 'r');
  const bytes = Buffer.alloc(pageSize * pages.length);
  for (const [place, page] of pages.entries()) readSync(file, bytes, place * pageSize, pageSize, (page - 1) * pageSize);
  closeSync(file);
  return bytes;
}
