import { type Converter, hex, invalidBytes, unencodable } from './converter.ts';

/** Stands in a table where a byte is no character. */
export const hole = '\ufffd';
const holeUnit = 0xfffd;

/** Converts by a table: the characters of bytes 00 to FF as one string, all in the basic plane, `hole` where there is none. */
export class SingleByteConverter implements Converter {
  readonly #name: string;
  readonly #units: Uint16Array;
  readonly #bytes: ReadonlyMap<number, number>;

  constructor(name: string, table: string) {
    this.#name = name;
    this.#units = Uint16Array.from({ length: 256 }, (_, byte) => table.charCodeAt(byte));
    this.#bytes = new Map(Array.from(this.#units, (unit, byte) => [unit, byte] as const).filter(([unit]) => unit !== holeUnit));
  }

  decode(bytes: Uint8Array): string {
    const text = Buffer.allocUnsafe(bytes.length * 2);
    for (let at = 0; at < bytes.length; at++) {
      const unit = this.#units[bytes[at]!]!;
      if (unit === holeUnit) throw invalidBytes(`byte ${hex(bytes[at]!)} is no character of ${this.#name}`, at);
      text[at * 2] = unit;
      text[at * 2 + 1] = unit >> 8;
    }
    // A string from UTF-16 is seven times as fast as one from character codes.
    return text.toString('utf16le');
  }

  encode(text: string): Uint8Array {
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) {
      const byte = this.#bytes.get(text.charCodeAt(at));
      if (byte === undefined) throw unencodable(this.#name, text, at);
      bytes[at] = byte;
    }
    return bytes;
  }

  indexOfUnencodable(text: string): number {
    for (let at = 0; at < text.length; at++) if (!this.#bytes.has(text.charCodeAt(at))) return at;
    return -1;
  }
}
