import { isAscii } from 'node:buffer';
import { decode } from '@waybill/text';
import { type Misfit, misfit } from '../misfit.ts';
import { type CodePage, hole } from './code-page.ts';

/** What widths count. */
export type Unit = 'bytes' | 'characters';

/** The input of a reader, addressed by the unit of its widths. */
export interface Content {
  /** One UTF-16 unit for each unit of the input. Whatever is ASCII in it is that character; other characters may be something else. */
  readonly units: string;
  /** Where a unit is a byte: the bytes. */
  readonly bytes: Uint8Array | undefined;
  /** Whether there is a NUL in it anywhere. */
  readonly hasNul: boolean;
  /** What counts as white space between tags. */
  readonly white: string;
  text(from: number, to: number): string | Misfit;
  /** The part as an input of its own, filled with blanks to `length` units. */
  padded(from: number, to: number, length: number): Content;
}

const decodedWhite = ' \t\r\n\u0085';
const rawWhite = ' \t\r\n';
const notCharacters = 'holds bytes that are no characters of the encoding';

/** The units are the text: one byte a character, or characters of the basic plane. */
class PlainContent implements Content {
  readonly units: string;
  readonly bytes: Uint8Array | undefined;
  readonly hasNul: boolean;
  readonly white = decodedWhite;
  readonly #page: CodePage;
  readonly #hasHoles: boolean;

  constructor(units: string, bytes: Uint8Array | undefined, page: CodePage) {
    this.units = units;
    this.bytes = bytes;
    this.hasNul = units.includes('\0');
    this.#page = page;
    this.#hasHoles = !page.wide && units.includes(hole);
  }

  text(from: number, to: number): string | Misfit {
    const text = this.units.slice(from, to);
    if (!this.#hasHoles) return text;
    const index = text.indexOf(hole);
    return index < 0 ? text : misfit('WB_RECORD_BAD_CHARACTER', notCharacters, index);
  }

  padded(from: number, to: number, length: number): Content {
    const units = this.units.slice(from, to).padEnd(length, ' ');
    return new PlainContent(units, this.bytes && filled(this.bytes.subarray(from, to), length, this.#page), this.#page);
  }
}

/** Several bytes a character, and widths count bytes: each field is converted by itself. */
class ByteContent implements Content {
  readonly units: string;
  readonly bytes: Uint8Array;
  readonly hasNul: boolean;
  readonly white = rawWhite;
  readonly #page: CodePage;

  constructor(bytes: Uint8Array, page: CodePage) {
    this.bytes = bytes;
    this.units = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    this.hasNul = this.units.includes('\0');
    this.#page = page;
  }

  text(from: number, to: number): string | Misfit {
    const part = this.bytes.subarray(from, to);
    try {
      // Inside a record the three bytes of a byte order mark are a character like others; `decode` would leave them out.
      const isMark = this.#page.name === 'utf-8' && part[0] === 0xef && part[1] === 0xbb && part[2] === 0xbf;
      return (isMark ? '\ufeff' : '') + decode(part, this.#page.name);
    } catch (error) {
      return misfit('WB_RECORD_BAD_CHARACTER', notCharacters, this.#startOfCharacter(from, placeIn(error), to) - from);
    }
  }

  /** A character that is cut begins before the byte that is missing. */
  #startOfCharacter(from: number, wrong: number, to: number): number {
    let at = Math.min(from + wrong, to - 1);
    if (this.#page.name === 'utf-8') while (at > from && (this.bytes[at]! & 0xc0) === 0x80) at -= 1;
    return at;
  }

  padded(from: number, to: number, length: number): Content {
    return new ByteContent(filled(this.bytes.subarray(from, to), length, this.#page), this.#page);
  }
}

const pair = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Widths count characters, and some of them are two UTF-16 units long. */
class PairContent implements Content {
  readonly units: string;
  readonly bytes = undefined;
  readonly hasNul: boolean;
  readonly white = decodedWhite;
  readonly #characters: readonly string[];

  constructor(characters: readonly string[]) {
    this.#characters = characters;
    this.units = characters.join('').replaceAll(pair, '\uffff');
    this.hasNul = this.units.includes('\0');
  }

  text(from: number, to: number): string {
    return this.#characters.slice(from, to).join('');
  }

  padded(from: number, to: number, length: number): Content {
    const part = this.#characters.slice(from, to);
    return new PairContent([...part, ...Array.from({ length: length - part.length }, () => ' ')]);
  }
}

/** Throws WB_TEXT_INVALID_BYTES where widths count characters and the whole cannot be converted. */
export function contentOf(bytes: Uint8Array, page: CodePage, unit: Unit): Content {
  if (!page.wide) return new PlainContent(singleBytes(bytes, page), bytes, page);
  if (unit === 'bytes') {
    return isAscii(bytes) ? new PlainContent(Buffer.from(bytes).toString('latin1'), bytes, page) : new ByteContent(bytes, page);
  }
  const text = decode(bytes, page.name);
  return /[\ud800-\udfff]/.test(text) ? new PairContent(Array.from(text)) : new PlainContent(text, undefined, page);
}

/** Where widths count bytes, the byte order mark is skipped; where they count characters, conversion leaves it out. */
export function markLength(bytes: Uint8Array, page: CodePage, unit: Unit): number {
  const isMark = page.name === 'utf-8' && unit === 'bytes' && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isMark ? 3 : 0;
}

function singleBytes(bytes: Uint8Array, page: CodePage): string {
  if (!page.ebcdic && isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const narrow = Buffer.allocUnsafe(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) {
    const unit = page.units[bytes[at]!]!;
    if (unit > 0xff) return wideUnits(bytes, page);
    narrow[at] = unit;
  }
  // A string of units below 256 takes half the room, and is read faster.
  return narrow.toString('latin1');
}

function wideUnits(bytes: Uint8Array, page: CodePage): string {
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) units[at] = page.units[bytes[at]!]!;
  return Buffer.from(units.buffer).toString('utf16le');
}

function filled(part: Uint8Array, length: number, page: CodePage): Uint8Array {
  const bytes = new Uint8Array(length).fill(page.blank);
  bytes.set(part);
  return bytes;
}

/** The `at` of an error of conversion is `byte 17`. */
function placeIn(error: unknown): number {
  return Number(/\d+/.exec((error as { readonly at?: string }).at ?? '')?.[0] ?? 0);
}
