import { type OrderStatusInput, orderShipStatus, orderUpdateStatus } from '@waybill/commerce';
import type { ApplicationDefinition } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { seededStore } from './support/fixture.ts';
import { partlyShipped, shipped } from './support/messages.ts';

let store: Store;
let application: ApplicationDefinition;
beforeEach(async () => {
  ({ store, application } = await seededStore());
});

const update = (input: OrderStatusInput, messageId: string) => deliver(application, orderUpdateStatus, input, messageId);
const ids = { orderId: '12007', merchantOrderNumber: 'SO-2024-00871' };

describe('an order that is shipped', () => {
  it('makes its release manifested and tells of it', async () => {
    const { published } = await deliver(application, orderShipStatus, shipped, 'm1');
    expect(store.order('12007')?.releases).toEqual([{ number: 1, status: 'MNF', pickBatchId: '71004' }]);
    expect(published).toMatchObject([
      {
        event: 'release.shipped',
        options: { id: 'release-12007-1-shipped', store: '10151' },
        data: {
          storeId: '10151',
          storeName: 'Harbour and Pine',
          orderId: '12007',
          merchantOrderNumber: 'SO-2024-00871',
          releaseNumber: '1',
          shipped: '2024-03-15T10:00:00Z',
          carrier: 'Northline Ground',
          trackingId: 'NL93300121CA',
          customer: { id: '8004', name: { lastName: 'Okonkwo', firstName: 'Tobe' }, email: 'tobe@portmerrin.example' },
          shipTo: { name: 'Tobe Okonkwo', line1: '77 Signal Hill Road' },
          items: [
            { orderItemId: '45012', partNumber: 'HP-LAMP-02', name: 'Cabin lamp', quantity: '2' },
            { orderItemId: '45013', partNumber: 'HP-KIT-01', name: 'Mooring kit', quantity: '1' },
          ],
        },
      },
    ]);
  });

  it('tells of a release once, however many statuses say so', async () => {
    await deliver(application, orderShipStatus, shipped, 'm1');
    const { published } = await deliver(application, orderShipStatus, { ...shipped, status: 'S' }, 'm2');
    expect(published).toEqual([]);
    expect(store.effects().filter(({ what }) => what.startsWith('release'))).toHaveLength(1);
  });

  it('tells of a release when each of its items is shipped, though the order is not', async () => {
    const item = (orderItemId: string): OrderStatusInput => ({ ...ids, status: 'SP', items: [{ orderItemId, status: 'S' }] });
    expect((await update(item('45012'), 'm1')).published).toEqual([]);
    expect((await update(item('45013'), 'm2')).published).toMatchObject([{ event: 'release.shipped' }]);
  });

  const one = (shipped: string, rest: Partial<OrderStatusInput> = {}): OrderStatusInput => ({
    ...ids,
    ...rest,
    items: [{ orderItemId: '45012', status: 'S', quantities: { shipped } }],
  });

  it.each<[string, OrderStatusInput]>([
    ['shipped with one of its items, by a message that says nothing of the order', one('2')],
    ['shipped with some of the pieces of an item', one('1')],
    ['said to be shipped, with fewer pieces than there are', one('1', { status: 'S' })],
  ])('is not one that is %s', async (_what, input) => {
    expect((await deliver(application, orderShipStatus, input, 'm1')).published).toEqual([]);
    expect(store.order('12007')?.releases).toMatchObject([{ status: 'PRN' }]);
  });

  it('is one of which every item is shipped with all its pieces, though no message names all of them', async () => {
    expect((await deliver(application, orderShipStatus, one('2'), 'm1')).published).toEqual([]);
    const rest: OrderStatusInput = { ...ids, items: [{ orderItemId: '45013', status: 'S' }] };
    expect((await deliver(application, orderShipStatus, rest, 'm2')).published).toMatchObject([{ event: 'release.shipped' }]);
  });

  it.each<[string, OrderStatusInput]>([
    ['shipped in part', partlyShipped],
    ['shipped under the condition of a part', { ...ids, status: 'S', shipping: { condition: 'SP' } }],
    ['confirmed to ship complete', { ...ids, status: 'C', shipping: { condition: 'SC' } }],
  ])('is not one that is %s', async (_what, input) => {
    expect((await update(input, 'm1')).published).toEqual([]);
    expect(store.order('12007')?.releases).toMatchObject([{ status: 'PRN' }]);
  });
});
