import { isAscii } from 'node:buffer';
import type { Encoding } from './catalogue.ts';
import { type CharacterAt, type Converter, characterAt } from './converters/converter.ts';
import { multiByteConverter } from './converters/multi-byte.ts';
import { hole, SingleByteConverter } from './converters/single-byte.ts';
import { ebcdicTable, loadIconv } from './converters/tables.ts';
import { utf8Converter, utf16Converter, withoutUtf8Mark } from './converters/unicode.ts';
import { type EncodingLabel, knownEncoding } from './names.ts';

/** A character that an encoding does not have. `offset` counts characters (code points) from 0. */
export type Unencodable = CharacterAt;

/**
 * The body in UTF-8, without a byte order mark.
 *
 * Where nothing has to be converted, which is UTF-8 and every text that is all ASCII, nothing is copied: the result is `body`
 * itself, or the part of it behind the byte order mark. UTF-8 is not checked then; whoever reads it strictly finds what is
 * wrong in it, and `decode` does.
 *
 * Everything else becomes a new array. NEL becomes LF when the text was in EBCDIC, because XML 1.0 and most readers do not
 * know NEL as the end of a line. Nothing else is changed, so an XML declaration inside the text still names the old encoding:
 * its reader must not look at it. Throws WB_TEXT_INVALID_BYTES for bytes that are no characters of the encoding.
 */
export function toUtf8(body: Uint8Array, encoding: EncodingLabel): Uint8Array {
  // Nearly every message: `encodingOf` says so, and there is no mark to leave out.
  if (encoding === 'utf-8' && body[0] !== 0xef) return body;
  const known = knownEncoding(encoding);
  if (known.kind === 'utf-8') return withoutUtf8Mark(body);
  if (known.kind === 'utf-16') return utf8Converter.encode(converterOf(known).decode(body));
  if (known.kind === 'ebcdic') return utf8Converter.encode(converterOf(known).decode(body).replaceAll('\u0085', '\n'));
  return isAscii(body) ? body : utf8Converter.encode(converterOf(known).decode(body));
}

/**
 * The text that `bytes` are in `encoding`. A byte order mark at the beginning of UTF-8 or UTF-16 is left out; EBCDIC is
 * read by its table, so that NEL stays NEL (U+0085) and `encode` gives the same bytes back.
 * Throws WB_TEXT_INVALID_BYTES with the offset of the first byte that is wrong, as its `at`: `byte 17`, counted from 0.
 */
export function decode(bytes: Uint8Array, encoding: EncodingLabel): string {
  return converterOf(knownEncoding(encoding)).decode(bytes);
}

/**
 * The bytes of `text` in `encoding`; `utf-16` without an order is written big-endian with a byte order mark, nothing else
 * gets one. Throws WB_TEXT_UNENCODABLE for the first character that the encoding does not have, half a surrogate pair included; the
 * error names the character and has its place as `at`: `character 11`, counted in code points from 0.
 */
export function encode(text: string, encoding: EncodingLabel): Uint8Array {
  return converterOf(knownEncoding(encoding)).encode(text);
}

/** Whether every character of `text` exists in `encoding`. */
export function canEncode(text: string, encoding: EncodingLabel): boolean {
  return converterOf(knownEncoding(encoding)).indexOfUnencodable(text) < 0;
}

/** The first character of `text` that does not exist in `encoding`, for a writer that has to say which field it stands in; else undefined. */
export function firstUnencodable(text: string, encoding: EncodingLabel): Unencodable | undefined {
  const index = converterOf(knownEncoding(encoding)).indexOfUnencodable(text);
  return index < 0 ? undefined : characterAt(text, index);
}

const converters = new Map<Encoding, Converter>();

function converterOf(encoding: Encoding): Converter {
  let converter = converters.get(encoding);
  if (converter === undefined) {
    converter = makeConverter(encoding);
    converters.set(encoding, converter);
  }
  return converter;
}

function makeConverter({ kind, name }: Encoding): Converter {
  switch (kind) {
    case 'utf-8':
      return utf8Converter;
    case 'utf-16':
      return utf16Converter(name, name === 'utf-16le' ? 'le' : name === 'utf-16be' ? 'be' : undefined);
    case 'plain':
      return new SingleByteConverter(name, plainTable(name === 'us-ascii' ? 128 : 256));
    case 'ebcdic':
      return new SingleByteConverter(name, ebcdicTable(name));
    case 'single-byte':
      return new SingleByteConverter(name, loadIconv().decode(Buffer.from(everyByte), name, { stripBOM: false }));
    case 'multi-byte':
      return multiByteConverter(name, loadIconv());
  }
}

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Bytes below `size` are the characters of the same number. */
function plainTable(size: number): string {
  return String.fromCharCode(...everyByte.subarray(0, size)).padEnd(256, hole);
}
