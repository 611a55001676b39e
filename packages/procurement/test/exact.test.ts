import { array, assert, bigInt, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, divide, fixed, multiply, placesOf, readExact, subtract, wholeDigitsOf } from '../src/exact/exact.ts';

describe('an amount as partners write it', () => {
  it.each([
    ['4.25', '4.25'],
    [' 4.25\n ', '4.25'],
    ['4', '4'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+4.25', '4.25'],
    ['-4.25', '-4.25'],
    ['14.00000', '14'],
    ['007', '7'],
    ['1234567890123.4567', '1234567890123.4567'],
    ['0.005', '0.005'],
    ['-0', '0'],
    ['-0.00', '0'],
  ])('%j is %s', (text, number) => {
    expect(readExact(text)).toBe(number);
  });

  it.each([
    '1,234.50',
    '1.234,50',
    '4,25',
    '1 234.50',
    'USD 4.25',
    '$4.25',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '４.２５',
    '',
    ' ',
    '.',
    '-',
    '+',
    '4.25.1',
    '--1',
    '1\u00a0',
    '1n',
    '1_000',
    '9'.repeat(60),
    ' '.repeat(1_000_000),
  ])('%j is refused', (text) => {
    expect(readExact(text)).toBeUndefined();
  });
});

/** A decimal number as the whole number of its millionths, which is what the tests calculate with. */
const millionths = bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const asText = (n: bigint): string => {
  const digits = `${n < 0n ? -n : n}`.padStart(7, '0');
  return `${n < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
};

describe('exact numbers', () => {
  it('add up like whole numbers', () => {
    assert(
      property(array(millionths, { minLength: 1, maxLength: 30 }), (all) => {
        expect(add(...all.map(asText))).toBe(readExact(asText(all.reduce((a, b) => a + b, 0n))));
      }),
    );
  });

  it('come back when what was added is taken away', () => {
    assert(
      property(millionths, millionths, (a, b) => {
        expect(subtract(add(asText(a), asText(b)), asText(b))).toBe(readExact(asText(a)));
      }),
    );
  });

  it('multiply like whole numbers', () => {
    assert(
      property(millionths, millionths, (a, b) => {
        expect(compare(multiply(asText(a), asText(b), '1000000000000'), `${a * b}`)).toBe(0);
      }),
    );
  });

  it('are in the order of whole numbers', () => {
    assert(
      property(millionths, millionths, (a, b) => {
        expect(compare(asText(a), asText(b))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });

  it('are rounded to the nearest, and a half away from zero', () => {
    assert(
      property(millionths, integer({ min: 0, max: 8 }), (n, places) => {
        const off = subtract(fixed(asText(n), places), asText(n));
        const half = divide('1', `2${'0'.repeat(places)}`, places + 1);
        expect(compare(off.replace('-', ''), half)).toBeLessThanOrEqual(0);
      }),
    );
    expect([fixed('0.125', 2), fixed('-0.125', 2), fixed('0.1249', 2), fixed('4.5', 2), fixed('7', 0), fixed('-0.001', 2)]).toEqual([
      '0.13',
      '-0.13',
      '0.12',
      '4.50',
      '7',
      '0.00',
    ]);
  });

  it('are divided to the places that are asked for', () => {
    expect([divide('10', '3', 4), divide('2', '3', 2), divide('-2', '3', 2), divide('1', '0.001', 0), divide('4.9', '1000', 4)]).toEqual([
      '3.3333',
      '0.67',
      '-0.67',
      '1000',
      '0.0049',
    ]);
    expect(() => divide('1', '0', 2)).toThrow(RangeError);
  });

  it('know their places and digits', () => {
    expect([placesOf('4.250'), placesOf('400'), placesOf('0.0000001')]).toEqual([2, 0, 7]);
    expect([wholeDigitsOf('0.5'), wholeDigitsOf('-123.4'), wholeDigitsOf('123456789012')]).toEqual([0, 3, 12]);
  });

  it('are not made of what is none', () => {
    expect(() => add('1', '1,5')).toThrow(TypeError);
  });
});
