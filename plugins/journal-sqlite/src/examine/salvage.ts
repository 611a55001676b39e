import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { SalvagedJournal, SalvageOptions } from '@waybill/contract';
import { fateOfProcess } from '@waybill/contract/system';
import { errorFor, faultOf, lostPromises, openFile } from '@waybill/sqlite/thread';
import { errors, meanings } from '../errors.ts';
import { journalFile, journalPromises } from '../worker/schema.ts';
import { keepSums } from '../worker/seals/sealed-tables.ts';
import { copyTables, leftText } from './copy-tables.ts';
import { finish } from './finish.ts';
import { makeImage, openImage } from './image.ts';
import { Taking } from './taking.ts';

/**
 * Makes a new journal of all that can be read of a damaged one. The old file and its log are only read. Throws `WB_JOURNAL_NOT_THERE`,
 * `WB_JOURNAL_INTO_EXISTS`, `WB_JOURNAL_IN_USE`, `WB_JOURNAL_DAMAGED` where nothing can be read, and what is wrong with the new file.
 */
export function salvageJournal(path: string, { into, by }: SalvageOptions): SalvagedJournal {
  if (!existsSync(path)) throw errors.WB_JOURNAL_NOT_THERE('There is no journal.', { at: path });
  if (existsSync(into)) throw errors.WB_JOURNAL_INTO_EXISTS('The new journal is there already.', { at: into });
  const [image, fresh] = [`${into}-image`, `${into}-fresh`];
  const made: DatabaseSync[] = [];
  try {
    const database = makeNew(into);
    made.push(database);
    const frames = makeImage(path, image, fresh);
    const old = openImage(image, fresh);
    made.push(old);
    refuseInUse(old, path);
    keepSums(database);
    const result = copy(old, database, by);
    const commits = lostCommits(old, path);
    const broken =
      frames === 0
        ? []
        : [
            `Of the log, ${frames} frames are broken beyond repair: what stood in them may be missing, or as it was before the last commits.`,
          ];
    return { into, ...result, lost: [...commits, ...broken, ...result.lost] };
  } catch (error) {
    for (const database of made.splice(0)) database.close();
    removeFile(into);
    // The old file is only read: what has no room is the new one.
    throw errorFor(error, meanings, faultOf(error) === 'full' ? into : path);
  } finally {
    for (const database of made) database.close();
    for (const file of [image, fresh]) removeFile(file);
  }
}

/** With the files beside it. Asks first, since even removing nothing fails below what is no folder. */
function removeFile(path: string): void {
  for (const file of ['', '-wal', '-shm', '-journal'].map((end) => `${path}${end}`)) if (existsSync(file)) rmSync(file);
}

/** Together with its folder, as an opening does. Throws what is wrong with this file, not with the old one. */
function makeNew(into: string): DatabaseSync {
  try {
    return openFile(journalFile, { path: into });
  } catch (error) {
    throw errorFor(error, meanings, into);
  }
}

function copy(old: DatabaseSync, database: DatabaseSync, by: SalvageOptions['by']): Omit<SalvagedJournal, 'into'> {
  database.exec('BEGIN');
  const tables = copyTables(old, database);
  const taking = new Taking(old, database);
  const messages = taking.take();
  finish(old, database, { by, doubtful: messages.doubtful });
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  return {
    whole: messages.whole,
    doubtful: messages.doubtful,
    lost: [...messages.lost, ...tables.map((left) => leftText(database, left))],
  };
}

function lostCommits(old: DatabaseSync, path: string): readonly string[] {
  try {
    const gone = lostPromises(old, path, journalPromises);
    return gone === 0 ? [] : [`The last ${gone} commits that were recorded are gone; nothing tells which messages they were about.`];
  } catch {
    return ['Nothing tells any more whether the last commits that were recorded are there.'];
  }
}

/** Whoever has it open goes on writing to it, beside what is copied. */
function refuseInUse(old: DatabaseSync, path: string): void {
  let processes: readonly unknown[];
  try {
    processes = old.prepare('SELECT process FROM opening').all();
  } catch {
    return;
  }
  const alive = processes
    .map((row) => String((row as { readonly process: unknown }).process))
    .find((one) => fateOfProcess(one) === 'alive');
  if (alive !== undefined) throw errors.WB_JOURNAL_IN_USE(`The process ${alive} has the journal open.`, { at: path });
}
