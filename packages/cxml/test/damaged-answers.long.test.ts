import { isWaybillError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { documents, judgeAnswer, readDocument, readMultipart, writeDocument, writeMultipart } from '../src/index.ts';
import { damaged, randomBy } from './support/damage.ts';
import { samples } from './support/documents.ts';

const count = Number(process.env['WAYBILL_MUTATED'] ?? 10_000);
const seed = Number(process.env['WAYBILL_SEED'] ?? 1);
/** In milliseconds; each takes less than one where nothing else runs. */
const limit = 300_000 + count * 10;

/** The code of the error, or that there was none. Anything else than an error of ours fails. */
function outcome(attempt: () => unknown): string {
  try {
    attempt();
    return 'done';
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error.code;
  }
}

const expected = /^(?:done|WB_CXML_(?:BAD_REQUEST|NOT_ACCEPTABLE|NOT_IMPLEMENTED|TOO_LARGE))$/;

/** What is wrong with how each of many was taken, up to five. */
function objections(objectionTo: (random: (most: number) => number) => string | undefined): readonly string[] {
  const random = randomBy(seed);
  const found: string[] = [];
  for (let done = 0; done < count && found.length < 5; done += 1) {
    const objection = objectionTo(random);
    if (objection !== undefined) found.push(objection);
  }
  return found;
}

describe(`${count} damaged documents of a supplier, by the seed ${seed}`, () => {
  const told = new Set(documents.filter(({ holds }) => holds === 'event').map(({ type }) => type));
  const sound = samples.map(([, text]) => text).filter((text) => told.has(readDocument(text).type));

  it(
    'are refused, or break a rule of writing, or say the same when they are written and read again',
    () => {
      let written = 0;
      const wrong = objections((random) => {
        const text = damaged(sound[random(sound.length)] as string, random);
        const reading = outcome(() => readDocument(text, { as: 'event' }));
        if (reading !== 'done') return expected.test(reading) ? undefined : `${reading}: ${text}`;
        const { type, input, ...head } = readDocument(text, { as: 'event' });
        const again = (from: unknown) => readDocument(writeDocument(type, from, { ...head, version: '1.2.071' }), { as: 'event' });
        const writing = outcome(() => again(input));
        if (writing !== 'done') return writing === 'WB_CXML_BAD_REQUEST' ? undefined : `${writing}: ${text}`;
        written += 1;
        const second = again(input).input;
        return JSON.stringify(again(second).input) === JSON.stringify(second) ? undefined : `is read otherwise the second time: ${text}`;
      });
      expect(wrong).toEqual([]);
      expect(written).toBeGreaterThan(count / 20);
    },
    limit,
  );
});

describe(`${count} damaged answers, by the seed ${seed}`, () => {
  const answer = (code: number) =>
    `<?xml version="1.0"?>\n<cXML payloadID="a@b.example" timestamp="2026-10-05T10:00:03Z"><Response><Status code="${code}" text="T">why</Status></Response></cXML>`;

  it(
    'are judged, and what was refused is never taken',
    () => {
      const wrong = objections((random) => {
        const text = damaged(damaged(answer(random(2) === 0 ? 400 : 560), random), random);
        return judgeAnswer(text, { http: 200 }).outcome === 'sent' ? text : undefined;
      });
      expect(wrong).toEqual([]);
    },
    limit,
  );
});

describe(`${count} damaged multipart messages, by the seed ${seed}`, () => {
  const { body, contentType } = writeMultipart([
    { contentId: 'main@b.example', contentType: 'text/xml', content: samples[0]?.[1] ?? '' },
    { contentId: 'a@b.example', contentType: 'application/pdf', name: 'Nähe.pdf', content: Buffer.alloc(300, 7) },
  ]);
  const whole = Buffer.from(body).toString('latin1');

  it(
    'are read, or refused with a status',
    () => {
      const wrong = objections((random) => {
        const text = damaged(whole, random);
        const header = random(3) === 0 ? damaged(contentType, random) : contentType;
        const found = outcome(() => readMultipart(Buffer.from(text, 'latin1'), header));
        return expected.test(found) ? undefined : `${found}: ${text}`;
      });
      expect(wrong).toEqual([]);
    },
    limit,
  );
});
