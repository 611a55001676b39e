import { settings } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { mapping } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage, readXml, type XmlReading, xmlReadingOptions } from '../src/index.ts';

interface Order {
  id: string;
  note?: string;
}
const o = mapping<Order>();
const order = defineXmlMessage<Order>({ root: () => o.group('Order', [o.leaf('Id', 'id', text()), o.leaf('Note?', 'note', text())]) });

const read = (body: string, chosen: object = {}) =>
  readXml(order, new TextEncoder().encode(body), resolveSettings(settings(xmlReadingOptions), chosen, { folder: '' }) as XmlReading);

describe('a document that is read as an entry has chosen it', () => {
  it('is refused where it uses more than the limits allow', () => {
    const body = `<Order><Id>${'7'.repeat(50)}</Id></Order>`;
    expect(read(body)).toEqual({ value: { id: '7'.repeat(50) }, surplus: undefined });
    for (const limits of [{ bytes: '64B' }, { elements: 1 }, { depth: 1 }, { textLength: 49 }])
      expect(() => read(body, { limits })).toThrowError(expect.objectContaining({ code: expect.stringMatching(/^WB_XML_/) as string }));
  });

  it('tells what was let pass, and nothing where nothing was', () => {
    const lenient = { unknown: 'ignore', order: 'any' };
    expect(read('<Order><Id>7</Id></Order>', { lenient })).toEqual({ value: { id: '7' }, surplus: undefined });
    expect(read('<Order><Note>x</Note><Id>7</Id><More>y</More></Order>', { lenient })).toEqual({
      value: { id: '7', note: 'x' },
      surplus: { unknown: { 'Order/More': 'y' }, order: ['Order'] },
    });
    expect(() => read('<Order><Id>7</Id><More>y</More></Order>', { lenient: { order: 'any' } })).toThrowError('More');
  });

  it('has an empty element as absent, unless that clears data', () => {
    const body = '<Order><Id>7</Id><Note/></Order>';
    expect(read(body).value).toEqual({ id: '7' });
    expect(read(body, { emptyElementClearsData: true }).value).toEqual({ id: '7', note: '' });
  });
});
