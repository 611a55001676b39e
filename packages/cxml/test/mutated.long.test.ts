import { isWaybillError } from '@waybill/contract';
import { chooseBy } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { judgeAnswer, readDocument, readMultipart, writeDocument, writeMultipart } from '../src/index.ts';
import { samples } from './support/documents.ts';

const rounds = 100_000;
const pieces = [
  '<',
  '>',
  '&',
  '"',
  '/',
  '<!--',
  ']]>',
  '&#0;',
  '<![CDATA[',
  ' xmlns="a"',
  '-',
  '1e9',
  '\u0000',
  '\ufffe',
  '\ud800',
  '<Money/>',
  'ä',
];

/** A text with a few places cut out, doubled, moved or filled with what hurts. */
function mutated(text: string, seed: number): string {
  const choose = chooseBy(seed);
  let result = text;
  for (let left = 1 + choose(3); left > 0; left -= 1) {
    const at = choose(result.length + 1);
    const end = Math.min(result.length, at + choose(60));
    const cut = result.slice(at, end);
    const put = [pieces[choose(pieces.length)] as string, '', cut + cut, cut.split('').toReversed().join('')][choose(4)] as string;
    result = result.slice(0, at) + put + result.slice(end);
  }
  return result;
}

/** The code of the error, or that there was none. Anything else than an error of ours fails. */
function outcome(attempt: () => unknown): string {
  try {
    attempt();
    return 'read';
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error.code;
  }
}

const expected = /^(?:read|WB_CXML_(?:BAD_REQUEST|NOT_ACCEPTABLE|NOT_IMPLEMENTED|TOO_LARGE))$/;

describe(`${rounds} damaged documents`, () => {
  it('are read, or refused with a status, and never anything else', () => {
    for (let seed = 0; seed < rounds; seed += 1) {
      const [name, text] = samples[seed % samples.length] as (typeof samples)[number];
      const damaged = mutated(text, seed);
      const found = outcome(() => readDocument(damaged, { as: seed % 2 === 0 ? 'event' : 'command' }));
      if (!expected.test(found)) expect.fail(`${name} with seed ${seed}: ${found}`);
    }
  }, 600_000);

  it('that are read can be written again and are read as the same, or break a rule of ours', () => {
    let written = 0;
    for (let seed = 0; seed < rounds / 10; seed += 1) {
      const [name, text] = samples[seed % samples.length] as (typeof samples)[number];
      const damaged = mutated(text, seed);
      if (outcome(() => readDocument(damaged)) !== 'read') continue;
      const { type, input, ...head } = readDocument(damaged);
      const again = () => writeDocument(type, input, { ...head, version: '1.2.071' });
      const found = outcome(again);
      if (found === 'WB_CXML_BAD_REQUEST') continue;
      const second = readDocument(again());
      const third = readDocument(writeDocument(type, second.input, { ...second, version: '1.2.071' }));
      expect(third.input, `${name} with seed ${seed}`).toEqual(second.input);
      written += 1;
    }
    expect(written).toBeGreaterThan(200);
  }, 600_000);
});

describe(`${rounds} damaged answers`, () => {
  const answer = (code: number) =>
    `<?xml version="1.0"?>\n<cXML payloadID="a@b.example" timestamp="2026-10-05T10:00:03Z"><Response><Status code="${code}" text="T">why</Status></Response></cXML>`;

  it('are judged, and none that was a refusal counts as taken unless its code was hit', () => {
    for (let seed = 0; seed < rounds; seed += 1) {
      const refusal = seed % 2 === 0;
      const damaged = mutated(answer(refusal ? 400 : 560), seed);
      const { outcome: judged } = judgeAnswer(damaged, { http: 200 });
      if (judged === 'sent' && !/code="?\s*2\d\d/.test(damaged)) expect.fail(`seed ${seed}: ${damaged}`);
    }
  }, 600_000);
});

describe(`${rounds} damaged multipart messages`, () => {
  const { body, contentType } = writeMultipart([
    { contentId: 'main@b.example', contentType: 'text/xml', content: samples[0]?.[1] ?? '' },
    { contentId: 'a@b.example', contentType: 'application/pdf', name: 'Nähe.pdf', content: Buffer.alloc(300, 7) },
  ]);
  const text = Buffer.from(body).toString('latin1');

  it('are read, or refused with a status', () => {
    for (let seed = 0; seed < rounds; seed += 1) {
      const damaged = Buffer.from(mutated(text, seed), 'latin1');
      const header = seed % 3 === 0 ? mutated(contentType, seed) : contentType;
      const found = outcome(() => readMultipart(damaged, header));
      if (!expected.test(found)) expect.fail(`seed ${seed}: ${found}`);
    }
  }, 600_000);
});
