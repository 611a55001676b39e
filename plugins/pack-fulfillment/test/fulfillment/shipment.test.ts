import { describe, expect, it } from 'vitest';
import pack from '../../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from '../support/messages.ts';

const name = 'Create_WCS_ShipmentConfirmation';
const sample20 = sampleOf(name);
const sample10 = sampleOf(`${name}_10`);

const shipped20 = {
  command: 'shipment.confirm',
  credentials: { logonId: 'wms_larkhaven', password: 'plover-2231' },
  input: {
    updatesRelease: true,
    shipModeId: '10703',
    orderId: '12007',
    releaseNumber: '1',
    packageId: 'PKG-000417',
    trackingId: 'NL93300121CA',
    pickupRecordId: 'PU-0314-07',
    shipped: '2024-03-14T15:55:00',
    costs: { amount: '9.85', currency: 'CAD' },
    weight: { value: '2.4', measure: 'KGM' },
    products: [
      {
        partNumber: 'HP-LAMP-02',
        orderItemId: '45012',
        serialNumbers: [
          { code: 'LMP-88401', quantity: '1' },
          { code: 'LMP-88402', quantity: '1' },
        ],
      },
      {
        partNumber: 'HP-KIT-01',
        orderItemId: '45013',
        components: [{ partNumber: 'HP-CLEAT-4', componentId: '9102', serialNumbers: [{ code: 'CLT-1170' }] }],
      },
    ],
  },
};
const shipped10 = {
  command: 'shipment.confirm',
  input: {
    updatesRelease: false,
    shipModeId: '10703',
    orderId: '12007',
    releaseNumber: '2',
    shipped: '2024-03-16T11:10:00',
    costs: { amount: '4.15', currency: 'CAD' },
    weight: { value: '0.8', measure: 'KGM' },
  },
};

