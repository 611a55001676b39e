import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { FileFault } from '../fault.ts';
import { type FileForm, openToRead, versionOf } from '../looking.ts';
import { type BrokenLog, brokenPart } from './broken.ts';
import { readLog } from './frames.ts';
import { lostPromises, type PromiseFormat, promisesPath } from './promises.ts';

/**
 * Whether a broken part of a log is damage. `lost`: how many promises the file lacks; undefined where nobody knows.
 *
 * A process that is killed between writing a commit and showing it to the others leaves its frames there. The next one writes over them from
 * their beginning on, and what it does not reach stands behind the end of the log: a whole commit perhaps, of which nobody was told. So a
 * part behind the end is damage only where promises are missing, or where one bit of the frame in front is wrong: that frame was whole once.
 */
export function isDamage({ frame, isOneBitWrong }: BrokenLog, lost: number | undefined): boolean {
  return frame === 0 || isOneBitWrong || lost === undefined || lost > 0;
}

/** How many promises the file lacks that were told. Undefined where nobody knows: it cannot be read, is of another version, or nothing was told. */
export function lossOf(path: string, form: FileForm, promises: PromiseFormat): number | undefined {
  if (!existsSync(promisesPath(path))) return undefined;
  let database: DatabaseSync | undefined;
  try {
    database = openToRead(path);
    return versionOf(database, form, path) === form.migrations.length + 1 ? lostPromises(database, path, promises) : undefined;
  } catch {
    return undefined;
  } finally {
    database?.close();
  }
}

/** What is missing of what was told. */
export interface Losses {
  /** A log that is damaged before its end. */
  readonly broken: BrokenLog | undefined;
  /** How many promises the file lacks. */
  readonly lost: number | undefined;
}

/** Milliseconds. */
const lookAgain = 50;

/**
 * Of a file, and the log beside it, which other processes may be writing at this moment: what was half written is whole when one looks again,
 * and a log that was begun anew has other salts.
 */
export function lossesOf(path: string, form: FileForm, promises: PromiseFormat): Losses {
  let seen = lookAt(path, form, promises);
  for (let same = 0; seen.broken && same < 3; ) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookAgain);
    const again = lookAt(path, form, promises);
    const isSame = again.broken?.frame === seen.broken.frame && again.broken.salts === seen.broken.salts;
    same = isSame ? same + 1 : 0;
    seen = again;
  }
  return seen;
}

function lookAt(path: string, form: FileForm, promises: PromiseFormat): Losses {
  const log = readLog(path);
  const broken = log && brokenPart(log);
  const lost = lossOf(path, form, promises);
  return { broken: broken && isDamage(broken, lost) ? broken : undefined, lost };
}

/**
 * Sees whether the log has lost something, before SQLite takes what is left of it into the file, and with it the chance to have the rest
 * again. A connection that only reads leaves the log where it is. Throws `FileFault` `damaged`.
 */
export function refuseLosses(path: string, form: FileForm, promises: PromiseFormat): void {
  const { broken, lost } = lossesOf(path, form, promises);
  if (broken)
    throw new FileFault(
      'damaged',
      `The log of ${path} is broken at frame ${broken.frame}, and ${broken.commitsBehind} commits that were recorded stand behind it.`,
    );
  if (lost)
    throw new FileFault('damaged', `${path} lacks the last ${lost} commits that were recorded: its end, or that of its log, is gone.`);
}
