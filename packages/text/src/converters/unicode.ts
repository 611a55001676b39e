import { isUtf8 } from 'node:buffer';
import { type Converter, hex, invalidBytes, unencodable } from './converter.ts';

/** Converts UTF-8. A byte order mark is left out when bytes are read. */
export const utf8Converter: Converter = {
  decode(bytes) {
    const body = withoutUtf8Mark(bytes);
    if (isUtf8(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
    const offset = bytes.length - body.length + offsetOfFault(body);
    const byte = bytes[offset];
    throw invalidBytes(byte === undefined ? 'the text ends inside a UTF-8 character' : `byte ${hex(byte)} is not UTF-8`, offset);
  },
  encode(text) {
    const index = indexOfLoneSurrogate(text);
    if (index >= 0) throw unencodable('utf-8', text, index);
    return Buffer.from(text, 'utf8');
  },
  indexOfUnencodable: indexOfLoneSurrogate,
};

/** The same bytes, without copying, and without a byte order mark at their start. */
export function withoutUtf8Mark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** The offset of the first byte that cannot follow those before it; the length when the last character is cut. */
function offsetOfFault(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return at;
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next];
      const [least, most] = next === 1 ? secondByte(lead) : [0x80, 0xbf];
      if (byte === undefined || byte < least || byte > most) return at + next;
    }
    at += length;
  }
  return at;
}

/** The range of a second byte: overlong forms, halves of surrogate pairs and what lies above U+10FFFF are not UTF-8. */
function secondByte(lead: number): readonly [least: number, most: number] {
  switch (lead) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}

export type ByteOrder = 'le' | 'be';

/**
 * A converter for UTF-16 in the given order; without one, the order is looked for when bytes are read, and big-endian with
 * a byte order mark when they are written (RFC 2781).
 */
export function utf16Converter(name: string, order: ByteOrder | undefined): Converter {
  return {
    decode: (bytes) => decodeUtf16(bytes, name, order ?? byteOrderOf(bytes)),
    encode(text) {
      const index = indexOfLoneSurrogate(text);
      if (index >= 0) throw unencodable(name, text, index);
      const bytes = Buffer.from(order === undefined ? `\ufeff${text}` : text, 'utf16le');
      return order === 'le' ? bytes : bytes.swap16();
    },
    indexOfUnencodable: indexOfLoneSurrogate,
  };
}

/** The byte order mark tells; else the NUL in the first character, which is nearly always below U+0100; else it is big-endian. */
export function byteOrderOf([first, second]: Uint8Array): ByteOrder {
  if (first === 0xff && second === 0xfe) return 'le';
  if (first === 0xfe && second === 0xff) return 'be';
  return second === 0 && first !== 0 ? 'le' : 'be';
}

function decodeUtf16(bytes: Uint8Array, name: string, order: ByteOrder): string {
  if (bytes.length % 2 !== 0) throw invalidBytes(`the text ends inside a character of ${name}`, bytes.length - 1);
  const units = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (order === 'le' ? units : Buffer.from(units).swap16()).toString('utf16le');
  const index = indexOfLoneSurrogate(text);
  if (index >= 0) throw invalidBytes('half a surrogate pair has no other half', index * 2);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Where the first half of a surrogate pair stands whose other half is missing; -1 when the text is well-formed. */
function indexOfLoneSurrogate(text: string): number {
  return text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u);
}
