import { describe, expect, it } from 'vitest';
import { type CxmlDocument, definitions, readDocument, sniffDocument, writeDocument } from '../src/index.ts';
import { samples } from './support/documents.ts';
import { faultsOf, hasXmllint, ownDtd, publishedDtd } from './support/xmllint.ts';

const names = samples.map(([name]) => name);
const documentOf = (name: string): CxmlDocument => readDocument(samples.find(([its]) => its === name)?.[1] ?? '');

/** A DTD that knows all that our inputs can say. */
const newest = '1.2.071';
const again = (document: CxmlDocument): string => writeDocument(document.type, document.input, { ...document, version: newest });

describe.each(samples)('%s', (_name, text) => {
  it('is read without a warning', () => {
    expect(readDocument(text).warnings).toEqual([]);
  });

  it('is told by its beginning', () => {
    const { kind, type } = readDocument(text);
    expect(sniffDocument(text)).toEqual({ kind, type });
  });

  it('is read back as it was read first', () => {
    const document = readDocument(text);
    const { secret: _, version: __, ...rest } = document;
    expect(readDocument(again(document))).toMatchObject(rest);
  });

  it('is valid by the DTD of our own declarations when it is written', async () => {
    if (!hasXmllint()) return;
    const document = readDocument(text);
    expect(faultsOf(again(document), await ownDtd(document.type))).toBe('');
  });

  it('is valid by the published DTD when it is written', () => {
    const document = readDocument(text);
    const file = publishedDtd(definitions.find(({ type }) => type === document.type)?.module ?? '');
    if (file === undefined || !hasXmllint()) return;
    expect(faultsOf(again(document), file)).toBe('');
  });
});

describe('the documents of the tests', () => {
  it('are of every type that comes to a supplier, or goes back on the same way', () => {
    const types = new Set(names.map((name) => documentOf(name).type));
    const expected = [
      'ProfileRequest',
      'ProfileResponse',
      'PunchOutSetupRequest',
      'PunchOutSetupResponse',
      'PunchOutOrderMessage',
      'OrderRequest',
      'Response',
    ];
    expect(expected.filter((type) => !types.has(type))).toEqual([]);
  });
});
