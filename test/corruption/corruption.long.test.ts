import { expect, it } from 'vitest';
import { corruption } from '../../bench/src/bars/corruption.ts';

it('a journal with a damage answers nothing otherwise than it was without a word, and its salvage names what is not as it was', async () => {
  const bars = await corruption(16, 300);
  expect(bars.filter(({ kept }) => !kept)).toEqual([]);
});
