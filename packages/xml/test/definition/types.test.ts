import { oneOf, text } from '@waybill/values';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  attribute,
  choice,
  defaultAttribute,
  defineXmlMessage,
  type ElementNode,
  element,
  fixedAttribute,
  lazy,
  many,
  many1,
  optional,
  optionalAttribute,
  sequence,
  type ValueOf,
  type WritingOf,
} from '../../src/index.ts';
import { parcel } from './parcel.ts';

const line = element('Line', {
  attributes: {
    version: fixedAttribute('version', '1'),
    sku: attribute('SKU', text()),
    unit: optionalAttribute('unit', oneOf('kg', 'm')),
    state: defaultAttribute('state', oneOf('new', 'old'), 'new'),
  },
  children: {
    mark: element('Mark', { attributes: { value: fixedAttribute('value', 'x') } }),
    first: element('First', text()),
    second: optional(element('Second', text())),
    third: many(element('Third', text())),
    fourth: many1(element('Fourth', { attributes: { kind: attribute('kind', text()) }, text: text() })),
    fifth: choice({ left: element('Left', text()), right: sequence({ a: element('A', text()), b: optional(element('B', {})) }) }),
  },
});

describe('the types that follow from a declaration', () => {
  it('are those of the value that is read', () => {
    expectTypeOf<ValueOf<typeof line>>().toEqualTypeOf<{
      readonly sku: string;
      readonly unit?: 'kg' | 'm';
      readonly state: 'new' | 'old';
      readonly first: string;
      readonly second?: string;
      readonly third?: string[];
      readonly fourth: { readonly kind: string; readonly text: string }[];
      readonly fifth:
        | { readonly left: string; readonly right?: undefined }
        | { readonly right: { readonly a: string; readonly b?: true }; readonly left?: undefined };
    }>();
  });

  it('let a default be left out when writing, and nothing else that is mandatory', () => {
    expectTypeOf<{ sku: string; first: string; fourth: { kind: string; text: string }[]; fifth: { left: string } }>().toExtend<
      WritingOf<typeof line>
    >();
    // @ts-expect-error -- no SKU
    const noSku: WritingOf<typeof line> = { first: '1', fourth: [], fifth: { left: 'l' } };
    // @ts-expect-error -- two branches of a choice
    const twoBranches: WritingOf<typeof line> = { sku: 's', first: '1', fourth: [], fifth: { left: 'l', right: { a: 'a' } } };
    // @ts-expect-error -- not one of the words
    const badWord: WritingOf<typeof line> = { sku: 's', state: 'broken', first: '1', fourth: [], fifth: { left: 'l' } };
    expect([noSku, twoBranches, badWord]).toHaveLength(3);
  });

  it('refuse a default that is not one of the words, and keys that do not exist', () => {
    // @ts-expect-error -- "tin" is not one of the words
    expect(defaultAttribute('kind', oneOf('paper', 'cloth'), 'tin').preset).toBe('tin');
    const value = parcel.makeUp();
    // @ts-expect-error -- what cannot vary has no key
    expect(value.verb).toBeUndefined();
    // @ts-expect-error -- no such key
    expect(value.weight).toBeUndefined();
  });
});

describe('a declaration that no document could follow', () => {
  it.each([
    [
      'two elements of one name side by side',
      () => element('A', { children: { a: optional(element('X', text())), b: element('X', text()) } }),
      /X could be either of two children/,
    ],
    [
      'one key for two things',
      () => element('A', { attributes: { a: attribute('a', text()) }, children: { a: element('X', text()) } }),
      /key "a"/,
    ],
    ['a key that would move to the front', () => element('A', { children: { 1: element('X', text()) } }), /begins with a digit/],
    ['text beside children', () => element('A', { text: text(), children: { a: element('X', text()) } }), /text and children/],
  ])('is refused where it is defined: %s', (_title, declare: () => ElementNode, message) => {
    expect(() => defineXmlMessage({ root: declare() })).toThrow(message);
  });

  it('is refused again, also through an element that contains it', () => {
    const inner: ElementNode = element('Inner', { children: { outer: optional(lazy(() => outer)) } });
    const outer: ElementNode = element('Outer', {
      children: { inner: optional(inner), a: optional(element('X', text())), b: element('X', text()) },
    });
    expect(() => defineXmlMessage({ root: outer })).toThrow(/Outer is ambiguous/);
    expect(() => defineXmlMessage({ root: outer })).toThrow(/Outer is ambiguous/);
    expect(() => defineXmlMessage({ root: inner })).toThrow(/Outer is ambiguous/);
  });
});
