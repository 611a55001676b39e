import { expect, it } from 'vitest';
import { dateTime, decimalText, describe, oneOf, Problem, text } from '../src/index.ts';

it('the README shows examples that do what it says', () => {
  const id = text({ min: 1, max: 10, trim: true });
  expect([id.read('\n  12007\n'), id.read('  ')]).toEqual(['12007', new Problem('is empty')]);
  expect([decimalText().read('000240.'), decimalText().read('.5')]).toEqual(['240', '0.5']);
  expect(dateTime({ zone: 'utc' }).read('2024-03-14T16:20:05+02')).toBe('2024-03-14T14:20:05');
  expect(dateTime().write('2024-03-14T16:20:05')).toBe('2024-03-14T16:20:05.000000');
  expect(describe(oneOf('C', 'S').facets)).toBe('C | S');
});
