import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, minus, plus, times } from '../src/values/decimal.ts';
import { mailOf, packOf, sent, textOf } from './pack.ts';

const digits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const scaled = (value: bigint) => {
  const text = String(value < 0n ? -value : value).padStart(6, '0');
  return `${value < 0n ? '-' : ''}${text.slice(0, -5)}.${text.slice(-5)}`;
};
const unscaled = (text: string, scale: number) => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
};

describe('sums, differences and products', () => {
  it('are exact, however many digits there are', () => {
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        expect(unscaled(plus(scaled(a), scaled(b)), 5)).toBe(a + b);
        expect(unscaled(minus(scaled(a), scaled(b)), 5)).toBe(a - b);
        expect(unscaled(times(scaled(a), scaled(b)), 10)).toBe(a * b);
      }),
    );
    expect([plus('0.1', '0.2'), minus('1', '0.90'), times('3', '61.50'), minus('0.5', '0.75')]).toEqual(['0.3', '0.10', '184.50', '-0.25']);
  });

  it('can be made in a template', () => {
    expect(
      textOf('{{ items[0].price | times: items[0].quantity | plus: "0.1" }} {{ items | map: "price" | sum }} {{ 5 | minus: 7 }}'),
    ).toBe('123.10 79.75 -2\n');
  });
});

describe('what is a number', () => {
  it.each([
    ['12.50', '12.50'],
    ['+3', '3'],
    [' 7 ', '7'],
    [-2, '-2'],
    ['1e5', undefined],
    ['', undefined],
    ['.5', undefined],
    ['1,5', undefined],
    ['0x10', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e21, undefined],
    [null, undefined],
    ['9'.repeat(1_001), undefined],
  ])('is told of %j', (value, text) => {
    expect(decimalText(value)).toBe(text);
  });
});

describe('money, numbers and shares', () => {
  const told = (template: string, language: string, files = {}) => {
    const pack = packOf({
      'parcel-sent.subject.liquid': 'x{{ "x" | t }}',
      'parcel-sent.text.liquid': `{{ "x" | t }}${template}`,
      'texts.yaml': 'x: ""',
      'texts.de.yaml': 'x: ""',
      'texts.ar.yaml': 'x: ""',
      ...files,
    });
    return mailOf(pack, { ...sent, customer: { ...sent.customer, language } })
      .text.trim()
      .replaceAll('\u00a0', ' ');
  };

  it.each([
    ['{{ total | money }}', 'de', '1.234,50 €'],
    ['{{ total | money }}', 'de-AT', '€ 1.234,50'],
    ['{{ total | money }}', 'en', '€1,234.50'],
    ['{{ "1234.5" | money: "CAD" }}', 'en-CA', '$1,234.50'],
    ['{{ "1234.5" | money: "CAD" }}', 'de', '1.234,50 CA$'],
    ['{{ "9007199254740993.07" | money: "EUR" }}', 'de', '9.007.199.254.740.993,07 €'],
    ['{{ "0.105" | money: "EUR" }}', 'en', '€0.105'],
    ['{{ "-5" | money: "EUR" }}', 'de', '-5,00 €'],
    ['{{ "1500" | money: "JPY" }}', 'en', '¥1,500'],
    ['{{ "2.00000" | number }} {{ "1234567.25" | number }}', 'de', '2 1.234.567,25'],
    ['{{ "12.5" | percent }}', 'de', '12,5 %'],
    ['{{ "12.5" | percent }}', 'en', '12.5%'],
  ])('are written exactly, as the language does: %s in %s', (template, language, text) => {
    expect(told(template, language)).toBe(text);
  });

  it('are in the currency of the store where none is said', () => {
    expect(told('{{ "5" | money }}', 'en', { 'store.yaml': 'currency: CAD' })).toBe('CA$5.00');
  });
});

describe('dates and times', () => {
  const at = (template: string, store: string, language = 'en') => {
    const pack = packOf({
      'parcel-sent.subject.liquid': '{{ "x" | t }}',
      'parcel-sent.text.liquid': `{{ "x" | t }}${template}`,
      'texts.yaml': 'x: ">"',
      'texts.de.yaml': 'x: ">"',
      'store.yaml': 'timeZone: America/Halifax',
      'stores/20/store.yaml': 'timeZone: Europe/Berlin',
    });
    return mailOf(pack, { ...sent, customer: { ...sent.customer, language } }, { store })
      .text.trim()
      .slice(1)
      .replaceAll('\u00a0', ' ');
  };

  it.each([
    ['{{ sent | date }}', '10', 'en', 'March 16, 2026'],
    ['{{ sent | date }}', '20', 'en', 'March 17, 2026'],
    ['{{ sent | date }}', '20', 'de', '17. März 2026'],
    ['{{ sent | date: "date-time" }}', '10', 'en', 'March 16, 2026 at 8:30 PM'],
    ['{{ sent | date: "time" }}', '20', 'de', '00:30'],
    ['{{ sent | date: "short" }}', '20', 'de', '17.03.26'],
    ['{{ sent | date: "full" }}', '10', 'en', 'Monday, March 16, 2026'],
    ['{{ "2026-03-16" | date }}', '10', 'en', 'March 16, 2026'],
    ['{{ "2026-03-16T23:30:00.000000" | date: "medium" }}', '20', 'en', 'Mar 17, 2026'],
    ['{{ "2026-03-16T23:30:00-04:00" | date: "medium" }}', '10', 'en', 'Mar 17, 2026'],
    ['{{ message.time | date: "time" }}', '20', 'de', '09:00'],
  ])('are those of the place of the store: %s in store %s', (template, store, language, text) => {
    expect(at(template, store, language)).toBe(text);
  });
});
