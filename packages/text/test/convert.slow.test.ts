import { array, assert, constantFrom, pre, property, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../src/catalogue.ts';
import { canEncode, decode, encode, firstUnencodable, toUtf8 } from '../src/index.ts';
import { bytes, everyByte, refusal, refused } from './refusal.ts';

const all = catalogue.map(({ name, kind }) => [name, kind] as const);
const singles = all.filter(([, kind]) => ['plain', 'ebcdic', 'single-byte'].includes(kind));
const unicode = all.filter(([, kind]) => kind === 'utf-8' || kind === 'utf-16');

/** The bytes that are characters of a single-byte encoding. */
const repertoire = (name: string): readonly number[] =>
  [...everyByte].filter((byte) => {
    try {
      return decode(Uint8Array.of(byte), name) !== '';
    } catch {
      return false;
    }
  });

describe.each(singles)('the encoding %s', (name) => {
  const known = repertoire(name);

  it('gives back the bytes that were read', () => {
    assert(
      property(array(constantFrom(...known)), (list) => {
        const read = Uint8Array.from(list);
        const text = decode(read, name);
        expect(text).toHaveLength(read.length);
        expect(encode(text, name)).toEqual(read);
        expect(Buffer.from(toUtf8(read, name)).toString()).toBe(name.startsWith('cp') ? text.replaceAll('\u0085', '\n') : text);
      }),
      { numRuns: 50 },
    );
  });

  it('has each character once, and says so of no other', () => {
    const characters = known.map((byte) => decode(Uint8Array.of(byte), name));
    expect(new Set(characters).size).toBe(known.length);
    expect(characters.every((character) => canEncode(character, name))).toBe(true);
    const others = Array.from({ length: 0x3000 }, (_, unit) => String.fromCharCode(unit)).filter((each) => !characters.includes(each));
    expect(others.filter((character) => canEncode(character, name))).toEqual([]);
  });

  it('refuses every byte that is no character, where it stands', () => {
    const good = known[known.length >> 1]!;
    for (const byte of everyByte.filter((each) => !known.includes(each))) {
      const { code, at } = refusal(() => decode(Uint8Array.of(good, good, byte, good), name));
      expect([code, at]).toEqual(['WB_TEXT_INVALID_BYTES', 'byte 2']);
    }
  });
});

describe.each(unicode)('the encoding %s', (name) => {
  it('gives back every text', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        pre(!text.startsWith('\ufeff'));
        expect(decode(encode(text, name), name)).toBe(text);
        expect(Buffer.from(toUtf8(encode(text, name), name)).toString()).toBe(text);
        expect(canEncode(text, name)).toBe(true);
      }),
    );
  });

  it('refuses half a surrogate pair', () => {
    expect(refusal(() => encode('ab\ud83dc', name))).toEqual({
      code: 'WB_TEXT_UNENCODABLE',
      at: 'character 2',
      message: `The character U+D83D, at offset 2, does not exist in ${name}.`,
    });
    expect(canEncode('\udc00', name)).toBe(false);
  });

  it('leaves out a byte order mark at the beginning and keeps it elsewhere', () => {
    expect(decode(encode('\ufeffa\ufeff', name === 'utf-16' ? 'utf-16be' : name), name)).toBe('a\ufeff');
  });
});

