import { describe, expect, it } from 'vitest';
import { maskTagged, taggedValues } from '../../src/host.ts';
import { personal, secret, Type } from '../../src/index.ts';

const address = personal(Type.Object({ lines: Type.Array(Type.String()), house: Type.Integer(), gate: Type.Boolean() }));
const schema = Type.Object({
  order: Type.String(),
  name: Type.Optional(personal(Type.String())),
  password: secret({ description: 'The password.' }),
  address: Type.Optional(address),
  items: Type.Array(Type.Object({ sku: Type.String(), engraving: personal(Type.String()) })),
  notes: Type.Record(Type.String({ pattern: '^[a-z]+$' }), personal(Type.String())),
  payer: Type.Union([
    Type.Object({ kind: Type.Literal('card'), holder: personal(Type.String()) }),
    Type.Object({ iban: personal(Type.String()) }),
  ]),
});
const value = {
  order: '12007',
  name: 'Anna Berg',
  password: 'geheim',
  address: { lines: ['Allee 1', 'Hof'], house: 7, gate: true, unknown: null },
  items: [{ sku: 'HP-1', engraving: 'Für Max' }],
  notes: { shop: 'calls late' },
  payer: { kind: 'card', holder: 'A. Berg' },
  surplus: 'stays',
};

describe('a value whose schema tags what is secret and what is personal', () => {
  it('is shown without both, with all that lies within, and with what nobody tagged', () => {
    expect(maskTagged(schema, value, ['secret', 'personal'])).toEqual({
      order: '12007',
      name: '***',
      password: '***',
      address: { lines: ['***', '***'], house: '***', gate: '***', unknown: null },
      items: [{ sku: 'HP-1', engraving: '***' }],
      notes: { shop: '***' },
      payer: { kind: 'card', holder: '***' },
      surplus: 'stays',
    });
  });

  it('is shown without its secrets alone, too, and stays as it was', () => {
    const before = structuredClone(value);
    expect(maskTagged(schema, value, ['secret'])).toEqual({ ...value, password: '***' });
    expect(value).toEqual(before);
  });

  it('names its texts and numbers, each once', () => {
    const twice = { ...value, items: [...value.items, ...value.items] };
    expect(taggedValues(schema, twice, ['personal']).toSorted()).toEqual(
      ['Anna Berg', 'Allee 1', 'Hof', '7', 'Für Max', 'calls late', 'A. Berg'].toSorted(),
    );
    expect(taggedValues(schema, { order: '12007' }, ['secret', 'personal'])).toEqual([]);
  });

  it('may be something else than its schema says', () => {
    expect(maskTagged(schema, { items: 'none', address: 'Allee 1', payer: 5 }, ['personal'])).toEqual({
      items: 'none',
      address: '***',
      payer: 5,
    });
    expect(maskTagged(schema, undefined, ['personal'])).toBeUndefined();
    expect(maskTagged(schema, JSON.parse('{"__proto__":{"name":"x"}}'), ['personal'])).toEqual(JSON.parse('{"__proto__":{"name":"x"}}'));
  });
});

describe('a schema that is tagged as personal', () => {
  it('keeps its form, and is optional where it was', () => {
    expect(personal(Type.String({ maxLength: 3 }))).toEqual({ type: 'string', maxLength: 3, 'x-waybill': 'personal' });
    expect(Type.Object({ name: personal(Type.Optional(Type.String())) })).not.toHaveProperty('required');
  });
});
