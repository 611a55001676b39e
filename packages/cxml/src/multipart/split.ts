import { statusErrors } from '../status/errors.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;

/** RFC 2046 allows 70 characters; some programs write more. */
const longestBoundary = 200;

/**
 * What stands between the boundaries of a multipart (RFC 2046, section 5.1.1), headers included, as views of the bytes. What is before the first
 * boundary and behind the last belongs to nobody. A line ends with CR LF or with LF alone. Throws status 406 where the boundary cannot be one, no part
 * begins, or the last one does not end: what was cut off may be an attachment. Status 499 for more than `most` parts.
 */
export function splitParts(body: Buffer, boundary: string, most: number): readonly Buffer[] {
  if (boundary === '' || boundary.length > longestBoundary) {
    throw statusErrors.WB_CXML_NOT_ACCEPTABLE('The multipart message names no boundary that could part it.');
  }
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let start: number | undefined;
  for (let line = nextDelimiter(body, mark, 0); line !== undefined; line = nextDelimiter(body, mark, line.next)) {
    if (start !== undefined) parts.push(body.subarray(start, Math.max(start, line.before)));
    if (parts.length > most) throw statusErrors.WB_CXML_TOO_LARGE(`The multipart message has more than ${most} parts.`);
    if (line.closes) return atLeastOne(parts);
    start = line.next;
  }
  throw statusErrors.WB_CXML_NOT_ACCEPTABLE(
    start === undefined ? 'The multipart message has no part.' : 'The multipart message ends before its closing boundary: it is cut short.',
  );
}

function atLeastOne(parts: readonly Buffer[]): readonly Buffer[] {
  if (parts.length === 0) throw statusErrors.WB_CXML_NOT_ACCEPTABLE('The multipart message has no part.');
  return parts;
}

interface Delimiter {
  /** Nothing more follows. */
  readonly closes: boolean;
  /** Where the content before it ends: the line end in front of it belongs to it. */
  readonly before: number;
  /** Where the line after it begins. */
  readonly next: number;
}

/** The next line that is the boundary, perhaps with blanks behind it. A longer line that begins as it is none: it may be that of a nested one. */
function nextDelimiter(body: Buffer, mark: Buffer, from: number): Delimiter | undefined {
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
    if (at > 0 && body[at - 1] !== lineFeed) continue;
    const behind = at + mark.length;
    const closes = body[behind] === dash && body[behind + 1] === dash;
    const next = endOfLine(body, closes ? behind + 2 : behind);
    if (next !== undefined) return { closes, before: lineEndBefore(body, at), next };
  }
  return undefined;
}

/** Where the next line begins when nothing but blanks stands before it; undefined where there is something. */
function endOfLine(body: Buffer, from: number): number | undefined {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at += 1;
  if (at >= body.length) return at;
  if (body[at] === carriageReturn && body[at + 1] === lineFeed) return at + 2;
  return body[at] === lineFeed ? at + 1 : undefined;
}

function lineEndBefore(body: Buffer, at: number): number {
  if (at === 0) return 0;
  return body[at - 2] === carriageReturn ? at - 2 : at - 1;
}
