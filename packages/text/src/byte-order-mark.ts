import { type Encoding, utf8, utf16be, utf16le } from './catalogue.ts';
import { errors } from './errors.ts';

/** The encoding that a byte order mark tells; undefined when there is none. Throws WB_TEXT_UNKNOWN_ENCODING for the mark of UTF-32. */
export function encodingOfMark(body: Uint8Array): Encoding | undefined {
  // Read in this order, because a document in UTF-8 is known to have none after one comparison.
  switch (body[0]) {
    case 0xef:
      return begins(body, [0xef, 0xbb, 0xbf]) ? utf8 : undefined;
    case 0xfe:
      return begins(body, [0xfe, 0xff]) ? utf16be : undefined;
    case 0xff:
      // In UTF-16 this would be a mark and a NUL, with which no text begins.
      if (begins(body, [0xff, 0xfe, 0, 0])) throw utf32();
      return begins(body, [0xff, 0xfe]) ? utf16le : undefined;
    case 0:
      if (begins(body, [0, 0, 0xfe, 0xff])) throw utf32();
      return undefined;
    default:
      return undefined;
  }
}

function begins(body: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => body[index] === byte);
}

function utf32(): Error {
  return errors.WB_TEXT_UNKNOWN_ENCODING('The body begins with the byte order mark of UTF-32, which is not read.');
}
