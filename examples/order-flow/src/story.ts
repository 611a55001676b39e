import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Publisher } from '@waybill/contract/application';
import { type Store, seeded } from '@waybill/reference-store';
import { placesIn } from './data-folder.ts';

/**
 * A customer orders: the store asks the back end for the availability of what is wanted, has it picked, and announces
 * the order. Every step is found done when the story is told again after a crash.
 */
export async function placeOrder(store: Store, publisher: Publisher, reference: string): Promise<string> {
  const { storeId, customerId, centerId } = seeded;
  const items = [
    { partNumber: 'HP-LAMP-02', quantity: '2' },
    { partNumber: 'HP-KIT-01', quantity: '1', comment: 'Ring twice' },
  ];
  const { orderId } = store.placeOrder({ storeId, customerId, items, reference, merchantOrderNumber: `HP-${reference}` });
  if (!store.order(orderId)?.announced) {
    await store.askAvailability(publisher, orderId);
    store.generatePickBatch({ storeId, centerId });
    await store.announce(publisher);
  }
  return orderId;
}

/** What has not happened yet for an order, in words; nothing when the story is over. */
export function missing(store: Store, data: string, orderId: string): readonly string[] {
  const places = placesIn(data);
  const order = store.order(orderId);
  const expectations: readonly (readonly [boolean, string])[] = [
    [order?.backEndStatus === 'I', `the last order status (it is ${order?.backEndStatus ?? 'none'})`],
    [order?.releases.every(({ status }) => status === 'MNF') === true, 'the shipment of every release'],
    [hasFile(places.orderFiles, orderId), 'the purchase order as a file'],
    [hasFile(places.mails, orderId, 'thank-you-'), 'the mail that thanks the customer'],
    [hasFile(places.mails, orderId, 'your-order-'), 'the mail that tells the customer of the parcel'],
    [hasFile(places.mails, orderId, 'new-order-'), 'the mail to the administrator'],
    [existsSync(join(places.pickLists, `${orderId}.xml`)), 'the pick list at the back end'],
    [effectOf(store, `buyer-${orderId}`), 'the customer that the back end registered'],
    [store.effects().some(({ messageId }) => messageId === `order-${orderId}-stock`), 'the new stock level'],
  ];
  return expectations.filter(([happened]) => !happened).map(([, what]) => what);
}

function effectOf(store: Store, logonId: string): boolean {
  return store.database.get('SELECT 1 FROM customers WHERE logon_id = ?', logonId) !== undefined;
}

function hasFile(folder: string, orderId: string, type = ''): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(type) && name.includes(`-${orderId}-`));
}
