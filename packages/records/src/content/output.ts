import { encode, firstUnencodable } from '@waybill/text';
import { doesNotFit, type Misfit, misfit } from '../misfit.ts';
import type { CodePage } from './code-page.ts';
import type { Unit } from './content.ts';

/** How a text stands in its field. */
export interface Placing {
  /** In units. */
  readonly width: number;
  readonly right: boolean;
  /** A character of one unit. */
  readonly pad: string;
  readonly truncate: boolean;
}

/**
 * Bytes that grow while a record is written. Whoever writes throws them away at the first misfit, so that nothing is ever half written.
 * `length` is what has been written so far, in bytes.
 */
export class Output {
  readonly page: CodePage;
  readonly #unit: Unit;
  readonly #allowed: Allowed;
  #bytes = Buffer.allocUnsafe(4096);
  length = 0;
  /** How many texts were cut since the last look at it. */
  truncated = 0;

  constructor(page: CodePage, unit: Unit, allowed: Allowed) {
    this.page = page;
    this.#unit = unit;
    this.#allowed = allowed;
  }

  /** A text that was made here: digits, signs and blanks, as long as its field. */
  plain(text: string): undefined {
    this.#room(text.length);
    const table = this.page.bytes;
    for (let at = 0; at < text.length; at += 1) this.#bytes[this.length++] = table[text.charCodeAt(at)]! - 1;
  }

  byte(byte: number): undefined {
    this.#room(1);
    this.#bytes[this.length++] = byte;
  }

  blanks(units: number): undefined {
    this.#room(units);
    this.#bytes.fill(this.page.blank, this.length, this.length + units);
    this.length += units;
  }

  /** A text from outside. */
  text(value: string, placing: Placing): Misfit | undefined {
    const { width, right, pad, truncate } = placing;
    const { length } = value;
    if (length > width && (this.page.wide || !truncate)) return this.#wide(value, placing);
    if (length > width) this.truncated += 1;
    const end = Math.min(length, width);
    this.#room(width);
    const bytes = this.#bytes;
    const table = this.#allowed.bytes;
    let to = this.length;
    if (right) to = this.#pad(to, width - end, pad);
    for (let at = 0; at < end; at += 1) {
      const byte = table[value.charCodeAt(at)];
      if (byte === undefined || byte === 0) return this.#wide(value, placing);
      bytes[to++] = byte - 1;
    }
    this.length = right ? to : this.#pad(to, width - end, pad);
    return undefined;
  }

  #pad(from: number, count: number, pad: string): number {
    const byte = this.page.bytes[pad.charCodeAt(0)]! - 1;
    let to = from;
    for (const last = from + count; to < last; to += 1) this.#bytes[to] = byte;
    return to;
  }

  /** A text from outside in its own length, of at most so many units. */
  loose(value: string, most = Number.POSITIVE_INFINITY): Misfit | undefined {
    const lost = this.#unencodable(value);
    if (lost !== undefined) return lost;
    const width = this.units(value);
    if (width > most) return doesNotFit(`has room for ${most}; the value has ${width}`);
    return this.text(value, { width, right: false, pad: ' ', truncate: false });
  }

  /** A text that stands in no field, and was read word for word. */
  verbatim(text: string): Misfit | undefined {
    const lost = this.#lost(text);
    if (lost === undefined) this.append(encode(text, this.page.name));
    return lost;
  }

  /** What has other characters than those of one byte, or does not fit, or cannot be written at all. */
  #wide(value: string, { width, right, pad, truncate }: Placing): Misfit | undefined {
    const lost = this.#unencodable(value);
    if (lost !== undefined) return lost;
    let text = value;
    let units = this.units(text);
    if (units > width) {
      if (!truncate) return doesNotFit(`has room for ${width}; the value has ${units}`);
      this.truncated += 1;
      text = this.#cut(text, width);
      units = this.units(text);
    }
    this.#room(width - units);
    if (right) this.length = this.#pad(this.length, width - units, pad);
    this.append(encode(text, this.page.name));
    this.#room(width - units);
    if (!right) this.length = this.#pad(this.length, width - units, pad);
    return undefined;
  }

  /** As many whole characters as there is room for. */
  #cut(text: string, width: number): string {
    let kept = '';
    let left = width;
    for (const sign of text) {
      left -= this.units(sign);
      if (left < 0) break;
      kept += sign;
    }
    return kept;
  }

  /** How many units a text takes. */
  units(text: string): number {
    if (!this.page.wide) return text.length;
    return this.#unit === 'characters' ? Array.from(text).length : encode(text, this.page.name).length;
  }

  /** The first character that cannot be written; undefined when all can. */
  #unencodable(value: string): Misfit | undefined {
    const lost = this.#lost(value);
    if (lost !== undefined) return lost;
    const held = Array.from(value).find((sign) => sign === '\0' || this.#allowed.dividers.includes(sign));
    if (held === undefined) return undefined;
    const says = held === '\0' ? 'cannot hold NUL' : 'cannot hold a character that divides records';
    return misfit('WB_RECORD_UNENCODABLE', says);
  }

  /** The first character that the encoding does not have. */
  #lost(value: string): Misfit | undefined {
    const lost = firstUnencodable(value, this.page.name);
    if (lost === undefined) return undefined;
    const shown = `U+${lost.codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    return misfit('WB_RECORD_UNENCODABLE', `cannot hold the character ${shown}, which does not exist in ${this.page.name}`);
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Writes over what was written at `at` before, in the same length. */
  patch(at: number, write: () => Misfit | undefined): Misfit | undefined {
    const end = this.length;
    this.length = at;
    const wrong = write();
    this.length = end;
    return wrong;
  }

  setByte(at: number, byte: number): void {
    this.#bytes[at] = byte;
  }

  /** Puts bytes in front of what was written from `at` on. */
  insert(at: number, bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.copyWithin(at + bytes.length, at, this.length);
    this.#bytes.set(bytes, at);
    this.length += bytes.length;
  }

  done(): Uint8Array {
    return new Uint8Array(this.#bytes.subarray(0, this.length));
  }

  #room(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + more));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#bytes = larger;
  }
}

/** What fields may hold. */
export interface Allowed {
  /** As that of the page, without NUL and the characters that divide records. */
  readonly bytes: Uint16Array;
  /** The characters that divide records. */
  readonly dividers: string;
}

export function allowedIn(page: CodePage, dividers: string): Allowed {
  const bytes = page.bytes.slice();
  for (const sign of `\0${dividers}`) bytes[sign.charCodeAt(0)] = 0;
  return { bytes, dividers };
}
