import { type OrderStatusInput, orderUpdateStatus } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { seededStore } from './support/fixture.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

/** The key under which the kernel keeps a status in order. */
function keyOf(input: OrderStatusInput): unknown {
  const context = { entry: 'status', store: undefined, proposed: orderUpdateStatus.orderKey?.(input) };
  return application.keyOf?.(orderUpdateStatus.name, input, context);
}
/** As an earlier version of this store could have it. */
async function twoOrdersWithOneNumber(): Promise<void> {
  await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
  await update({ orderId: '12011', merchantOrderNumber: 'SO-2', status: 'C' }, 'm2');
  store.database.run("UPDATE order_status SET merchant_order_number = 'SO-1' WHERE order_id = '12011'");
}
const update = (input: OrderStatusInput, messageId: string) => deliver(application, orderUpdateStatus, input, messageId);

describe('the order key of a status', () => {
  it('is that of the id where the message names the id', () => {
    expect(keyOf({ orderId: '12007' })).toBe('order:12007');
    expect(keyOf({ orderId: '12007', merchantOrderNumber: 'SO-1' })).toBe('order:12007');
  });

  it('is that of the id where an earlier status has told the number', async () => {
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
    expect(keyOf({ merchantOrderNumber: 'SO-1' })).toBe('order:12007');
  });

  it('is that of the id where the number was given when the order was placed', () => {
    const { orderId } = store.placeOrder({
      storeId: '10151',
      customerId: '8004',
      items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }],
      merchantOrderNumber: 'HP-1',
    });
    expect(keyOf({ merchantOrderNumber: 'HP-1' })).toBe(`order:${orderId}`);
  });

  it('is that of the id while the status that tells the number is still waiting', () => {
    expect(keyOf({ orderId: '12007', merchantOrderNumber: 'SO-1' })).toBe('order:12007');
    expect(keyOf({ merchantOrderNumber: 'SO-1' })).toBe('order:12007');
  });

  it('is forgotten of the oldest number first, once ten thousand others are on their way', () => {
    for (let number = 0; number <= 10_000; number++) keyOf({ orderId: '12007', merchantOrderNumber: `SO-${number}` });
    expect(keyOf({ merchantOrderNumber: 'SO-0' })).toBe('merchant-order:SO-0');
    for (const number of [1, 10_000]) expect(keyOf({ merchantOrderNumber: `SO-${number}` })).toBe('order:12007');
  });

  it('is that of the number while nobody knows whose it is', () => {
    expect(keyOf({ merchantOrderNumber: 'SO-1' })).toBe('merchant-order:SO-1');
    expect(keyOf({})).toBeUndefined();
  });

  it('is that of the number where it fits two orders', async () => {
    await twoOrdersWithOneNumber();
    expect(keyOf({ merchantOrderNumber: 'SO-1' })).toBe('merchant-order:SO-1');
  });

  it('stays as it is for commands that are not about an order', () => {
    const context = { entry: 'customers', store: undefined, proposed: 'customer:tokonkwo' };
    expect(application.keyOf?.('customer.register', { logonId: 'tokonkwo' }, context)).toBe('customer:tokonkwo');
  });
});

describe('a status that names an order by a number that two orders have', () => {
  it('changes neither', async () => {
    await twoOrdersWithOneNumber();
    await expect(update({ merchantOrderNumber: 'SO-1', status: 'X' }, 'm3')).rejects.toMatchObject({
      code: 'WB_STORE_ORDER_AMBIGUOUS',
      kind: 'conflict',
      retryable: false,
    });
    expect([store.order('12007')?.backEndStatus, store.order('12011')?.backEndStatus]).toEqual(['C', 'C']);
  });
});

