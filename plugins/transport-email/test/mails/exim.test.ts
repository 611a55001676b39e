import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/incoming/mail-tree.ts';
import { readMail } from '../../src/incoming/read-mail.ts';
import { classify } from '../../src/reports/classify.ts';
import { reportsOf } from '../../src/reports/reports-of.ts';
import { lines, reference } from '../reports/shapes.ts';

// Written by an Exim 4.96 that was made to fail: each mail as it came into its maildir.
const bytesOf = (name: string) => readFileSync(join(import.meta.dirname, 'exim', `${name}.eml`));

const expected: Readonly<Record<string, readonly string[]>> = {
  'alias-whole-mail': ['team@relay.example bounce-hard 5.1.1'],
  delayed: ['later@slow.example delayed 4.7.1'],
  'given-up': ['later@slow.example bounce-soft 4.7.1'],
  'local-failure': ['gone@relay.example bounce-hard 5.0.0'],
  policy: ['spam@mill.example bounce-soft 5.7.1'],
  relayed: ['good+shop@mill.example delivered 2.0.0'],
  'three-of-four': [
    'unknown@mill.example bounce-hard 5.1.1',
    'plain@mill.example bounce-hard 5.0.0',
    'full@mill.example bounce-soft 5.2.2',
  ],
  unrouteable: ['nobody@relay.example bounce-hard 5.0.0'],
};

describe('what a real Exim writes', () => {
  it.each(Object.keys(expected))('is read for what it says: %s', (name) => {
    const bytes = bytesOf(name);
    for (const each of [bytes, Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')]) {
      const mail = readMail(each);
      const found = classify(mail);
      expect(lines(found)).toEqual(expected[name]);
      expect(found.original).toMatchObject({ envid: `wb.${reference}`, verp: reference, messageId: `<wb.${reference}@shop.example>` });
      expect(found.original.relayIds?.[0]).toMatch(/^1xX0D/);
      expect(reportsOf(found, mail, { domain: 'other.example' }).map(({ about }) => about)).toEqual(expected[name]?.map(() => reference));
    }
  });

  it.each(Object.keys(expected).filter((name) => name !== 'relayed'))('is read from its words alone as well: %s', (name) => {
    const mail = readMail(bytesOf(name));
    const words = Buffer.from(partsOf(mail).find(({ type }) => type === 'text/plain')?.bytes ?? []).toString('latin1');
    const header = mail.fields.filter((field) => !/^content-|^mime/.test(field.name)).map((field) => `${field.name}: ${field.value}`);
    const plain = classify(readMail(Buffer.from(`${header.join('\n')}\n\n${words}`, 'latin1')));
    const withoutStatus = (each: string) => each.split(' ').slice(0, 2).join(' ');
    const named = plain.recipients.map(({ address, kind }) => `${address} ${kind}`);
    expect(named.toSorted()).toEqual(expected[name]?.map(withoutStatus).toSorted());
  });
});
