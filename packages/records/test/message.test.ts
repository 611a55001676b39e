import { mapping } from '@waybill/mapping';
import { describe, expect, it } from 'vitest';
import { defineTaggedMessage } from '../src/index.ts';
import { field, head, id, type Line, l, lineOf, message, type Order, o, order, tag } from './support/order-message.ts';
import { refusal } from './support/refusal.ts';

const faultOf = (body: Uint8Array) => refusal(() => message.read(body));

const full = order(
  { day: '20240319', time: '162005', net: '000240', tax: '+1.5', level: 'B', remark: 'by hand', secret: 'abc123' },
  lineOf('LAMP', '<EXTRA><PAIR>NOTE003a  </PAIR></EXTRA>', '', 'O-7') + lineOf('ROPE'),
);
const value: Order = {
  kind: 'order',
  id: 'O-7',
  placed: '2024-03-19T16:20:05',
  totals: { net: '240', tax: '1.5' },
  level: 'B',
  remark: 'by hand',
  secret: 'abc123',
  lines: [
    { sku: 'LAMP', price: '12.50', marks: ['X', '', 'Y'], more: { NOTE: 'a  ' } },
    { sku: 'ROPE', price: '12.50', marks: ['X', '', 'Y'] },
  ],
};

describe('a message of tagged segments with its meaning', () => {
  it('is read into the value that its mapping says', () => {
    expect(message.read(full)).toEqual({ value, surplus: undefined });
  });

  it('is written from it, and is read as the same again', () => {
    expect(message.read(message.write(value)).value).toEqual(value);
  });

  it('has no keys for what is blank, and the preset where there is one', () => {
    expect(message.read(order()).value).toEqual({ kind: 'order', id: 'O-7', level: 'A' });
  });

  it('loses what counts only beside another value', () => {
    expect(message.read(order({ level: 'A', remark: 'nothing' })).value).toEqual({ kind: 'order', id: 'O-7', level: 'A' });
  });

  it('makes up a value that it can write', () => {
    expect(message.read(message.write(message.makeUp())).value).toMatchObject({ kind: 'order', level: 'A' });
  });
});

describe('what has no place in the value', () => {
  const body = order({ spare: 'abcd' }, lineOf('LAMP') + lineOf('ROPE', '', ' by night'));
  const surplus = { 'ORD/HEAD/SPARE': 'abcd', 'ORD/LINES/LINE[2]/REC': ' by night' };

  it('is kept beside it: what means nothing, and what stands behind the last field', () => {
    expect(message.read(body).surplus).toEqual(surplus);
  });

  it('is written back to its place', () => {
    const read = message.read(body);
    const again = Buffer.from(message.write(read.value, {}, { surplus: read.surplus }));
    expect(message.read(again)).toEqual(read);
    expect(again.toString()).toContain('Y by night</REC>');
  });

  it('is refused where the message that is written has no such place', () => {
    const error = refusal(() => message.write({ id: 'O-7' }, {}, { surplus }));
    expect({ code: error.code, at: error.at }).toEqual({ code: 'WB_RECORD_UNKNOWN_NAME', at: 'ORD/LINES/LINE[2]/REC' });
  });
});

describe('a fault in a message', () => {
  it.each<[string, Buffer, string, string]>([
    ['a blank field that has to be there', order({ id: ' ' }), 'WB_RECORD_MISSING_VALUE', 'ORD/HEAD/ID, character 13'],
    ['a text of another type', order({ net: '12,50' }), 'WB_RECORD_BAD_VALUE', 'ORD/HEAD/NET, character 33'],
    ['a rule over several fields', order({ tax: '1' }), 'WB_RECORD_BAD_VALUE', 'ORD/HEAD/TAX, character 41'],
    ['a part without the other', order({ time: '162005' }), 'WB_RECORD_BAD_VALUE', 'ORD/HEAD/TIME, character 27'],
    [
      'a repetition that differs',
      order({}, lineOf('A') + lineOf('B', '', '', 'O-8')),
      'WB_RECORD_BAD_VALUE',
      'ORD/LINES/LINE[2]/REC/ID, character 144',
    ],
    [
      'a name that stands there twice',
      order({}, lineOf('A', '<EXTRA><PAIR>NOTE001a</PAIR><PAIR>NOTE001b</PAIR></EXTRA>')),
      'WB_RECORD_BAD_VALUE',
      'ORD/LINES/LINE[1]/EXTRA/PAIR[2]/NAME, character 160',
    ],
    [
      'a text of an entry that is too long',
      order({}, lineOf('A', '<EXTRA><PAIR>NOTE010abcdefghij</PAIR></EXTRA>')),
      'WB_RECORD_BAD_VALUE',
      'ORD/LINES/LINE[1]/EXTRA/PAIR[1]/TEXT, character 146',
    ],
  ])('is told with the field and its place: %s', (_what, body, code, at) => {
    const error = faultOf(body);
    expect({ code: error.code, at: error.at }).toEqual({ code, at });
  });

  it('never shows a secret', () => {
    const error = faultOf(order({ secret: 'Z' }));
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('Z');
    expect(error.at).toContain('SECRET');
  });
});

