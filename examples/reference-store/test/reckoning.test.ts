import { assert, bigInt, constantFrom, date, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, multiply, subtract, sum, times } from '../src/orders/decimal.ts';
import { isStale, nanoseconds } from '../src/progress/newer.ts';

describe('reckoning with decimal text', () => {
  it('is exact where floats are not', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(sum(['0.1', '0.2', '184.5'])).toBe('184.80');
    expect(times('12345678901234567.89', '3')).toBe('37037036703703703.67');
  });

  it('rounds amounts half up, away from zero', () => {
    expect([times('184.50', '0.13'), times('0.5', '0.01'), times('-0.5', '0.01'), times('0.49', '0.01')]).toEqual([
      '23.99',
      '0.01',
      '-0.01',
      '0.00',
    ]);
  });

  it('writes quantities without needless zeros', () => {
    expect([add('4.0', '2'), multiply('10', '10'), subtract('2', '2.50'), add('+1', '-1')]).toEqual(['6', '100', '-0.5', '0']);
  });

  it('agrees with whole numbers', () => {
    const whole = bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    assert(
      property(whole, whole, (left, right) => {
        expect(add(`${left}`, `${right}`)).toBe(`${left + right}`);
        expect(subtract(`${left}`, `${right}`)).toBe(`${left - right}`);
        expect(multiply(`${left}`, `${right}`)).toBe(`${left * right}`);
        expect(Math.sign(compare(`${left}.00`, `${right}`))).toBe(Number(left > right) - Number(left < right));
      }),
    );
  });
});

describe('the newer of two statuses', () => {
  const instants = tuple(
    date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    integer({ min: 0, max: 999 }),
    constantFrom('', 'Z', '+00:00'),
  ).map(([at, micros, offset]) => ({
    text: `${at.toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}${offset}`,
    value: BigInt(at.getTime()) * 1_000_000n + BigInt(micros) * 1000n,
  }));

  it('is told to the microsecond, whatever offset is written', () => {
    assert(
      property(instants, ({ text, value }) => {
        expect(nanoseconds(text)).toBe(value);
      }),
    );
    expect(nanoseconds('2024-03-14T16:20:05+01:00')).toBe(nanoseconds('2024-03-14T15:20:05'));
  });

  it('is never both of them', () => {
    assert(
      property(instants, instants, (left, right) => {
        const [one, other] = [{ lastUpdateTime: left.text }, { lastUpdateTime: right.text }];
        expect(isStale(one, other) || isStale(other, one)).toBe(true);
        expect(isStale(one, other) && isStale(other, one)).toBe(left.value === right.value);
      }),
    );
  });
});
