import type { Log } from './frames.ts';
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
export function brokenPart(log: Log): BrokenLog | undefined {
  const { frames, isHeaderWhole, salts } = log;
  const first = isHeaderWhole ? frames.findIndex(({ isWhole }) => !isWhole) : 0;
  if (first < 0) return undefined;
  const commitsBehind = frames.slice(first).filter(({ isWhole, pagesAfter }) => isWhole && pagesAfter > 0).length;
  if (commitsBehind === 0) return undefined;
  const frame = isHeaderWhole ? first + 1 : 0;
  return { frame, commitsBehind, salts, isOneBitWrong: isOneBitWrong(log, frame - 1) };
}
