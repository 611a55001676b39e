import { describe, expect, it } from 'vitest';
import { type Item, RecordFormat, type RecordFormatOptions } from '../src/index.ts';
import { refusal } from './support/refusal.ts';

/** Layouts come from files, too, so that the compiler has not seen all of them. */
const item = (data: object): Item => data as Item;
const text = item({ name: 'A', length: 3 });
const count = item({ name: 'N', type: 'number', length: 2 });
const packed = item({ name: 'P', type: 'packed', digits: 3 });

interface Case {
  readonly what: string;
  readonly items: readonly Item[];
  readonly options?: RecordFormatOptions;
  readonly at?: string;
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  { what: 'no units', items: [], says: /no units/ },
  { what: 'two items of one name', items: [text, text], says: /two items of the name A/ },
  { what: 'a name that is none', items: [item({ name: 'A/B', length: 3 })], at: 'R/A/B', says: /"name": "A\/B", which has to be a name/ },
  {
    what: 'a name that every object has',
    items: [item({ name: '__proto__', length: 3 })],
    at: 'R/__proto__',
    says: /which has to be a name/,
  },
  {
    what: 'a misspelt key',
    items: [item({ name: 'A', length: 3, justfy: 'right' })],
    at: 'R/A',
    says: /"justfy", which a field of the type text does not know/,
  },
  { what: 'a type that does not exist', items: [item({ name: 'A', type: 'float', length: 3 })], at: 'R/A', says: /type "float"/ },
  { what: 'a field without a length', items: [item({ name: 'A' })], at: 'R/A', says: /has no "length"/ },
  { what: 'a length that is none', items: [item({ name: 'A', length: 1.5 })], at: 'R/A', says: /"length": 1.5, which/ },
  { what: 'a padding of two characters', items: [item({ name: 'A', length: 3, pad: '--' })], at: 'R/A', says: /"pad": "--"/ },
  {
    what: 'a number padded with letters',
    items: [item({ name: 'A', type: 'number', length: 3, pad: 'x' })],
    at: 'R/A',
    says: /padded with "x"/,
  },
  {
    what: 'a number padded with zeros behind it',
    items: [item({ name: 'A', type: 'number', length: 3, pad: '0' })],
    at: 'R/A',
    says: /padded with "0"/,
  },
  { what: 'no digits', items: [item({ name: 'A', type: 'zoned' })], at: 'R/A', says: /has no "digits"/ },
  { what: 'too many digits', items: [item({ name: 'A', type: 'binary', digits: 19 })], at: 'R/A', says: /1 to 18/ },
  { what: 'no picture', items: [item({ name: 'A', type: 'edited' })], at: 'R/A', says: /has no "picture"/ },
  { what: 'a picture that is none', items: [item({ name: 'A', type: 'edited', picture: '9A9' })], at: 'R/A', says: /symbol "A"/ },
  { what: 'a constant that is a number', items: [item({ name: 'A', length: 3, value: 1 })], at: 'R/A', says: /write it in quotes/ },
  {
    what: 'a constant that is no date',
    items: [item({ name: 'A', type: 'date', value: '2024-02-30' })],
    at: 'R/A',
    says: /constant that takes a date/,
  },
  {
    what: 'a packed number that is always blank',
    items: [{ name: 'P', type: 'packed', digits: 3, value: '' }],
    options: { encoding: 'cp037' },
    at: 'R/P',
    says: /always blank/,
  },
  {
    what: 'a form that tells no day',
    items: [item({ name: 'A', type: 'date', format: 'YYYYMM' })],
    at: 'R/A',
    says: /year, month and day/,
  },
  { what: 'a form with parts that are none', items: [item({ name: 'A', type: 'date', format: 'yyyyMMDD' })], at: 'R/A', says: /"y"/ },
  { what: 'a form of two digits without a pivot', items: [item({ name: 'A', type: 'date', format: 'YYMMDD' })], at: 'R/A', says: /pivot/ },
  {
    what: 'a time of day with a day',
    items: [item({ name: 'A', type: 'time', format: 'YYYYMMDDhhmm' })],
    at: 'R/A',
    says: /parts that a time has not/,
  },
  { what: 'a date longer than its field', items: [item({ name: 'A', type: 'date', length: 6 })], at: 'R/A', says: /shorter than its form/ },
  {
    what: 'a table that depends on what is not there',
    items: [item({ name: 'T', length: 1, occurs: { depending: 'N', max: 9 } })],
    at: 'R/T',
    says: /does not stand before/,
  },
  {
    what: 'a table that depends on text',
    items: [text, item({ name: 'T', length: 1, occurs: { depending: 'A', max: 9 } })],
    at: 'R/T',
    says: /no whole number/,
  },
  {
    what: 'a table that depends on decimals',
    items: [item({ name: 'D', type: 'zoned', digits: 2, decimals: 1 }), item({ name: 'T', length: 1, occurs: { depending: 'D', max: 9 } })],
    at: 'R/T',
    says: /no whole number/,
  },
  {
    what: 'something behind a table without an end',
    items: [item({ name: 'T', length: 1, occurs: 'end' }), text],
    says: /behind a table that goes on/,
  },
  {
    what: 'a table without an end whose entries vary',
    items: [item({ name: 'T', occurs: 'end', items: [count, { name: 'X', length: { in: 'N', max: 9 } }] })],
    says: /no fixed size/,
  },
  { what: 'a choice of nothing', items: [item({ alternatives: [] })], says: /without alternatives/ },
  {
    what: 'a choice by what is not there',
    items: [item({ by: 'K', alternatives: [{ when: ['1'], item: text }] })],
    says: /neither before it nor in an alternative/,
  },
  {
    what: 'a choice with two alternatives for one value',
    items: [
      item({
        alternatives: [
          { when: ['1'], item: text },
          { when: ['1'], item: count },
        ],
      }),
    ],
    says: /two alternatives for the value "1"/,
  },
  {
    what: 'a choice by a value that its field cannot have',
    items: [count, item({ by: 'N', alternatives: [{ when: ['x'], item: text }] })],
    at: 'R/N',
    says: /can never be "x"/,
  },
  {
    what: 'a choice whose kinds are told at different places',
    items: [
      item({
        by: 'A',
        alternatives: [
          { when: ['1'], item: { name: 'F', items: [text] } },
          { when: ['2'], item: { name: 'G', items: [count, text] } },
        ],
      }),
    ],
    says: /not stand at the same place/,
  },
  {
    what: 'an alternative of no fixed size',
    items: [count, item({ always: 'T', alternatives: [{ item: { name: 'T', length: { in: 'N', max: 9 } } }] })],
    at: 'R/T',
    says: /size is not fixed/,
  },
  {
    what: 'packed numbers where widths count characters',
    items: [packed],
    options: { encoding: 'utf-8' },
    at: 'R/P',
    says: /units: "bytes"/,
  },
  {
    what: 'packed numbers in lines',
    items: [packed],
    options: { encoding: 'cp037', framing: { kind: 'lines' } },
    says: /P is a number whose bytes/,
  },
  {
    what: 'signs in digits without a convention',
    items: [item({ name: 'Z', type: 'zoned', digits: 3, signed: true })],
    at: 'R/Z',
    says: /`signs`/,
  },
  { what: 'lengths in front of characters', items: [text], options: { framing: { kind: 'rdw' } }, says: /lengths in front/ },
  { what: 'blocks that hold nothing', items: [text], options: { units: 'bytes', framing: { kind: 'bdw', blockSize: 8 } }, says: /blocks/ },
  { what: 'lines without an end', items: [text], options: { framing: { kind: 'lines', ends: [''] } }, says: /without an end/ },
  { what: 'items that are no list', items: [item({ name: 'G', items: 'A' })], at: 'R/G', says: /"items": "A", which has to be a list/ },
  { what: 'an item that is none', items: [item({ name: 'G', items: [null] })], at: 'R/G', says: /a list of items/ },
  {
    what: 'a table of fewer than its least',
    items: [count, item({ name: 'T', length: 1, occurs: { depending: 'N', min: 3, max: 2 } })],
    at: 'R/T',
    says: /"occurs"/,
  },
  {
    what: 'a constant that is longer than its field',
    items: [item({ name: 'A', length: 3, value: 'four' })],
    at: 'R/A',
    says: /has room for 3; the value has 4/,
  },
  {
    what: 'a constant that the encoding does not have',
    items: [item({ name: 'A', length: 3, value: 'Ł' })],
    options: { encoding: 'cp037' },
    at: 'R/A',
    says: /U\+0141/,
  },
  {
    what: 'a separate sign of a number without one',
    items: [item({ name: 'A', type: 'zoned', digits: 3, separate: true })],
    at: 'R/A',
    says: /not `signed`/,
  },
  {
    what: 'a number whose length stands in a field',
    items: [count, item({ name: 'A', type: 'number', length: { in: 'N', max: 9 } })],
    at: 'R/A',
    says: /only text can have/,
  },
  { what: 'UTF-16', items: [text], options: { encoding: 'utf-16le' }, at: 'encoding', says: /utf-16le are not supported/ },
];

describe('a layout', () => {
  it.each(cases)('with $what is refused at its place', ({ items, options, at = 'R', says }) => {
    const error = refusal(() => new RecordFormat({ name: 'R', items }, options).items);
    expect({ code: error.code, at: error.at, message: error.message }).toEqual({
      code: 'WB_RECORD_LAYOUT',
      at,
      message: expect.stringMatching(says),
    });
  });

  it('in an encoding that nobody knows is refused with the name that was meant', () => {
    const error = refusal(() => new RecordFormat({ name: 'R', items: [text] }, { encoding: 'uft-8' }).items);
    expect(error).toMatchObject({ code: 'WB_TEXT_UNKNOWN_ENCODING', hint: 'Did you mean "utf-8"?' });
  });
});
