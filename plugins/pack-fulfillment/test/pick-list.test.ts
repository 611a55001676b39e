import { CommandError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { chosen, context, contextWith, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const inquiry = { name: 'Inquire_WCS_PickPackListDetail', version: '1.0' };
const report = sampleOf('Report_WCS_PickPackListDetail');
const names = { storeName: 'Harbour and Pine', fulfillmentCenter: 'Larkhaven DC', pickBatchId: '71004' };

const pickList = {
  pickTicket: {
    ...names,
    expedited: false,
    items: [
      { sku: 'HP-LAMP-02', name: 'Cabin lamp', description: 'Brass cabin lamp', quantity: '2' },
      { sku: 'HP-KIT-01', name: 'Mooring kit', quantity: '1' },
    ],
  },
  packSlips: [
    {
      ...names,
      orderId: '12007',
      releaseNumber: '1',
      orderDate: '2024-03-11',
      shippingProvider: 'Northline Ground',
      customerId: '8004',
      shipTo: {
        addressId: '15022',
        firstName: 'Tobe',
        lastName: 'Okonkwo',
        line1: '77 Signal Hill Road',
        line2: 'Apt 3',
        city: 'Port Merrin',
        state: 'NS',
        postalCode: 'B3X 2T5',
        country: 'CA',
        instructions: 'Leave with concierge',
      },
      items: [
        {
          sku: 'HP-LAMP-02',
          orderItemId: '45012',
          name: 'Cabin lamp',
          description: 'Brass cabin lamp',
          quantity: '2',
          unitPrice: '61.50',
          totalPrice: '123.00',
          expedited: false,
          shippingCharge: '8.00',
          currency: 'CAD',
        },
        {
          sku: 'HP-KIT-01',
          orderItemId: '45013',
          name: 'Mooring kit',
          quantity: '1',
          unitPrice: '61.50',
          totalPrice: '61.50',
          expedited: false,
          shippingCharge: '4.00',
          currency: 'CAD',
          components: [
            { sku: 'HP-ROPE-10', componentId: '9101', name: 'Rope, 10 m', quantity: '2' },
            { sku: 'HP-CLEAT-4', componentId: '9102', name: 'Dock cleat', quantity: '4' },
          ],
        },
      ],
      charges: {
        product: '184.50',
        shipping: '12.00',
        baseShipping: '12.00',
        shippingAdjustment: '0.00',
        adjustment: '0.00',
        shippingTax: '1.56',
        salesTax: '23.99',
        total: '222.05',
      },
    },
  ],
};

const read = { command: 'pick-list.get', input: { pickBatchId: '71004' } };

describe('Inquire_WCS_PickPackListDetail 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(sampleOf('Inquire_WCS_PickPackListDetail'))).toEqual({ type: inquiry, read });
  });

  it('is refused without a batch', () => {
    const body = sampleOf('Inquire_WCS_PickPackListDetail').replace('<WCSPickBatchID>71004</WCSPickBatchID>', '<WCSPickBatchID/>');
    expect(faultOf(body)).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: 'Inquire_WCS_PickPackListDetail/DataArea/PickPackListDetail/WCSPickBatchID, 10:7',
      message: 'The text of WCSPickBatchID is empty.',
    });
  });

  it('is answered with the slips', () => {
    const reply = pack.reply?.(inquiry, { ok: true, output: pickList, read }, context);
    expect(reply?.type).toBe('Report_WCS_PickPackListDetail');
    expect(readBody(textOf(reply)).read).toEqual(readBody(report).read);
  });

  it('is answered with code and text of the error when the command fails', () => {
    const error = new CommandError('WB_STORE_NO_BATCH', 'There is no batch 71004 & none <like> it.');
    const reply = textOf(pack.reply?.(inquiry, { ok: false, error, read }, context));
    expect(reply).toContain('<Report_WCS_PickPackListDetail version="2.0">');
    expect(reply).toContain(
      '<ResponseStatus status="ERROR" code="WB_STORE_NO_BATCH">There is no batch 71004 &amp; none &lt;like&gt; it.</ResponseStatus>',
    );
    expect(readBody(reply).read.input).toEqual({
      status: 'ERROR',
      code: 'WB_STORE_NO_BATCH',
      message: 'There is no batch 71004 & none <like> it.',
    });
  });
});

