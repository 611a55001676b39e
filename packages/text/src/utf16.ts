import { type Converter, invalidBytes, unencodable } from './converter.ts';
import { indexOfLoneSurrogate } from './surrogates.ts';

export type ByteOrder = 'le' | 'be';

/**
 * A converter for UTF-16 in the given order; without one, the order is looked for when bytes are read, and big-endian with
 * a byte order mark when they are written (RFC 2781).
 */
export function utf16Converter(name: string, order: ByteOrder | undefined): Converter {
  return {
    decode: (bytes) => decode(bytes, name, order ?? byteOrderOf(bytes)),
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

function decode(bytes: Uint8Array, name: string, order: ByteOrder): string {
  if (bytes.length % 2 !== 0) throw invalidBytes(`the text ends inside a character of ${name}`, bytes.length - 1);
  const units = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (order === 'le' ? units : Buffer.from(units).swap16()).toString('utf16le');
  const index = indexOfLoneSurrogate(text);
  if (index >= 0) throw invalidBytes('half a surrogate pair has no other half', index * 2);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
