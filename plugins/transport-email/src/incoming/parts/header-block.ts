import type { Field } from '../mail-tree.ts';
import { undeclaredText } from './charset.ts';
import { readWords } from './encoded-words.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where a line ends: before its line end, and where the next one begins. Lines end in CRLF or LF. */
export interface LineEnd {
  readonly end: number;
  readonly next: number;
}

export function lineEndFrom(bytes: Buffer, from: number): LineEnd {
  const at = bytes.indexOf(lineFeed, from);
  if (at < 0) return { end: bytes.length, next: bytes.length };
  return { end: at > from && bytes[at - 1] === carriageReturn ? at - 1 : at, next: at + 1 };
}

/** A field of the form `name: value`, unfolded: the line ends in it are gone, the blanks behind them stay (RFC 5322, 2.2.3). */
export function readField(bytes: Buffer): Field | undefined {
  const colon = bytes.indexOf(0x3a);
  const name = colon < 0 ? '' : bytes.toString('latin1', 0, Math.min(colon, 1000)).trimEnd();
  if (!/^[!-9;-~]+$/.test(name)) return undefined;
  const value = undeclaredText(bytes.subarray(colon + 1))
    .replaceAll(/\r?\n/g, '')
    .trim();
  return { name: name.toLowerCase(), value, text: readWords(value) };
}

export function isFolded(bytes: Buffer, lineStart: number): boolean {
  return bytes[lineStart] === 0x20 || bytes[lineStart] === 0x09;
}