describe('a number at the back end that another order has', () => {
  const placed = (merchantOrderNumber: string, reference?: string) =>
    store.placeOrder({
      storeId: '10151',
      customerId: '8004',
      items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }],
      merchantOrderNumber,
      ...(reference && { reference }),
    });
  const taken = {
    code: 'WB_STORE_ORDER_NUMBER_TAKEN',
    kind: 'conflict',
    retryable: false,
    at: 'merchantOrderNumber',
    hint: expect.stringMatching(/Correct the number/) as string,
  };
  const numbers = () => store.database.all('SELECT order_id, merchant_order_number FROM order_status ORDER BY order_id');

  it('is refused in a first status, and in a later one', async () => {
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
    await expect(update({ orderId: '12011', merchantOrderNumber: 'SO-1', status: 'X' }, 'm2')).rejects.toMatchObject(taken);
    await update({ orderId: '12011', merchantOrderNumber: 'SO-2', status: 'C' }, 'm3');
    await expect(update({ orderId: '12011', merchantOrderNumber: 'SO-1', status: 'X' }, 'm4')).rejects.toMatchObject(taken);
    expect(numbers().map((each) => Object.values(each))).toEqual([
      ['12007', 'SO-1'],
      ['12011', 'SO-2'],
    ]);
    expect([store.order('12007')?.backEndStatus, store.order('12011')?.backEndStatus]).toEqual(['C', 'C']);
  });

  it('names neither order by itself from then on, until the back end says it once more with the id of the one that has it', async () => {
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
    await expect(update({ orderId: '12011', merchantOrderNumber: 'SO-1', status: 'C' }, 'm2')).rejects.toMatchObject(taken);
    const ambiguous = {
      code: 'WB_STORE_ORDER_AMBIGUOUS',
      retryable: false,
      message: expect.stringContaining('SO-1 of order 12007') as string,
    };
    await expect(update({ merchantOrderNumber: 'SO-1', status: 'X' }, 'm3')).rejects.toMatchObject(ambiguous);
    expect([store.order('12007')?.backEndStatus, store.order('12011')?.backEndStatus]).toEqual(['C', undefined]);
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm4');
    await update({ merchantOrderNumber: 'SO-1', status: 'X' }, 'm5');
    expect(store.order('12007')?.backEndStatus).toBe('X');
  });

  it('is refused of a new order, and for an order when a new one has it', async () => {
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
    const stock = () => store.stock({ storeId: '10151', centerId: '10301', partNumber: 'HP-LAMP-02' });
    const before = stock();
    expect(() => placed('SO-1')).toThrowError(expect.objectContaining(taken));
    expect(stock()).toBe(before);
    placed('HP-1');
    await expect(update({ orderId: '12011', merchantOrderNumber: 'HP-1', status: 'X' }, 'm2')).rejects.toMatchObject(taken);
  });

  it('is none of its own: to say it once more changes nothing else', async () => {
    const first = placed('HP-1', 'basket-1');
    expect(placed('HP-1', 'basket-1')).toEqual(first);
    for (const [index, status] of ['C', 'I'].entries())
      await update({ orderId: first.orderId, merchantOrderNumber: 'HP-1', status }, `m${index}`);
    expect(store.order(first.orderId)?.backEndStatus).toBe('I');
  });

  it('is free again once the other order has another one', async () => {
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
    await update({ orderId: '12007', merchantOrderNumber: 'SO-9', status: 'C' }, 'm2');
    await update({ orderId: '12011', merchantOrderNumber: 'SO-1', status: 'I' }, 'm3');
    expect(store.order('12011')?.backEndStatus).toBe('I');
  });

  it('is refused in no stale status, which changes nothing', async () => {
    await update({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C' }, 'm1');
    await update({ orderId: '12011', merchantOrderNumber: 'SO-2', sequenceNumber: '7', status: 'C' }, 'm2');
    await update({ orderId: '12011', merchantOrderNumber: 'SO-1', sequenceNumber: '6', status: 'X' }, 'm3');
    expect(store.order('12011')?.backEndStatus).toBe('C');
  });
});
