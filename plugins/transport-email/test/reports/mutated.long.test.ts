import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/incoming/mail-tree.ts';
import { reportsOf } from '../../src/reports/reports-of.ts';
import { type Everything, everythingOf } from '../incoming/everything.ts';
import { wire } from '../incoming/mail.ts';
import { damaged, randomFrom, wrecked } from './mutating.ts';
import { people } from './people.ts';

const folder = join(import.meta.dirname, '../mails/mails');
const mails = readdirSync(folder)
  .filter((name) => name !== 'huge-header.eml')
  .map((name) => readFileSync(join(folder, name)));

// oxlint-disable-next-line no-control-regex -- these are the characters that are meant
const controls = /[\u0000-\u001f\u007f]/;

/** What holds of a mail, whatever its bytes are. */
function broken({ mail, classified, documents }: Everything): readonly string[] {
  const reports = reportsOf(classified, mail, { domain: 'shop.example.test' });
  const holds: Readonly<Record<string, boolean>> = {
    'something becomes of it': documents.length > 0,
    'each message has a place of its own': new Set(documents.map(({ part }) => part)).size === documents.length,
    'names are harmless': documents.every(
      ({ fileName = 'a' }) => fileName !== '' && !controls.test(fileName) && !/[/\\:]|\.\./.test(fileName),
    ),
    'properties have no line breaks': documents.every(({ properties }) => Object.values(properties).every((text) => !controls.test(text))),
    'content types have no line breaks': documents.every(({ contentType }) => !controls.test(contentType)),
    'contents are no longer than the mail': partsOf(mail).every(({ bytes }) => bytes.length <= mail.raw.length),
    'reports have ids of their own': new Set(reports.map(({ id }) => id)).size === reports.length,
    'recipients are addresses': classified.recipients.every(({ address }) => !controls.test(address) && !/\s/.test(address)),
    'a message reports nothing': (classified.kind === 'message') === (reports.length === 0),
    'reports are about something': reports.every(({ about }) => about !== ''),
  };
  return Object.keys(holds).filter((name) => !holds[name]);
}

/** How many mails are damaged; `WAYBILL_FUZZ_RUNS` says another number. */
const runs = Number(process.env['WAYBILL_FUZZ_RUNS'] ?? 5_000);

describe('thousands of damaged mails', () => {
  it('are read without a crash, and what has to hold of every mail holds', () => {
    const random = randomFrom(7);
    const kinds = new Map<string, number>();
    const failing: unknown[] = [];
    for (let count = 0; count < runs; count++) {
      const one = mails[random(mails.length)] ?? Buffer.alloc(0);
      const other = mails[random(mails.length)] ?? Buffer.alloc(0);
      const bytes = count % 2 === 0 ? damaged(one, random) : wrecked(one, other, random);
      const everything = everythingOf(bytes);
      const wrong = broken(everything);
      if (wrong.length > 0) failing.push({ wrong, mail: bytes.toString('latin1') });
      kinds.set(everything.classified.kind, (kinds.get(everything.classified.kind) ?? 0) + 1);
    }
    console.log('damaged mails, by what they are read as:', Object.fromEntries(kinds));
    expect(failing.slice(0, 3)).toEqual([]);
    expect(kinds.size).toBe(8);
  });

  it('make no more work than their length allows', async () => {
    const random = randomFrom(11);
    const some = Array.from({ length: 1_000 }, () => {
      const one = mails[random(mails.length)] ?? Buffer.alloc(0);
      return damaged(wrecked(one, mails[random(mails.length)] ?? one, random), random);
    });
    const thread = new Worker(new URL('../incoming/cost-thread.ts', import.meta.url), { workerData: some });
    const [counts] = (await once(thread, 'message')) as [readonly number[]];
    await thread.terminate();
    const dear = some.filter((mail, at) => (counts[at] ?? Number.POSITIVE_INFINITY) > 3_000 + 40 * mail.length);
    expect(dear.map((mail) => mail.toString('latin1'))).toEqual([]);
  });
});

describe('mails of people with damage', () => {
  it('are never taken for bounces', () => {
    const random = randomFrom(13);
    const failing: unknown[] = [];
    const letters = Object.values(people).map(wire);
    for (let count = 0; count < runs; count++) {
      const bytes = damaged(letters[count % letters.length] ?? Buffer.alloc(0), random);
      const { kind } = everythingOf(bytes).classified;
      if (kind !== 'message' && kind !== 'auto-reply') failing.push({ kind, mail: bytes.toString('latin1') });
    }
    expect(failing.slice(0, 3)).toEqual([]);
  });
});
