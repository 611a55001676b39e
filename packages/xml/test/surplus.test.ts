import { mapping } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { AmbiguousContent, defineXmlMessage } from '../src/index.ts';

interface Order {
  readonly number?: string;
  readonly note?: string;
  readonly price?: { readonly amount?: string; readonly currency?: string };
  readonly lines?: readonly { readonly sku?: string; readonly unit?: string }[];
}

const o = mapping<Order>();
const p = mapping<NonNullable<Order['price']>>();
const l = mapping<NonNullable<Order['lines']>[number]>();
const root = () =>
  o.group('Order', [
    o.leaf('Number', 'number', text({ min: 1 })),
    o.leaf('Note?', 'note', text()),
    o.into('Price?', 'price', [p.leaf('@currency?', 'currency', text()), p.leaf('.', 'amount', text())]),
    o.vector('Line*', 'lines', [l.leaf('@unit?', 'unit', text()), l.leaf('Sku', 'sku', text({ min: 1 }))]),
  ]);
const order = defineXmlMessage<Order>({ root });

const withSurplus = `<Order lang="en">
  <!-- more than was agreed -->
  <Number>7</Number>
  <Colour shade="dark">red <b>and</b> green</Colour>
  <Line unit="kg" rank="1"><Sku>A</Sku><Size/></Line>
  <Line><Weight><Gross>2</Gross></Weight><Sku>B</Sku></Line>
  <Colour>blue</Colour>
</Order>`;

describe('reading with surplus', () => {
  it('takes out what has no place, and tells each text by its path', () => {
    const { value, surplus } = order.readWithSurplus(withSurplus);
    expect(value).toEqual({ number: '7', lines: [{ unit: 'kg', sku: 'A' }, { sku: 'B' }] });
    expect(surplus).toEqual({
      'Order@lang': 'en',
      'Order/Colour@shade': 'dark',
      'Order/Colour/b': 'and',
      'Order/Colour': 'red  green',
      'Order/Line@rank': '1',
      'Order/Line/Size': '',
      'Order/Line[2]/Weight/Gross': '2',
      'Order/Colour[2]': 'blue',
    });
  });

  it('tells nothing of a document that has none, and reads it as ever', () => {
    const plain = '<Order><Number>7</Number><Note>n</Note></Order>';
    expect(order.readWithSurplus(plain)).toEqual({ value: order.read(plain), surplus: {} });
  });

  it('is nothing that reading does by itself', () => {
    expect(() => order.read(withSurplus)).toThrowError(expect.objectContaining({ code: 'WB_XML_UNKNOWN_ATTRIBUTE' }));
  });

  it.each([
    ['in the wrong order', '<Order><x/>\n<Note>n</Note><Number>7</Number></Order>', 'WB_XML_MISSING_ELEMENT', 'Order/Number, 2:1'],
    ['too often', '<Order><Number>7</Number>\n<x/><Number>8</Number></Order>', 'WB_XML_TOO_MANY', 'Order/Number, 2:5'],
    ['missing', '<Order><x/></Order>', 'WB_XML_MISSING_ELEMENT', 'Order/Number, 1:1'],
    ['wrong', '<Order>\n<x><y/></x>\n<Number>7</Number><Line><Sku></Sku></Line></Order>', 'WB_XML_BAD_VALUE', 'Order/Line[1]/Sku, 3:25'],
    ['inside of a text', '<Order><Number>7<x/></Number></Order>', 'WB_XML_UNEXPECTED_ELEMENT', 'Order/Number/x, 1:17'],
    [
      'inside of a text with attributes',
      '<Order><Number>7</Number><Price currency="CAD">27<x>1</x>.40</Price></Order>',
      'WB_XML_UNEXPECTED_ELEMENT',
      'Order/Price/x, 1:50',
    ],
    ['text that belongs nowhere', '<Order>more<Number>7</Number></Order>', 'WB_XML_UNEXPECTED_TEXT', 'Order, 1:1'],
    ['another root', '<Odrer/>', 'WB_XML_UNEXPECTED_ELEMENT', 'Odrer, 1:1'],
  ])('refuses what is known and %s, at its place in the document', (_title, body, code, at) => {
    expect(() => order.readWithSurplus(body)).toThrowError(expect.objectContaining({ code, at }));
  });

  it('keeps a name such as __proto__ as a name', () => {
    const { surplus } = order.readWithSurplus('<Order><Number>7</Number><__proto__>x</__proto__></Order>');
    expect(Object.entries(surplus)).toEqual([['Order/__proto__', 'x']]);
  });
});

describe('more surplus than can be told', () => {
  const many = `<Order><Number>7</Number><${'x'.repeat(100)}>\n${'<a/>'.repeat(50)}</${'x'.repeat(100)}></Order>`;

  it('is refused: paths could grow without bound in a small document', () => {
    expect(() => order.readWithSurplus(many, { limits: { bytes: 1000 } })).toThrow(
      expect.objectContaining({ code: 'WB_XML_UNEXPECTED_ELEMENT', at: expect.stringMatching(/^Order, 2:\d+$/) as string }),
    );
  });

  it('is told where the limit allows it', () => {
    expect(Object.keys(order.readWithSurplus(many, { limits: { bytes: 10_000 } }).surplus)).toHaveLength(50);
  });
});

describe('an ambiguous declaration', () => {
  it('names the element, and the children that begin alike', () => {
    const twice = defineXmlMessage<Order>({
      root: () => o.group('Order', [o.leaf('Note?', 'note', text()), o.leaf('Note', 'number', text())]),
    });
    const error = catchError(() => twice.read('<Order/>'));
    expect(error).toBeInstanceOf(AmbiguousContent);
    expect(error).toMatchObject({ child: 'Note', group: { name: 'Order' } });
  });
});

function catchError(step: () => unknown): unknown {
  try {
    return step();
  } catch (error) {
    return error;
  }
}