describe('Create_WCS_ShipmentConfirmation', () => {
  it('reads the samples', () => {
    expect(readBody(sample20)).toEqual({ type: { name, version: '2.0' }, read: shipped20 });
    expect(readBody(sample10)).toEqual({ type: { name, version: '1.0' }, read: shipped10 });
  });

  it('leaves a release alone unless it says otherwise', () => {
    const said = (word: string) => sample10.replace('<ShipmentConfirmation>', `<ShipmentConfirmation UpdateManifestStatus="${word}">`);
    expect(readBody(sample10).read.input).toMatchObject({ updatesRelease: false });
    expect(readBody(said('0')).read.input).toMatchObject({ updatesRelease: false });
    expect(readBody(said('1')).read.input).toMatchObject({ updatesRelease: true });
  });

  it('names its order in one of two ways, by default by the id in the store', () => {
    const backEnd = sample10.replace('type="ByWCS">12007', 'type="ByBackend">SO-2024-00871');
    const { orderId: _id, ...input } = shipped10.input;
    expect(readBody(backEnd).read.input).toEqual({ ...input, merchantOrderNumber: 'SO-2024-00871' });
    expect(readBody(sample10.replace(' type="ByWCS"', '')).read.input).toEqual(shipped10.input);
  });

  it('is not written with two names of its order', () => {
    const twice = { ...shipped10, input: { ...shipped10.input, merchantOrderNumber: 'SO-2024-00871' } };
    expect(() => pack.compose({ name, version: '1.0' }, twice, context)).toThrow(
      expect.objectContaining({
        code: 'WB_XML_TOO_MANY',
        at: 'Create_WCS_ShipmentConfirmation/DataArea/ShipmentConfirmation/OrderNumber (input.merchantOrderNumber)',
      }),
    );
  });

  it('has no place for products in version 1.0, neither read nor written', () => {
    const withProduct = sample10.replace('</Weight>', '</Weight><Product SKU="HP-LAMP-02"/>');
    expect(faultOf(withProduct)).toMatchObject({
      code: 'WB_XML_UNEXPECTED_ELEMENT',
      at: `${name}/DataArea/ShipmentConfirmation/Product, 15:41`,
    });
    expect(() => pack.compose({ name, version: '1.0' }, shipped20, context)).toThrow('The message has no place for "products".');
  });

  const at = (below: string) => `${name}/DataArea/ShipmentConfirmation${below}`;
  it.each([
    ['two orders', '</OrderNumber>', '</OrderNumber><OrderNumber type="ByBackend">SO-1</OrderNumber>', 'TOO_MANY', '/OrderNumber, 15:52'],
    ['an order of another kind', 'ByWCS', 'ByUs', 'BAD_VALUE', '/OrderNumber@type, 15:7'],
    ['a number of the back end of 31 characters', 'ByWCS">12007', `ByBackend">${'x'.repeat(31)}`, 'BAD_VALUE', '/OrderNumber, 15:7'],
    ['a word for its status that is none', 'Status="1"', 'Status="yes"', 'BAD_VALUE', '@UpdateManifestStatus, 13:5'],
    ['a date that does not exist', '2024-03-14T15', '2024-13-14T15', 'BAD_VALUE', '/ActualShipDate, 20:7'],
    ['costs without currency', ' currency="CAD"', '', 'MISSING_ATTRIBUTE', '/ShippingCosts@currency, 21:7'],
    ['a weight without measure', ' measure="KGM"', '', 'MISSING_ATTRIBUTE', '/Weight@measure, 22:7'],
    ['a measure of 17 characters', '"KGM"', `"${'K'.repeat(17)}"`, 'BAD_VALUE', '/Weight@measure, 22:7'],
    ['a package id of 21 characters', 'PKG-000417', 'P'.repeat(21), 'BAD_VALUE', '/PackageID, 17:7'],
    ['a tracking id of 41 characters', 'NL93300121CA', 'N'.repeat(41), 'BAD_VALUE', '/TrackingID, 18:7'],
    ['a number of a pick-up of 21 characters', 'PU-0314-07', 'P'.repeat(21), 'BAD_VALUE', '/PickUpRecordID, 19:7'],
    ['a product without part number', 'SKU="HP-LAMP-02" ', '', 'MISSING_ATTRIBUTE', '/Product[1]@SKU, 23:7'],
    ['a serial number without code', 'Code="CLT-1170"', '', 'MISSING_ATTRIBUTE', '/Product[2]/Component[1]/SerialNumber[1]@Code, 29:11'],
    ['a component behind serial numbers', '</Product>', '<Component SKU="X"/></Product>', 'WRONG_ORDER', '/Product[1]/Component[1], 26:7'],
  ])('is refused with %s', (_title, from, to, code, below) => {
    expect(faultOf(sample20.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: at(below) });
  });
});

describe('the answer to a shipment', () => {
  const reply = (read: typeof shipped10) =>
    textOf(pack.reply?.({ name, version: '1.0' }, { ok: true, output: { shipmentId: '81002', orderId: '12007' }, read }, context));

  it.each(['1.0', '2.0'])('is the same for both versions: %s', (version) => {
    const outcome = { ok: true, output: { shipmentId: '81002', orderId: '12007' }, read: shipped20 } as const;
    const answer = textOf(pack.reply?.({ name, version }, outcome, context));
    expect(readBody(answer)).toEqual(readBody(sampleOf('Response_WCS_CreateShipConfirm')));
    expect(readBody(answer)).toEqual({
      type: { name: 'Response_WCS_CreateShipConfirm', version: '1.0' },
      read: {
        command: 'shipment.confirm',
        input: { status: 'OK', shipmentId: '81002', orderId: '12007', releaseNumber: '1', packageId: 'PKG-000417' },
      },
    });
    expect(answer).toContain('<Noun value="CreateShipConfirm"/>');
  });

  it('tells the id of the order in the store to who knows it by another', () => {
    const { orderId: _id, ...input } = shipped10.input;
    const asked = { ...shipped10, input: { ...input, merchantOrderNumber: 'SO-2024-00871' } };
    expect(readBody(reply(asked as never)).read.input).toMatchObject({ orderId: '12007' });
    expect(reply(asked as never)).not.toContain('SO-2024-00871');
  });
});
