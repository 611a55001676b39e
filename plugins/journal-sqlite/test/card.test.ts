import { readFile } from 'node:fs/promises';
import { cardOf } from '@waybill/contract/host';
import { expect, it } from 'vitest';
import sqlite, { errors } from '../src/index.ts';

it('the card tells what the definition says', async () => {
  const card = await readFile(new URL('../waybill.plugin.json', import.meta.url), 'utf8');
  expect(card).toBe(`${JSON.stringify(cardOf(sqlite), null, 2)}\n`);
});

it('the README explains every error code', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  expect(Object.keys(errors).filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
