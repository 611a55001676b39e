import { customerRegister, inventoryRecordAvailability, inventorySetLevels, pickListGet } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { KeepingPublisher, seededStore } from './support/fixture.ts';
import { available, customer, levels } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

const where = { storeId: seeded.storeId, centerId: seeded.centerId };

describe('a customer who is registered', () => {
  const register = (input: object, messageId = 'm1') => deliver(application, customerRegister, { ...customer, ...input }, messageId);
  const stored = () => store.database.get("SELECT * FROM customers WHERE logon_id = 'tokonkwo'");

  it('is kept with address and consent, and without spaces around the logon id', async () => {
    await register({});
    const row = stored();
    expect(row).toMatchObject({ profile_type: 'B', enabled: 1, password_expired: 1, user_data: '{"erpAccountNumber":"HP-01440"}' });
    expect(store.database.get('SELECT * FROM addresses WHERE customer_id = ?', row?.['customer_id'] ?? null)).toMatchObject({
      last_name: 'Okonkwo',
      line2: 'Apt 3',
      phone2: '555-0119',
      phone2_type: 'CEL',
      publish_phone1: 0,
      fax1: '555-0120',
      billing_code: '0042-7781',
      field1: 'zone-3',
      status: 'P',
    });
    expect(store.database.all('SELECT store_id, receive FROM email_consents')).toMatchObject([{ store_id: '10151', receive: 1 }]);
  });

  it('can order in the own name', async () => {
    await register({});
    const customerId = stored()?.['customer_id'] as string;
    store.placeOrder({ storeId: '10151', customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }] });
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published[0]?.data).toMatchObject({
      buyer: { organizationName: 'Harbour and Pine' },
      requisitioner: {
        ids: [
          { id: customerId, kind: 'internal' },
          { id: 'tokonkwo', kind: 'logon' },
        ],
        name: { title: 'Mr' },
      },
    });
  });

  it('leaves no password and no answer that could be read', async () => {
    await register({});
    expect(JSON.stringify(stored())).not.toMatch(/Lantern22|Gull Point/);
  });

  it('is a consumer when nothing says otherwise', async () => {
    const { parentMember: _parent, profileType: _type, ...consumer } = customer;
    await deliver(application, customerRegister, consumer, 'm1');
    expect(stored()).toMatchObject({ profile_type: 'C' });
  });

  it.each([
    ['WB_STORE_PASSWORD_MISMATCH', { passwordVerify: 'Lantern23' }],
    ['WB_STORE_STORE_UNKNOWN', { storeId: '10999' }],
  ])('is refused with %s', async (code, input) => {
    await expect(register(input)).rejects.toMatchObject({ code, retryable: false });
    expect(stored()).toBeUndefined();
  });

  it('is refused a logon id that is taken', async () => {
    await register({});
    await expect(register({}, 'm2')).rejects.toMatchObject({ code: 'WB_STORE_CUSTOMER_EXISTS' });
  });
});

describe('stock levels', () => {
  it('are set by part number and by id, in the center that is named or the default one', async () => {
    await deliver(application, inventorySetLevels, levels, 'm1');
    expect(store.stock({ ...where, partNumber: 'HP-LAMP-02' })).toBe('240');
    expect(store.stock({ ...where, partNumber: 'HP-ROPE-10' })).toBe('0');
  });

  it.each([
    ['WB_STORE_INVENTORY_UNKNOWN', { partNumber: 'HP-LAMP-02', storeId: '10151', quantity: '1', fulfillmentCenterId: '11299' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { partNumber: 'HP-NONE', storeId: '10151', quantity: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { catalogEntryId: '1', storeId: '10151', quantity: '1' }],
    ['WB_STORE_STORE_UNKNOWN', { partNumber: 'HP-LAMP-02', storeId: '1', quantity: '1' }],
  ])('are refused as a whole with %s', async (code, level) => {
    const input = { levels: [...levels.levels, level] };
    await expect(deliver(application, inventorySetLevels, input, 'm1')).rejects.toMatchObject({ code, retryable: false });
    expect(store.stock({ ...where, partNumber: 'HP-LAMP-02' })).toBe('5000');
    expect(store.effects()).toEqual([]);
  });
});

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

  it.each([
    ['WB_STORE_PICK_BATCH_UNKNOWN', '99999'],
    ['WB_STORE_PICK_BATCH_EMPTY', '71005'],
  ])('is refused with %s', async (code, pickBatchId) => {
    store.database.insert('pick_batches', { pick_batch_id: '71005', store_id: '10151', center_id: '11201', created: store.now() });
    await expect(deliver(application, pickListGet, { pickBatchId }, 'm1')).rejects.toMatchObject({ code, retryable: false });
  });
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
