import { type Converter, hex, invalidBytes, unencodable } from './converter.ts';
import type { Iconv } from './tables.ts';

const replacement = '\ufffd';

/** Converts with iconv-lite, which writes U+FFFD and `?` for what it cannot convert: each result is checked for them. */
export function multiByteConverter(name: string, iconv: Iconv): Converter {
  const read = (bytes: Uint8Array): string => iconv.decode(bytes, name, { stripBOM: false });
  return {
    decode(bytes) {
      const text = read(bytes);
      if (!text.includes(replacement)) return text;
      const offset = offsetOfFault(bytes, read, (start) => iconv.getDecoder(name, { stripBOM: false }).write(Buffer.from(start)));
      throw invalidBytes(`byte ${hex(bytes[offset]!)} does not begin a character of ${name}`, offset);
    },
    encode(text) {
      const bytes = iconv.encode(text, name);
      const index = firstDifference(text, read(bytes));
      if (index >= 0) throw unencodable(name, text, index);
      return bytes;
    },
    indexOfUnencodable: (text) => firstDifference(text, read(iconv.encode(text, name))),
  };
}

/**
 * The offset of the first bytes that are no character. `readPart` takes a cut character at the end for the beginning of one,
 * so it reports a fault for every prefix that reaches beyond the fault and for no other: a binary search finds it.
 */
function offsetOfFault(bytes: Uint8Array, read: (bytes: Uint8Array) => string, readPart: (bytes: Uint8Array) => string): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (readPart(bytes.subarray(0, middle)).includes(replacement)) bad = middle;
    else good = middle;
  }
  // `good` may lie inside the wrong character; all characters before that one are whole.
  while (good > 0 && read(bytes.subarray(0, good)).includes(replacement)) good--;
  return good;
}

/** In UTF-16 units, at the beginning of a character of `text`; -1 when the two are the same. */
function firstDifference(text: string, back: string): number {
  if (text === back) return -1;
  let at = 0;
  while (at < text.length - 1 && text[at] === back[at]) at++;
  const inPair = at > 0 && text.codePointAt(at - 1)! > 0xffff;
  return inPair ? at - 1 : at;
}
