import { mapping } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage } from '../src/index.ts';

interface Order {
  readonly number?: string;
  readonly note?: string;
  readonly first?: string;
  readonly second?: string;
  readonly person?: { readonly last?: string; readonly given?: string; readonly whole?: string };
  readonly lines?: readonly { readonly sku?: string; readonly unit?: string; readonly count?: string }[];
  readonly rates?: readonly { readonly name?: string; readonly rate?: string }[];
}

const o = mapping<Order>();
const l = mapping<NonNullable<Order['lines']>[number]>();
const r = mapping<NonNullable<Order['rates']>[number]>();
const p = mapping<NonNullable<Order['person']>>();
const order = defineXmlMessage<Order>({
  root: () =>
    o.group('Order', [
      o.leaf('Number', 'number', text({ min: 1 })),
      o.indexed('Phone*', ['first', 'second'], text()),
      o.into('Person?', 'person', [
        p.oneOf([p.leaf('Last', 'last', text()), p.leaf('Given?', 'given', text())], [p.leaf('Whole', 'whole', text())]),
      ]),
      o.leaf('Note?', 'note', text({ max: 5 })),
      o.vector('Line*', 'lines', [
        l.leaf('@unit?', 'unit', text()),
        l.leaf('Sku', 'sku', text({ min: 1 })),
        l.leaf('Count?', 'count', text()),
      ]),
      o.group('Rates?', [o.mixed('rates', [r.leaf('Name', 'name', text()), r.leaf('Rate?', 'rate', text())])]),
    ]),
});
const anyOrder = { anyOrder: true } as const;

const turned = `<Order>
  <Line unit="kg"><Count>1</Count><Sku>A</Sku></Line>
  <Note>n</Note>
  <Phone>1</Phone>
  <Person><Given>g</Given><Last>l</Last></Person>
  <Line><Sku>B</Sku></Line>
  <Phone>2</Phone>
  <Number>7</Number>
  <Line><Count>3</Count><Sku>C</Sku></Line>
</Order>`;

describe('reading in any order', () => {
  it('reads what stands in another order as if it stood in the right one, and tells where', () => {
    expect(order.readWithSurplus(turned, anyOrder)).toEqual({
      value: {
        number: '7',
        first: '1',
        second: '2',
        person: { last: 'l', given: 'g' },
        note: 'n',
        lines: [{ unit: 'kg', sku: 'A', count: '1' }, { sku: 'B' }, { sku: 'C', count: '3' }],
      },
      surplus: {},
      reordered: ['Order', 'Order/Person', 'Order/Line', 'Order/Line[3]'],
    });
  });

  it('is nothing that reading does by itself', () => {
    expect(() => order.read(turned)).toThrow(expect.objectContaining({ code: 'WB_XML_MISSING_ELEMENT' }));
    expect(() => order.readWithSurplus(turned)).toThrow(expect.objectContaining({ code: 'WB_XML_MISSING_ELEMENT' }));
  });

  it('tells nothing of a document that is in order, and reads it as ever', () => {
    const plain = '<Order><Number>7</Number><Phone>1</Phone><Note>n</Note><Line><Sku>A</Sku></Line></Order>';
    expect(order.readWithSurplus(plain, anyOrder)).toEqual({ value: order.read(plain), surplus: {}, reordered: [] });
  });

  it('takes out what has no place as well, and tells it by the places in the document', () => {
    const more = turned.replace('<Note>', '<Colour>red</Colour><Note>').replace('<Sku>C', '<Size>4</Size><Sku>C');
    const { surplus, reordered, value } = order.readWithSurplus(more, anyOrder);
    expect(surplus).toEqual({ 'Order/Colour': 'red', 'Order/Line[3]/Size': '4' });
    expect(reordered).toHaveLength(4);
    expect(value).toEqual(order.readWithSurplus(turned, anyOrder).value);
    expect(() => order.readWithSurplus(more, { anyOrder: true, refuseUnknown: true })).toThrow(
      expect.objectContaining({ code: 'WB_XML_UNEXPECTED_ELEMENT', at: 'Order/Line[3]/Size, 9:25' }),
    );
  });

  it('is not a change of order where only what has no place stands between', () => {
    const { reordered } = order.readWithSurplus('<Order><x/><Number>7</Number><x/><Note>n</Note></Order>', anyOrder);
    expect(reordered).toEqual([]);
  });

  it('does not pull apart what comes again and again', () => {
    const rates = '<Order><Rates><Name>a</Name><Rate>1</Rate><Name>b</Name><Name>c</Name><Rate>3</Rate></Rates><Number>7</Number></Order>';
    expect(order.readWithSurplus(rates, anyOrder)).toMatchObject({
      value: { rates: [{ name: 'a', rate: '1' }, { name: 'b' }, { name: 'c', rate: '3' }] },
      reordered: ['Order'],
    });
  });

  it.each([
    ['too often', '<Order><Note>n</Note>\n<Number>7</Number><Note>m</Note></Order>', 'WB_XML_TOO_MANY', 'Order/Note, 2:19'],
    ['missing', '<Order>\n<Note>n</Note></Order>', 'WB_XML_MISSING_ELEMENT', 'Order/Number, 2:1'],
    ['wrong', '<Order><Line><Count>1</Count>\n<Sku/></Line>\n<Number>7</Number></Order>', 'WB_XML_BAD_VALUE', 'Order/Line[1]/Sku, 2:1'],
    ['too long', '<Order><Line><Sku>1</Sku></Line>\n<Note>longer</Note><Number>7</Number></Order>', 'WB_XML_BAD_VALUE', 'Order/Note, 2:1'],
    [
      'beside another',
      '<Order><Person><Whole>w</Whole>\n<Last>l</Last></Person><Number>7</Number></Order>',
      'WB_XML_UNEXPECTED_ELEMENT',
      'Order/Person/Whole, 1:16',
    ],
    ['inside of a text', '<Order><Note>n</Note>\n<Number>7<x/></Number></Order>', 'WB_XML_UNEXPECTED_ELEMENT', 'Order/Number/x, 2:10'],
    ['another root', '<Odrer/>', 'WB_XML_UNEXPECTED_ELEMENT', 'Odrer, 1:1'],
  ])('refuses what is %s, at its place in the document', (_title, body, code, at) => {
    expect(() => order.readWithSurplus(body, anyOrder)).toThrow(expect.objectContaining({ code, at }));
  });

  it('holds the limits, and takes any depth that they allow', () => {
    const deep = `<Order><Number>7</Number>${'<x>'.repeat(50_000)}${'</x>'.repeat(50_000)}</Order>`;
    expect(() => order.readWithSurplus(deep, anyOrder)).toThrow(expect.objectContaining({ code: 'WB_XML_TOO_DEEP' }));
    expect(order.readWithSurplus(deep, { ...anyOrder, limits: { depth: 60_000 } }).value).toEqual({ number: '7' });
  });
});
