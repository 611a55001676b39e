import { pickListGet } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { seededStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

const where = { storeId: seeded.storeId, centerId: seeded.centerId };
const order = { storeId: seeded.storeId, customerId: seeded.customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '3' }] };

describe('a pick list', () => {
  it('says what the predefined report says', async () => {
    const { output } = await deliver(application, pickListGet, { pickBatchId: '71004' }, 'm1');
    expect(output.pickTicket).toEqual({
      storeName: 'Harbour and Pine',
      fulfillmentCenter: 'Larkhaven DC',
      pickBatchId: '71004',
      expedited: false,
      items: [
        { sku: 'HP-LAMP-02', name: 'Cabin lamp', description: 'Brass cabin lamp', quantity: '2' },
        { sku: 'HP-KIT-01', name: 'Mooring kit', quantity: '1' },
      ],
    });
    expect(output.packSlips).toMatchObject([
      {
        orderId: '12007',
        releaseNumber: '1',
        orderDate: '2024-03-11',
        shippingProvider: 'Northline Ground',
        customerId: '8004',
        shipTo: { addressId: '15022', firstName: 'Tobe', instructions: 'Leave with concierge' },
        items: [
          { orderItemId: '45012', totalPrice: '123.00', shippingCharge: '8.00' },
          {
            orderItemId: '45013',
            components: [
              { componentId: '9101', sku: 'HP-ROPE-10', quantity: '2' },
              { componentId: '9102', sku: 'HP-CLEAT-4', quantity: '4' },
            ],
          },
        ],
        charges: { product: '184.50', shipping: '12.00', shippingTax: '1.56', salesTax: '23.99', total: '222.05' },
      },
    ]);
  });

  it('has one line for a product of several releases, and enough parts for every kit', async () => {
    for (const quantity of ['1', '2'])
      store.placeOrder({ storeId: '10151', customerId: '8004', items: [{ partNumber: 'HP-KIT-01', quantity }] });
    const pickBatchId = store.generatePickBatch(where) ?? '';
    const { output } = await deliver(application, pickListGet, { pickBatchId }, 'm1');
    expect(output.pickTicket.items).toEqual([{ sku: 'HP-KIT-01', name: 'Mooring kit', quantity: '3' }]);
    expect(output.packSlips.map(({ items }) => items[0]?.components?.map(({ quantity }) => quantity))).toEqual([
      ['2', '4'],
      ['4', '8'],
    ]);
  });

  it('has enough parts for every kit in a kit', async () => {
    store.database.insert('components', { component_id: '9103', kit_id: '30022', catalog_entry_id: '30023', quantity: '3' });
    store.placeOrder({ storeId: '10151', customerId: '8004', items: [{ partNumber: 'HP-KIT-01', quantity: '5' }] });
    const pickBatchId = store.generatePickBatch(where) ?? '';
    const { output } = await deliver(application, pickListGet, { pickBatchId }, 'm1');
    const [rope] = output.packSlips[0]?.items[0]?.components ?? [];
    expect([rope?.quantity, rope?.components]).toMatchObject(['10', [{ sku: 'HP-CLEAT-4', quantity: '30' }]]);
  });

  it.each([
    ['WB_STORE_PICK_BATCH_UNKNOWN', '99999'],
    ['WB_STORE_PICK_BATCH_EMPTY', '71005'],
  ])('is refused with %s', async (code, pickBatchId) => {
    store.database.insert('pick_batches', { pick_batch_id: '71005', store_id: '10151', center_id: '11201', created: store.now() });
    await expect(deliver(application, pickListGet, { pickBatchId }, 'm1')).rejects.toMatchObject({ code, retryable: false });
  });
});

describe('a pick batch', () => {
  it('holds releases of one store', async () => {
    const { database } = store;
    database.insert('stores', { ...database.get('SELECT * FROM stores'), store_id: '10152' });
    for (const table of ['assortment', 'inventory'])
      for (const row of database.all(`SELECT * FROM ${table}`)) database.insert(table, { ...row, store_id: '10152' });
    store.placeOrder({ ...order, reference: 'a' });
    store.placeOrder({ ...order, reference: 'b', storeId: '10152' });
    const [ours, theirs] = ['10151', '10152'].map((storeId) => store.generatePickBatch({ storeId, centerId: seeded.centerId }));
    expect([ours, theirs]).toEqual(['71005', '71006']);
    expect(store.order('12012')?.releases).toMatchObject([{ pickBatchId: ours }]);
    expect(store.order('12013')?.releases).toMatchObject([{ pickBatchId: theirs }]);
  });

  it('holds at most 25 releases; the others wait for the next one', async () => {
    for (let index = 0; index < 26; index++) store.placeOrder({ ...order, reference: `basket-${index}` });
    const where = { storeId: seeded.storeId, centerId: seeded.centerId };
    expect([store.generatePickBatch(where), store.generatePickBatch(where), store.generatePickBatch(where)]).toEqual([
      '71005',
      '71006',
      undefined,
    ]);
    expect(store.order('12036')?.releases).toEqual([{ number: 1, status: 'PRN', pickBatchId: '71005' }]);
    expect(store.order('12037')?.releases).toEqual([{ number: 1, status: 'PRN', pickBatchId: '71006' }]);
  });
});
