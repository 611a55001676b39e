import type { OrderCreated } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { exactSum } from '../src/messages/order-create/sum.ts';
import { bytesOf, contextWith, faultOf, fixture, readBody, refusal } from './support/messages.ts';

const text = (file: string): string => fixture(file).toString('utf8');
const ref = (name: string, version = '01') => ({ name, version });

const address = { lines: ['77 Signal Hill Road'], city: 'Port Merrin', state: 'NS', postalCode: 'B3X 2T5', country: 'CA' };
const order: OrderCreated = {
  orderId: '12007',
  storeId: '10151',
  placed: '2026-03-14T16:20:05.250Z',
  totals: {
    currency: 'CAD',
    net: '184.50',
    shipping: '12.00',
    shippingTax: '1.56',
    taxes: [{ amount: { amount: '23.90' } }, { amount: { amount: '0.095', currency: 'CAD' } }],
  },
  shipTo: { name: { fullName: 'Tobe Okonkwo' }, address },
  requisitioner: { ids: [{ id: '7', kind: 'logon' }, { id: '9' }], name: { firstName: 'Tobe' } },
  items: [
    { partNumber: 'HP-LAMP-02', unitPrice: { amount: '61.50' }, quantity: '3', placed: '2026-03-14T16:20:05Z', lineNumber: '7' },
    {
      partNumber: 'ROPE',
      unitPrice: { amount: '1', currency: 'EUR' },
      quantity: '1',
      placed: '2026-03-14T16:20:05Z',
      shipTo: { name: {}, address: { ...address, city: 'Gull Bay' } },
    },
  ],
};
const writtenOrder = (data: object) => readBody(bytesOf(pack.compose(ref('OrderCreate'), data, contextWith()))).read.input as OrderCreated;
const refusedOrder = (data: object) => refusal(() => pack.compose(ref('OrderCreate'), data, contextWith()));

describe('an order that is sent', () => {
  const sent = writtenOrder(order);

  it('has day and time of day in two fields, in UTC and in whole seconds', () => {
    expect(sent.placed).toBe('2026-03-14T16:20:05');
    expect(writtenOrder({ ...order, placed: '2026-03-14T23:30:00-05:00' }).placed).toBe('2026-03-15T04:30:00');
  });

  it('has one amount for all taxes', () => {
    expect(sent.totals.taxes).toEqual([{ amount: { amount: '23.995' } }]);
    const taxes = [{ amount: { amount: '1', currency: 'EUR' } }];
    expect(refusedOrder({ ...order, totals: { ...order.totals, taxes } }).at).toBe('totals.taxes[0].amount.currency');
  });

  it('counts its items from 1 on the wire, and from 0 in the event', () => {
    const body = bytesOf(pack.compose(ref('OrderCreate'), order, contextWith())).toString();
    expect([...body.matchAll(/<ITM010>01(.{3})/g)].map(([, number]) => number)).toEqual(['1  ', '2  ']);
    expect(sent.items.map(({ lineNumber }) => lineNumber)).toEqual(['0', '1']);
  });

  it('is refused with its thousandth item', () => {
    const [item] = order.items;
    const items = (count: number) => Array.from({ length: count }, () => item);
    expect(writtenOrder({ ...order, items: items(999) }).items).toHaveLength(999);
    expect(refusedOrder({ ...order, items: items(1000) }).code).toBe('WB_RECORD_WRONG_COUNT');
  });

  it('has the recipient of the order where an item has none, a whole name as family name, and prices in the currency of the order', () => {
    expect(sent.items.map(({ shipTo, unitPrice }) => [shipTo?.name, shipTo?.address.city, unitPrice.currency])).toEqual([
      [{ lastName: 'Tobe Okonkwo' }, 'Port Merrin', 'CAD'],
      [{}, 'Gull Bay', 'EUR'],
    ]);
  });

  it('tells who ordered by both ids', () => {
    expect(sent.requisitioner).toEqual({
      ids: [
        { id: '9', kind: 'internal' },
        { id: '7', kind: 'logon' },
      ],
      name: { firstName: 'Tobe' },
    });
  });

  it.each<[string, object, string]>([
    ['an id that is no number', { orderId: 'A-17' }, 'orderId'],
    ['an id that would lose its zeros', { storeId: '007' }, 'storeId'],
    ['an id of eleven digits', { orderId: '12345678901' }, 'NC_OrderRefNumber (orderId)'],
    [
      'more lines of an address than there are fields',
      { shipTo: { name: {}, address: { ...address, lines: ['1', '2', '3', '4'] } } },
      'items[0].shipTo.address.lines',
    ],
    ['more fields than there are', { fields: ['1', '2', '3', '4'] }, 'fields'],
    ['a text where the field is a number', { fields: ['gold'] }, 'fields'],
  ])('is refused with %s', (_what, change, at) => {
    expect(refusedOrder({ ...order, ...change }).at).toContain(at);
  });

  it('is refused where the shape of the event is another', () => {
    for (const data of [{}, { ...order, items: 7 }, { ...order, totals: undefined }])
      expect(refusedOrder(data).code).toMatch(/^WB_(LEGACY_BAD_DATA|RECORD_)/);
  });
});

describe('a sum', () => {
  it.each<[string[], string]>([
    [['0.1', '0.2'], '0.3'],
    [['-1.05', '+1'], '-0.05'],
    [['1'], '1'],
    [['123456789012345.12345', '0.00001'], '123456789012345.12346'],
    [['-0.5', '0.5'], '0.0'],
  ])('of %j is exact', (amounts, sum) => {
    expect(exactSum(amounts)).toBe(sum);
  });
});

