import { decimalText, oneOf, text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { constant, type FieldContent, fieldsOf, type Group, ignored, mapping } from '../src/index.ts';

interface Order {
  readonly id?: string;
  readonly buyerId?: string;
  readonly note?: string;
  readonly paid?: boolean;
  readonly card?: string;
  readonly bank?: string;
  readonly total: { readonly net: string; readonly unit?: 'EUR' | 'CAD' };
  readonly more?: Readonly<Record<string, string>>;
}

const o = mapping<Order>();
const t = mapping<Order['total']>();

const order = o.group('Order', [
  constant('@version?', '1.0'),
  o.pick('Number+', 'type', { ours: ['id', text({ min: 1 })], theirs: ['buyerId', text({ max: 8 })] }, { preset: 'ours' }),
  o.into('Total', 'total', [t.leaf('.', 'net', decimalText({ digits: 9, scale: 2 })), t.leaf('@unit?', 'unit', oneOf('EUR', 'CAD'))]),
  o.leaf('Note?', 'note', text({ max: 40 })),
  o.group('Area', [o.mark('Paid?', 'paid'), ignored('Remark?')]),
  o.oneOf([o.leaf('Card', 'card', text())], [o.leaf('Bank', 'bank', text())]),
  o.entries('More?', 'more', { as: text({ max: 20 }), entry: { name: 'Field', by: 'name', named: text({ min: 1 }) } }),
]) as Group;

const fields = fieldsOf(order);
const holds = (path: string): FieldContent | undefined => fields.find((field) => field.path === path)?.holds;
const plain = (facets: object): object => ({ kind: 'text', rules: [{ facets }] });

describe('the table of a message, for a machine', () => {
  it.each([
    ['@version', { kind: 'fixed', text: '1.0' }],
    ['Number@type', plain({ kind: 'words', words: ['ours', 'theirs'] })],
    ['Total', plain({ kind: 'number', digits: 9, scale: 2 })],
    ['Total@unit', plain({ kind: 'words', words: ['EUR', 'CAD'] })],
    ['Note', plain({ kind: 'text', min: undefined, max: 40, trims: false, letters: undefined })],
    ['Area', { kind: 'fields' }],
    ['Area/Paid', { kind: 'nothing' }],
    ['Area/Remark', { kind: 'text', rules: [] }],
    ['More', { kind: 'fields' }],
    ['More/Field', plain({ kind: 'text', min: undefined, max: 20, trims: false, letters: undefined })],
  ])('says what stands there: %s', (path, expected) => {
    expect(holds(path)).toEqual(expected);
  });

  it('says beside which word of an attribute a rule holds', () => {
    const rules = holds('Number')?.kind === 'text' ? (holds('Number') as Extract<FieldContent, { kind: 'text' }>).rules : [];
    expect(rules.map(({ beside }) => beside)).toEqual([
      { attribute: 'type', is: 'ours', preset: true },
      { attribute: 'type', is: 'theirs', preset: false },
    ]);
  });

  it('says of which fields the neighbours decide whether they stand there', () => {
    expect(fields.filter(({ free }) => free).map(({ path }) => path)).toEqual(['Card', 'Bank']);
  });

  it('loses nothing as JSON, so that tools can be told', () => {
    expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
  });
});
