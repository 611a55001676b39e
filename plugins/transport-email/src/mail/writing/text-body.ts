import type { Piece } from './piece.ts';

export interface EncodedText {
  readonly encoding: '7bit' | 'quoted-printable' | 'base64';
  readonly body: Piece;
}

/** The longest line of a mail, without its end (RFC 5322, section 2.1.1). */
const longestLine = 998;
const longestEncodedLine = 76;

/**
 * A text in 7-bit lines that end in CRLF. Plain ASCII stays as it is; other text becomes quoted-printable, or base64 where that is shorter. `boundary`: what
 * begins every boundary of this mail, and must not stand in a text that is written as it is.
 */
export function encodedText(text: string, boundary: string): EncodedText {
  const lines = withLineEnds(text);
  const bytes = Buffer.from(lines);
  if (bytes.length === lines.length && isPlain(lines) && !lines.includes(boundary)) return { encoding: '7bit', body: lines };
  const special = specialsIn(bytes);
  if (2 * special > bytes.length / 2.7) return { encoding: 'base64', body: { content: bytes } };
  return { encoding: 'quoted-printable', body: quotedPrintable(bytes) };
}

function withLineEnds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n|\r|\n/g, '\r\n') : text.replaceAll('\n', '\r\n');
}

/** Nothing that a server on the way might change: other controls, a "From " that becomes ">From ", blanks at the end of a line. */
function isPlain(lines: string): boolean {
  if (/[^\P{Cc}\t\r\n]|^From |[ \t]$/mu.test(lines)) return false;
  for (let at = 0, end = 0; end !== -1; at = end + 2) {
    end = lines.indexOf('\r\n', at);
    if ((end === -1 ? lines.length : end) - at > longestLine) return false;
  }
  return true;
}

function specialsIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte > 126 || byte === equals) count++;
  return count;
}

const [tab, lineFeed, carriageReturn, blank, equals, letterF] = [9, 10, 13, 32, 61, 70];
const digits = Buffer.from('0123456789ABCDEF');

/** RFC 2045, section 6.7. Written into a buffer of the greatest size that it can have. */
function quotedPrintable(bytes: Buffer): string {
  const target = Buffer.allocUnsafe(bytes.length * 3 + Math.ceil((bytes.length * 3) / 72) * 3 + 8);
  let to = 0;
  let width = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const isEnd = byte === carriageReturn && bytes[at + 1] === lineFeed;
    const isPlainByte = isEnd || isWrittenAsItIs(byte, bytes[at + 1]);
    // One column is kept for the mark of a soft line end.
    if (!isEnd && width + (isPlainByte ? 1 : 3) > longestEncodedLine - 1) {
      to = put(target, to, equals, carriageReturn, lineFeed);
      width = 0;
    }
    if (isEnd) {
      target[to++] = byte;
      target[to++] = bytes[++at] as number;
      width = 0;
    } else if (isPlainByte && (width > 0 || byte !== letterF)) {
      target[to++] = byte;
      width++;
    } else {
      to = put(target, to, equals, digits[byte >> 4] as number, digits[byte & 15] as number);
      width += 3;
    }
  }
  return target.toString('latin1', 0, to);
}

function put(target: Buffer, at: number, first: number, second: number, third: number): number {
  target[at] = first;
  target[at + 1] = second;
  target[at + 2] = third;
  return at + 3;
}

/** Blanks at the end of a line are not: servers cut them off. */
function isWrittenAsItIs(byte: number, next: number | undefined): boolean {
  if (byte === blank || byte === tab) return next !== carriageReturn && next !== undefined;
  return byte > blank && byte < 127 && byte !== equals;
}
