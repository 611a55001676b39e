import type { Choose } from '@waybill/values';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentNamed } from '../src/documents.ts';
import { definitions, readDocument, writeDocument } from '../src/index.ts';
import { withoutDefaults } from './support/filled.ts';
import { faultsOf, hasXmllint, ownDtd } from './support/xmllint.ts';

const answers = fc.array(fc.nat({ max: 999_999_999 }), { minLength: 100, maxLength: 200, size: 'max' });

function along(given: readonly number[]): Choose {
  let asked = 0;
  return (count) => (given[asked++] ?? 0) % count;
}

/** A document with a value that its declaration makes up. Its head is said by us, since anything would be wrong there. */
function madeUp(type: string, given: readonly number[]): string {
  const message = documentNamed(type)?.message;
  if (message === undefined) throw new TypeError(`There is no ${type}.`);
  const value = message.makeUp(along(given));
  return message.write({ ...value, timestamp: '2026-11-02T08:15:00+01:00', version: '1.2.071' });
}

describe.each(definitions.map(({ type }) => type))('any %s', (type) => {
  it('is read as it was written, but for the language and the program that are written where nobody names them', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const first = readDocument(madeUp(type, given));
        const second = readDocument(writeDocument(type, first.input, { ...first, version: '1.2.071' }));
        expect(withoutDefaults(second.input)).toEqual(withoutDefaults(first.input));
        const third = readDocument(writeDocument(type, second.input, { ...second, version: '1.2.071' }));
        expect(third.input).toEqual(second.input);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('is valid by the DTD of its declaration', async () => {
    if (!hasXmllint()) return;
    const dtd = await ownDtd(type);
    for (const given of fc.sample(answers, { numRuns: 12, seed: 11 })) expect(faultsOf(madeUp(type, given), dtd)).toBe('');
  });
});
