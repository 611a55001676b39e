import { pickBatchGenerate } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore());
});

const where = { storeId: seeded.storeId, fulfillmentCenterId: seeded.centerId };
const generate = async (change: object = {}, id = `m${++messages}`) =>
  (await deliver(application, pickBatchGenerate, { ...where, ...change }, id)).output;
const place = () =>
  store.placeOrder({ storeId: seeded.storeId, customerId: seeded.customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }] })
    .orderId;
const batches = () =>
  store.database
    .all("SELECT order_id, status, pick_batch_id FROM releases WHERE order_id <> '12007' ORDER BY CAST(order_id AS INTEGER)")
    .map((row) => Object.values(row));

describe('a pick batch that a message asks for', () => {
  it('takes every release that waits, each once', async () => {
    place();
    expect(await generate()).toEqual({ pickBatchId: '71005', more: false });
    place();
    expect(await generate()).toEqual({ pickBatchId: '71006', more: false });
    expect(batches()).toEqual([
      ['12012', 'PRN', '71005'],
      ['12013', 'PRN', '71006'],
    ]);
  });

  it('is made once when its message comes twice', async () => {
    place();
    const [first, second] = [await generate({}, 'twice'), await generate({}, 'twice')];
    expect(second).toEqual(first);
    expect(store.database.all('SELECT * FROM pick_batches')).toHaveLength(2);
  });

  it('is not made when nothing waits', async () => {
    expect(await generate()).toEqual({ more: false });
    expect(store.effects()).toEqual([]);
  });

  it('says whether more are waiting than it holds', async () => {
    for (let index = 0; index < 50; index++) place();
    expect([await generate(), await generate()].map(({ more }) => more)).toEqual([true, false]);
    expect(new Set(batches().map(([orderId]) => orderId)).size).toBe(50);
    expect(batches().filter(([, status]) => status !== 'PRN')).toEqual([]);
  });

  it.each(['NEW', 'RDY', 'PRN', 'MNF'])('leaves a release that is %s', async (status) => {
    place();
    store.database.run("UPDATE releases SET status = ? WHERE order_id = '12012'", status);
    expect(await generate()).toEqual({ more: false });
  });

  it('leaves the releases of an order that is held', async () => {
    const orderId = place();
    const requestId = store.requestQuotation({ orderId, distributorId: 'NLD' });
    store.database.run("UPDATE orders SET status = 'H', held_by = ? WHERE order_id = ?", requestId, orderId);
    expect(await generate()).toEqual({ more: false });
    store.database.run("UPDATE orders SET status = 'C', held_by = NULL WHERE order_id = ?", orderId);
    expect(await generate()).toEqual({ pickBatchId: '71005', more: false });
  });

  it.each([
    ['WB_STORE_STORE_UNKNOWN', { storeId: '1' }],
    ['WB_STORE_CENTER_UNKNOWN', { fulfillmentCenterId: '1' }],
  ])('is refused with %s', async (code, change) => {
    place();
    await expect(generate(change)).rejects.toMatchObject({ code, retryable: false });
    expect(batches()).toEqual([['12012', 'SHIP', null]]);
  });
});
