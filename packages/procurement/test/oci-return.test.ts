import { assert, bigInt, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CartItem, compare, divide, multiply, writeCart } from '../src/index.ts';
import { buyerNamed, cartOf, contextOf, fieldsOf, item, notesOf, ociCart, ociSession, usd } from './carts.ts';
import { partnersSpec } from './partners-of-tests.ts';

const mill = await buyerNamed('mill');
const written = (...lines: readonly CartItem[]) => ociCart(mill, cartOf(...lines));

describe('a cart that goes back by OCI', () => {
  it('has what stood in the query of the return address, the control fields, then its lines from 1', () => {
    const cart = ociCart(mill, cartOf(item({ leadTime: '3' }), item({ auxiliaryId: 'Q-2', description: 'Gloves' })));
    expect(cart).toMatchObject({
      outcome: 'written',
      document: undefined,
      warnings: [],
      form: { action: 'https://srm.mill.example/back', target: '_top', charset: 'UTF-8' },
    });
    expect(Object.entries(fieldsOf(cart))).toEqual([
      ['c', '1'],
      ['~OkCode', 'ADDI'],
      ['~TARGET', '_top'],
      ['~CALLER', 'CTLG'],
      ['NEW_ITEM-QUANTITY[1]', '1'],
      ['NEW_ITEM-UNIT[1]', 'EA'],
      ['NEW_ITEM-PRICE[1]', '1.00'],
      ['NEW_ITEM-CURRENCY[1]', 'USD'],
      ['NEW_ITEM-PRICEUNIT[1]', '1'],
      ['NEW_ITEM-DESCRIPTION[1]', 'Bearing 6204'],
      ['NEW_ITEM-LEADTIME[1]', '3'],
      ['NEW_ITEM-VENDORMAT[1]', 'BRG-6204'],
      ['NEW_ITEM-MATGROUP[1]', '31171504'],
      ['NEW_ITEM-EXT_PRODUCT_ID[1]', 'Q-1'],
      ['NEW_ITEM-EXT_SCHEMA_TYPE[1]', 'UNSPSC'],
      ['NEW_ITEM-EXT_CATEGORY_ID[1]', '31171504'],
      ['NEW_ITEM-QUANTITY[2]', '1'],
      ['NEW_ITEM-UNIT[2]', 'EA'],
      ['NEW_ITEM-PRICE[2]', '1.00'],
      ['NEW_ITEM-CURRENCY[2]', 'USD'],
      ['NEW_ITEM-PRICEUNIT[2]', '1'],
      ['NEW_ITEM-DESCRIPTION[2]', 'Gloves'],
      ['NEW_ITEM-VENDORMAT[2]', 'BRG-6204'],
      ['NEW_ITEM-MATGROUP[2]', '31171504'],
      ['NEW_ITEM-EXT_PRODUCT_ID[2]', 'Q-2'],
      ['NEW_ITEM-EXT_SCHEMA_TYPE[2]', 'UNSPSC'],
      ['NEW_ITEM-EXT_CATEGORY_ID[2]', '31171504'],
    ]);
  });

  it('has a short text of 40 characters and the whole one under a name that holds the number of its line', () => {
    const text = 'Deep groove ball bearing 6204, 20 x 47 x 14 mm, rubber seals on both sides';
    const fields = fieldsOf(written(item(), item({ shortName: 'Bearing', description: text }), item({ description: `\n ${text}\nC3` })));
    expect(fields).toMatchObject({
      'NEW_ITEM-DESCRIPTION[2]': 'Bearing',
      'NEW_ITEM-LONGTEXT_2:132[]': text,
      'NEW_ITEM-DESCRIPTION[3]': 'Deep groove ball bearing 6204, 20 x 47 x',
      'NEW_ITEM-LONGTEXT_3:132[]': `\n ${text}\nC3`,
    });
    expect(Object.keys(fields).filter((name) => name.includes('LONGTEXT'))).toEqual([
      'NEW_ITEM-LONGTEXT_2:132[]',
      'NEW_ITEM-LONGTEXT_3:132[]',
    ]);
  });

  it.each([
    ['1234.5', undefined, '1234.5', '1'],
    ['+04.25', undefined, '4.25', '1'],
    ['4.50', undefined, '4.50', '1'],
    ['4.5000', undefined, '4.5', '1'],
    ['0.0000001', undefined, '0.001', '10000'],
    ['0.1234', undefined, '1.234', '10'],
    ['4.9', { quantity: '1000', unit: 'EA', conversion: '1' }, '4.9', '1000'],
    ['0.0049', { quantity: '250', unit: 'EA', conversion: '1' }, '0.049', '2500'],
    ['4.9', { quantity: '1', unit: 'BX', conversion: '0.01' }, '0.049', '1'],
    ['0.0049', { quantity: '2.5', unit: 'EA', conversion: '1' }, '0.196', '100'],
  ])('writes a price of %s for %j as %s for %s', (amount, priceBasis, price, unit) => {
    const fields = fieldsOf(written(item({ price: usd(amount), ...(priceBasis && { priceBasis }) })));
    expect([fields['NEW_ITEM-PRICE[1]'], fields['NEW_ITEM-PRICEUNIT[1]']]).toEqual([price, unit]);
  });

  it('never changes a price: it is told exactly, or refused', () => {
    const made = record({
      digits: bigInt({ min: 0n, max: 10n ** 12n }),
      places: integer({ min: 0, max: 9 }),
      per: integer({ min: 1, max: 120_000 }),
    });
    assert(
      property(made, ({ digits, places, per }) => {
        const amount = divide(`${digits}`, `1${'0'.repeat(places)}`, places);
        const result = written(item({ price: usd(amount), priceBasis: { quantity: `${per}`, unit: 'EA', conversion: '1' } }));
        const { 'NEW_ITEM-PRICE[1]': price = '', 'NEW_ITEM-PRICEUNIT[1]': unit = '' } = fieldsOf(result);
        const isExact = () =>
          compare(multiply(price, `${per}`), multiply(amount, unit)) === 0 &&
          /^[0-9]{1,11}(\.[0-9]{1,3})?$/.test(price) &&
          /^[1-9][0-9]{0,4}$/.test(unit);
        expect(result.outcome === 'refused' || isExact()).toBe(true);
      }),
    );
  });

  it.each([
    ['a quantity of twelve digits', { quantity: '123456789012' }, '2 QUANTITY has more than 11 digits before the point'],
    ['a quantity of four places', { quantity: '0.0001' }, '2 QUANTITY has more than 3 digits behind the point'],
    ['no quantity', { quantity: '0' }, '2 QUANTITY is no number above zero'],
    ['a quantity with a comma', { quantity: '4,25' }, '2 QUANTITY is no number above zero'],
    ['a price that cannot be exact', { price: usd('0.000000001') }, '2 PRICE cannot be told exactly'],
    [
      'a price of a third',
      { price: usd('1'), priceBasis: { quantity: '3', unit: 'BX', conversion: '1' } },
      '2 PRICE cannot be told exactly',
    ],
    ['a price in another currency', { price: { amount: '1', currency: 'EUR' } }, '2 CURRENCY is "EUR", and that of the cart is USD'],
    ['a unit of four characters', { unit: 'PCES' }, '2 UNIT has 4 characters; at most 3 are taken'],
    ['a key of 41 characters', { auxiliaryId: 'x'.repeat(41) }, '2 EXT_PRODUCT_ID has 41 characters; at most 40 are taken'],
    [
      'a contract of 11 characters',
      { extrinsics: [{ name: 'CONTRACT', value: '12345678901' }] },
      '2 CONTRACT has 11 characters; at most 10 are taken',
    ],
    ['no text', { description: ' ' }, '2 DESCRIPTION is missing'],
  ])('is refused with number and field for %s', (_what, own, expected) => {
    const result = written(item(), item(own));
    expect(result.outcome).toBe('refused');
    expect(notesOf(result)).toEqual([expect.stringContaining(expected)]);
  });

  it('is refused with all that is wrong with all of its lines', () => {
    expect(notesOf(written(item({ quantity: 'x' }), item(), item({ unit: '', quantity: '-1' })))).toEqual([
      '1 QUANTITY is no number above zero',
      '3 QUANTITY is no number above zero',
      '3 UNIT is missing',
    ]);
  });

  it('has the units that the buyer calls them, and is refused for one that has none', async () => {
    const mapped = await buyerNamed('mill', { units: { EA: 'PCE', KGM: 'KGM' } });
    expect(fieldsOf(ociCart(mapped, cartOf(item(), item({ unit: 'KGM' }))))).toMatchObject({
      'NEW_ITEM-UNIT[1]': 'PCE',
      'NEW_ITEM-UNIT[2]': 'KGM',
    });
    expect(notesOf(ociCart(mapped, cartOf(item(), item({ unit: 'ea' }))))).toEqual(['2 UNIT "ea" is not in the map of units of mill']);
    const lenient = await buyerNamed('mill', { units: { EA: 'PCE' }, unmappedUnits: 'pass' });
    expect(fieldsOf(ociCart(lenient, cartOf(item({ unit: 'BX' }))))).toMatchObject({ 'NEW_ITEM-UNIT[1]': 'BX' });
  });

  it('tells extrinsics in the fields that the buyer has for them, and constants in every line', async () => {
    const logon = { ...partnersSpec.buyers.mill.logon, fields: { Project: 'CUST_FIELD4' }, constants: { VENDOR: '0000012345' } };
    const buyer = await buyerNamed('mill', { logon });
    const extrinsics = [
      { name: 'Project', value: 'LK\n9' },
      { name: 'cust_field1', value: 'CC-4410' },
      { name: 'Color', value: 'steel' },
    ];
    const result = ociCart(buyer, cartOf(item({ extrinsics })));
    expect(fieldsOf(result)).toMatchObject({
      'NEW_ITEM-VENDOR[1]': '0000012345',
      'NEW_ITEM-CUST_FIELD4[1]': 'LK 9',
      'NEW_ITEM-CUST_FIELD1[1]': 'CC-4410',
    });
    expect(notesOf(result)).toEqual(['1 Extrinsic Color is not told: no field of OCI is named for it']);
  });

  it('has a question mark for what its encoding lacks, and says in which line', () => {
    const latin = writeCart(
      { verb: 'return', cart: cartOf(item(), item({ description: 'Öl ≤ 5 € 漢😀' })) },
      contextOf(mill, { protocol: 'oci', call: { ...sessionCall(), charset: 'ISO-8859-1' } }),
    );
    expect(fieldsOf(latin)['NEW_ITEM-DESCRIPTION[2]']).toBe('Öl ? 5 € ??');
    expect(notesOf(latin)).toEqual(['2 DESCRIPTION held characters that ISO-8859-1 does not have; a question mark stands in their place']);
  });

  it('says that shipping and tax are not told, and refuses a pending quote', () => {
    const charge = { amount: usd('2.50') };
    expect(notesOf(ociCart(mill, { ...cartOf(item()), shipping: charge }))).toEqual([
      '- shipping and tax are not told: OCI has no fields for them',
    ]);
    expect(ociCart(mill, { ...cartOf(item()), quote: 'pending' }).outcome).toBe('refused');
  });

  it('of 1,000 lines is written', () => {
    const cart = cartOf(...Array.from({ length: 1_000 }, (_, n) => item({ auxiliaryId: `Q-${n}` })));
    expect(fieldsOf(ociCart(mill, cart))['NEW_ITEM-EXT_PRODUCT_ID[1000]']).toBe('Q-999');
  });
});

const sessionCall = () => {
  const session = ociSession(mill);
  if (session.protocol !== 'oci') throw new Error('The session of the test is none of OCI.');
  return session.call;
};

describe('a session of OCI that ends without lines', () => {
  it.each(['leave', 'empty'] as const)('has a form without lines: %s', (verb) => {
    const result = writeCart({ verb, currency: 'USD' }, contextOf(mill, ociSession(mill)));
    expect(fieldsOf(result)).toEqual({ c: '1', '~OkCode': 'ADDI', '~TARGET': '_top', '~CALLER': 'CTLG' });
  });
});

describe('a buyer of OCI', () => {
  it('reads prices of one unit where its settings say so', async () => {
    const buyer = await buyerNamed('mill', { priceBasis: 'unit-price' });
    const line = (amount: string) => item({ price: usd(amount), priceBasis: { quantity: '1000', unit: 'EA', conversion: '1' } });
    expect(fieldsOf(ociCart(buyer, cartOf(line('4000'))))).toMatchObject({ 'NEW_ITEM-PRICE[1]': '4', 'NEW_ITEM-PRICEUNIT[1]': '1' });
    expect(ociCart(buyer, cartOf(line('4.9'))).outcome).toBe('refused');
  });
});
