import { createHash } from 'node:crypto';

/** How much is looked at at once: of a large mail no second copy is made. */
const window = 256 * 1024;
const [tab, lineFeed, carriageReturn, blank] = [9, 10, 13, 32];

/** SHA-256 in base64 of a body whose lines end in CRLF, in the relaxed form of RFC 6376, section 3.4.4. */
export function bodyHash(body: Buffer): string {
  const hash = createHash('sha256');
  const end = endOfText(body);
  for (let from = 0; from < end; ) {
    const to = endOfWindow(body, from, end);
    const piece = body.subarray(from, to);
    hash.update(piece.includes(blank) || piece.includes(tab) ? relaxed(piece) : piece);
    from = to;
  }
  if (end > 0) hash.update('\r\n');
  return hash.digest('base64');
}

/** Behind the last character that is no blank and no line end: empty lines at the end do not count. */
function endOfText(body: Buffer): number {
  let end = body.length;
  while (end > 0 && isGap(body[end - 1])) end--;
  return end;
}

function isGap(byte: number | undefined): boolean {
  return byte === blank || byte === tab || byte === carriageReturn || byte === lineFeed;
}

/** Behind a line end, so that no blanks are torn apart. */
function endOfWindow(body: Buffer, from: number, end: number): number {
  if (from + window >= end) return end;
  const lineEnd = body.lastIndexOf('\r\n', from + window);
  return lineEnd > from ? lineEnd + 2 : end;
}

/** Blanks become one, and none at the end of a line. */
function relaxed(piece: Buffer): Buffer {
  return Buffer.from(
    piece
      .toString('latin1')
      .replaceAll(/[ \t]+/g, ' ')
      .replaceAll(' \r\n', '\r\n'),
    'latin1',
  );
}
