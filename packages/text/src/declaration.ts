import type { Encoding } from './catalogue.ts';
import { ebcdicTable } from './tables.ts';

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

/** The signs that a declaration may consist of lie in one place in all EBCDIC pages, but for the double quote of 1026. */
function beginningOf(bytes: Uint8Array, family: Family): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (family) {
    case 'ascii':
      return buffer.toString('latin1', 0, buffer.indexOf(0x3e) + 1);
    case 'utf-16le':
      return buffer.toString('utf16le');
    case 'utf-16be':
      return Buffer.from(buffer.subarray(0, buffer.length & ~1))
        .swap16()
        .toString('utf16le');
    case 'ebcdic': {
      const table = ebcdicTable('cp037');
      return Array.from(bytes, (byte) => table[byte]).join('');
    }
  }
}
