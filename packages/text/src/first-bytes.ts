import { type Encoding, utf8, utf16be, utf16le } from './catalogue.ts';
import { ebcdicTable } from './converters/tables.ts';
import { errors } from './errors.ts';

/** The marks and their encodings. UTF-32 (`undefined`) comes first, because one of its marks begins with that of UTF-16. */
const marks: readonly (readonly [mark: readonly number[], encoding: Encoding | undefined])[] = [
  [[0xef, 0xbb, 0xbf], utf8],
  [[0xff, 0xfe, 0, 0], undefined],
  [[0, 0, 0xfe, 0xff], undefined],
  [[0xff, 0xfe], utf16le],
  [[0xfe, 0xff], utf16be],
];

/** The encoding that a byte order mark tells; undefined when there is none. Throws WB_TEXT_UNKNOWN_ENCODING for the mark of UTF-32. */
export function encodingOfMark(body: Uint8Array): Encoding | undefined {
  const first = body[0] ?? 0x3c;
  // The first byte shows that nearly every message has no mark.
  if (first < 0xef && first !== 0) return undefined;
  const found = marks.find(([mark]) => mark.every((byte, index) => body[index] === byte));
  if (found === undefined) return undefined;
  const [, encoding] = found;
  if (encoding !== undefined) return encoding;
  throw errors.WB_TEXT_UNKNOWN_ENCODING('The body begins with the byte order mark of UTF-32, which is not read.');
}

/** What the first four bytes of a document show (XML 1.0, appendix F). `ascii`: the signs of ASCII are single bytes as in ASCII. */
export type Family = 'ascii' | 'ebcdic' | 'utf-16le' | 'utf-16be';

/** Of a document without a byte order mark: UTF-16 is known by the NUL beside the first "<", EBCDIC by its "<?xm". */
export function familyOf([first, second, third, fourth]: Uint8Array): Family {
  if (first === 0x3c && second === 0 && (third !== 0 || fourth !== 0)) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  return first === 0x4c && second === 0x6f && third === 0xa7 && fourth === 0x94 ? 'ebcdic' : 'ascii';
}

/** Whether a text in `encoding` can begin with bytes of that family. */
export function fits({ kind, name }: Encoding, family: Family): boolean {
  if (family === 'ebcdic' || kind === 'ebcdic') return family === kind;
  if (family === 'ascii') return kind !== 'utf-16';
  return name === 'utf-16' || name === family;
}

/** More than any declaration has, and enough characters of UTF-16, too. */
const longest = 400;
const beginning = [0x3c, 0x3f, 0x78, 0x6d, 0x6c];
const declaration =
  /^<\?xml[\s\x85]+version[\s\x85]*=[\s\x85]*(?:"[^"]*"|'[^']*')[\s\x85]+encoding[\s\x85]*=[\s\x85]*(?:"([^"<>]*)"|'([^'<>]*)')/;

/** The encoding that an XML declaration names, as written; undefined when there is no declaration, or none in it. */
export function declaredEncoding(body: Uint8Array, family: Family): string | undefined {
  if (family === 'ascii' && beginning.some((byte, index) => body[index] !== byte)) return undefined;
  const [, inDouble, inSingle] = declaration.exec(beginningOf(body.subarray(0, longest), family)) ?? [];
  return inDouble ?? inSingle;
}

/** The characters that a declaration may have are the same bytes in all EBCDIC pages, except the double quote of 1026. */
function beginningOf(bytes: Uint8Array, family: Family): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = buffer.subarray(0, buffer.length & ~1);
  switch (family) {
    case 'ascii':
      return buffer.toString('latin1', 0, buffer.indexOf(0x3e) + 1);
    // Whole units alone: of an odd number of bytes at an odd address, Node 24 writes beyond the memory of the text.
    case 'utf-16le':
      return whole.toString('utf16le');
    case 'utf-16be':
      return Buffer.from(whole).swap16().toString('utf16le');
    case 'ebcdic': {
      const table = ebcdicTable('cp037');
      return Array.from(bytes, (byte) => table[byte]).join('');
    }
  }
}
