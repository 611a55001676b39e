import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyTextType,
  type Choose,
  date8,
  date10,
  dateTime,
  dayInstant,
  decimalText,
  flag,
  integerText,
  matching,
  oneOf,
  Problem,
  reference,
  text,
  time6,
  timestamp,
} from '../src/index.ts';

const types: readonly (readonly [string, AnyTextType])[] = [
  ['text', text()],
  ['trimmed text', text({ trim: true, min: 1, max: 9 })],
  ['upper case', text({ letters: 'upper', trim: true })],
  ['words', oneOf('C', 'S', 'SC')],
  ['a flag', flag({ yes: 'TRUE', no: 'FALSE' })],
  ['decimal', decimalText()],
  ['money', decimalText({ digits: 9, scale: 2 })],
  ['integer', integerText()],
  ['date and time', dateTime()],
  ['date and time in UTC', dateTime({ zone: 'utc' })],
  ['date of 8', date8()],
  ['date of 10', date10()],
  ['time of 6', time6()],
  ['timestamp of DB2', timestamp()],
  ['day as an instant', dayInstant()],
  ['reference number', reference()],
  ['matching', matching({ pattern: '[CTZ]?[-+]?\\d{1,5}([.:]\\d+)*', says: 'a number of some kind' })],
];

/** The characters of numbers, dates and words: what fast-check takes from them comes near to what senders write. */
const wire = fc.string({ unit: fc.constantFrom(...Array.from('0123456789-+.:TZ CS\n')), maxLength: 30 });

describe.each(types)('%s', (_, type) => {
  it('reads what it has written', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const choose: Choose = (count) => (numbers.next().value ?? 0) % count;
        const value: unknown = type.makeUp(choose);
        const written: string | Problem = type.write(value);
        expect(written).not.toBeInstanceOf(Problem);
        expect(type.read(written as string)).toEqual(value);
      }),
    );
  });

  it('gives nothing out that it cannot write, and reads that as the same', () => {
    fc.assert(
      fc.property(fc.oneof(wire, fc.string()), (sent) => {
        const value: unknown = type.read(sent);
        if (value instanceof Problem) return;
        const written: string | Problem = type.write(value);
        expect(written).not.toBeInstanceOf(Problem);
        expect(type.read(written as string)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});
