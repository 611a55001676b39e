import { canEncode, decode, type EncodingLabel, encode, encodingNamed } from '@waybill/text';
import { layoutErrors } from '../errors.ts';

/** Stands where a byte is no character of the encoding. */
export const hole = '\ufffd';

/** What records have to know about an encoding beside converting whole texts. */
export interface CodePage {
  readonly name: string;
  /** True: a character may take several bytes. */
  readonly wide: boolean;
  /** True: digits are F0 to F9, and the sign of a number stands in the zone of a byte. */
  readonly ebcdic: boolean;
  /** The byte of a blank, and of `0`. */
  readonly blank: number;
  readonly zero: number;
  /** The characters of the bytes 00 to FF; where it is wide, to 7F. */
  readonly units: Uint16Array;
  /** By UTF-16 unit the byte of a character and one more; 0, or nothing, where it has not one byte. Where it is wide, that of ASCII. */
  readonly bytes: Uint16Array;
}

const pages = new Map<string, CodePage>();

/** Throws WB_TEXT_UNKNOWN_ENCODING, and WB_RECORD_LAYOUT for UTF-16, where a blank has two bytes. */
export function codePage(label: EncodingLabel): CodePage {
  const name = encodingNamed(label);
  let page = pages.get(name);
  if (page === undefined) {
    page = made(name);
    pages.set(name, page);
  }
  return page;
}

function made(name: string): CodePage {
  const [blank = 0, ...more] = encode(' ', name);
  if (more.length > 0) throw layoutErrors.WB_RECORD_LAYOUT(`Records in ${name} are not supported.`, { at: 'encoding', hint: 'Use utf-8.' });
  const [zero = 0] = encode('0', name);
  // Every encoding of several bytes has this character, and no code page of one byte has it.
  const wide = canEncode('\u6f22', name);
  const units = new Uint16Array(wide ? 128 : 256).map((_, byte) => unitOf(byte, name));
  const known = units.filter((unit) => unit !== hole.charCodeAt(0));
  const bytes = new Uint16Array(Math.max(...known) + 1);
  for (const [byte, unit] of units.entries()) if (unit < bytes.length) bytes[unit] = byte + 1;
  return { name, wide, ebcdic: zero === 0xf0, blank, zero, units, bytes };
}

function unitOf(byte: number, name: string): number {
  try {
    return decode(Uint8Array.of(byte), name).charCodeAt(0);
  } catch {
    return hole.charCodeAt(0);
  }
}
