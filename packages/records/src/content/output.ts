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
  /** The texts that divide records, which no field may hold; undefined: none. */
  readonly #dividers: RegExp | undefined;
  #bytes = Buffer.allocUnsafe(4096);
  length = 0;
  /** How many texts were cut since the last look at it. */
  truncated = 0;

  constructor(page: CodePage, unit: Unit, dividers: RegExp | undefined) {
    this.page = page;
    this.#unit = unit;
    this.#dividers = dividers;
  }

  /** A text that was made here: digits, signs and blanks, as long as its field. */
  plain(text: string): undefined {
    this.#room(text.length);
    const { page } = this;
    if (page.wide) this.length += this.#bytes.write(text, this.length, 'latin1');
    else for (let at = 0; at < text.length; at += 1) this.#bytes[this.length++] = page.bytes[text.charCodeAt(at)]! - 1;
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
    if (this.#dividers?.test(value)) return misfit('WB_RECORD_UNENCODABLE', 'cannot hold a character that divides records');
    return this.page.wide ? this.#wide(value, placing) : this.#narrow(value, placing);
  }

  /** A text from outside that stands in no field. */
  loose(value: string): Misfit | undefined {
    const fits = firstUnencodable(value, this.page.name) === undefined;
    return fits ? this.text(value, { width: this.units(value), right: false, pad: ' ', truncate: false }) : this.#unencodable(value);
  }

  #narrow(value: string, { width, right, pad, truncate }: Placing): Misfit | undefined {
    let end = value.length;
    if (end > width) {
      if (!truncate) return tooLong(width, end);
      this.truncated += 1;
      end = width;
    }
    this.#room(width);
    const bytes = this.#bytes;
    const table = this.page.bytes;
    const padding = table[pad.charCodeAt(0)]! - 1;
    let to = this.length;
    if (right) for (let left = width - end; left > 0; left -= 1) bytes[to++] = padding;
    for (let at = 0; at < end; at += 1) {
      const byte = table[value.charCodeAt(at)]!;
      if (byte === 0) return this.#unencodable(value);
      bytes[to++] = byte - 1;
    }
    for (const last = this.length + width; to < last; ) bytes[to++] = padding;
    this.length = to;
    return undefined;
  }

  #wide(value: string, { width, right, pad, truncate }: Placing): Misfit | undefined {
    const isLost = firstUnencodable(value, this.page.name) !== undefined;
    if (isLost) return this.#unencodable(value);
    let text = value;
    let units = this.units(text);
    if (units > width) {
      if (!truncate) return tooLong(width, units);
      this.truncated += 1;
      const characters = Array.from(text);
      while (this.units(characters.join('')) > width) characters.pop();
      text = characters.join('');
      units = this.units(text);
    }
    const padding = encode(pad.repeat(width - units), this.page.name);
    for (const part of right ? [padding, encode(text, this.page.name)] : [encode(text, this.page.name), padding]) this.append(part);
    return undefined;
  }

  /** How many units a text takes. */
  units(text: string): number {
    if (!this.page.wide) return text.length;
    return this.#unit === 'characters' ? Array.from(text).length : encode(text, this.page.name).length;
  }

  #unencodable(value: string): Misfit {
    const lost = firstUnencodable(value, this.page.name);
    const sign = lost === undefined ? '' : ` U+${lost.codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    return misfit('WB_RECORD_UNENCODABLE', `cannot hold the character${sign}, which does not exist in ${this.page.name}`);
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

function tooLong(width: number, length: number): Misfit {
  return doesNotFit(`has room for ${width}; the value has ${length}`);
}
