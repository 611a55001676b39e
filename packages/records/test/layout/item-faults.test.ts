import { describe, expect, it } from 'vitest';
import { RecordFormat, type Tag, TaggedFormat } from '../../src/index.ts';
import { count, faultOf, item, type LayoutCase, packed, text } from '../support/layout-case.ts';
import { refusal } from '../support/refusal.ts';

const cases: readonly LayoutCase[] = [
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
  it.each(cases)('with $what is refused at its place', (each) => {
    const { at = 'R', says } = each;
    expect(faultOf(each)).toEqual({ code: 'WB_RECORD_LAYOUT', at, message: expect.stringMatching(says) });
  });

  it('in an encoding that nobody knows is refused with the name that was meant', () => {
    const error = refusal(() => new RecordFormat({ name: 'R', items: [text] }, { encoding: 'uft-8' }).items);
    expect(error).toMatchObject({ code: 'WB_TEXT_UNKNOWN_ENCODING', hint: 'Did you mean "utf-8"?' });
  });
});

const layout = { name: 'S', items: [text] };

describe('a declaration of tags', () => {
  it.each([
    ['a tag that is none', { tag: 'A B', layout }, /"tag": "A B"/],
    ['a misspelt key', { tag: 'A', layout, surplu: 'keep' } as Tag, /"surplu"/],
    ['a tag without a name', { layout } as unknown as Tag, /no "tag"/],
    [
      'a tag twice',
      {
        tag: 'M',
        tags: [
          { tag: 'A', layout },
          { tag: 'A', layout },
        ],
      },
      /tag A twice/,
    ],
    ['fewer than it has to have', { tag: 'M', tags: [{ tag: 'A', min: 2, layout }] }, /2 to 1 times/],
    ['a table without an end', { tag: 'M', layout: { name: 'S', items: [{ name: 'T', length: 1, occurs: 'end' }] } }, /without an end/],
    ['a least that is longer than all', { tag: 'M', layout, least: 4 }, /`least`/],
  ] satisfies [string, Tag, RegExp][])('with %s is refused', (_what, tag, says) => {
    expect(refusal(() => new TaggedFormat(tag).items)).toMatchObject({ code: 'WB_RECORD_LAYOUT', message: expect.stringMatching(says) });
  });
});
