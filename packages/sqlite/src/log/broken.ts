import { type Log, readLog } from './frames.ts';
import { isOneBitWrong } from './mending.ts';

/** What is wrong with a log, beyond an end that a crash has torn. */
export interface BrokenLog {
  /** The number of the first frame that is not what was written, from 1 on; 0: the header of the log. */
  readonly frame: number;
  /** How many whole commits stand behind it, which SQLite would leave out without a word. */
  readonly commitsBehind: number;
  readonly salts: string;
  /** Whether that frame is what was written but for one bit. */
  readonly isOneBitWrong: boolean;
}

/**
 * What SQLite would leave out of the log. It reads up to the first frame that is not whole, and takes that for the end that a crash has
 * torn. Where a whole commit stands behind it, `isDamage` tells what that means.
 */
function brokenPart({ frames, isHeaderWhole, salts }: Log): Omit<BrokenLog, 'isOneBitWrong'> | undefined {
  const first = isHeaderWhole ? frames.findIndex(({ isWhole }) => !isWhole) : 0;
  if (first < 0) return undefined;
  const commitsBehind = frames.slice(first).filter(({ isWhole, pagesAfter }) => isWhole && pagesAfter > 0).length;
  return commitsBehind === 0 ? undefined : { frame: isHeaderWhole ? first + 1 : 0, commitsBehind, salts };
}

const lookAgain = 50;

/**
 * The same, of the log beside a file, which other processes may be writing at this moment: what was half written is whole when one looks
 * again, and a log that was begun anew has other salts.
 */
export function findBrokenLog(path: string): BrokenLog | undefined {
  let log = readLog(path);
  let found = log && brokenPart(log);
  for (let look = 0; found && look < 3; look++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookAgain);
    log = readLog(path);
    const again = log && brokenPart(log);
    if (again?.frame !== found.frame || again.salts !== found.salts) look = 0;
    found = again;
  }
  return log && found && { ...found, isOneBitWrong: isOneBitWrong(log, found.frame - 1) };
}
