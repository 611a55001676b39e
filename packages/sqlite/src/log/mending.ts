import { type Frame, type Log, type Sum, sumOfFrame } from './frames.ts';

/** What is taken over of a log: the bytes of a page. */
export interface MendedFrame {
  readonly page: number;
  readonly pagesAfter: number;
  readonly bytes: Buffer;
  /** False: the bytes are not what was written, and which of them are wrong is not known. */
  readonly isWhole: boolean;
}

/**
 * The frames of a log up to its last whole commit, in their order. In a frame that is broken by one bit the bit is found: it is the one
 * whose change makes the checksum right. Any other broken frame comes as it is.
 */
export function mendedFrames(log: Log): readonly MendedFrame[] {
  const ofThisLog = log.frames.filter(({ isOfThisLog }, place) => isOfThisLog || isBetween(log.frames, place));
  const last = ofThisLog.findLastIndex(({ isWhole, pagesAfter }) => isWhole && pagesAfter > 0);
  const frames: MendedFrame[] = [];
  // A checksum that is broken is that from which the next one goes on.
  let before: Sum | undefined;
  for (const [place, frame] of ofThisLog.slice(0, last + 1).entries()) {
    const following = ofThisLog[place + 1];
    const { sum, ...taken } = frame.isWhole
      ? asItIs(log, frame, true)
      : mended(log, { ...frame, before: before ?? frame.before }, following);
    frames.push(taken);
    before = sum;
  }
  return frames;
}

/** Whether a frame is what was written but for one bit. `place`: its index among the frames of the log. */
export function isOneBitWrong(log: Log, place: number): boolean {
  const frame = log.frames[place];
  return frame !== undefined && mended(log, frame, log.frames[place + 1]).isWhole;
}

type Summed = MendedFrame & { readonly sum: Sum | undefined };

/** A frame whose numbers are broken stands between two that have theirs. */
function isBetween(frames: readonly Frame[], place: number): boolean {
  return frames[place - 1]?.isOfThisLog !== false && frames[place + 1]?.isOfThisLog === true;
}

function asItIs({ bytes, pageSize }: Log, { at, page, pagesAfter }: Frame, isWhole: boolean): Summed {
  return { page, pagesAfter, isWhole, bytes: bytes.subarray(at, at + pageSize), sum: undefined };
}

function mended(log: Log, frame: Frame, following: Frame | undefined): Summed {
  // Where the checksum itself is broken, the next frame, which goes on from it, does not fit either.
  const isSumBroken = following?.isWhole === false && following.isOfThisLog;
  const header = frame.at - 24;
  const bytes = Buffer.from(log.bytes.subarray(header, frame.at + log.pageSize));
  const fits = (): boolean => {
    const [s0, s1] = sumOfFrame(bytes, log, frame.before);
    const wrong = bitsOf(s0 ^ bytes.readUInt32BE(16)) + bitsOf(s1 ^ bytes.readUInt32BE(20));
    return wrong === 0 || (isSumBroken && wrong === 1);
  };
  const result = (): Summed => {
    const [page, pagesAfter] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
    return { page, pagesAfter, bytes: bytes.subarray(24), isWhole: true, sum: sumOfFrame(bytes, log, frame.before) };
  };
  if (fits()) return result();
  const wrong = wrongBit(bytes, log, frame.before);
  if (!wrong) return asItIs(log, frame, false);
  bytes[wrong.at] = (bytes[wrong.at] ?? 0) ^ wrong.mask;
  return result();
}

/**
 * The one bit of a frame whose change makes its checksum right. The checksum is a sum: what a word adds to it is the word times two numbers,
 * which follow from how many words stand behind it.
 */
function wrongBit(frame: Buffer, log: Log, before: Sum): { readonly at: number; readonly mask: number } | undefined {
  const sum = sumOfFrame(frame, log, before);
  const missing = [(frame.readUInt32BE(16) - sum[0]) | 0, (frame.readUInt32BE(20) - sum[1]) | 0];
  // Of the first and of the second word of a pair.
  const factors: [number, number][] = [
    [1, 1],
    [0, 1],
  ];
  // The checksum covers the first eight bytes and the page.
  for (const pair of pairsFromTheEnd(frame.length)) {
    for (const [place, [one, two]] of factors.entries()) {
      const at = pair + 4 * place;
      const word = log.littleEndian ? frame.readUInt32LE(at) : frame.readUInt32BE(at);
      for (let bit = 0; bit < 32; bit++) {
        const change = (word >>> bit) & 1 ? -(1 << bit) : 1 << bit;
        if (Math.imul(one, change) !== missing[0] || Math.imul(two, change) !== missing[1]) continue;
        return { at: at + (log.littleEndian ? bit >> 3 : 3 - (bit >> 3)), mask: 1 << (bit & 7) };
      }
    }
    for (const factor of factors) [factor[0], factor[1]] = [(factor[0] + factor[1]) | 0, (factor[0] + 2 * factor[1]) | 0];
  }
  return undefined;
}

function pairsFromTheEnd(length: number): readonly number[] {
  const inPage = Array.from({ length: (length - 24) / 8 }, (_, place) => length - 8 * (place + 1));
  return [...inPage, 0];
}

function bitsOf(number: number): number {
  let count = 0;
  for (let rest = number >>> 0; rest !== 0; rest >>>= 1) count += rest & 1;
  return count;
}
