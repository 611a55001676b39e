import { MessageError } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlStream } from '../src/index.ts';
import { changed, changeOf, markup } from './support/mutation.ts';
import { Recorder } from './support/recorder.ts';
import { sample } from './support/sample.ts';

const body = new TextEncoder().encode(sample);
/** What was read, or the code of the refusal. Its place may differ a little: text before the root is noticed at the end of a piece. */
function fate(document: Uint8Array, cuts: readonly number[]): string {
  const recorder = new Recorder();
  const stream = new XmlStream(recorder);
  try {
    for (const [index, to] of [...cuts, document.length].entries()) stream.write(document.subarray(cuts[index - 1] ?? 0, to));
    stream.end();
    return JSON.stringify(recorder.root);
  } catch (error) {
    if (!(error instanceof MessageError) || error.retryable || !/^(.*, )?\d+:\d+$/.test(error.at ?? '')) throw error;
    return error.code;
  }
}

describe('a damaged document', () => {
  const damaged = fc.array(changeOf(body.length), { minLength: 1, maxLength: 6 }).map((steps) => steps.reduce(changed, body));

  it('is read or refused with a MessageError, and the same in one piece as in many', () => {
    fc.assert(
      fc.property(damaged, fc.array(fc.nat(1000), { maxLength: 5 }), (document, places) => {
        const cuts = places.filter((place) => place <= document.length).sort((a, b) => a - b);
        expect(fate(document, cuts)).toBe(fate(document, []));
      }),
      { numRuns: 3000 },
    );
  });

  it('is refused wherever it was truncated before its root ended', () => {
    const end = sample.trimEnd().length;
    const accepted = Array.from({ length: end }, (_, length) => fate(new TextEncoder().encode(sample.slice(0, length)), [])).filter((one) =>
      one.startsWith('{'),
    );
    expect(accepted).toEqual([]);
  });
});

describe('bytes of any kind', () => {
  const orderly = /^([{]|WB_XML_)/;

  it('are read or refused with a MessageError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (document) => {
        expect(fate(document, [])).toMatch(orderly);
      }),
    );
  });

  it('are read or refused with a MessageError when they are markup in disorder', () => {
    fc.assert(
      fc.property(fc.array(markup(), { maxLength: 40 }), (parts) => {
        expect(fate(Buffer.concat([Buffer.from('<a>'), ...parts]), [])).toMatch(orderly);
      }),
      { numRuns: 2000 },
    );
  });
});
