import type { Choose } from '@waybill/values';
import * as fc from 'fast-check';
import { documentNamed, type Holds } from '../../src/documents.ts';

/** What a property lets chance decide of a document. */
export const answers = fc.array(fc.nat({ max: 999_999_999 }), { minLength: 100, maxLength: 200, size: 'max' });

/** A document with made-up content, as a value and written by its declaration. Its head is said by us, since anything would be wrong there. */
export function madeUpDocument(type: string, given: readonly number[], holds?: Holds): string {
  const message = documentNamed(type, undefined, holds)?.message;
  if (message === undefined) throw new TypeError(`There is no ${type}.`);
  return message.write({ ...message.makeUp(along(given)), timestamp: '2026-11-02T08:15:00+01:00', version: '1.2.071' });
}

function along(given: readonly number[]): Choose {
  let asked = 0;
  return (count) => (given[asked++] ?? 0) % count;
}
