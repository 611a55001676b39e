import { isDeepStrictEqual } from 'node:util';
import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { type CxmlDocument, concealSecrets, documents, readDocument, sniffDocument, statusOf, writeDocument } from '../src/index.ts';
import { damaged, randomBy } from './support/damage.ts';
import { samples } from './support/documents.ts';
import { withoutDefaults } from './support/filled.ts';

// More on demand: WAYBILL_MUTATED=1000000 WAYBILL_SEED=7 node_modules/.bin/vitest run --project long packages/cxml/test/damaged.long.test.ts
const count = Number(process.env['WAYBILL_MUTATED'] ?? 10_000);
const seed = Number(process.env['WAYBILL_SEED'] ?? 1);
/** In milliseconds; a document takes less than one where nothing else runs. */
const limit = 300_000 + count * 10;

const sound = [...samples.map(([, text]) => text), ...documents.map(({ sample }) => sample())];

/** Documents that keep rules when they are written, which what is read need not: a test of their own is beside this one. */
const ruled = new Set(documents.filter(({ holds }) => holds === 'event').map(({ type }) => type)).add('OrderStatusRequest');
const written = new Set(samples.map(([, text]) => readDocument(text).type).filter((type) => !ruled.has(type)));

function readOr(text: string): CxmlDocument | MessageError {
  try {
    return readDocument(text);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
}

/** What is wrong with how a document was taken. */
function objectionTo(text: string): string | undefined {
  sniffDocument(text);
  concealSecrets(text);
  const read = readOr(text);
  if (read instanceof MessageError) {
    const { code } = statusOf(read);
    return code >= 400 && code < 500 ? undefined : `is refused with ${code}`;
  }
  return written.has(read.type) ? objectionToReading(read) : undefined;
}

/** What is read says the same when it is written and read again. */
function objectionToReading(first: CxmlDocument): string | undefined {
  const again = (document: CxmlDocument) => readDocument(writeDocument(document.type, document.input, { ...document, version: '1.2.071' }));
  const second = again(first);
  if (!isDeepStrictEqual(withoutDefaults(second.input), withoutDefaults(first.input)))
    return `says something else when it is written: ${JSON.stringify([first.input, second.input])}`;
  return isDeepStrictEqual(again(second).input, second.input) ? undefined : 'says something else when it is written twice';
}

describe(`${count} damaged documents, by the seed ${seed}`, () => {
  it(
    'are refused with a status, or say the same when they are written and read again',
    () => {
      const random = randomBy(seed);
      const objections: string[] = [];
      let taken = 0;
      for (let done = 0; done < count && objections.length < 5; done += 1) {
        let text = sound[random(sound.length)] as string;
        for (let times = random(3); times >= 0; times -= 1) text = damaged(text, random);
        try {
          const objection = objectionTo(text);
          if (objection === undefined) taken += 1;
          else objections.push(`${objection}\n${text}`);
        } catch (error) {
          objections.push(`${String(error)} ${error instanceof MessageError ? error.at : ''}\n${text}`);
        }
      }
      expect(objections).toEqual([]);
      expect(taken).toBe(count);
    },
    limit,
  );
});
