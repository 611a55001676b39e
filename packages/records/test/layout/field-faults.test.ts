import { describe, expect, it } from 'vitest';
import { faultOf, item, type LayoutCase, text } from '../support/layout-case.ts';

const cases: readonly LayoutCase[] = [
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
];

describe('a layout with a field', () => {
  it.each(cases)('that has $what is refused at its place', (each) => {
    const { at = 'R', says } = each;
    expect(faultOf(each)).toEqual({ code: 'WB_RECORD_LAYOUT', at, message: expect.stringMatching(says) });
  });
});
