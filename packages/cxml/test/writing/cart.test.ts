import { describe, expect, it } from 'vitest';
import { type PunchoutCart, readDocument, writable, writeDocument } from '../../src/index.ts';
import { faultsOf, hasXmllint, ownDtd, publishedDtd } from '../support/xmllint.ts';

const parties = {
  from: [{ domain: 'NetworkID', identity: 'AN88' }],
  to: [{ domain: 'NetworkID', identity: 'AN77' }],
};
const head = { payloadId: '1.2.3@shop.dale.example', timestamp: '2026-11-02T09:00:00+00:00', parties, language: 'en-GB' };
const gbp = (amount: string) => ({ amount, currency: 'GBP' });

/** Every field in the wrong order. */
const cart: PunchoutCart = {
  tax: { amount: gbp('0.08') },
  lines: [
    {
      tax: { amount: gbp('0.08') },
      lineExtrinsics: [{ name: 'Project', value: 'LK-9' }],
      extrinsics: [{ name: 'DetailColor', value: 'steel' }],
      leadTime: '3',
      manufacturer: 'Kelso Bearings',
      manufacturerPartId: '6204-2RS',
      url: 'https://shop.dale.example/p/BRG',
      comments: [{ text: 'one' }, { text: 'two' }],
      classifications: [{ domain: 'UNSPSC', code: '31171504' }],
      description: 'Deep groove ball bearing',
      shortName: 'Bearing',
      unit: 'EA',
      price: gbp('1.00'),
      auxiliaryId: 'Q-1',
      partId: 'BRG-6204',
      quantity: '1',
      shipping: { amount: gbp('2.50') },
    },
  ],
  shipping: { amount: gbp('2.50') },
  total: gbp('1.00'),
  operationAllowed: 'edit',
  cookie: 'c2',
};

const written = (value: unknown = cart, version = '1.2.050') => writeDocument('PunchOutOrderMessage', value, { ...head, version });
const startsOf = (document: string): string[] => Array.from(document.matchAll(/<([A-Z]\w*)/g), ([, name]) => name ?? '');

describe('a cart that is written', () => {
  it('has its elements in the order of the DTD, whatever order the fields have', () => {
    const [, inside = ''] = /<ItemIn[^>]*>([^]*)<\/ItemIn>/.exec(written()) ?? [];
    expect(startsOf(inside).join(' ')).toBe(
      'ItemID SupplierPartID SupplierPartAuxiliaryID ItemDetail UnitPrice Money Description ShortName UnitOfMeasure Classification ' +
        'ManufacturerPartID ManufacturerName URL LeadTime Extrinsic Shipping Money Description Tax Money Description Comments Extrinsic',
    );
  });

  it('has the descriptions of tax and shipping, which its DTD asks for, also where nobody gave one', () => {
    expect(written()).toMatch(/<Tax>\s*<Money currency="GBP">0.08<\/Money>\s*<Description xml:lang="en-GB"\/>\s*<\/Tax>/);
  });

  it('is valid by our own DTD', async () => {
    if (!hasXmllint()) return;
    expect(faultsOf(written(), await ownDtd('PunchOutOrderMessage'))).toBe('');
  });

  it('is valid by the published DTD', () => {
    const file = publishedDtd('cXML');
    if (file === undefined || !hasXmllint()) return;
    expect(faultsOf(written(), file)).toBe('');
  });

  it('names the DTD of its version and type, and has the language of the document on texts that have none', () => {
    const document = written(cart, '1.2.023');
    expect(document).toContain('<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.023/cXML.dtd">');
    expect(document).toContain('version="1.2.023"');
    expect(document).toContain('<Description xml:lang="en-GB">Deep groove ball bearing');
  });

  it('has no secret, never a byte order mark, and an empty class where there is none', () => {
    const { classifications: _, ...line } = cart.lines[0] ?? {};
    const document = written({ ...cart, lines: [line] });
    expect(document.startsWith('<?xml')).toBe(true);
    expect(document).not.toContain('SharedSecret');
    expect(document).toContain('<Classification domain="UNSPSC"/>');
    expect((readDocument(document).input as PunchoutCart).lines[0]).not.toHaveProperty('classifications');
  });

  it('loses no remark where there is a place for one', () => {
    expect((readDocument(written()).input as PunchoutCart).lines[0]?.comments).toEqual([{ text: 'one\ntwo', language: 'en-GB' }]);
  });

  it('never has a time in Z', () => {
    const document = writeDocument('PunchOutOrderMessage', cart, { ...head, timestamp: '2026-11-02T09:00:00Z' });
    expect(readDocument(document)).toMatchObject({ timestamp: '2026-11-02T09:00:00+00:00', warnings: [] });
  });

  it.each([
    ['lacks the unit of its goods', { ...cart, lines: [{ ...cart.lines[0], unit: undefined }] }, 'ItemIn[1]/ItemDetail/UnitOfMeasure'],
    ['has an amount with a comma', { ...cart, total: gbp('1,00') }, 'Total/Money'],
    ['has a field that nobody knows', { ...cart, colour: 'red' }, 'colour'],
    ['has lines of another shape', { ...cart, lines: ['x'] }, 'ItemIn'],
  ])('is refused with its place where it %s', (_what, value, at) => {
    expect(() => written(value)).toThrow(
      expect.objectContaining({ code: 'WB_CXML_BAD_REQUEST', at: expect.stringContaining(at) as string }),
    );
  });
});

describe('texts that XML cannot hold', () => {
  const described = { ...cart, lines: [{ ...cart.lines[0], description: 'Seal\u0008 ring\u0000 \ufffe\ud83d end' }] };

  it('are replaced, and told by their path', () => {
    const { value, replaced } = writable(described);
    expect(replaced).toEqual(['lines[0].description']);
    expect((readDocument(written(value)).input as PunchoutCart).lines[0]?.description).toBe('Seal\ufffd ring\ufffd \ufffd\ufffd end');
  });

  it('are left as they are where there are none', () => {
    expect(writable(cart)).toEqual({ value: cart, replaced: [] });
  });

  it('are refused where nobody has replaced them', () => {
    expect(() => written(described)).toThrow(expect.objectContaining({ code: 'WB_CXML_BAD_REQUEST' }));
  });
});
