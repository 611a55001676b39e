import type { Content } from '../content/content.ts';
import { recordErrors } from '../errors.ts';

/** How records are told apart. */
export type Framing =
  /** They follow each other without anything between; each ends where its last field ends. */
  | { readonly kind: 'none' }
  /**
   * Each is a line. `ends` are the texts that end one, the first is written. Default: LF and CR LF, in EBCDIC also NEL, which is written
   * then, and CR NEL. The last line need not have an end.
   */
  | { readonly kind: 'lines'; readonly ends?: readonly string[] }
  /** Each begins with its length in two bytes, these four included, and two bytes of zeros (RECFM=V). */
  | { readonly kind: 'rdw' }
  /** The same, in blocks that begin likewise (RECFM=VB). `blockSize` is the largest in bytes, default 32,760. */
  | { readonly kind: 'bdw'; readonly blockSize?: number };

/** Where one record stands. */
export interface Frame {
  readonly from: number;
  readonly to: number;
}

/** The largest length that z/OS gives a record or block. */
export const largestLength = 32_760;

/** Divides the input at line ends. */
export function* lineFrames({ units, length }: { readonly units: string; readonly length: number }, ends: RegExp): Generator<Frame> {
  let from = 0;
  for (const end of units.matchAll(ends)) {
    yield { from, to: end.index };
    from = end.index + end[0].length;
  }
  if (from < length) yield { from, to: length };
}

/** Records with a length in front of each, between two places of the input. */
export function* lengthFrames(content: Content, from: number, to: number, before: number): Generator<Frame> {
  let at = from;
  while (at < to) {
    const length = lengthAt(content, at, to, 'RDW', before);
    yield { from: at + 4, to: at + length };
    at += length;
  }
}

/** The same in blocks. */
export function* blockFrames(content: Content, before: number): Generator<Frame> {
  let at = 0;
  const end = content.units.length;
  while (at < end) {
    const length = lengthAt(content, at, end, 'BDW', before);
    if (length === 4) throw frameFault('BDW', 'A block has no record in it', at + before);
    yield* lengthFrames(content, at + 4, at + length, before);
    at += length;
  }
}

function lengthAt({ bytes }: Content, at: number, end: number, name: 'RDW' | 'BDW', before: number): number {
  const what = name === 'RDW' ? 'record' : 'block';
  if (bytes === undefined || at + 4 > end) throw frameFault(name, `The length in front of a ${what} is cut`, at + before);
  const length = bytes[at]! * 256 + bytes[at + 1]!;
  if (bytes[at + 2] !== 0 || bytes[at + 3] !== 0) {
    throw frameFault(
      name,
      `Where the length of a ${what} is expected, there is something else, or a ${what} in several parts`,
      at + before,
    );
  }
  if (length < 4 || length > largestLength) throw frameFault(name, `A ${what} has the length ${length}, which cannot be`, at + before);
  if (at + length > end) {
    const says = `A ${what} has the length ${length}, and only ${end - at} bytes are left${name === 'RDW' ? '' : ' of the input'}`;
    throw frameFault(name, says, at + before);
  }
  return length;
}

function frameFault(name: string, says: string, offset: number): Error {
  return recordErrors.WB_RECORD_FRAME(`${says}.`, { at: `${name}, byte ${offset}` });
}
