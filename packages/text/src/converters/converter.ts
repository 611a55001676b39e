import { errors } from '../errors.ts';

/** Converts between bytes and text of one encoding. Everything is strict: there are no replacement characters. */
export interface Converter {
  /** Throws WB_TEXT_INVALID_BYTES. */
  decode(bytes: Uint8Array): string;
  /** Throws WB_TEXT_UNENCODABLE. */
  encode(text: string): Uint8Array;
  /** Where in `text`, in UTF-16 units, the first character begins that the encoding does not have; -1 when it has all. */
  indexOfUnencodable(text: string): number;
}

/** `what` says what is wrong there, such as "byte 0x81 is no character of windows-1252". */
export function invalidBytes(what: string, offset: number): Error {
  return errors.WB_TEXT_INVALID_BYTES(`At offset ${offset}, ${what}.`, { at: `byte ${offset}` });
}

/** `index` is that of a character in `text`, in UTF-16 units. */
export function unencodable(name: string, text: string, index: number): Error {
  const { character, codePoint, offset } = characterAt(text, index);
  const shown = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  const sign = /[\p{C}\p{Z}\p{M}]/u.test(character) ? '' : `"${character}", `;
  return errors.WB_TEXT_UNENCODABLE(`The character ${sign}${shown}, at offset ${offset}, does not exist in ${name}.`, {
    at: `character ${offset}`,
  });
}

export interface CharacterAt {
  readonly character: string;
  readonly codePoint: number;
  /** In characters (code points), from 0. */
  readonly offset: number;
}

export function characterAt(text: string, index: number): CharacterAt {
  const codePoint = text.codePointAt(index)!;
  return { character: String.fromCodePoint(codePoint), codePoint, offset: Array.from(text.slice(0, index)).length };
}

export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
