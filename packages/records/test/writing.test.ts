import { describe, expect, it } from 'vitest';
import { type Item, RecordFormat, type RecordFormatOptions, type RecordValues } from '../src/index.ts';
import { refusal } from './support/refusal.ts';

function format(items: readonly Item[], options?: RecordFormatOptions): RecordFormat {
  return new RecordFormat({ name: 'R', items }, options);
}

const written = (made: RecordFormat, values: RecordValues | readonly RecordValues[]) => Buffer.from(made.encode(values)).toString();

describe('a text that is too long', () => {
  it('is cut, and told, only where its field says so', () => {
    const made = format([
      { name: 'A', length: 3, truncate: true },
      { name: 'G', items: [{ name: 'B', length: 2, truncate: true }] },
    ]);
    const cut: string[] = [];
    expect(Buffer.from(made.encode({ A: 'abcde', G: { B: 'xy' } }, { truncated: (path) => cut.push(path) })).toString()).toBe('abcxy');
    made.encode({ A: 'abc', G: { B: 'xyz' } }, { truncated: (path) => cut.push(path) });
    expect(cut).toEqual(['R/A', 'R/G/B']);
  });

  it('is cut without looking at the whole of it again and again', () => {
    expect(written(format([{ name: 'A', length: 5, truncate: true }], { units: 'bytes' }), { A: 'é'.repeat(300_000) })).toBe('éé ');
  });

  it('is cut between characters, whatever widths count', () => {
    expect(written(format([{ name: 'A', length: 5, truncate: true }], { units: 'bytes' }), { A: 'aéé€' })).toBe('aéé');
    expect(written(format([{ name: 'A', length: 5, truncate: true }], { units: 'bytes' }), { A: 'a€€€' })).toBe('a€ ');
    expect(written(format([{ name: 'A', length: 2, truncate: true }]), { A: '😀😀😀' })).toBe('😀😀');
  });
});

