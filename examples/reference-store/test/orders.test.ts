import { once } from 'node:events';
import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { seeded, seedStore } from '../src/index.ts';
import { KeepingPublisher, open, seededStore } from './support/fixture.ts';

const order = {
  storeId: seeded.storeId,
  customerId: seeded.customerId,
  items: [
    { partNumber: 'HP-LAMP-02', quantity: '3', comment: 'Ring twice' },
    { partNumber: 'HP-KIT-01', quantity: '1' },
  ],
  reference: 'basket-1',
  merchantOrderNumber: 'HP-2024-1180',
  fields: ['17'],
  userData: { salesChannel: 'web' },
};
const lamps = { storeId: seeded.storeId, centerId: seeded.centerId, partNumber: 'HP-LAMP-02' };

describe('an order that is placed', () => {
  it('takes the goods out of stock and waits in a release', async () => {
    const { store } = await seededStore();
    const { orderId, items } = store.placeOrder(order);
    expect({ orderId, items }).toEqual({
      orderId: '12012',
      items: [
        { orderItemId: '45021', partNumber: 'HP-LAMP-02', quantity: '3' },
        { orderItemId: '45022', partNumber: 'HP-KIT-01', quantity: '1' },
      ],
    });
    expect(store.stock(lamps)).toBe('4997');
    expect(store.order(orderId)).toMatchObject({ status: 'C', announced: false, releases: [{ number: 1, status: 'SHIP' }] });
  });

  it('is placed once under the same reference', async () => {
    const { store } = await seededStore();
    expect(store.placeOrder(order)).toEqual(store.placeOrder(order));
    expect(store.stock(lamps)).toBe('4997');
  });

  it.each([
    ['WB_STORE_STORE_UNKNOWN', { storeId: '1' }],
    ['WB_STORE_CUSTOMER_UNKNOWN', { customerId: '1' }],
    ['WB_STORE_PRODUCT_UNKNOWN', { items: [{ partNumber: 'HP-NONE', quantity: '1' }] }],
    [
      'WB_STORE_OUT_OF_STOCK',
      {
        items: [
          { partNumber: 'HP-KIT-01', quantity: '1' },
          { partNumber: 'HP-LAMP-02', quantity: '5001' },
        ],
      },
    ],
  ] as const)('is refused as a whole with %s', async (code, change) => {
    const { store } = await seededStore();
    expect(() => store.placeOrder({ ...order, ...change })).toThrow(expect.objectContaining({ code }));
    expect(store.order('12012')).toBeUndefined();
    expect(store.stock({ ...lamps, partNumber: 'HP-KIT-01' })).toBe('2000');
  });

  it('may take all that there is', async () => {
    const { store } = await seededStore();
    store.placeOrder({ ...order, items: [{ partNumber: 'HP-LAMP-02', quantity: '5000' }] });
    expect(store.stock(lamps)).toBe('0');
  });

  it('is refused a product that has no price or no stock in the store', async () => {
    const { store } = await seededStore();
    store.database.run("UPDATE offers SET published = '0' WHERE catalog_entry_id = '30015'");
    store.database.run("DELETE FROM inventory WHERE catalog_entry_id = '30021'");
    expect(() => store.placeOrder({ ...order, items: order.items.slice(0, 1) })).toThrow(
      expect.objectContaining({ code: 'WB_STORE_PRODUCT_UNKNOWN' }),
    );
    expect(() => store.placeOrder({ ...order, items: order.items.slice(1) })).toThrow(
      expect.objectContaining({ code: 'WB_STORE_INVENTORY_UNKNOWN' }),
    );
  });

  it('goes out as one release from each fulfillment center', async () => {
    const { store } = await seededStore();
    store.database.insert('centers', { center_id: '11202', name: 'Gull Point DC' });
    store.database.run("UPDATE assortment SET center_id = '11202' WHERE catalog_entry_id = '30021'");
    store.database.run("UPDATE inventory SET center_id = '11202' WHERE catalog_entry_id = '30021'");
    const { orderId } = store.placeOrder(order);
    expect(store.order(orderId)?.releases).toHaveLength(2);
    const items = store.database.all('SELECT release_number, order_item_id FROM release_items WHERE order_id = ? ORDER BY 1, 2', orderId);
    expect(items.map(({ release_number, order_item_id }) => [release_number, order_item_id])).toEqual([
      [1, '45021'],
      [2, '45022'],
    ]);
  });
});

