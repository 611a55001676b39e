import * as fc from 'fast-check';
import type { Field, Item, RecordValues } from '../../src/index.ts';

/** A field with a value that it can have, as reading gives it; undefined: none. */
interface Made {
  readonly item: Item;
  readonly value: unknown;
}

type Unnamed = Field extends infer Each ? (Each extends Field ? Omit<Each, 'name'> : never) : never;

/** Characters that every code page of the tests has. */
const characters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,<>&/-+*';

function textOf(most: number): fc.Arbitrary<string> {
  const sign = fc.integer({ min: 0, max: characters.length - 1 }).map((at) => characters[at]!);
  return fc.array(sign, { maxLength: most }).map((signs) => signs.join('').trimEnd());
}

/** An exact decimal of at most so many digits with an implied point, computed apart from the library. */
function decimalOf(digits: number, decimals: number, signed: boolean): fc.Arbitrary<string> {
  const most = 10n ** BigInt(digits) - 1n;
  return fc.bigInt({ min: signed ? -most : 0n, max: most }).map((stored) => {
    if (decimals <= 0) return String(stored * 10n ** BigInt(-decimals));
    const plain = String(stored < 0n ? -stored : stored).padStart(decimals + 1, '0');
    return `${stored < 0n ? '-' : ''}${plain.slice(0, -decimals)}.${plain.slice(-decimals)}`;
  });
}

const orNone = (value: fc.Arbitrary<string>) => fc.option(value, { nil: undefined, freq: 4 });

const text = fc.record({ length: fc.integer({ min: 0, max: 20 }) }).chain(({ length }) => made({ type: 'text', length }, textOf(length)));

const size = fc.record({ digits: fc.integer({ min: 1, max: 18 }), decimals: fc.integer({ min: -3, max: 20 }), signed: fc.boolean() });

const zoned = fc
  .record({ size, separate: fc.boolean(), sign: fc.constantFrom('leading' as const, 'trailing' as const) })
  .chain(({ size, separate, sign }) =>
    made(
      { type: 'zoned', ...size, ...(size.signed ? { sign, separate } : {}) },
      orNone(decimalOf(size.digits, size.decimals, size.signed)),
    ),
  );

const packed = size.chain((each) => made({ type: 'packed', ...each }, decimalOf(each.digits, each.decimals, each.signed)));

const binary = size.chain((each) => made({ type: 'binary', ...each }, decimalOf(each.digits, each.decimals, each.signed)));

const number = fc
  .record({ decimals: fc.integer({ min: 0, max: 3 }), justify: fc.constantFrom('left' as const, 'right' as const), zeros: fc.boolean() })
  .chain(({ decimals, justify, zeros }) => {
    const pad = zeros && justify === 'right' ? '0' : ' ';
    return made({ type: 'number', length: 9, decimals, justify, pad }, orNone(decimalOf(8, decimals, true)));
  });

const date = made(
  { type: 'date' },
  orNone(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)),
  ),
);

const edited = made({ type: 'edited', picture: 'Z,ZZ9.99-' }, orNone(decimalOf(6, 2, true)));

function made(field: Unnamed, value: fc.Arbitrary<string | undefined>): fc.Arbitrary<Made> {
  return value.map((each) => ({ item: { ...field, name: '' } as Field, value: each === '' ? undefined : each }));
}

const field = fc.oneof(text, zoned, packed, binary, number, date, edited);

const group: fc.Arbitrary<Made> = fc.array(field, { minLength: 1, maxLength: 4 }).map((all) => grouped(all));

/** A table of always the same number of entries, of which each has its own values. */
const table = fc.tuple(text, fc.integer({ min: 1, max: 3 })).map(([{ item, value }, occurs]): Made => {
  return { item: { ...item, occurs }, value: Array.from({ length: occurs }, () => value) };
});

function grouped(all: readonly Made[]): Made {
  const items = all.map(({ item }, at): Item => ({ ...item, name: `F${at}` }));
  const values = Object.fromEntries(all.map(({ value }, at) => [`F${at}`, value]).filter(([, value]) => value !== undefined));
  return { item: { name: '', items }, value: Object.keys(values).length === 0 ? undefined : values };
}

/** A layout and values that a record of it can have. */
export const anyRecord = fc.array(fc.oneof(field, field, group, table), { minLength: 1, maxLength: 8 }).map((all) => {
  const { item, value } = grouped([{ item: { name: '', type: 'text', length: 1, value: 'x' }, value: 'x' }, ...all]);
  return { layout: { ...(item as { readonly items: readonly Item[] }), name: 'R' }, values: (value ?? {}) as RecordValues };
});
