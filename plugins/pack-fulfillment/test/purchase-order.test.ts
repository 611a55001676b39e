import type { OrderCreated } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const type = { name: 'Report_NC_PurchaseOrder', version: '1.0' };
const sample = sampleOf('Report_NC_PurchaseOrder');
const home = { lines: ['77 Signal Hill Road', 'Apt 3'], city: 'Port Merrin', state: 'NS', postalCode: 'B3X 2T5', country: 'CA' };

/** The order of the sample, as the store tells of it. */
const order: OrderCreated = {
  orderId: '12007',
  storeId: '10151',
  merchantOrderNumber: 'HP-2024-1180',
  placed: '2024-03-11T14:15:02Z',
  totals: {
    currency: 'CAD',
    net: '184.50000',
    taxes: [{ amount: { amount: '23.99000' } }],
    shipping: '12.00000',
    shippingTax: '1.56000',
  },
  status: 'C',
  billTo: {
    address: home,
    name: { lastName: 'Okonkwo', firstName: 'Tobe', alternateName: 'tokonkwo-home' },
    contact: { phone1: '555-0118', phone2: '555-0119', email1: 'tobe@portmerrin.example' },
  },
  merchant: {
    organizationName: 'Harbour and Pine',
    address: { lines: ['1 Harbour Plaza'], city: 'Larkhaven', state: 'ON', postalCode: 'L4K 1A1', country: 'CA' },
  },
  requisitioner: {
    ids: [
      { id: '8004', kind: 'internal' },
      { id: 'tokonkwo', kind: 'logon' },
    ],
  },
  paymentCard: {
    amount: { amount: '222.05', currency: 'CAD' },
    type: 'Example Card',
    number: '************0000',
    expires: 'Jan 1, 2027 12:00:00 AM',
  },
  fields: ['17'],
  userData: { salesChannel: 'web' },
  items: [
    {
      orderItemId: '45012',
      partNumber: 'HP-LAMP-02',
      unitPrice: { amount: '61.50000' },
      quantity: '3.0',
      description: 'Brass cabin lamp',
      shipTo: {
        name: { lastName: 'Okonkwo', firstName: 'Tobe' },
        address: { ...home, lines: ['77 Signal Hill Road'] },
        contact: { phone1: '555-0118' },
        comment: 'Ring twice',
      },
      carrier: { carrier: 'Northline', method: 'Ground' },
      status: 'C',
      placed: '2024-03-11T14:12:10.250Z',
      updated: '2024-03-11T16:15:02+02:00',
      fields: ['3'],
    },
  ],
};

const compose = (data: unknown): string => textOf(pack.compose(type, data, context));
/** Without the blanks between elements, and with empty elements in one form. */
const squeezed = (text: string) =>
  text
    .replace(/>\s+</g, '><')
    .replace(/<(Verb|Noun)([^>]*)><\/\1>/g, '<$1$2/>')
    .replace(/<(Verb|Noun)([^>]*)> <\/\1>/g, '<$1$2/>');