describe('padding', () => {
  it('stands before what is justified to the right', () => {
    expect(written(format([{ name: 'A', length: 5, justify: 'right', pad: '*' }]), { A: 'ab' })).toBe('***ab');
    expect(written(format([{ name: 'A', type: 'number', length: 6, justify: 'right', pad: '0' }]), { A: '-4.5' })).toBe('-004.5');
  });

  it('that a value has at its padded side would be lost: it is refused, but for blanks behind text', () => {
    const starred = format([{ name: 'A', length: 5, pad: '*' }]);
    expect(refusal(() => starred.encode({ A: 'a*' }))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R/A' });
    const right = format([{ name: 'A', length: 5, justify: 'right' }]);
    expect(refusal(() => right.encode({ A: ' a' }))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R/A' });
    expect(written(format([{ name: 'A', length: 3 }]), { A: 'a      ' })).toBe('a  ');
  });
});

describe('a value that is missing', () => {
  it.each([
    ['a field that is required', { name: 'A', length: 3, required: true }],
    ['a packed number, which cannot be blank', { name: 'A', type: 'packed', digits: 3 }],
    ['a binary number', { name: 'A', type: 'binary', digits: 3 }],
    ['a number that is blank when it is zero', { name: 'A', type: 'zoned', digits: 3, blankWhenZero: true }],
    ['a picture that prints zero as blanks', { name: 'A', type: 'edited', picture: 'ZZZ' }],
  ] satisfies [string, Item][])('is refused for %s', (_what, item) => {
    expect(refusal(() => format([item], { encoding: 'cp037' }).encode({}))).toMatchObject({ code: 'WB_RECORD_MISSING_VALUE', at: 'R/A' });
  });

  it('is refused when it is read, too', () => {
    const made = format([{ name: 'A', length: 3, required: true }]);
    expect(refusal(() => made.decode(Buffer.from('   ')))).toMatchObject({ code: 'WB_RECORD_MISSING_VALUE', at: 'R/A, character 0' });
  });
});

describe('a value that cannot be written', () => {
  it.each([
    ['a number instead of text', { A: 12 as unknown as string }, 'WB_RECORD_BAD_VALUE', 'R/A'],
    ['an object instead of text', { A: { B: '1' } }, 'WB_RECORD_BAD_VALUE', 'R/A'],
    ['NUL', { A: 'a\0' }, 'WB_RECORD_UNENCODABLE', 'R/A'],
    ['half a character', { A: '\ud83d' }, 'WB_RECORD_UNENCODABLE', 'R/A'],
    ['a list that is none', { T: 'x' }, 'WB_RECORD_BAD_VALUE', 'R/T'],
    ['too many entries', { T: [{}, {}, {}] }, 'WB_RECORD_WRONG_COUNT', 'R/T'],
    ['an unknown name deep down', { T: [{ X: '1' }, { Y: '1' }] }, 'WB_RECORD_UNKNOWN_NAME', 'R/T/Y'],
    ['a number longer than any', { T: [{ X: `1.${'0'.repeat(300_000)}1` }] }, 'WB_RECORD_BAD_VALUE', 'R/T[1]/X'],
    ['a number that is none', { T: [{}, { X: '1,5' }] }, 'WB_RECORD_BAD_VALUE', 'R/T[2]/X'],
  ])('is refused with its path: %s', (_what, values, code, at) => {
    const made = format([
      { name: 'A', length: 5 },
      { name: 'T', occurs: 2, items: [{ name: 'X', type: 'number', length: 3 }] },
    ]);
    expect(refusal(() => made.encode(values))).toMatchObject({ code, at });
  });

  it('is told with the number of its record', () => {
    const made = format([{ name: 'A', length: 2 }]);
    expect(refusal(() => made.encode([{ A: 'ab' }, { A: 'abc' }]))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R[2]/A' });
  });

  it('would end a line: it is refused', () => {
    const lines = format(
      [
        { name: 'A', length: 2 },
        { name: 'B', length: 2 },
      ],
      { framing: { kind: 'lines', ends: ['\r\n'] } },
    );
    expect(refusal(() => lines.encode({ A: 'a\r', B: '\nb' }))).toMatchObject({ code: 'WB_RECORD_UNENCODABLE', at: 'R/A' });
  });

  it('would end a line that ends with a character of several bytes: it is refused', () => {
    const lines = format([{ name: 'A', length: 3 }], { units: 'bytes', framing: { kind: 'lines', ends: ['\u0085'] } });
    expect(refusal(() => lines.encode({ A: 'a\u0085' }))).toMatchObject({ code: 'WB_RECORD_UNENCODABLE', at: 'R/A' });
  });

  it('has a length of its own, and does not exist in the encoding: it is refused', () => {
    const items: Item[] = [
      { name: 'N', type: 'number', length: 2 },
      { name: 'A', length: { in: 'N', max: 5 } },
    ];
    for (const encoding of ['shift_jis', 'cp037']) {
      expect(refusal(() => format(items, { encoding, units: 'bytes' }).encode({ A: '😀' }))).toMatchObject({
        code: 'WB_RECORD_UNENCODABLE',
        at: 'R/A',
      });
    }
    expect(refusal(() => format(items).encode({ A: 'abcdef' }))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R/A' });
  });

  it('is no record at all: it is refused', () => {
    expect(refusal(() => format([{ name: 'A', length: 3 }]).encode([null as unknown as RecordValues]))).toMatchObject({
      code: 'WB_RECORD_BAD_VALUE',
      at: 'R',
    });
  });

  it('has names that every object inherits: they are no values', () => {
    const made = format([
      { name: 'constructor', length: 2 },
      { name: 'toString', length: 2 },
    ]);
    expect(written(made, {})).toBe('    ');
    expect(made.decode(Buffer.from('abcd'))).toEqual([{ constructor: 'ab', toString: 'cd' }]);
  });
});

describe('a secret', () => {
  const made = format([
    { name: 'P', length: 4, secret: true, value: 'pass' },
    { name: 'N', type: 'number', length: 6, secret: true },
    { name: 'K', length: 2, secret: true },
    { by: 'K', alternatives: [{ when: ['a'], item: { name: 'X', length: 1 } }] },
  ]);

  it.each(['word12345 a x', 'passab12cda x', 'pass12    zzx'])('is in no error of reading: %s', (text) => {
    const error = refusal(() => made.decode(Buffer.from(text)));
    expect(`${error.message} ${error.hint}`).not.toMatch(/pass|word|ab12|zz/);
  });

  it.each([
    ['another constant', { P: 'word' }],
    ['a number that is none', { N: 'ab12' }],
    ['a number that is too long', { N: '12345678' }],
    ['a text that is too long', { K: 'word' }],
    ['a character that cannot be', { K: 'Ł' }],
    ['a value that decides nothing', { K: 'zz' }],
  ])('is in no error of writing: %s', (_what, values) => {
    const plain = format(made.layout.items, { encoding: 'cp037' });
    const error = refusal(() => plain.encode(values));
    expect(`${error.message} ${error.hint} ${error.at}`).not.toMatch(/pass|word|ab12|12345|Ł|0141|zz/);
  });
});

describe('an error', () => {
  it('quotes what stood there, cut and without line ends', () => {
    const made = format([{ name: 'A', type: 'number', length: 60 }]);
    const error = refusal(() => made.decode(Buffer.from('x\n'.repeat(30))));
    expect(error.message).toBe(`The field A, "${'x\\n'.repeat(20)}…", does not hold a number such as 12.50.`);
  });

  it('shows no character that a terminal would obey', () => {
    const made = format([{ name: 'A', type: 'number', length: 3 }], { encoding: 'cp037' });
    expect(refusal(() => made.decode(Uint8Array.of(0x04, 0x27, 0xc1))).message).toBe(
      'The field A, "?\\u001bA", does not hold a number such as 12.50.',
    );
  });

  it('shows the bytes of a number that is no text', () => {
    const made = format([{ name: 'P', type: 'packed', digits: 3 }], { encoding: 'cp037' });
    expect(refusal(() => made.decode(Uint8Array.of(0x12, 0x31))).message).toBe(
      'The field P, 1231 in hex, has no sign in its last half byte.',
    );
  });
});

describe('counts', () => {
  const made = format([
    { name: 'N', type: 'number', length: 1 },
    { name: 'A', length: 1, occurs: { depending: 'N', min: 1, max: 20 } },
    { name: 'B', length: 1, occurs: { depending: 'N', max: 20 } },
  ]);

  it('of two tables have to be the same', () => {
    expect(written(made, { A: ['a', 'b'], B: ['c', 'd'] })).toBe('2abcd');
    expect(refusal(() => made.encode({ A: ['a', 'b'], B: ['c'] }))).toMatchObject({ code: 'WB_RECORD_WRONG_COUNT', at: 'R/B' });
  });

  it('have to be possible', () => {
    expect(refusal(() => made.encode({}))).toMatchObject({ code: 'WB_RECORD_WRONG_COUNT', at: 'R/A' });
    const many = Array.from({ length: 11 }, () => 'x');
    expect(refusal(() => made.encode({ A: many, B: many }))).toMatchObject({ code: 'WB_RECORD_DOES_NOT_FIT', at: 'R/N' });
    expect(refusal(() => made.decode(Buffer.from('0')))).toMatchObject({ code: 'WB_RECORD_WRONG_COUNT', at: 'R/N, character 0' });
    expect(refusal(() => made.decode(Buffer.from(' ')))).toMatchObject({ code: 'WB_RECORD_WRONG_COUNT', at: 'R/N, character 0' });
  });
});

describe('alternatives', () => {
  const made = format([
    { name: 'K', length: 1 },
    {
      by: 'K',
      alternatives: [{ when: ['A'], item: { name: 'ONE', length: 3 } }, { item: { name: 'REST', items: [{ name: 'X', length: 5 }] } }],
    },
  ]);

  it('are chosen by a value, or hold for all others, and are equally long', () => {
    expect(written(made, { K: 'A', ONE: 'abc' })).toBe('Aabc  ');
    expect(made.decode(Buffer.from('Zabcde'))).toEqual([{ K: 'Z', REST: { X: 'abcde' } }]);
  });

  it('that are not chosen have no values', () => {
    const error = refusal(() => made.encode({ K: 'A', ONE: 'abc', REST: { X: 'x' } }));
    expect(error).toMatchObject({ code: 'WB_RECORD_UNKNOWN_NAME', at: 'R/REST' });
  });

  it('are refused for a value that is for none of them', () => {
    const strict = format([
      { name: 'K', length: 1 },
      { by: 'K', alternatives: [{ when: ['A'], item: { name: 'ONE', length: 3 } }] },
    ]);
    expect(refusal(() => strict.decode(Buffer.from('Babc')))).toMatchObject({ code: 'WB_RECORD_NO_ALTERNATIVE', at: 'R/K, character 0' });
    expect(refusal(() => strict.encode({ K: 'B' }))).toMatchObject({ code: 'WB_RECORD_NO_ALTERNATIVE', at: 'R/K' });
  });
});
