import { describe, expect, it } from 'vitest';
import type { CartItem } from '../src/index.ts';
import { buyerNamed, cartOf, firstLine, item, notesOf, received, returned, usd } from './carts.ts';

describe('a line that its buyer does not take', () => {
  it.each<[string, Partial<CartItem>, string]>([
    ['has no quantity', { quantity: '-1' }, 'quantity is no number above zero'],
    ['has no part number', { partId: '' }, 'SupplierPartID is missing'],
    ['has a part number that is too long', { partId: 'x'.repeat(101) }, 'SupplierPartID has 101 characters; at most 100 are taken'],
    ['has half a character in its id', { auxiliaryId: 'Q\uD800' }, 'SupplierPartAuxiliaryID holds a character that XML does not have'],
    ['has no unit', { unit: ' ' }, 'UnitOfMeasure is missing'],
    ['has a price with a comma', { price: usd('1,5') }, 'UnitPrice is no decimal number'],
    [
      'has a price in another currency',
      { price: { amount: '1', currency: 'EUR' } },
      'currency is "EUR", and that of the cart is USD: a document has one',
    ],
    ['has tax in another currency', { tax: { amount: { amount: '1', currency: 'EUR' } } }, 'Tax is in "EUR", and the cart in USD'],
    ['has a tax of five places', { tax: { amount: usd('0.00001') } }, 'Tax has more than 4 places behind the point'],
    [
      'has a price for none',
      { priceBasis: { quantity: '0', unit: 'EA', conversion: '1' } },
      'PriceBasisQuantity has a quantity or a conversion',
    ],
    ['has no class', { classifications: [] }, 'Classification is missing'],
    ['has no text', { description: '\n' }, 'Description is missing'],
  ])('keeps the cart from leaving, with its number: it %s', (_what, own, expected) => {
    const written = returned(cartOf(item(), item(own)));
    expect(written.outcome).toBe('refused');
    expect(notesOf(written)).toEqual([expect.stringContaining(`2 ${expected}`)]);
  });
});

describe('the texts of a line', () => {
  const long = 'Kugellager für Öfen '.repeat(30);

  it('are cut behind a word where they are too long, with a warning', async () => {
    const written = returned(cartOf(item({ description: long })), await buyerNamed('fern'));
    const { description = '' } = firstLine(written);
    expect([description.length, description.endsWith('Öfen') || description.endsWith('für') || description.endsWith('Kugellager')]).toEqual(
      [expect.any(Number), true],
    );
    expect(description.length).toBeGreaterThan(230);
    expect(description.length).toBeLessThanOrEqual(255);
    expect(notesOf(written)).toEqual(['1 Description had 600 characters and was cut; 255 are taken']);
  });

  it('are cut behind a character that people see as one, where there are no words', async () => {
    const family = '👨‍👩‍👧‍👦';
    const buyer = await buyerNamed('meadow', { limits: { description: 20 } });
    expect(firstLine(returned(cartOf(item({ description: family.repeat(10) })), buyer)).description).toBe(family.repeat(2));
  });

  it('are measured in bytes where the buyer does so', async () => {
    const ridge = await buyerNamed('ridge', { limits: { description: 20, partId: 10 } });
    const { description = '' } = firstLine(returned(cartOf(item({ description: 'ÖÖÖÖÖ ÖÖÖÖÖÖÖÖÖÖ' })), ridge));
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(20);
    expect(notesOf(returned(cartOf(item({ partId: 'ÖÖÖÖÖÖ' })), ridge))).toEqual(['1 SupplierPartID has 12 bytes; at most 10 are taken']);
  });

  it('have plain signs for a buyer that takes no others', async () => {
    const quarry = await buyerNamed('quarry');
    expect(firstLine(returned(cartOf(item({ description: 'A™ B® C©' })), quarry)).description).toBe('A(TM) B(R) C(C)');
  });
});

describe('ids, units and classes', () => {
  it('keep the cart from leaving where the buyer takes a character in no id', async () => {
    const written = returned(cartOf(item({ auxiliaryId: '{"s":7}' })), await buyerNamed('ridge'));
    expect(notesOf(written)).toEqual(['1 SupplierPartAuxiliaryID holds { }, which this buyer takes in no id']);
    const off = await buyerNamed('ridge', { quirks: { 'ariba-ids': false } });
    expect(firstLine(returned(cartOf(item({ auxiliaryId: '{"s":7}' })), off)).auxiliaryId).toBe('{"s":7}');
  });

  it('are those of the buyer', async () => {
    const buyer = await buyerNamed('meadow', { units: { EA: 'PCE' }, categories: { '31171504': '27250100', '*': '99999999' } });
    const { cart } = received(returned(cartOf(item(), item({ classifications: [] })), buyer));
    expect(cart.lines.map(({ unit, classifications }) => [unit, classifications])).toEqual([
      ['PCE', [{ domain: 'UNSPSC', code: '27250100' }]],
      ['PCE', [{ domain: 'UNSPSC', code: '99999999' }]],
    ]);
  });

  it('keep the cart from leaving where the unit is not mapped, or pass where the buyer says so', async () => {
    const strict = await buyerNamed('meadow', { units: { EA: 'PCE' } });
    expect(notesOf(returned(cartOf(item({ unit: 'toString' })), strict))).toEqual([
      '1 UnitOfMeasure "toString" is not in the map of units of meadow',
    ]);
    const lenient = await buyerNamed('meadow', { units: { EA: 'PCE' }, unmappedUnits: 'pass' });
    expect(firstLine(returned(cartOf(item({ unit: 'BX' })), lenient)).unit).toBe('BX');
  });

  it('have eight digits where they are UNSPSC', async () => {
    const classifications = [{ domain: 'unspsc', code: '31.17.15-04' }];
    expect(firstLine(returned(cartOf(item({ classifications })))).classifications).toEqual([{ domain: 'unspsc', code: '31171504' }]);
    const short = returned(cartOf(item({ classifications: [{ domain: 'UNSPSC', code: '311715' }] })));
    expect([short.outcome, notesOf(short)]).toEqual([
      'written',
      ['1 Classification is a class of UNSPSC without eight digits, and is written as it is'],
    ]);
    expect(returned(cartOf(item({ classifications: [{ domain: 'UNSPSC', code: '311715' }] })), await buyerNamed('quarry')).outcome).toBe(
      'refused',
    );
  });
});