describe('Report_NC_PurchaseOrder 1.0', () => {
  it('is composed as the sample has it: in schema order, in UTC, in the currency of the order', () => {
    expect(squeezed(compose(order))).toBe(squeezed(sample));
  });

  it('says what the wire needs to know', () => {
    expect(pack.compose(type, order, context)).toMatchObject({
      type: 'Report_NC_PurchaseOrder',
      contentType: 'application/xml; charset=utf-8',
    });
  });

  it('can be read where a back end is played: the event, with what the message fills in', () => {
    expect(readBody(sample)).toEqual({
      type,
      read: {
        command: 'order.created',
        store: '10151',
        input: {
          ...order,
          placed: '2024-03-11T14:15:02',
          totals: { ...order.totals, taxes: [{ amount: { amount: '23.99000', currency: 'CAD' } }] },
          merchant: { ...order.merchant, ids: [{ id: '10151', kind: 'internal' }] },
          items: [
            {
              ...order.items[0],
              lineNumber: '0',
              unitPrice: { amount: '61.50000', currency: 'CAD' },
              placed: '2024-03-11T14:12:10',
              updated: '2024-03-11T14:15:02',
            },
          ],
        },
      },
    });
  });

  it('takes a second telephone that says nothing of its rank, or says that it is primary as well, for the secondary one', () => {
    const read = (text: string) => JSON.stringify(readBody(text).read.input);
    expect(sample).toContain('<Telephone type="secondary">');
    for (const rank of ['', ' type="primary"'])
      expect(read(sample.replaceAll('<Telephone type="secondary">', `<Telephone${rank}>`))).toBe(read(sample));
  });

  it('has the store among the ids of the merchant, whatever other ids it has', () => {
    const idsOf = (ids: readonly object[]) =>
      (readBody(compose({ ...order, merchant: { ...order.merchant, ids } })).read.input as OrderCreated).merchant?.ids;
    const store = { id: '10151', kind: 'internal' };
    expect(idsOf([{ id: '4006381', kind: 'GLN' }])).toEqual([store, { id: '4006381', kind: 'GLN' }]);
    expect(idsOf([{ id: '4006381' }])).toEqual([store, { id: '4006381' }]);
    expect(idsOf([{ id: '4006381', kind: 'GLN' }, store])).toEqual([{ id: '4006381', kind: 'GLN' }, store]);
  });

  it('has each amount in its own currency, where it names one', () => {
    const [item] = order.items;
    const { items } = readBody(compose({ ...order, items: [{ ...item, unitPrice: { amount: '45.00', currency: 'USD' } }] })).read
      .input as OrderCreated;
    expect(items[0]?.unitPrice).toEqual({ amount: '45.00', currency: 'USD' });
  });

  it('has every other amount in the currency of the order: on the card, in budgets, in charges', () => {
    const amount = { amount: '5.00' };
    const accounting = [
      { amount, budgetCode: 'B-1', calculationCode: '1' },
      { budgetCode: 'B-2', calculationCode: '1' },
    ];
    const allowances = [{ code: 'FREIGHT', amount, calculationCode: '1' }];
    const [item] = order.items;
    const { paymentCard, ...read } = readBody(
      compose({ ...order, paymentCard: { ...order.paymentCard, amount }, accounting, items: [{ ...item, accounting, allowances }] }),
    ).read.input as OrderCreated;
    const known = { amount: '5.00', currency: 'CAD' };
    const split = [{ ...accounting[0], amount: known }, accounting[1]];
    expect(paymentCard?.amount).toEqual(known);
    expect(read.accounting).toEqual(split);
    expect(read.items[0]).toMatchObject({ accounting: split, allowances: [{ amount: known }] });
  });

  it('names a person by the parts of the name rather than by the whole', () => {
    const name = { fullName: 'T. Okonkwo', lastName: 'Okonkwo', firstName: 'Tobe' };
    const { billTo } = readBody(compose({ ...order, billTo: { ...order.billTo, name } })).read.input as OrderCreated;
    expect(billTo?.name).toEqual({ lastName: 'Okonkwo', firstName: 'Tobe' });
  });

  it('escapes what stock output lets through', () => {
    const written = compose({ ...order, instruction: 'Lamps & <ropes>', userData: { 'a"b': ']]>' } });
    expect(written).toContain('<Instruction>Lamps &amp; &lt;ropes&gt;</Instruction>');
    expect(readBody(written).read.input).toMatchObject({ instruction: 'Lamps & <ropes>', userData: { 'a"b': ']]>' } });
  });

  it('writes the contact that a billing address must have, even when it is empty', () => {
    const written = compose({ ...order, billTo: { ...order.billTo, contact: {} } });
    expect(written).toMatch(/<BillToInfo>.*<ContactInfo\/>\s*<\/BillToInfo>/s);
  });

  it('writes mandatory parts of an address that are empty', () => {
    const written = compose({ ...order, shipTo: { name: { fullName: 'Tobe Okonkwo' }, address: { ...home, state: '' } } });
    expect(written).toMatch(/<FullName>Tobe Okonkwo<\/FullName>.*<State\/>/s);
  });

  it('leaves out an address that has no name, and user data without a field', () => {
    const written = compose({ ...order, billTo: { ...order.billTo, name: { title: 'Mr' } }, userData: {} });
    expect(written).not.toContain('BillToInfo');
    expect(written).not.toContain('UserData');
  });

  it('closes the times of an item that was never updated', () => {
    const [item] = order.items;
    const written = compose({ ...order, items: [{ ...item, updated: undefined }] });
    expect(written).toMatch(/<PlacedTime>141210<\/PlacedTime>\s*<\/DateTimeReference>/);
  });

  it('leaves ids behind that the message has no kind for', () => {
    const written = compose({ ...order, requisitioner: { ids: [{ id: '1', kind: 'loyalty' }, { id: '2' }] } });
    expect(written).toMatch(/<RequisitionerInfo>\s*<RequisitionerID type="NCInternal">2<\/RequisitionerID>\s*<\/RequisitionerInfo>/);
  });

  it.each([
    [
      'no items',
      { ...order, items: [] },
      'WB_XML_MISSING_ELEMENT',
      'Report_NC_PurchaseOrder/DataArea/ReportPO/ReportPOItem[1] (input.items)',
    ],
    [
      'an amount that is a number',
      { ...order, totals: { ...order.totals, net: 184.5 } },
      'WB_XML_BAD_VALUE',
      'Report_NC_PurchaseOrder/DataArea/ReportPO/ReportPOHeader/TotalPriceInfo/TotalNetPrice (input.totals.net)',
    ],
    [
      'a number of the merchant that is too long',
      { ...order, merchantOrderNumber: 'x'.repeat(31) },
      'WB_XML_BAD_VALUE',
      'Report_NC_PurchaseOrder/DataArea/ReportPO/ReportPOHeader/OrderNumberByMerchant (input.merchantOrderNumber)',
    ],
    ['a field that nobody knows', { ...order, colour: 'red' }, 'WB_XML_BAD_VALUE', 'Report_NC_PurchaseOrder/DataArea (input.colour)'],
  ])('is refused with %s', (_title, data, code, at) => {
    expect(() => compose(data)).toThrow(expect.objectContaining({ code, at }));
  });

  it.each([undefined, null, 7, 'order', {}, { totals: {} }])('is refused when the data is no order: %j', (data) => {
    expect(() => compose(data)).toThrow(expect.objectContaining({ name: 'MessageError' }));
  });

  it('refuses a time of an update without its date', () => {
    const body = sample.replace('<LastUpdateDate>20240311</LastUpdateDate>', '');
    expect(faultOf(body)).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: 'Report_NC_PurchaseOrder/DataArea/ReportPO/ReportPOItem[1]/DateTimeReference/LastUpdateTime, 101:9',
    });
  });
});