describe('the status of an order', () => {
  const body = text('order_status_update_v01.txt');

  it.each([
    ['order', '<ITM010>0170415     ', '<ITM010>0170416     ', 'ITMDAT[1]/ITM010/NC_OrderRefNumber, character'],
    [
      'number at the back end',
      '<ITM010>0170415     LD-2024-000731',
      '<ITM010>0170415     LD-2024-000732',
      'ITMDAT[1]/ITM010/NC_MerchantOrderNumber, character',
    ],
  ])('is refused where an item is of another %s', (_what, from, to, at) => {
    expect(faultOf(body.replace(from, to)).at).toContain(at);
  });

  it('is one where items leave both numbers to the order', () => {
    const blank = body.replaceAll('<ITM010>0170415     LD-2024-000731', `<ITM010>01${' '.repeat(24)}`);
    expect(blank).not.toBe(body);
    expect(readBody(blank).read.input).toEqual(readBody(body).read.input);
  });

  it('may be without items, and tell any of its amounts', () => {
    const bare = body.replace(/<ITMLST>.*<\/ITMLST>/, '').replace('254.30', '      ');
    const { read } = readBody(bare);
    expect(read.input).toMatchObject({ totals: { currency: 'EUR', tax: '48.32' } });
    expect(read.input).not.toHaveProperty('items');
  });

  it('never loses an item beside one that is a character short or long', () => {
    for (const item of [0, 1]) {
      const starts = [...body.matchAll(/<ITM010>/g)].map(({ index }) => index + 8);
      const at = (starts[item] as number) + 100;
      const short = faultOf(body.slice(0, at) + body.slice(at + 1));
      expect([short.code, short.at]).toEqual([
        'WB_RECORD_SEGMENT_END',
        expect.stringContaining(`ECEDOC/ITMLST/ITMDAT[${item + 1}]/ITM010, character`),
      ]);
      const end = (starts[item] as number) + 148;
      const { read } = readBody(`${body.slice(0, end)} ${body.slice(end)}`);
      expect([read.input, read.surplus]).toEqual([readBody(body).read.input, { [`ECEDOC/ITMLST/ITMDAT[${item + 1}]/ITM010`]: ' ' }]);
    }
  });

  it('takes what stands in a field as data, tags included', () => {
    const odd = '</ITM010>&<a>';
    const tagged = body.replace('LD-731-1     ', odd);
    const { type, read } = readBody(tagged);
    expect(read.input).toMatchObject({ items: [{ merchantItemNumber: odd }, { merchantItemNumber: 'LD-731-2' }] });
    expect(bytesOf(pack.compose(type, read, contextWith())).toString()).toBe(tagged);
  });

  it('has user data of any content, and each name once', () => {
    const twice = body.replace('TRACKNO 13', 'CARRIER 13');
    expect(faultOf(twice).at).toContain('ECEDOC/HEADER/USRLST/DATUSR[2]/NC_FieldName, character');
    const empty = body.replace('<DATUSR>CARRIER 14        Hopper Freight</DATUSR>', '<DATUSR>CARRIER 0         </DATUSR>');
    expect(readBody(empty).read.input).toMatchObject({ userData: { CARRIER: '' } });
  });

  it.each(['00000000014', 'x', '-1', '1.5', ''])('is refused where the length of user data is %j', (length) => {
    const error = faultOf(body.replace('14        Hopper', `${length.slice(0, 10).padEnd(10)}Hopper`));
    expect(error.kind).toBe('unreadable');
  });

  it('is not written in version 01 with what only version 02 has', () => {
    const { read } = readBody(text('order_status_update_v02.txt'));
    expect(refusal(() => pack.compose(ref('OrderStatusUpdate'), read, contextWith())).at).toContain('(items[0].');
  });

  it('has days, and no times of day', () => {
    const { read } = readBody(body);
    const input = { ...(read.input as object), placed: '2026-03-14T16:20:05' };
    expect(refusal(() => pack.compose(ref('OrderStatusUpdate'), { input }, contextWith())).at).toContain('NC_PlaceDate (placed)');
  });
});

describe('prices and quantities', () => {
  it('are about one product each', () => {
    const { read } = readBody(text('product_quantity_update.txt'));
    const { levels } = read.input as { readonly levels: readonly object[] };
    const error = refusal(() => pack.compose(ref('ProductQuantityUpdate'), { input: { levels: [...levels, ...levels] } }, contextWith()));
    expect([error.code, error.at]).toEqual(['WB_RECORD_WRONG_COUNT', 'ECEDOC/HEADER/HDR010[2]']);
  });

  it('tell the store of a quantity', () => {
    expect(readBody(text('product_quantity_update.txt')).read.store).toBe('10204');
  });

  it('need an offer or a product', () => {
    const body = text('product_price_update_v02.txt');
    const at = body.indexOf('<HDR010>') + 8 + 68;
    const nothing = body.slice(0, at) + ' '.repeat(64) + body.slice(at + 64);
    expect(faultOf(nothing).at).toMatch(/^ECEDOC\/HEADER\/HDR010\/NC_ProductRefNumber, character/);
  });

  it('may be without a price', () => {
    const body = text('product_price_update_v01.txt').replace('39.95', '     ');
    expect(readBody(body).read.input).toEqual({ offers: [expect.not.objectContaining({ price: expect.anything() as unknown })] });
  });
});
