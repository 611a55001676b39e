import { statusErrors } from '../status/errors.ts';

/**
 * Undoes a transfer encoding (RFC 2045, section 6). Throws status 400 for one that nobody knows, status 406 where the content is none: a byte that was lost
 * would make another drawing.
 */
export function decodeTransfer(content: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return content;
    case 'base64':
      return decodeBase64(content) ?? damaged('base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(content) ?? damaged('quoted-printable');
    default:
      throw statusErrors.WB_CXML_BAD_REQUEST('A part has a transfer encoding that is not known.');
  }
}

function damaged(encoding: string): never {
  throw statusErrors.WB_CXML_NOT_ACCEPTABLE(`A part says that it is ${encoding}, and is not.`);
}

/** Undefined where it holds anything but the alphabet, blanks, and padding at its end. */
function decodeBase64(content: Buffer): Buffer | undefined {
  const text = content.toString('latin1').replaceAll(/[\t\n\r ]+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  // Some leave out the padding; a digit that stands alone is no byte.
  if (digits % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) return undefined;
  return Buffer.from(text, 'base64');
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Undefined where an equals sign has neither two hexadecimal digits nor the end of a line behind it. Blanks at the end of a line were added on the way. */
export function decodeQuotedPrintable(content: Buffer): Buffer | undefined {
  const out = Buffer.allocUnsafe(content.length);
  let written = 0;
  /** Behind the last byte that is no blank, where a line could end. */
  let kept = 0;
  for (let at = 0; at < content.length; ) {
    const byte = content[at] as number;
    if (byte !== equals) {
      if (endsLine(content, at)) written = kept;
      out[written++] = byte;
      at += 1;
      if (!isBlank(byte)) kept = written;
      continue;
    }
    const value = hexAt(content, at + 1);
    const next = value === undefined ? behindSoftBreak(content, at + 1) : at + 3;
    if (next === undefined) return undefined;
    if (value !== undefined) out[written++] = value;
    kept = written;
    at = next;
  }
  return out.subarray(0, kept);
}

function endsLine(content: Buffer, at: number): boolean {
  return content[at] === lineFeed || (content[at] === carriageReturn && content[at + 1] === lineFeed);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function hexAt(content: Buffer, at: number): number | undefined {
  const digits = content.toString('latin1', at, at + 2);
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function behindSoftBreak(content: Buffer, from: number): number | undefined {
  let at = from;
  while (isBlank(content[at])) at += 1;
  if (at >= content.length) return at;
  if (content[at] === carriageReturn && content[at + 1] === lineFeed) return at + 2;
  return content[at] === lineFeed ? at + 1 : undefined;
}
