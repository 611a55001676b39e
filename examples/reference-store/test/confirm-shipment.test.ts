import { orderConfirmStatus, orderShipStatus, type ShipmentInput, shipmentConfirm } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';
import { confirmation, parcel } from './support/fulfillment.ts';
import { shipped } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

const confirm = (change: Partial<ShipmentInput> = {}, messageId = `m${++messages}`) =>
  deliver(application, shipmentConfirm, { ...parcel, ...change }, messageId);
const left = () =>
  store.database
    .all<Readonly<Record<string, string>>>(
      "SELECT order_item_id, quantity, shipped_quantity FROM release_items WHERE order_id = '12007' ORDER BY 1",
    )
    .map((row) => `${row['order_item_id']}: ${row['shipped_quantity']} of ${row['quantity']}`);
const status = () => store.order('12007')?.releases[0]?.status;
const lamp = (...codes: string[]) => ({ partNumber: 'HP-LAMP-02', serialNumbers: codes.map((code) => ({ code })) });
const kit = { partNumber: 'HP-KIT-01' };

describe('a package that does not update its release', () => {
  it('is recorded, and moves nothing', async () => {
    const { output, published } = await confirm();
    expect(output).toEqual({ shipmentId: '81002', orderId: '12007' });
    expect(published).toEqual([]);
    expect([status(), left()]).toEqual(['PRN', ['45012: 0 of 2', '45013: 0 of 1']]);
    expect(store.database.get('SELECT * FROM shipments')).toMatchObject({
      order_id: '12007',
      release_number: 1,
      package_id: 'PKG-000417',
      pickup_record_id: 'PU-0314-07',
      costs: '9.85',
      weight: '2.4',
      weight_measure: 'KGM',
    });
    expect(store.database.get("SELECT tracking_id FROM releases WHERE order_id = '12007'")).toMatchObject({ tracking_id: 'NL93300121CA' });
  });

  it('may be one of a release that has left', async () => {
    await confirm({ updatesRelease: true });
    await confirm({ packageId: 'PKG-000418' });
    expect(store.database.all('SELECT package_id FROM shipments ORDER BY 1').map(({ package_id }) => package_id)).toEqual([
      'PKG-000417',
      'PKG-000418',
    ]);
  });
});

