import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument, writeDocument } from '../../src/index.ts';
import { samples } from '../support/documents.ts';
import { answers, madeUpDocument } from '../support/made-up.ts';
import { faultsOf, hasXmllint } from '../support/xmllint.ts';

const models = join(import.meta.dirname, '..', 'support', 'models.dtd');
const types = [
  'ConfirmationRequest',
  'ShipNoticeRequest',
  'InvoiceDetailRequest',
  'StatusUpdateRequest',
  'OrderStatusRequest',
  'CatalogUploadRequest',
];

/** A document that was read, as we write it for a buyer. */
function rewritten(text: string): string {
  const { type, input, ...head } = readDocument(text);
  return writeDocument(type, input, { ...head, parties: head.parties ?? { from: [one], to: [one] } });
}
const one = { domain: 'DUNS', identity: '477001122' };

describe.each(types)('a written %s', (type) => {
  it('follows the models of the reference, whatever is in it', () => {
    if (!hasXmllint()) return;
    const made = fc.sample(answers, { numRuns: 60, seed: 5 });
    for (const given of [[], ...made]) expect(faultsOf(rewritten(madeUpDocument(type, given)), models)).toBe('');
  });
});

describe('the documents of the tests', () => {
  const mine = samples.filter(([, text]) => types.includes(readDocument(text).type));

  it('are of all these types', () => {
    expect(types.filter((type) => !mine.some(([, text]) => readDocument(text).type === type))).toEqual([]);
  });

  it.each(mine)('follow the models of the reference when they are written again: %s', (_name, text) => {
    if (!hasXmllint()) return;
    expect(faultsOf(rewritten(text), models)).toBe('');
  });
});
