import { oneOf, text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { constant, type FormatWriter, type Group, ignored, Misfit, makeUp, mapping, same, writingOf } from '../src/index.ts';

interface Order {
  readonly command?: string;
  readonly id: string;
  readonly note?: string;
  readonly totals?: { readonly net?: string; readonly tax?: string };
  readonly lines?: readonly { readonly sku: string }[];
}
const o = mapping<Order>();
const line = mapping<NonNullable<Order['lines']>[number]>();
const total = mapping<NonNullable<Order['totals']>>();

/** Writes what it is given in a line each, as a format would that has nothing to do with XML. */
class Lines implements FormatWriter {
  readonly out: string[] = [];
  open = (name: string): void => void this.out.push(`${name} {`);
  attribute = (name: string, value: string): void => void this.out.push(`@${name}=${value}`);
  text = (value: string): void => void this.out.push(value);
  leaf = (name: string, value: string): void => void this.out.push(`${name}=${value}`);
  close = (): void => void this.out.push('}');
}

function written(root: unknown, value: unknown): string {
  const lines = new Lines();
  writingOf(root as Group).write(value, lines);
  return lines.out.join(' ');
}

const order = o.group('Order', [
  o.choosing('command', { place: [o.leaf('Place', 'id', text({ max: 5 }))], drop: [o.leaf('Drop', 'id', text({ max: 5 }))] }),
  o.group('Notes?', [o.leaf('Note?', 'note', text())]),
  o.perhapsAll('totals', [total.leaf('Net?', 'net', text()), total.leaf('Tax?', 'tax', text())]),
  o.vector('Line*', 'lines', [
    line.leaf('Sku', 'sku', text()),
    same('Order', 'id', text()),
    ignored('Filler', { writes: '-' }),
    constant('End', '.'),
  ]),
]);

describe('writing', () => {
  it('follows the declaration, and supplies what the value need not have', () => {
    const value = { command: 'drop', id: '7', lines: [{ sku: 'a' }, { sku: 'b' }], totals: { tax: '1' } };
    expect(written(order, value)).toBe(
      'Order { Drop=7 Tax=1 Line { Sku=a Order=7 Filler=- End=. } Line { Sku=b Order=7 Filler=- End=. } }',
    );
  });

  it('leaves out a group that has nothing', () => {
    expect(written(order, { command: 'place', id: '7' })).toBe('Order { Place=7 }');
    expect(written(order, { command: 'place', id: '7', note: '' })).toBe('Order { Place=7 Notes { Note= } }');
  });

  it('holds the rule over a group, and how many a list may have', () => {
    const lines = o.vector('Line+', 'lines', [line.leaf('Sku', 'sku', text())], { max: 2 });
    const check = ({ lines: all }: Partial<Order>) => (all?.[0]?.sku === 'z' ? { says: 'begins with z' } : undefined);
    const limited = o.group('Order', [lines], { check });
    const of = (...skus: readonly string[]) => ({ lines: skus.map((sku) => ({ sku })) });
    expect(written(limited, of('a', 'b'))).toBe('Order { Line { Sku=a } Line { Sku=b } }');
    expect(() => written(limited, of('z', 'b'))).toThrow('Element Order begins with z.');
    expect(() => written(limited, of('a', 'b', 'c'))).toThrow('There may be at most 2 Line, not more.');
  });

  it('tells the places on the wire and in the value of what is wrong', () => {
    const refusal = (value: unknown): unknown => {
      try {
        return written(order, value);
      } catch (error) {
        if (!(error instanceof Misfit)) throw error;
        return [error.kind, error.wire, error.field, error.message];
      }
    };
    expect(refusal({ command: 'drop', id: '7', lines: [{ sku: 'a' }, {}] })).toEqual([
      'missing',
      'Order/Line[2]/Sku',
      'lines[1].sku',
      'Element Sku is missing.',
    ]);
    expect(refusal({ command: 'lose', id: '7' })).toEqual(['bad value', 'Order', '', 'The command is none that the message knows.']);
    expect(refusal({ id: '7' })).toEqual(['bad value', 'Order', '', 'The command is missing.']);
    expect(refusal({ command: 'drop', id: '7', lines: [{ sku: 'a', colour: 'red' }] })).toEqual([
      'bad value',
      'Order/Line[1]',
      'lines[0].colour',
      'The message has no place for "colour".',
    ]);
    expect(refusal({ command: 'drop', id: '123456' })).toEqual([
      'bad value',
      'Order/Drop',
      'id',
      'The text of Drop has 6 characters; at most 5 are allowed.',
    ]);
  });
});

describe('a made-up value', () => {
  it('has everything once, and can be written', () => {
    const made = makeUp(order as Group);
    expect(made).toEqual({ command: 'place', id: 'text', note: 'text', totals: { net: 'text', tax: 'text' }, lines: [{ sku: 'text' }] });
    expect(written(order, made)).toContain('Place=text');
  });

  it('keeps to its check, plainly where nothing else does', () => {
    const p = mapping<{ readonly pair: { readonly a: 'x' | 'y'; readonly b: 'x' | 'y' } }>();
    const pair = mapping<{ readonly a: 'x' | 'y'; readonly b: 'x' | 'y' }>();
    const root = p.group('Root', [
      p.into('Pair', 'pair', [pair.leaf('A', 'a', oneOf('x', 'y')), pair.leaf('B', 'b', oneOf('x', 'y'))], {
        check: ({ a, b }) => (a === b ? undefined : { says: 'differs' }),
      }),
    ]);
    let asked = 0;
    expect(makeUp(root as Group, (count) => (asked++ % 2) % count)).toEqual({ pair: { a: 'x', b: 'x' } });
  });

  it('keeps to the check of a group that has no object of its own', () => {
    const p = mapping<{ readonly whole: { readonly a?: string; readonly b?: string } }>();
    const whole = mapping<{ readonly a?: string; readonly b?: string }>();
    const inner = whole.group('Inner', [whole.leaf('A?', 'a', text()), whole.leaf('B?', 'b', text())], {
      check: ({ a, b }) => (a === undefined && b === undefined ? { says: 'is empty' } : undefined),
    });
    const root = p.group('Root', [p.into('Whole', 'whole', [whole.group('Outer', [inner])])]);
    expect(makeUp(root as Group, (count) => count - 1)).toEqual({ whole: { a: 'text', b: 'text' } });
  });
});

describe('a node whose attribute says which field it fills', () => {
  interface Named {
    readonly id?: string;
    readonly other?: string;
  }
  const n = mapping<Named>();
  const places = { here: ['id', text({ example: '7' })], there: ['other', text({ max: 3, example: '8' })] } as const;
  const one = n.group('Named', [n.pick('Number', 'type', places)]);
  const both = n.group('Named', [n.pick('Number+', 'type', places)]);

  it('fills one of them under a name that says so', () => {
    expect(written(one, { other: '8' })).toBe('Named { Number { @type=there 8 } }');
    expect(() => written(one, { id: '7', other: '8' })).toThrow(
      expect.objectContaining({
        kind: 'too many',
        message: 'There may be one Number, which takes id or other, not both.',
        wire: 'Named/Number',
        field: 'other',
      }),
    );
    expect(() => written(one, {})).toThrow(expect.objectContaining({ kind: 'missing', wire: 'Named/Number' }));
    expect(() => written(one, { other: 'long' })).toThrow(expect.objectContaining({ kind: 'bad value', wire: 'Named/Number' }));
  });

  it('fills all of them under a name that allows several', () => {
    expect(written(both, { id: '7', other: '8' })).toBe('Named { Number { @type=here 7 } Number { @type=there 8 } }');
    expect(() => written(both, { id: '7', other: 'long' })).toThrow(expect.objectContaining({ wire: 'Named/Number[2]' }));
  });

  it('is made up with one where there is one', () => {
    for (const answer of [0, 1]) {
      const value = makeUp(one as Group, (count) => answer % count);
      expect(Object.keys(value)).toEqual([answer === 0 ? 'id' : 'other']);
    }
  });
});
