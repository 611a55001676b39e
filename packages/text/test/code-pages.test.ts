import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../src/catalogue.ts';
import { canEncode, decode, encode } from '../src/index.ts';
import { bytes, digits, everyByte } from './refusal.ts';

type Tables = Readonly<Record<string, string>>;

const golden = (name: string): unknown => JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8'));
const tables = golden('code-pages.json') as { readonly python: Tables; readonly glibc: Tables };
const words = golden('words.json') as Readonly<Record<string, { readonly text: string; readonly bytes: string }>>;

/** Where a judge sees it differently, and why it is not followed. */
const exceptions: Readonly<Record<string, string>> = {
  // The macron of the page: U+00AF there and in cp1141, where glibc agrees; Python has the overline.
  'python cp273': 'BC:AF/203E',
  // Windows has had this point since Unicode has it; Python's table is older.
  'python windows-1255': 'CA:5BA/FFFD',
  // In these two, glibc differs from its own tables of their successors 1143 and 1149, which have the euro and nothing else new.
  'glibc cp278': '71:5C/C9 E0:C9/5C',
  'glibc cp871': '4A:DE/FE C0:FE/DE',
  // As in cp1146, where glibc agrees.
  'glibc cp285': 'A1:AF/203E',
  // Latin-2, which the page holds, has the dot above, and not the middle dot.
  'glibc cp870': 'B0:2D9/B7',
  // Latin-5 has the cedilla and the macron. Python agrees with us.
  'glibc cp1026': '9D:B8/2DB BC:AF/2014',
  // As z/OS UNIX uses the page: line ends are 15.
  'glibc cp1047': '15:A/85 25:85/A',
};

const code = (character: string | undefined): string => (character?.codePointAt(0) ?? 0).toString(16).toUpperCase();

function characterOf(byte: number, encoding: string): string {
  try {
    return decode(Uint8Array.of(byte), encoding);
  } catch {
    return '\ufffd';
  }
}

function differences(encoding: string, table: string): string {
  const found = Array.from(everyByte, (byte) => [byte, characterOf(byte, encoding), table[byte]] as const);
  return found
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([byte, ours, theirs]) => `${code(String.fromCharCode(byte))}:${code(ours)}/${code(theirs)}`)
    .join(' ');
}

describe.each(Object.entries(tables))('the tables of %s', (judge, each) => {
  it.each(Object.entries(each))('agree on %s, but for what is explained', (encoding, table) => {
    expect(table).toHaveLength(256);
    expect(differences(encoding, table)).toBe(exceptions[`${judge} ${encoding}`] ?? '');
  });
});

describe('the code pages', () => {
  it('have a judge each', () => {
    const judged = new Set(Object.values(tables).flatMap((each) => Object.keys(each)));
    const left = catalogue.filter(({ kind, name }) => ['plain', 'ebcdic', 'single-byte'].includes(kind) && !judged.has(name));
    // Everything below 80 needs none.
    expect(left.map(({ name }) => name)).toEqual(['us-ascii']);
  });

  it.each([
    ['cp037', '[]!|^¬¢', 'ba bb 5a 4f b0 5f 4a', '{}@#', 'c0 d0 7c 7b', 'äöüß', '43 cc dc 59'],
    ['cp1140', '[]!|^¬¢', 'ba bb 5a 4f b0 5f 4a', '{}@#', 'c0 d0 7c 7b', 'äöüß', '43 cc dc 59'],
    ['cp500', '[]!|^¬¢', '4a 5a 4f bb 5f ba b0', '{}@#', 'c0 d0 7c 7b', 'äöüß', '43 cc dc 59'],
    ['cp1148', '[]!|^¬¢', '4a 5a 4f bb 5f ba b0', '{}@#', 'c0 d0 7c 7b', 'äöüß', '43 cc dc 59'],
    ['cp273', '[]!|^¬¢', '63 fc 4f bb 5f ba b0', '{}@#', '43 dc b5 7b', 'äöüß', 'c0 6a d0 a1'],
    ['cp1141', '[]!|^¬¢', '63 fc 4f bb 5f ba b0', '{}@#', '43 dc b5 7b', 'äöüß', 'c0 6a d0 a1'],
  ])('hold the signs that are known of %s', (encoding, ...known) => {
    for (let at = 0; at < known.length; at += 2) expect(encode(known[at]!, encoding)).toEqual(bytes(known[at + 1]!));
  });

  it('have the euro at 9F in the pages that were made for it, and not before', () => {
    for (const number of [1140, 1141, 1148]) expect(digits(encode('€', number))).toBe('9f');
    for (const number of [37, 273, 500, 1047]) expect(canEncode('€', number)).toBe(false);
  });

  it('write the first tag of a legacy message alike', () => {
    const ebcdic = catalogue.filter(({ kind }) => kind === 'ebcdic');
    expect(ebcdic).toHaveLength(23);
    for (const { name } of ebcdic) expect([name, digits(encode('<ECEDOC>', name))]).toEqual([name, '4cc5c3c5c4d6c36e']);
  });

  it('hold ASCII below 80 unless they are EBCDIC, on which `toUtf8` relies', () => {
    const half = everyByte.subarray(0, 128);
    for (const { name, kind } of catalogue.filter((each) => each.kind !== 'ebcdic' && each.kind !== 'utf-16')) {
      expect([name, kind, decode(half, name)]).toEqual([name, kind, Buffer.from(half).toString('latin1')]);
    }
  });
});

describe('the encodings of several bytes', () => {
  it('have words each', () => {
    expect(Object.keys(words)).toEqual(catalogue.filter(({ kind }) => kind === 'multi-byte').map(({ name }) => name));
  });

  it.each(Object.entries(words))('read and write as Python does: %s', (encoding, word) => {
    expect(decode(bytes(word.bytes), encoding)).toBe(word.text);
    expect(digits(encode(word.text, encoding))).toBe(word.bytes);
  });
});
