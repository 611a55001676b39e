/** A part of what is written: ASCII as it is (UTF-8 in the headers of a mail that needs it), or bytes that become lines of base64. */
export type Piece = string | Base64Lines;

export interface Base64Lines {
  /** The bytes; or their base64, in one line. */
  readonly content: Uint8Array | string;
}

const column = 76;
/** How many lines are made at once: of a large file no second copy is held. */
const linesAtOnce = 4_096;
const bytesAtOnce = (column / 4) * 3 * linesAtOnce;

export function sizeOf(piece: Piece): number {
  if (typeof piece === 'string') return Buffer.byteLength(piece);
  const { content } = piece;
  const length = typeof content === 'string' ? content.length : Math.ceil(content.byteLength / 3) * 4;
  return length + 2 * Math.ceil(length / column);
}

/** Writes the piece to `target` from `at` on. Returns where it ends. */
export function writePiece(piece: Piece, target: Buffer, at: number): number {
  if (typeof piece === 'string') return at + target.write(piece, at, 'utf8');
  const { content } = piece;
  let end = at;
  if (typeof content === 'string') {
    const step = column * linesAtOnce;
    for (let from = 0; from < content.length; from += step) end = writeLines(content.slice(from, from + step), target, end);
    return end;
  }
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  for (let from = 0; from < bytes.length; from += bytesAtOnce)
    end = writeLines(bytes.toString('base64', from, from + bytesAtOnce), target, end);
  return end;
}

/** The text is put down once, behind the room for its line ends, and then moved line by line: no string is made for a line. */
function writeLines(base64: string, target: Buffer, at: number): number {
  const lines = Math.ceil(base64.length / column);
  let from = at + 2 * lines;
  const end = from + base64.length;
  target.write(base64, from, 'latin1');
  let to = at;
  for (let line = 0; line < lines; line++) {
    const length = Math.min(column, end - from);
    target.copyWithin(to, from, from + length);
    from += length;
    to += length;
    target[to++] = 13;
    target[to++] = 10;
  }
  return to;
}