describe('a package that updates its release', () => {
  it('takes everything with it where it names no product, and the customer is told once', async () => {
    const first = await confirm({ updatesRelease: true }, 'twice');
    const second = await confirm({ updatesRelease: true }, 'twice');
    expect(second).toEqual(first);
    expect(first.published).toMatchObject([
      {
        event: 'release.shipped',
        options: { id: 'release-12007-1-shipped', store: '10151' },
        data: { shipped: '2024-03-14T15:55:00.000000', trackingId: 'NL93300121CA', carrier: 'Northline Ground' },
      },
    ]);
    expect([status(), left()]).toEqual(['MNF', ['45012: 2 of 2', '45013: 1 of 1']]);
    expect(store.database.all('SELECT * FROM shipments')).toHaveLength(1);
  });

  it('names the number at the back end where a status has told it', async () => {
    expect((await confirm({ updatesRelease: true })).published[0]?.data).not.toHaveProperty('merchantOrderNumber');
    const other = memoryStore();
    await deliver(other.application, orderConfirmStatus, { orderId: '12007', merchantOrderNumber: 'SO-1' }, 'm1');
    const { orderId: _id, ...unnamed } = parcel;
    const input = { ...unnamed, merchantOrderNumber: 'SO-1', updatesRelease: true };
    const { output, published } = await deliver(other.application, shipmentConfirm, input, 'm2');
    expect(output.orderId).toBe('12007');
    expect(published[0]?.data).toMatchObject({ merchantOrderNumber: 'SO-1' });
  });

  it('takes only the items and quantities that it names; the release is told of with the last of them', async () => {
    const one = await confirm({ updatesRelease: true, products: [lamp('LMP-88401')] });
    expect([one.published, status(), left()]).toEqual([[], 'PRN', ['45012: 1 of 2', '45013: 0 of 1']]);
    const two = await confirm({ updatesRelease: true, products: [kit] });
    expect([two.published, status(), left()]).toEqual([[], 'PRN', ['45012: 1 of 2', '45013: 1 of 1']]);
    const three = await confirm({ updatesRelease: true, products: [{ partNumber: 'HP-LAMP-02', orderItemId: '45012' }] });
    expect(three.published).toMatchObject([{ event: 'release.shipped' }]);
    expect([status(), left()]).toEqual(['MNF', ['45012: 2 of 2', '45013: 1 of 1']]);
    expect(
      store.database.all('SELECT shipment_id, order_item_id, quantity FROM shipment_items ORDER BY 1').map((row) => ({ ...row })),
    ).toEqual([
      { shipment_id: '81002', order_item_id: '45012', quantity: '1' },
      { shipment_id: '81003', order_item_id: '45013', quantity: '1' },
      { shipment_id: '81004', order_item_id: '45012', quantity: '1' },
    ]);
  });

  it('adds up an item that it names twice', async () => {
    await confirm({ updatesRelease: true, products: [lamp('LMP-88401'), lamp('LMP-88402')] });
    expect(left()).toEqual(['45012: 2 of 2', '45013: 0 of 1']);
  });

  it('leaves serial numbers of products and of their parts, each once', async () => {
    await confirm({ ...confirmation, updatesRelease: false });
    await confirm(confirmation);
    const serials = store.database.all(
      'SELECT order_item_id, catalog_entry_id, component_id, code, quantity, shipment_id FROM serial_numbers ORDER BY code',
    );
    expect(serials.map((row) => Object.values(row))).toEqual([
      ['45013', '30023', '9102', 'CLT-1170', '1', '81002'],
      ['45012', '30015', null, 'LMP-88401', '1', '81002'],
      ['45012', '30015', null, 'LMP-88402', '1', '81002'],
    ]);
    expect(status()).toBe('MNF');
  });

  it('makes the order S with the last piece of all its items, and not before', async () => {
    await confirm({ updatesRelease: true });
    // Three lamps were ordered, and two are in the release.
    expect(store.order('12007')?.status).toBe('C');
    const { orderId } = store.placeOrder({
      storeId: '10151',
      customerId: '8004',
      items: [
        { partNumber: 'HP-LAMP-02', quantity: '2' },
        { partNumber: 'HP-KIT-01', quantity: '1' },
      ],
    });
    await confirm({ orderId, updatesRelease: true, products: [{ partNumber: 'HP-LAMP-02' }] });
    expect(store.order(orderId)?.status).toBe('C');
    await confirm({ orderId, updatesRelease: true });
    expect(store.order(orderId)?.status).toBe('S');
  });

  it('tells of the ship mode that it travelled by', async () => {
    store.database.insert('ship_modes', { ship_mode_id: '10704', carrier: 'Northline', method: 'Express' });
    expect((await confirm({ updatesRelease: true, shipModeId: '10704' })).published).toMatchObject([
      { data: { carrier: 'Northline Express' } },
    ]);
  });

  const more = { partNumber: 'HP-LAMP-02', serialNumbers: [{ code: 'A', quantity: '3' }] };
  it.each<[string, Partial<ShipmentInput>]>([
    ['WB_STORE_ORDER_UNKNOWN', { orderId: '1' }],
    ['WB_STORE_RELEASE_UNKNOWN', { releaseNumber: '2' }],
    ['WB_STORE_RELEASE_UNKNOWN', { releaseNumber: '1x' }],
    ['WB_STORE_SHIP_MODE_UNKNOWN', { shipModeId: '1' }],
    ['WB_STORE_ITEM_UNKNOWN', { products: [{ partNumber: 'HP-ROPE-10' }] }],
    ['WB_STORE_ITEM_UNKNOWN', { products: [{ partNumber: 'HP-LAMP-02', orderItemId: '45013' }] }],
    ['WB_STORE_ITEM_UNKNOWN', { products: [{ partNumber: 'HP-KIT-01', components: [{ partNumber: 'HP-LAMP-02' }] }] }],
    ['WB_STORE_ITEM_UNKNOWN', { products: [{ partNumber: 'HP-KIT-01', components: [{ partNumber: 'HP-CLEAT-4', componentId: '9101' }] }] }],
    ['WB_STORE_SHIPMENT_TOO_LARGE', { products: [more] }],
    ['WB_STORE_SHIPMENT_TOO_LARGE', { products: [lamp('A', 'B'), lamp('C')] }],
    ['WB_STORE_QUANTITY_NOT_POSITIVE', { products: [{ partNumber: 'HP-LAMP-02', serialNumbers: [{ code: 'A', quantity: '-1' }] }] }],
  ])('is refused with %s and changes nothing', async (code, change) => {
    await expect(confirm({ updatesRelease: true, ...change })).rejects.toMatchObject({ code, retryable: false });
    expect([status(), left()]).toEqual(['PRN', ['45012: 0 of 2', '45013: 0 of 1']]);
    expect(store.effects()).toEqual([]);
  });

  it('is refused where it names a number that two orders have at the back end, and moves neither', async () => {
    for (const orderId of ['12007', '12011'])
      await deliver(application, orderConfirmStatus, { orderId, merchantOrderNumber: `SO-${orderId}` }, `status of ${orderId}`);
    // As an earlier version of this store could have it.
    store.database.run("UPDATE order_status SET merchant_order_number = 'SO-1'");
    const { orderId: _id, ...unnamed } = parcel;
    const input = { ...unnamed, merchantOrderNumber: 'SO-1', updatesRelease: true };
    await expect(deliver(application, shipmentConfirm, input, 'm1')).rejects.toMatchObject({ code: 'WB_STORE_ORDER_AMBIGUOUS' });
    await expect(confirm({ orderId: undefined as never, updatesRelease: true })).rejects.toMatchObject({ code: 'WB_STORE_ORDER_UNNAMED' });
    expect(left()).toEqual(['45012: 0 of 2', '45013: 0 of 1']);
  });

  it('is refused of an item that has left with all its pieces', async () => {
    await confirm({ updatesRelease: true, products: [kit] });
    await expect(confirm({ updatesRelease: true, products: [kit] })).rejects.toMatchObject({ code: 'WB_STORE_SHIPMENT_TOO_LARGE' });
  });

  it('is refused where the release has several items of the product and none is named', async () => {
    const item = { partNumber: 'HP-LAMP-02', quantity: '1' };
    const { orderId, items } = store.placeOrder({ storeId: '10151', customerId: '8004', items: [item, item] });
    const products = [{ partNumber: 'HP-LAMP-02' }];
    await expect(confirm({ orderId, updatesRelease: true, products })).rejects.toMatchObject({ code: 'WB_STORE_ITEM_AMBIGUOUS' });
    await confirm({
      orderId,
      updatesRelease: true,
      products: products.map((product) => ({ ...product, orderItemId: items[1]?.orderItemId ?? '' })),
    });
    expect(store.order(orderId)?.status).toBe('C');
  });

  it.each(['MNF', 'NEW', 'RDY'])('is refused of a release that is %s', async (before) => {
    store.database.run("UPDATE releases SET status = ? WHERE order_id = '12007'", before);
    await expect(confirm({ updatesRelease: true })).rejects.toMatchObject({ code: 'WB_STORE_RELEASE_NOT_SHIPPABLE', kind: 'conflict' });
    expect(status()).toBe(before);
  });
});