describe('any encoding', () => {
  it.each(all)('writes a text whole, or names the first character that it does not have: %s', (name) => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const missing = firstUnencodable(text, name);
        const characters = Array.from(text);
        const good = characters.slice(0, missing?.offset).join('');
        expect(decode(encode(good, name), name)).toBe(good.replace(/^\ufeff/, ''));
        expect(canEncode(text, name)).toBe(missing === undefined);
        expect(characters[missing?.offset ?? -1]).toBe(missing?.character);
        expect(canEncode(missing?.character ?? '', name)).toBe(missing === undefined);
        expect(refused(() => encode(text, name))?.at).toBe(missing && `character ${missing.offset}`);
      }),
      { numRuns: 60 },
    );
  });

  it.each(all)('reads any bytes as text, or refuses them with a place among them: %s', (name) => {
    assert(
      property(uint8Array({ maxLength: 40 }), (given) => {
        const found = refused(() => decode(given, name));
        const text = found === undefined ? decode(given, name) : '';
        expect(text.isWellFormed()).toBe(true);
        expect(found?.code ?? 'WB_TEXT_INVALID_BYTES').toBe('WB_TEXT_INVALID_BYTES');
        expect(Number((found?.at ?? 'byte 0').replace('byte ', ''))).toBeLessThanOrEqual(given.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a character that does not exist in the target', () => {
  it('is named, with its code point and its place in characters', () => {
    expect(refusal(() => encode('ab📦', 'cp037'))).toEqual({
      code: 'WB_TEXT_UNENCODABLE',
      at: 'character 2',
      message: 'The character "📦", U+1F4E6, at offset 2, does not exist in cp037.',
    });
    expect(firstUnencodable('ßŁ', 500)).toEqual({ character: 'Ł', codePoint: 0x141, offset: 1 });
  });

  it('counts characters, not UTF-16 units', () => {
    expect(firstUnencodable('📦📦\ud800', 'utf-8')?.offset).toBe(2);
  });

  it('is never replaced: not by a question mark, not by its likeness, not by an open byte', () => {
    for (const [character, name] of [
      ['\ufffd', 'windows-1252'],
      ['\ufffd', 'koi8-r'],
      ['¥', 'shift_jis'],
      ['‾', 'euc-jp'],
      ['？', 'iso-8859-1'],
      ['Ł', 'cp037'],
    ] as const) {
      expect([character, name, canEncode(character, name)]).toEqual([character, name, false]);
      expect(refusal(() => encode(character, name)).code).toBe('WB_TEXT_UNENCODABLE');
    }
  });

  it('is shown by its code point only when it cannot be seen', () => {
    expect(refusal(() => encode('a\u200b', 'cp500')).message).toBe('The character U+200B, at offset 1, does not exist in cp500.');
  });
});

describe('what stays as it is', () => {
  it('is UTF-8: the very same array', () => {
    const body = bytes('3c 61 3e c3 a4 3c 2f 61 3e');
    expect(toUtf8(body, 'utf-8')).toBe(body);
    expect(toUtf8(body, 1208)).toBe(body);
  });

  it('is UTF-8 behind its byte order mark: the same memory', () => {
    const body = bytes('ef bb bf 3c 61 2f 3e');
    const text = toUtf8(body, 'UTF-8');
    expect(text).toEqual(bytes('3c 61 2f 3e'));
    expect(text.buffer).toBe(body.buffer);
  });

  it('is ASCII, whatever it is said to be in', () => {
    const body = everyByte.slice(0, 128);
    const others = all.filter(([, kind]) => kind !== 'utf-16' && kind !== 'ebcdic');
    expect(others.filter(([name]) => toUtf8(body, name) !== body)).toEqual([]);
  });

  it('is UTF-8 that is not valid, which whoever reads it finds', () => {
    const body = bytes('61 ff');
    expect(toUtf8(body, 'utf-8')).toBe(body);
  });
});

describe('the end of a line in EBCDIC', () => {
  it('is NEL or LF by the table of the page', () => {
    expect(decode(bytes('15 0d25'), 'cp500')).toBe('\u0085\r\n');
    expect(decode(bytes('15 25'), 'cp1047')).toBe('\n\u0085');
  });

  it('is LF in UTF-8', () => {
    for (const name of ['cp037', 'cp500', 'cp1047', 'cp1140'])
      expect(Buffer.from(toUtf8(bytes('c1 15 c2 25'), name)).toString()).toBe('A\nB\n');
  });

  it('stays NEL where an ISO page has it', () => {
    expect(Buffer.from(toUtf8(bytes('85 e4'), 'iso-8859-1')).toString()).toBe('\u0085ä');
  });
});