describe('a value that cannot be written', () => {
  it.each<[string, object, string, string]>([
    ['has too much for a field', { ...value, id: 'O-12345' }, 'WB_RECORD_DOES_NOT_FIT', 'ORD/HEAD/ID (id)'],
    [
      'has too much in an entry',
      { ...value, lines: [{ sku: 'A' }, { sku: 'ABCDEFGHI' }] },
      'WB_RECORD_DOES_NOT_FIT',
      'ORD/LINES/LINE[2]/REC/SKU (lines[1].sku)',
    ],
    ['has blanks where something has to stand', { id: ' ' }, 'WB_RECORD_MISSING_VALUE', 'ORD/HEAD/ID'],
    ['lacks what has to be there', {}, 'WB_RECORD_MISSING_VALUE', 'ORD/HEAD/ID (id)'],
    ['has what the message has no place for', { id: 'O-7', colour: 'red' }, 'WB_RECORD_BAD_VALUE', 'ORD (colour)'],
    ['breaks a rule', { id: 'O-7', totals: { tax: '1' } }, 'WB_RECORD_BAD_VALUE', 'ORD/HEAD/TAX'],
    ['is of another kind', { id: 'O-7', kind: 'offer' }, 'WB_RECORD_BAD_VALUE', 'ORD/HEAD (kind)'],
    [
      'has more of a list than there is room for',
      { id: 'O-7', lines: [{ sku: 'A', marks: ['a', 'b', 'c', 'd'] }] },
      'WB_RECORD_WRONG_COUNT',
      'ORD/LINES/LINE[1]/REC/MARK',
    ],
  ])('%s', (_what, given, code, at) => {
    const error = refusal(() => message.write(given as Order));
    expect(error.code).toBe(code);
    expect(error.at).toContain(at);
  });

  it('has several entries where the layout has one record', () => {
    const single = defineTaggedMessage<{ lines: Line[] }>({
      tag: { tag: 'X', tags: [{ tag: 'REC', layout: { name: 'REC', items: [field('SKU', 8)] } }] },
      root: () =>
        mapping<{ lines: Line[] }>().group('X', [mapping<{ lines: Line[] }>().vector('REC+', 'lines', [l.leaf('SKU', 'sku', id)])]),
    });
    expect(single.read(single.write({ lines: [{ sku: 'A' }] })).value).toEqual({ lines: [{ sku: 'A' }] });
    const error = refusal(() => single.write({ lines: [{ sku: 'A' }, { sku: 'B' }] }));
    expect({ code: error.code, at: error.at }).toEqual({ code: 'WB_RECORD_WRONG_COUNT', at: 'X/REC[2]' });
  });
});

describe('a declaration that does not fit', () => {
  it('has a tag that the layout has and the mapping does not', () => {
    const short = defineTaggedMessage<Order>({ tag, root: () => o.group('ORD', [head]) });
    const error = refusal(() => short.read(full));
    expect({ code: error.code, at: error.at }).toEqual({ code: 'WB_RECORD_UNMAPPED', at: 'ORD/LINES' });
  });

  it('has a field that the mapping does not have, and that is not blank', () => {
    const short = defineTaggedMessage<Order>({ tag, root: () => o.group('ORD', [o.group('HEAD', [o.leaf('ID', 'id', id)])]) });
    expect(short.read(order()).value).toEqual({ id: 'O-7' });
    expect(refusal(() => short.read(order({ net: '1' }))).code).toBe('WB_RECORD_UNMAPPED');
  });

  it('names what the layout does not have', () => {
    const wrong = defineTaggedMessage<Order>({ tag, root: () => o.group('ORD', [o.group('HEAD', [o.leaf('NUMBER', 'id', id)])]) });
    expect(() => wrong.write({ id: 'O-7' })).toThrow(TypeError);
  });

  it('has a field twice, or a node that records do not have', () => {
    const twice = defineTaggedMessage<Order>({ tag, root: () => o.group('ORD', [o.leaf('ID', 'id', id), o.leaf('ID', 'remark', id)]) });
    expect(() => twice.read(full)).toThrow('declared twice');
    const marked = defineTaggedMessage<{ here?: true }>({
      tag,
      root: () => mapping<{ here?: true }>().group('ORD', [mapping<{ here?: true }>().mark('HEAD?', 'here')]),
    });
    expect(() => marked.read(full)).toThrow('no node of the kind');
  });
});
