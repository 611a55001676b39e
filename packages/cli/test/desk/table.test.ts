import { expect, it } from 'vitest';
import { ageText, table } from '../../src/desk/table.ts';

const columns = [{ title: 'ENTRY', cut: 1 }, { title: 'ID' }, { title: 'WHY', cut: 3 }];
const rows = [['the-orders-of-the-north', 'a-very-long-id-that-somebody-copies', 'WB_COMMAND_FAILED no such order']];

it('a table that is too wide is cut where it may be, the last thing first, and never in what people copy', () => {
  const [, line = ''] = table(columns, rows, 80).split('\n');
  expect(line).toMatch(/^the-orders-of-the-north {2}a-very-long-id-that-somebody-copies {2}WB_COMMAND.*…$/);
  expect(line.length).toBe(80);
  const [, narrow = ''] = table(columns, rows, 10).split('\n');
  expect(narrow).toBe('the-orders-…  a-very-long-id-that-somebody-copies  WB_COMMAND_…');
});

it('a table that just fits is not cut', () => {
  const [, whole = ''] = table(columns, rows, Number.POSITIVE_INFINITY).split('\n');
  expect(table(columns, rows, whole.length).split('\n')[1]).toBe(whole);
});

it('an age is told in whole units, of the largest that it fills', () => {
  expect([999, 1_999, 59_999, 60_000, 7_199_999, 86_400_000].map(ageText)).toEqual(['0s', '1s', '59s', '1m', '1h', '1d']);
});
