import { statusErrors } from '../../status/errors.ts';

/** The headers of a part by their name in small letters; of several with one name, the first. */
export type Headers = ReadonlyMap<string, string>;

export interface PartInPieces {
  readonly headers: Headers;
  readonly content: Buffer;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Parts the header block of a part from its content, at the first empty line. A line that begins with a blank goes on with the one before it. Throws
 * status 499 where the block has more than `most` bytes, status 406 where a line is no header.
 */
export function takeHeaders(part: Buffer, most: number): PartInPieces {
  const headers = new Map<string, string>();
  let at = 0;
  while (at < part.length) {
    const line = lineFrom(part, at);
    if (line.end === at) return { headers, content: part.subarray(line.next) };
    let { end, next } = line;
    while (isBlank(part[next])) ({ end, next } = lineFrom(part, next));
    if (next > most) throw statusErrors.WB_CXML_TOO_LARGE(`The headers of a part have more than ${most} bytes.`);
    addHeader(headers, textOf(part.subarray(at, end)));
    at = next;
  }
  return { headers, content: part.subarray(part.length) };
}

function lineFrom(part: Buffer, start: number): { readonly end: number; readonly next: number } {
  const found = part.indexOf(lineFeed, start);
  if (found < 0) return { end: part.length, next: part.length };
  return { end: found > start && part[found - 1] === carriageReturn ? found - 1 : found, next: found + 1 };
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function addHeader(headers: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
  if (!/^[!-9;-~]+$/.test(name)) throw statusErrors.WB_CXML_NOT_ACCEPTABLE('A part begins with a line that is no header.');
  // The blank behind the line end of a folded header stays.
  const value = line
    .slice(colon + 1)
    .replaceAll(/[\r\n]+/g, '')
    .trim();
  if (!headers.has(name)) headers.set(name, value);
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Headers are ASCII; what some programs write into names of files is UTF-8, or else Latin-1. */
function textOf(bytes: Buffer): string {
  try {
    return strict.decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