describe('an order that is announced', () => {
  it('is told with all that the store knows of it', async () => {
    const { store } = await seededStore({ clock: () => new Date('2026-03-11T14:15:02Z') });
    const publisher = new KeepingPublisher();
    store.placeOrder(order);
    expect(await store.announce(publisher)).toEqual({ announced: 1, refused: [] });
    expect(publisher.published).toMatchObject([
      {
        event: 'order.created',
        options: { id: 'order-12012-created', store: '10151' },
        data: {
          orderId: '12012',
          merchantOrderNumber: 'HP-2024-1180',
          placed: '2026-03-11T14:15:02.000Z',
          totals: { currency: 'CAD', net: '246.00', taxes: [{ amount: { amount: '31.98' } }], shipping: '12.00', shippingTax: '1.56' },
          status: 'C',
          billTo: { name: { lastName: 'Okonkwo', alternateName: 'tokonkwo-home' }, contact: { phone2: '555-0119' } },
          merchant: { organizationName: 'Harbour and Pine', ids: [{ id: '10151', kind: 'internal' }] },
          requisitioner: { ids: [{ id: '8004', kind: 'internal' }] },
          fields: ['17'],
          userData: { salesChannel: 'web' },
          items: [
            {
              lineNumber: '0',
              partNumber: 'HP-LAMP-02',
              quantity: '3',
              shipTo: { comment: 'Ring twice' },
              carrier: { carrier: 'Northline' },
            },
            { lineNumber: '1', partNumber: 'HP-KIT-01' },
          ],
        },
      },
    ]);
  });

  it('is announced once', async () => {
    const { store } = await seededStore();
    const publisher = new KeepingPublisher();
    store.placeOrder(order);
    await store.announce(publisher);
    expect(await store.announce(publisher)).toEqual({ announced: 0, refused: [] });
    expect(publisher.published).toHaveLength(1);
  });

  it('is announced under the same id again when the announcement did not get through', async () => {
    const { store, path } = await seededStore();
    for (const reference of ['a', 'b', 'c']) store.placeOrder({ ...order, reference, merchantOrderNumber: `HP-${reference}` });
    await expect(store.announce(new KeepingPublisher({ failAfter: 1 }))).rejects.toThrow('The journal is gone.');
    store.close();

    const publisher = new KeepingPublisher();
    const reopened = open({ path });
    await reopened.announce(publisher);
    expect(publisher.published.map(({ options }) => options?.id)).toEqual(['order-12013-created', 'order-12014-created']);
    reopened.close();
  });

  it('is announced later when the announcement may succeed then', async () => {
    const { store } = await seededStore();
    store.placeOrder(order);
    const away = new MessageError('WB_JOURNAL_LOCKED', 'The journal is locked.', { retryable: true });
    const publisher = new KeepingPublisher();
    publisher.publish = () => Promise.reject(away);
    await expect(store.announce(publisher)).rejects.toBe(away);
    expect(store.order('12012')?.announced).toBe(false);
  });

  it('is announced when the kernel starts', async () => {
    const { store, application } = await seededStore();
    const publisher = new KeepingPublisher();
    store.placeOrder(order);
    await application.started?.(publisher);
    expect(publisher.published).toHaveLength(1);
  });
});

describe('an order that can never be published', () => {
  const refusal = new MessageError('WB_EVENT_BAD_DATA', 'The comment is wrong.');

  /** Refuses the second order for good, as the kernel does with data that breaks the schema of the event. */
  class ChoosyPublisher extends KeepingPublisher {
    override publish(...[event, data, options]: Parameters<KeepingPublisher['publish']>): Promise<void> {
      return options?.id === 'order-12013-created' ? Promise.reject(refusal) : super.publish(event, data, options);
    }
  }

  it('does not keep the others back', async () => {
    const { store } = await seededStore();
    for (const reference of ['a', 'b', 'c']) store.placeOrder({ ...order, reference, merchantOrderNumber: `HP-${reference}` });
    const publisher = new ChoosyPublisher();
    expect(await store.announce(publisher)).toEqual({ announced: 2, refused: [{ kind: 'order', id: '12013', error: refusal }] });
    expect(publisher.published.map(({ options }) => options?.id)).toEqual(['order-12012-created', 'order-12014-created']);
    expect(store.order('12013')?.announced).toBe(false);
  });

  it('is told of in a warning when the kernel starts, which it does not stop', async () => {
    const { store, application } = await seededStore();
    for (const reference of ['a', 'b']) store.placeOrder({ ...order, reference, merchantOrderNumber: `HP-${reference}` });
    const warned = once(process, 'warning');
    await application.started?.(new ChoosyPublisher());
    expect(await warned).toMatchObject([{ code: 'WB_EVENT_BAD_DATA', message: 'Order 12013 cannot be announced: The comment is wrong.' }]);
  });
});

describe('an order that no message could tell of', () => {
  it.each([
    ['a control character in a comment', { items: [{ partNumber: 'HP-LAMP-02', quantity: '1', comment: 'Ring \u0008' }] }],
    ['half of a surrogate pair in a field', { fields: ['\ud83d'] }],
    ['a control character in user data', { userData: { salesChannel: '\u0000' } }],
    ['user data without a name', { userData: { '': 'web' } }],
    ['a number at the merchant that is too long', { merchantOrderNumber: 'x'.repeat(31) }],
    ['a number at the merchant of blanks', { merchantOrderNumber: ' ' }],
    ['a quantity that is no number', { items: [{ partNumber: 'HP-LAMP-02', quantity: 'two' }] }],
  ])('is refused when it is placed, and nothing of it is kept: %s', async (_what, wrong) => {
    const { store } = await seededStore();
    expect(() => store.placeOrder({ ...order, ...wrong })).toThrow(
      expect.objectContaining({ code: 'WB_STORE_ORDER_UNWRITABLE', kind: 'invalid' }),
    );
    expect(store.order('12012')).toBeUndefined();
  });

  it('is not one with a long comment', async () => {
    const { store } = await seededStore();
    store.placeOrder({ ...order, items: [{ partNumber: 'HP-LAMP-02', quantity: '1', comment: 'Ring twice. '.repeat(100) }] });
    expect(store.order('12012')).toBeDefined();
  });
});

describe('a store that is seeded again', () => {
  it('keeps what it has', async () => {
    const { store, application } = await seededStore();
    store.placeOrder(order);
    await seedStore(store, { password: 'another' });
    expect(store.order('12012')).toBeDefined();
    const who = { entry: 'order-status', store: undefined };
    expect(await application.authenticate?.({ logonId: 'erp_gateway', password: 'another' }, who)).toBeDefined();
  });
});
