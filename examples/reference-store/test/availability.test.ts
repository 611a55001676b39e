import { inventoryRecordAvailability } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { KeepingPublisher, seededStore } from './support/fixture.ts';
import { available } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

describe('an answer about availability', () => {
  const items = () =>
    store.database.all(
      'SELECT order_item_id, line, quantity, estimated_available, shipping_offset, availability_status FROM order_items WHERE order_id = ? ORDER BY line',
      '12011',
    );
  const record = (change: object, messageId = 'm1') =>
    deliver(application, inventoryRecordAvailability, { items: available.items.map((item) => ({ ...item, ...change })) }, messageId);

  it('splits an item whose stock comes in several lots', async () => {
    await record({});
    expect(items()).toMatchObject([
      { order_item_id: '45020', line: 0, quantity: '4', estimated_available: '2024-03-18T00:00:00.000000', shipping_offset: '86400' },
      { order_item_id: '45021', line: 1, quantity: '2', estimated_available: '2024-03-26T00:00:00.000000', shipping_offset: null },
    ]);
  });

  it('leaves the charges of a split item with its first part', async () => {
    await record({});
    const charges = store.database.all("SELECT shipping_charge FROM order_items WHERE order_id = '12011' ORDER BY line");
    expect(charges.map((row) => row['shipping_charge'])).toEqual(['8.00', '0.00']);
  });

  it('takes no more from a lot than is needed', async () => {
    await record({
      deliveries: [
        { availableQuantity: '0', estimatedDate: '2024-03-01T00:00:00Z' },
        { availableQuantity: '100', estimatedDate: '2024-03-02T00:00:00Z' },
      ],
    });
    expect(items()).toMatchObject([{ quantity: '6', estimated_available: '2024-03-02T00:00:00Z', availability_status: 'OK' }]);
  });

  it('does not split an item that is in a release', async () => {
    await record({ orderId: '12007', orderItemId: '45012', requestedQuantity: '3' });
    expect(store.database.get("SELECT quantity, estimated_available FROM order_items WHERE order_item_id = '45012'")).toMatchObject({
      quantity: '3',
      estimated_available: '2024-03-18T00:00:00.000000',
    });
  });

  it('dates an item in a release by the lot that completes it', async () => {
    const lots = ['2', '1', '5'].map((availableQuantity, day) => ({ availableQuantity, estimatedDate: `2024-03-1${day}T00:00:00Z` }));
    await record({ orderId: '12007', orderItemId: '45012', requestedQuantity: '3', deliveries: lots });
    expect(store.database.get("SELECT quantity, estimated_available FROM order_items WHERE order_item_id = '45012'")).toEqual({
      quantity: '3',
      estimated_available: '2024-03-11T00:00:00Z',
    });
  });

  it('that could not be given is noted with the item', async () => {
    await record({ reply: { status: 'ERROR', code: 'NO_SUCH_PRODUCT' }, deliveries: [] });
    expect(items()).toMatchObject([{ quantity: '6', availability_status: 'ERROR' }]);
  });

  it('about no item changes nothing', async () => {
    const { orderId: _order, orderItemId: _item, ...unnamed } = available.items[0] ?? {};
    await deliver(application, inventoryRecordAvailability, { items: [unnamed as (typeof available.items)[number]] }, 'm1');
    expect(store.effects()).toEqual([]);
  });

  it.each([
    ['WB_STORE_STOCK_INSUFFICIENT', { deliveries: [{ availableQuantity: '5', estimatedDate: '2024-03-18T00:00:00Z' }] }],
    ['WB_STORE_ITEM_UNKNOWN', { orderItemId: '1' }],
    ['WB_STORE_ITEM_UNKNOWN', { partNumber: 'HP-KIT-01' }],
    ['WB_STORE_ITEM_UNKNOWN', { orderId: '12007' }],
  ])('is refused with %s', async (code, change) => {
    await expect(record(change)).rejects.toMatchObject({ code, retryable: false });
    expect(items()).toMatchObject([{ quantity: '6' }]);
  });

  it('is asked for with an event and recorded', async () => {
    const publisher = new KeepingPublisher({ answer: available });
    await store.askAvailability(publisher, '12011');
    expect(publisher.asked).toEqual([
      {
        event: 'inventory.availability-requested',
        options: { store: '10151' },
        data: {
          items: [
            {
              orderId: '12011',
              orderItemId: '45020',
              partNumber: 'HP-LAMP-02',
              requestedQuantity: '6',
              storeId: '10151',
              fulfillmentCenterId: '11201',
            },
          ],
        },
      },
    ]);
    expect(items()).toHaveLength(2);
    await expect(store.askAvailability(publisher, '1')).rejects.toMatchObject({ code: 'WB_STORE_ORDER_UNKNOWN' });
  });
});