describe('a release that a status has shown to be shipped', () => {
  it('has no piece left that a package could take', async () => {
    await deliver(application, orderShipStatus, shipped, 'm1');
    expect(left()).toEqual(['45012: 2 of 2', '45013: 1 of 1']);
    await expect(confirm({ updatesRelease: true })).rejects.toMatchObject({ code: 'WB_STORE_RELEASE_NOT_SHIPPABLE' });
  });
});

describe('the parts of a part of a kit', () => {
  it('may have serial numbers, too', async () => {
    store.database.insert('components', { component_id: '9103', kit_id: '30022', catalog_entry_id: '30015', quantity: '3' });
    const components = [{ partNumber: 'HP-LAMP-02', serialNumbers: [{ code: 'X' }] }];
    await confirm({ products: [{ ...kit, components }] });
    expect(store.database.get('SELECT catalog_entry_id, order_item_id FROM serial_numbers')).toMatchObject({
      catalog_entry_id: '30015',
      order_item_id: '45013',
    });
  });
});

describe('stock', () => {
  it('was taken when the order was placed, and is not taken again when it leaves', async () => {
    await confirm({ updatesRelease: true });
    expect(store.stock({ storeId: seeded.storeId, centerId: seeded.centerId, partNumber: 'HP-LAMP-02' })).toBe('5000');
  });
});
