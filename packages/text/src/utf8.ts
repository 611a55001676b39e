import { isUtf8 } from 'node:buffer';
import { type Converter, hex, invalidBytes, unencodable } from './converter.ts';
import { indexOfLoneSurrogate } from './surrogates.ts';

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

/** Where the first byte stands that can not follow those before it; the length when the last character is cut. */
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

/** Where a second byte may lie: overlong forms, halves of surrogate pairs and what lies above U+10FFFF are not UTF-8. */
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
