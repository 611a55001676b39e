import { flag, oneOf, text } from '@waybill/values';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { constant, ignored, mapping, type Node, type Nodes, type PathTo } from '../src/index.ts';

interface Order {
  readonly id: string;
  readonly state?: 'new' | 'old';
  readonly paid?: boolean;
  readonly totals?: { readonly net: string; readonly tax?: string };
  readonly lines?: readonly Line[];
  readonly fields?: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}
interface Line {
  readonly sku: string;
  readonly size?: { readonly width: string };
}

const o = mapping<Order>();
const l = mapping<Line>();

describe('the compiler', () => {
  it('knows the places that a type of text can fill', () => {
    expectTypeOf<PathTo<Order, string>>().toEqualTypeOf<'id' | 'totals.net' | 'totals.tax'>();
    expectTypeOf<PathTo<Order, boolean>>().toEqualTypeOf<'paid'>();
    expectTypeOf<PathTo<Line, string>>().toEqualTypeOf<'sku' | 'size.width'>();
  });

  it('refuses a field that is not there, also behind a dot, and a type that its field cannot take', () => {
    const refused: Node[] = [
      // @ts-expect-error -- no such field
      o.leaf('Id', 'number', text()),
      // @ts-expect-error -- no such field of the totals
      o.leaf('Gross', 'totals.gross', text()),
      // @ts-expect-error -- any text where two words are possible
      o.leaf('State', 'state', text()),
      // @ts-expect-error -- a word too many
      o.leaf('State', 'state', oneOf('new', 'old', 'lost')),
      // @ts-expect-error -- text where a flag is wanted
      o.leaf('Paid', 'paid', text()),
      // @ts-expect-error -- a preset that is none of the words
      o.leaf('State', 'state', oneOf('new'), { preset: 'gone' }),
      // @ts-expect-error -- a list is no object
      o.into('Lines', 'lines', []),
      // @ts-expect-error -- an object is no list
      o.vector('Totals*', 'totals', []),
      // @ts-expect-error -- a record is filled by entries
      o.leaf('More', 'more.channel', text()),
    ];
    expect(refused).toHaveLength(9);
  });

  it('refuses a node of the order among the nodes of a line, and takes a node of a part', () => {
    const part = mapping<Pick<Line, 'sku'>>();
    expectTypeOf([part.leaf('Sku', 'sku', text()), constant('@version', '1')]).toExtend<Nodes<Line>>();
    // @ts-expect-error -- the order has a state, and a line has none
    const wrong = o.vector('Line*', 'lines', [o.leaf('State', 'state', oneOf('new'))]);
    expect(wrong.kind).toBe('group');
  });
});

describe('a name', () => {
  it('says how often its node occurs', () => {
    expect(o.leaf('Id', 'id', text())).toMatchObject({ name: 'Id', occurs: { min: 1, max: 1 } });
    expect(o.leaf('Paid?', 'paid', flag({ yes: 'Y', no: 'N' }))).toMatchObject({ name: 'Paid', occurs: { min: 0, max: 1 } });
    expect(o.list('Field*', 'fields', text())).toMatchObject({ name: 'Field', occurs: { min: 0, max: Number.POSITIVE_INFINITY } });
    expect(o.vector('Line+', 'lines', [l.leaf('Sku', 'sku', text())], { max: 9 })).toMatchObject({ occurs: { min: 1, max: 9 } });
    expect(ignored('Filler*')).toMatchObject({ name: 'Filler', occurs: { min: 0, max: Number.POSITIVE_INFINITY } });
  });

  it.each([
    [
      'a place for one text, and many texts',
      () => o.leaf('Id*', 'id', text()),
      '"Id*" may occur more than once, and its value has one place',
    ],
    ['a list of one', () => o.list('Field?', 'fields', text()), '"Field?" is a list or a vector, so its name has to end in * or +.'],
    ['no name', () => o.leaf('?', 'id', text()), '"?" is not the name of a node'],
    ['a name with blanks', () => o.leaf(' Id', 'id', text()), '" Id" is not the name of a node'],
    ['a path with a gap', () => o.leaf('Id', 'totals..net' as 'id', text()), '"totals..net" is not a path'],
  ])('is refused where it cannot be meant: %s', (_title, declare, says) => {
    expect(declare).toThrow(TypeError);
    expect(declare).toThrow(says);
  });
});