describe('Report_WCS_PickPackListDetail 2.0', () => {
  it('reads the sample', () => {
    expect(readBody(report)).toEqual({
      type: { name: 'Report_WCS_PickPackListDetail', version: '2.0' },
      read: { command: 'pick-list.get', input: { status: 'OK', pickList } },
    });
  });

  it('holds kits inside kits', () => {
    const inner = { sku: 'HP-BOLT', name: 'Bolt', quantity: '8' };
    const [slip] = pickList.packSlips;
    const [, kit] = slip?.items ?? [];
    const nested = {
      ...pickList,
      packSlips: [{ ...slip, items: [{ ...kit, components: [{ ...inner, sku: 'HP-BOX', components: [inner] }] }] }],
    };
    const reply = textOf(pack.reply?.(inquiry, { ok: true, output: nested, read }, context));
    expect(readBody(reply).read.input).toMatchObject({
      pickList: { packSlips: [{ items: [{ components: [{ sku: 'HP-BOX', components: [inner] }] }] }] },
    });
  });

  it.each([
    ['no mandatory attribute', ' Ship_BaseCharge="8.00"', '', 'MISSING_ATTRIBUTE', 'Packslip[1]/Order_Items[1]@Ship_BaseCharge, 19:9'],
    ['no charges', /<Release_Charges.*?\/>/s, '', 'MISSING_ELEMENT', 'Packslip[1]/Release_Charges, 16:7'],
    ['a misspelt attribute', 'Address_1=', 'Adress_1=', 'UNKNOWN_ATTRIBUTE', 'Packslip[1]/Shipto@Adress_1, 18:9'],
    ['an unknown mark', 'Is_Expedited="N" Ship', 'Is_Expedited="maybe" Ship', 'BAD_VALUE', 'Packslip[1]/Order_Items[1]@Is_Expedited, 19:9'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(report.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Report_WCS_PickPackListDetail/DataArea/PickPackListReport/${at}`,
    });
  });

  it('has slips where the status is OK, and none where it is ERROR', () => {
    const at = 'Report_WCS_PickPackListDetail/DataArea';
    expect(faultOf(report.replace(/<PickPackListReport>.*<\/PickPackListReport>/s, ''))).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: `${at}, 8:3`,
    });
    expect(faultOf(report.replace('status="OK"', 'status="ERROR"'))).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: `${at}/PickPackListReport, 8:3`,
    });
  });

  it('is refused when the slips do not have their shape', () => {
    for (const output of [undefined, {}, { pickTicket: null, packSlips: [] }, 'slips'])
      expect(() => pack.reply?.(inquiry, { ok: true, output, read }, context)).toThrow(expect.objectContaining({ name: 'MessageError' }));
  });
});

describe('Report_WCS_PickPackListDetail 1.0', () => {
  const sample = sampleOf('Report_WCS_PickPackListDetail_10');
  const type = { name: 'Report_WCS_PickPackListDetail', version: '1.0' };
  const goods = { sku: 'HP-LAMP-02', name: 'Cabin lamp', quantity: '2' };

  it('reads the sample', () => {
    expect(readBody(sample)).toEqual({
      type,
      read: {
        command: 'pick-list.get',
        input: {
          status: 'OK',
          pickList: {
            pickTicket: { ...names, items: [goods] },
            packSlips: [
              {
                ...names,
                orderId: '12007',
                releaseNumber: '1',
                orderDate: '2024-03-11',
                shippingProvider: 'Northline Ground',
                customerId: '8004',
                shipTo: { addressId: '15022', lastName: 'Okonkwo', line1: '77 Signal Hill Road', city: 'Port Merrin', country: 'CA' },
                items: [{ ...goods, unitPrice: '61.50', totalPrice: '123.00', currency: 'CAD' }],
              },
            ],
          },
        },
      },
    });
  });

  it('knows nothing of what only version 2.0 has', () => {
    const put = (from: string, more: string) => faultOf(sample.replace(from, `${from} ${more}`));
    for (const [from, more] of [
      ['Pickbatch_Number="71004"', 'Is_Expedited="N"'],
      ['Country="CA"', 'shippingInstructions="Ring twice"'],
      ['Currency="CAD"', 'Order_Items_Id="45012"'],
    ] as const)
      expect(put(from, more)).toMatchObject({ code: 'WB_XML_UNKNOWN_ATTRIBUTE' });
    expect(faultOf(sample.replace('</Packslip>', '<Release_Charges/></Packslip>'))).toMatchObject({ code: 'WB_XML_UNEXPECTED_ELEMENT' });
  });

  const asked = sampleOf('Inquire_WCS_PickPackListDetail');
  const { read: asks } = readBody(asked);
  const inOldForm = contextWith(chosen({ pickListVersion: '1.0' }));

  it('answers where the entry says so, without what it has no place for', () => {
    const [first, second] = pickList.packSlips[0]?.items ?? [];
    const inner = { sku: 'HP-BOLT', name: 'Bolt', quantity: '8' };
    const kit = { ...second, components: [{ componentId: '9101', ...goods, components: [inner] }] };
    const output = { ...pickList, packSlips: [{ ...pickList.packSlips[0], items: [first, kit] }] };
    const reply = textOf(pack.reply?.(inquiry, { ok: true, output, read: asks }, inOldForm));
    const { input } = readBody(reply).read as { readonly input: { readonly pickList: { readonly packSlips: readonly object[] } } };
    expect(readBody(reply).type).toEqual(type);
    expect(input).toMatchObject({ status: 'OK', pickList: { pickTicket: { ...names, items: pickList.pickTicket.items } } });
    expect(input.pickList.packSlips[0]).not.toHaveProperty('charges');
    expect(input.pickList.packSlips[0]).toMatchObject({
      items: [
        { sku: 'HP-LAMP-02', unitPrice: '61.50', totalPrice: '123.00', currency: 'CAD' },
        { sku: 'HP-KIT-01', components: [goods] },
      ],
    });
    expect(reply).not.toMatch(/Expedited|Leave with concierge|45013|9101|HP-BOLT|Ship_BaseCharge/);
  });

  it('tells of a command that failed where the entry says so', () => {
    const error = new CommandError('WB_STORE_NO_BATCH', 'There is no batch 71004.');
    const reply = textOf(pack.reply?.(inquiry, { ok: false, error, read: asks }, inOldForm));
    expect(reply).toContain('<Report_WCS_PickPackListDetail version="1.0">');
    expect(readBody(reply).read.input).toEqual({ status: 'ERROR', code: error.code, message: error.message });
  });
});
