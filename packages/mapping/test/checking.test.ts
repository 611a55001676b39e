import { decimalText, oneOf, text } from '@waybill/values';

import { describe, expect, it } from 'vitest';
import { checkFields, mapping, type Node, type Schema, shapeOf } from '../src/index.ts';

// A declaration and the schema of its value, compared as data: the schemas here are those of cards.

interface Order {
  readonly number?: string;
  readonly note?: string;
  readonly status?: string;
  readonly urgent?: boolean;
  readonly totals?: { readonly net?: string; readonly tax?: string };
  readonly lines?: readonly { readonly sku?: string; readonly parts?: readonly { readonly sku?: string }[] }[];
  readonly data?: Readonly<Record<string, string>>;
}
const amountType = decimalText();
const idType = text({ min: 1, trim: true });
const o = mapping<Order>();
const l = mapping<NonNullable<Order['lines']>[number]>();
const p = mapping<{ readonly sku?: string }>();
const t = mapping<NonNullable<Order['totals']>>();

const string = { type: 'string' };
const schema: Schema = {
  type: 'object',
  required: ['number'],
  properties: {
    number: string,
    note: string,
    status: { type: 'string', enum: ['A', 'B'] },
    urgent: { type: 'boolean' },
    totals: { type: 'object', required: ['net'], properties: { net: string, tax: string } },
    lines: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: string } } },
    data: { type: 'object', additionalProperties: {} },
  },
};
const number = o.leaf('Number', 'number', idType);

function found(nodes: readonly Node[], more: Partial<Parameters<typeof checkFields>[0]> = {}): readonly string[] {
  return checkFields({ nodes, schema, direction: 'in', ...more }).map(({ kind, field }) => `${kind}: ${field}`);
}

const cases: readonly (readonly [title: string, nodes: readonly Node[], ...found: readonly string[]])[] = [
  ['fits', [number, o.leaf('Note?', 'note', text())]],
  ['lacks what is required', [], 'missing field: number'],
  ['may lack what is required', [o.leaf('Number?', 'number', idType)], 'missing field: number'],
  ['has it by the default of an attribute', [o.leaf('@number?', 'number', idType, { preset: '1' })]],
  [
    'has it beside a condition only',
    [o.leaf('Status?', 'status', oneOf('A', 'B')), o.leaf('Number', 'number', idType, { onlyIf: ['status', 'A'] })],
    'missing field: number',
  ],
  ['has it in a group that may be missing', [o.group('Head?', [number])], 'missing field: number'],
  ['has it on one of two ways', [o.oneOf([number], [o.leaf('Note', 'note', text())])], 'missing field: number'],
  ['has it on both ways', [o.oneOf([number], [o.leaf('Id', 'number', idType)])]],
  ['has it on a way that may be left out', [o.perhapsOneOf([number], [o.leaf('Id', 'number', idType)])], 'missing field: number'],
  ['fills a field twice', [number, o.leaf('Note?', 'note', text()), o.leaf('Remark?', 'note', text())], 'filled twice: note'],
  [
    'makes an object anew',
    [number, o.into('A', 'totals', [t.leaf('Net', 'net', amountType)]), o.into('B?', 'totals', [t.leaf('Net', 'net', amountType)])],
    'filled twice: totals',
  ],
  [
    'fills an object of neighbours in part',
    [number, o.perhapsAll('totals', [t.leaf('Net?', 'net', amountType), t.leaf('Tax', 'tax', amountType)])],
    'missing field: totals.net',
  ],
  ['lacks what an entry needs', [number, o.vector('Line*', 'lines', [l.leaf('Sku?', 'sku', idType)])], 'missing field: lines[].sku'],
  [
    'names what an entry does not have',
    [number, o.vector('Line*', 'lines', [l.leaf('Sku', 'sku', idType), l.vector('Part*', 'parts', [p.leaf('Sku', 'sku', idType)])])],
    'unknown field: lines[].parts',
  ],
  ['gives a flag a text', [number, o.leaf('Urgent?', 'urgent' as never, text())], 'wrong type: urgent'],
  ['gives a field a word that it has not', [number, o.leaf('Status?', 'status', oneOf('A', 'C'))], 'wrong type: status'],
  ['gives a record', [number, o.entries('Data?', 'data', { as: text() })]],
  ['gives a text a record', [number, o.entries('Data?', 'note' as never, { as: text() })], 'wrong type: note'],
];

describe('a declaration that is read', () => {
  it.each(cases.map(([title, nodes, ...expected]) => ({ title, nodes, expected })))('$title', ({ nodes, expected }) => {
    expect(found(nodes)).toEqual(expected);
  });

  it('may have some of its fields set by its kind', () => {
    expect(found([], { sets: [{ path: ['number'], is: '1' }] })).toEqual([]);
    expect(found([number], { sets: [{ path: ['number'], is: '1' }] })).toEqual(['filled twice: number']);
    expect(found([number], { sets: [{ path: ['urgent'], is: 'yes' }] })).toEqual(['wrong type: urgent']);
  });

  it('may contain itself', () => {
    const part: Node = p.vector('Part*', 'parts' as never, [p.leaf('Sku', 'sku', idType), p.like(() => part)] as never);
    expect(checkFields({ nodes: [part], schema: { type: 'object' }, direction: 'in' })).toEqual([]);
  });
});

describe('a declaration that is written', () => {
  const everything: readonly Node[] = [
    number,
    o.leaf('Note?', 'note', text()),
    o.leaf('Status?', 'status', oneOf('A', 'B')),
    o.entries('Data?', 'data', { as: text() }),
  ];

  it('needs a place for all that the value may have, unless it is left out', () => {
    const places = ['no place: urgent', 'no place: totals', 'no place: lines'];
    expect(found(everything, { direction: 'out' })).toEqual(['may not fit: number', ...places]);
    expect(found(everything, { direction: 'out', leavesOut: ['urgent', 'totals', 'lines'] })).toEqual(['may not fit: number']);
    expect(found(everything, { direction: 'out', leavesOut: 'rest' })).toEqual(['may not fit: number']);
  });

  it('needs a place for what is inside of an object that it fills in part', () => {
    const nodes = [...everything, o.into('T?', 'totals', [t.leaf('Net', 'net', amountType)])];
    expect(found(nodes, { direction: 'out', leavesOut: ['urgent', 'lines'] })).toEqual(['may not fit: number', 'no place: totals.tax']);
  });

  it('tells what the value may lack and it needs, and words that it does not write', () => {
    const nodes = [o.leaf('Number', 'number', text()), o.leaf('Note', 'note', text()), o.leaf('Status?', 'status', oneOf('A'))];
    expect(found(nodes, { direction: 'out', leavesOut: 'rest' })).toEqual(['may not fit: note', 'may not fit: status']);
  });
});

describe('the shape of a schema', () => {
  it('takes alternatives together: fields of any, what all require', () => {
    const { fields, required, kinds } = shapeOf({
      anyOf: [
        { type: 'object', required: ['a', 'b'], properties: { a: string, b: string } },
        { type: 'object', required: ['b', 'c'], properties: { b: string, c: string } },
      ],
    });
    expect([[...fields.keys()], [...required], [...kinds]]).toEqual([['a', 'b', 'c'], ['b'], ['object']]);
  });

  it('takes what has to hold together as one', () => {
    const { required, maxLength, words } = shapeOf({
      allOf: [
        { required: ['a'], maxLength: 9, enum: ['x', 'y'] },
        { required: ['b'], maxLength: 5, enum: ['y'] },
      ],
    });
    expect([[...required], maxLength, words]).toEqual([['a', 'b'], 5, ['y']]);
  });
});
