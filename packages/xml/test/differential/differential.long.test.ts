import { isDeepStrictEqual } from 'node:util';
import { MessageError } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Refusal, type Tree, treeOf } from '../support/recorder.ts';
import { type Exception, exceptionOfOurs, exceptionOfTheirs } from './exceptions.ts';
import { mutants, samples } from './mutants.ts';
import { readByLibxml2 } from './second-reader.ts';

/** How many documents are compared; more on demand, since chance finds more the longer it looks. */
const numRuns = Number(process.env['WAYBILL_FUZZ_RUNS'] ?? 20_000);

function readByUs(body: Uint8Array): Tree | Refusal {
  try {
    return treeOf(body);
  } catch (error) {
    if (error instanceof MessageError) return { code: error.code, at: error.at, message: error.message, kind: error.kind };
    throw error;
  }
}

/**
 * Without what one of the readers cannot say: texts of no length, which an empty CDATA section is for us alone, and U+FEFF,
 * which libxml2 reads but loses where one of its strings of more than 16 bytes begins with it on the way to JavaScript
 * (Emscripten hands those to a `TextDecoder` that skips byte order marks). That we keep it, `reader.test.ts` asks.
 */
function comparable({ name, attributes, content }: Tree): Tree {
  return {
    name: unmarked(name),
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [unmarked(key), unmarked(value)])),
    content: content.map((one) => (typeof one === 'string' ? unmarked(one) : comparable(one))).filter((one) => one !== ''),
  };
}

function unmarked(text: string): string {
  return text.replaceAll('\ufeff', '');
}

type Agreement = 'both accept' | 'both refuse' | Exception;

/** What the two readers make of a document. Where they disagree without one of the known exceptions, in what. */
function compared(body: Uint8Array): Agreement | `differ: ${string}` {
  const document = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const [ours, theirs] = [readByUs(body), readByLibxml2(body)];
  if ('refused' in theirs) {
    if ('code' in ours) return 'both refuse';
    return exceptionOfTheirs(theirs.refused, document) ?? `differ: only libxml2 refuses it: ${theirs.refused}`;
  }
  if ('code' in ours) return exceptionOfOurs(ours, document) ?? `differ: only we refuse it: ${ours.message} ${ours.at}`;
  return isDeepStrictEqual(comparable(ours), comparable(theirs)) ? 'both accept' : 'differ: the values are not the same';
}

describe('our reader and libxml2', () => {
  it('read the same from all sample messages', () => {
    expect(samples).toHaveLength(38);
    expect(samples.map((sample) => compared(new TextEncoder().encode(sample)))).toEqual(samples.map(() => 'both accept'));
  });

  it('agree about the mark of a byte order inside of a document', () => {
    const long = '\ufeffan element with more than sixteen bytes';
    const document = `<a><\ufeffWithMoreThanSixteenBytes \ufeffAlsoWithMoreThanSixteen="${long}">${long}<!---->${long}</\ufeffWithMoreThanSixteenBytes></a>`;
    expect(compared(new TextEncoder().encode(document))).toBe('both accept');
  });

  it('agree about mutated messages, and read the same from those that they accept', () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(mutants, (body) => {
        const result = compared(body);
        expect(result).not.toMatch(/^differ/);
        counts[result] = (counts[result] ?? 0) + 1;
      }),
      { numRuns },
    );
    // Were nearly all accepted, or nearly all refused, little would have been compared.
    expect(counts['both accept']).toBeGreaterThan(numRuns * 0.3);
    expect(counts['both refuse']).toBeGreaterThan(numRuns * 0.3);
    const excused = numRuns - counts['both accept']! - counts['both refuse']!;
    expect(excused).toBeLessThan(numRuns * 0.04);
  });
});
