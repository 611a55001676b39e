import { type ExpectedInventory, type InventoryReceiptInput, inventoryAdjust, inventoryExpect, inventoryReceive } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';
import { adjustment, expected, receipt } from './support/fulfillment.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

const lamps = () => store.stock({ storeId: seeded.storeId, centerId: seeded.centerId, partNumber: 'HP-LAMP-02' });
const receive = (change: Partial<InventoryReceiptInput> = {}) =>
  deliver(application, inventoryReceive, { ...receipt, ...change }, `m${++messages}`);
const adjust = (change: object = {}) => deliver(application, inventoryAdjust, { ...adjustment, ...change }, `m${++messages}`);
const expectStock = (change: object = {}) => deliver(application, inventoryExpect, { ...expected, ...change }, `m${++messages}`);
const details = () =>
  store.database
    .all('SELECT detail_id, received, remaining, closed FROM expected_details ORDER BY 1')
    .map(({ detail_id, received, remaining, closed }) => [detail_id, received, remaining, closed]);

describe('a receipt', () => {
  it('raises the stock by what has come, and is answered with its id', async () => {
    const { output } = await receive();
    expect(output).toEqual({ receiptId: '52003' });
    expect(lamps()).toBe('5118');
    expect(store.database.get('SELECT * FROM receipts')).toMatchObject({
      receipt_id: '52003',
      type: 'ADHC',
      cost: '27.40',
      currency: 'CAD',
    });
  });

  it('raises it once when its message comes twice', async () => {
    const send = () => deliver(application, inventoryReceive, receipt, 'twice');
    expect([await send(), await send()].map(({ output }) => output)).toEqual([{ receiptId: '52003' }, { receiptId: '52003' }]);
    expect(lamps()).toBe('5118');
  });

  it('begins to keep stock where none was kept', async () => {
    store.database.insert('centers', { center_id: '11202', name: 'Gull Point DC' });
    await receive({ fulfillmentCenterId: '11202' });
    expect(store.stock({ storeId: seeded.storeId, centerId: '11202', partNumber: 'HP-LAMP-02' })).toBe('118');
  });

  it.each([
    ['WB_STORE_STORE_UNKNOWN', { storeId: '1' }],
    ['WB_STORE_CENTER_UNKNOWN', { fulfillmentCenterId: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { partNumber: 'HP-NONE' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { ownerId: '1' }],
    ['WB_STORE_QUANTITY_NOT_POSITIVE', { quantity: '0' }],
    ['WB_STORE_QUANTITY_NOT_POSITIVE', { quantity: '-1' }],
    ['WB_STORE_PRICE_NEGATIVE', { cost: { amount: '-1', currency: 'CAD' } }],
    ['WB_STORE_EXPECTED_UNKNOWN', { expectedDetailId: '1' }],
  ])('is refused with %s and changes nothing', async (code, change) => {
    await expect(receive(change)).rejects.toMatchObject({ code, retryable: false });
    expect(lamps()).toBe('5000');
    expect(store.effects()).toEqual([]);
  });
});

describe('stock that is expected', () => {
  it('is answered with the ids of the record and of its details, in the order in which they were sent', async () => {
    const { output } = await expectStock();
    expect(output satisfies ExpectedInventory).toEqual({
      recordId: '31007',
      details: [
        { detailId: '41011', backendId: 'ASN-7712-1' },
        { detailId: '41012', backendId: 'ASN-7712-2' },
      ],
    });
    expect(lamps()).toBe('5000');
  });

  it('is counted when its receipts come, and closed when all of it has come', async () => {
    await expectStock();
    await receive({ expectedDetailId: '41011' });
    expect(details()).toEqual([
      ['41011', '118', '2', 0],
      ['41012', '0', '400', 0],
    ]);
    await receive({ expectedDetailId: '41011', quantity: '2' });
    expect(details()[0]).toEqual(['41011', '120', '0', 1]);
    expect(lamps()).toBe('5120');
    expect(store.database.all('SELECT type FROM receipts')).toMatchObject([{ type: 'EIR' }, { type: 'EIR' }]);
  });

  it('is closed when more has come, all of which is in stock', async () => {
    await expectStock();
    await receive({ expectedDetailId: '41011', quantity: '130' });
    expect(details()[0]).toEqual(['41011', '130', '0', 1]);
    expect(lamps()).toBe('5130');
  });

  it('takes no receipt once it is closed', async () => {
    await expectStock();
    await receive({ expectedDetailId: '41011', quantity: '120' });
    await expect(receive({ expectedDetailId: '41011', quantity: '1' })).rejects.toMatchObject({ code: 'WB_STORE_EXPECTED_CLOSED' });
    expect(lamps()).toBe('5120');
  });

  it.each([
    ['product', { partNumber: 'HP-ROPE-10' }],
    ['center', { fulfillmentCenterId: '11202' }],
    ['store', { storeId: '10152' }],
  ])('takes no receipt of another %s', async (_what, change) => {
    const { database } = store;
    database.insert('centers', { center_id: '11202', name: 'Gull Point DC' });
    database.insert('stores', { ...database.get('SELECT * FROM stores'), store_id: '10152' });
    for (const row of database.all('SELECT * FROM assortment')) database.insert('assortment', { ...row, store_id: '10152' });
    await expectStock();
    await expect(receive({ ...change, expectedDetailId: '41011' })).rejects.toMatchObject({ code: 'WB_STORE_EXPECTED_MISMATCH' });
    expect(details()[0]).toEqual(['41011', '0', '120', 0]);
  });

  const [first, second] = expected.details;
  it.each([
    ['WB_STORE_STORE_UNKNOWN', { storeId: '1' }],
    ['WB_STORE_CENTER_UNKNOWN', { details: [first, { ...second, fulfillmentCenterId: '1' }] }],
    ['WB_STORE_PRODUCT_UNKNOWN', { details: [first, { ...second, partNumber: 'HP-NONE' }] }],
    ['WB_STORE_QUANTITY_NOT_POSITIVE', { details: [first, { ...second, quantity: '0' }] }],
    ['WB_STORE_EXPECTED_TWICE', { details: [first, second, { ...first, expected: '2024-03-22T09:00:00+01:00' }] }],
  ])('is refused as a whole with %s', async (code, change) => {
    await expect(expectStock(change)).rejects.toMatchObject({ code, retryable: false });
    expect(details()).toEqual([]);
    expect(store.database.get('SELECT 1 FROM expected_records')).toBeUndefined();
  });
});

describe('an adjustment', () => {
  it.each([
    ['-4', '4996'],
    ['4', '5004'],
    ['0', '5000'],
    ['-5000', '0'],
  ])('by %s leaves %s of 5000', async (quantity, left) => {
    await adjust({ quantity });
    expect(lamps()).toBe(left);
    expect(store.database.get('SELECT quantity, comment FROM adjustments')).toMatchObject({ quantity, comment: 'Cycle count, aisle 6' });
  });

  it.each([
    ['WB_STORE_ADJUSTMENT_TOO_LARGE', { quantity: '-5000.00001' }],
    ['WB_STORE_ADJUSTMENT_CODE_UNKNOWN', { adjustmentCodeId: '1' }],
    ['WB_STORE_ADJUSTMENT_CODE_UNKNOWN', { adjustmentCodeId: '60003' }],
    ['WB_STORE_ADJUSTMENT_CODE_UNKNOWN', { adjustmentCodeId: '60004' }],
    ['WB_STORE_INVENTORY_UNKNOWN', { fulfillmentCenterId: '11202', quantity: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { ownerId: '1' }],
    ['WB_STORE_STORE_UNKNOWN', { storeId: '1' }],
  ])('is refused with %s and changes nothing', async (code, change) => {
    const { database } = store;
    database.insert('centers', { center_id: '11202', name: 'Gull Point DC' });
    database.insert('stores', { ...database.get('SELECT * FROM stores'), store_id: '10152' });
    database.insert('adjustment_codes', { code_id: '60003', store_id: '10151', code: 'OLD', deleted: 1 });
    database.insert('adjustment_codes', { code_id: '60004', store_id: '10152', code: 'CNT', deleted: 0 });
    await expect(adjust(change)).rejects.toMatchObject({ code, retryable: false });
    expect(lamps()).toBe('5000');
    expect(store.effects()).toEqual([]);
  });
});
