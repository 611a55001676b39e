import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/* The write-ahead log as it lies on the disk: sqlite.org/fileformat2.html, section 4. */

export interface Frame {
  /** From 1 on. */
  readonly page: number;
  /** Of the last frame of a commit: how many pages the file has after it. 0 in all others. */
  readonly pagesAfter: number;
  /** What its checksum goes on from. */
  readonly before: Sum;
  /** Where its bytes begin in the log. */
  readonly at: number;
  /** Whether it is what was written: its bytes fit its checksum, which goes on from that of the frame before it. */
  readonly isWhole: boolean;
  /** Whether it says that it belongs to this log, and not to what stood there before. */
  readonly isOfThisLog: boolean;
}

export interface Log {
  readonly bytes: Buffer;
  readonly pageSize: number;
  /** The numbers that all frames of this log have. */
  readonly salts: string;
  /** False: the header is not what was written, so that SQLite takes the log for an empty one. */
  readonly isHeaderWhole: boolean;
  readonly frames: readonly Frame[];
  /** The order of the bytes in what is summed up. */
  readonly littleEndian: boolean;
}

const headerSize = 32;
const frameHeaderSize = 24;
const magic = 0x377f0682;

/** Reads the log beside a file; undefined where there is none, or nothing in it. */
export function readLog(path: string): Log | undefined {
  const bytes = bytesOf(`${path}-wal`);
  if (bytes === undefined || bytes.length < headerSize) return undefined;
  const pageSize = bytes.readUInt32BE(8);
  const isPageSize = pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
  const isMarked = (bytes.readUInt32BE(0) & ~1) === magic >>> 0;
  const littleEndian = (bytes.readUInt32BE(0) & 1) === 0;
  const first = sumOf(bytes, 0, 24, [0, 0], littleEndian);
  const isHeaderWhole = isMarked && isPageSize && first[0] === bytes.readUInt32BE(24) && first[1] === bytes.readUInt32BE(28);
  const salts = bytes.toString('hex', 16, 24);
  // A header that is broken hides the order of the bytes, too; that of this machine is what was written.
  const log = { bytes, pageSize: isPageSize ? pageSize : 4_096, salts, isHeaderWhole, littleEndian: littleEndian || !isMarked };
  return { ...log, frames: framesOf(log) };
}

function bytesOf(path: string): Buffer | undefined {
  let file: number;
  try {
    // No lock of SQLite is on this file: closing it ends none.
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(fstatSync(file).size);
    let read = 0;
    for (let more = 1; more > 0 && read < bytes.length; read += more) more = readSync(file, bytes, read, bytes.length - read, read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

export type Sum = readonly [number, number];

function framesOf({ bytes, pageSize, salts, isHeaderWhole, littleEndian }: Omit<Log, 'frames'>): readonly Frame[] {
  const frames: Frame[] = [];
  const size = frameHeaderSize + pageSize;
  let before: Sum = [bytes.readUInt32BE(24), bytes.readUInt32BE(28)];
  const ofLog = isHeaderWhole ? salts : commonSalts(bytes, size);
  for (let at = headerSize; at + size <= bytes.length; at += size) {
    const summed = sumOf(bytes, at + frameHeaderSize, at + size, sumOf(bytes, at, at + 8, before, littleEndian), littleEndian);
    const stored: Sum = [bytes.readUInt32BE(at + 16), bytes.readUInt32BE(at + 20)];
    const isOfThisLog = bytes.toString('hex', at + 8, at + 16) === ofLog;
    const isWhole = isOfThisLog && summed[0] === stored[0] && summed[1] === stored[1];
    const [page, pagesAfter] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
    frames.push({ page, pagesAfter, before, at: at + frameHeaderSize, isWhole, isOfThisLog });
    // The next one goes on from what is written here, whether it is right or not: so it tells of itself alone.
    before = stored;
  }
  return frames;
}

/** Where the header is broken: the numbers of the first frames, which were written with it. */
function commonSalts(bytes: Buffer, size: number): string {
  return bytes.length < headerSize + size ? '' : bytes.toString('hex', headerSize + 8, headerSize + 16);
}

/** The checksum that a frame should have: its header and its bytes, as they lie in the log one behind the other. */
export function sumOfFrame(frame: Buffer, { littleEndian }: Pick<Log, 'littleEndian'>, before: Sum): Sum {
  return sumOf(frame, frameHeaderSize, frame.length, sumOf(frame, 0, 8, before, littleEndian), littleEndian);
}

function sumOf(bytes: Buffer, from: number, to: number, [one, two]: Sum, littleEndian: boolean): Sum {
  let [s0, s1] = [one, two];
  for (let at = from; at < to; at += 8) {
    s0 = (s0 + (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) + s1) >>> 0;
    s1 = (s1 + (littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)) + s0) >>> 0;
  }
  return [s0, s1];
}
