import { type OrderStatusInput, type ReleaseShipped, releaseShipped } from '@waybill/commerce';
import { tellOfRelease } from '../buyers/tell.ts';
import type { Database } from '../database/database.ts';
import { type AddressRow, findAddress, findMainAddress, findStore, found } from '../database/find.ts';
import { present } from '../database/present.ts';
import { compare } from '../orders/decimal.ts';
import type { Work } from '../work.ts';

export interface ReleaseRow {
  readonly order_id: string;
  readonly release_number: number;
  readonly ship_mode_id: string;
  readonly address_id: string;
  readonly tracking_id: string | null;
}

interface ItemRow {
  readonly order_item_id: string;
  readonly quantity: string;
  readonly status: string | null;
  readonly quantity_shipped: string | null;
}

const itemsOfRelease = `SELECT release_items.order_item_id, release_items.quantity, item.status, quantity_shipped FROM release_items
  LEFT JOIN order_item_status AS item ON item.order_item_id = release_items.order_item_id AND item.version = 0
  WHERE release_items.order_id = ? AND release_number = ?`;

/**
 * Marks the releases as manifested that the status just written shows to be on their way: all of them when the message says that the
 * whole order is shipped, else those whose items are, each with all its pieces. Each becomes manifested once, so its event is published
 * once. A back end may send the tracking number as user data `trackingId`.
 */
export function shipReleases(orderId: string, input: OrderStatusInput, status: string | undefined, work: Work): void {
  const { database } = work;
  const waiting = database.all<ReleaseRow>(
    "SELECT * FROM releases WHERE order_id = ? AND status <> 'MNF' ORDER BY release_number",
    orderId,
  );
  if (waiting.length === 0) return;
  const isWhole = saysWhole(input, status);
  for (const release of waiting) {
    const items = database.all<ItemRow>(itemsOfRelease, orderId, release.release_number);
    if (items.every((item) => (isWhole || item.status === 'S') && !lacksPieces(item)))
      shipRelease(release, journeyOf(input, release, work), work);
  }
}

/** When a release has left, and under which number it can be followed. */
export interface Journey {
  readonly shipped: string;
  readonly trackingId: string | null;
}

function journeyOf(input: OrderStatusInput, release: ReleaseRow, work: Work): Journey {
  const shipped = input.shipping?.actual ?? input.items?.find(({ shipping }) => shipping?.actual)?.shipping?.actual ?? work.now;
  return { shipped, trackingId: input.userData?.['trackingId'] ?? release.tracking_id };
}

/**
 * Whether a status is about all items of the order. One that the message leaves to its default is not, where the message names items: an update
 * may name any of them (reference/fulfillment-messages.md, section 4.2).
 */
function saysWhole({ status: said, items = [], shipping }: OrderStatusInput, status: string | undefined): boolean {
  return status === 'S' && shipping?.condition !== 'SP' && (said !== undefined || items.length === 0);
}

function lacksPieces({ quantity, quantity_shipped: shipped }: ItemRow): boolean {
  return shipped !== null && compare(shipped, quantity) < 0;
}

/** Makes a release manifested, all its pieces gone, and publishes that it has left. */
export function shipRelease(release: ReleaseRow, journey: Journey, work: Work): void {
  const { database } = work;
  const { order_id, release_number } = release;
  database.run(
    "UPDATE releases SET status = 'MNF', shipped = ?, tracking_id = ? WHERE order_id = ? AND release_number = ?",
    journey.shipped,
    journey.trackingId,
    order_id,
    release_number,
  );
  database.run('UPDATE release_items SET shipped_quantity = quantity WHERE order_id = ? AND release_number = ?', order_id, release_number);
  work.effect(`release ${order_id}/${release_number} shipped`);
  const data = describeShipment(release, journey, database);
  work.publish(releaseShipped, data, { id: `release-${order_id}-${release_number}-shipped`, store: data.storeId });
  tellOfRelease(release, { ...journey, carrier: data.carrier }, work);
}

function describeShipment(release: ReleaseRow, { shipped, trackingId }: Journey, database: Database): ReleaseShipped {
  const { order_id: orderId, release_number: number } = release;
  const order = found(
    // The center may report a shipment before the back end has reported any status.
    database.get<{ store_id: string; customer_id: string; merchant_order_number: string | null }>(
      `SELECT store_id, customer_id, coalesce(current.merchant_order_number, orders.merchant_order_number) AS merchant_order_number
       FROM orders LEFT JOIN order_status AS current ON current.order_id = orders.order_id AND version = 0 WHERE orders.order_id = ?`,
      orderId,
    ),
  );
  const address = findAddress(database, release.address_id);
  return present({
    storeId: order.store_id,
    storeName: findStore(database, order.store_id).name,
    orderId,
    merchantOrderNumber: order.merchant_order_number,
    releaseNumber: String(number),
    shipped,
    carrier: carrierOf(release.ship_mode_id, database),
    trackingId,
    customer: customerOf(order.customer_id, database),
    shipTo: partyOf(address),
    items: itemsOf(orderId, number, database),
  });
}

/** Who carries it, and how, as one text. */
export function carrierOf(shipModeId: string, database: Database): string {
  const { carrier, method } = found(
    database.get<{ carrier: string; method: string }>('SELECT carrier, method FROM ship_modes WHERE ship_mode_id = ?', shipModeId),
  );
  return `${carrier} ${method}`;
}

function customerOf(customerId: string, database: Database): ReleaseShipped['customer'] {
  const address = findMainAddress(database, customerId);
  const name = present({
    title: address.title,
    lastName: address.last_name,
    firstName: address.first_name,
    middleName: address.middle_name,
  });
  return present({ id: customerId, name, email: address.email1 ?? address.email2 });
}

function partyOf(address: AddressRow): ReleaseShipped['shipTo'] {
  return {
    name: [address.first_name, address.last_name].filter(Boolean).join(' '),
    line1: address.line1,
    line2: address.line2 ?? '',
    city: address.city,
    state: address.state,
    postalCode: address.postal_code,
    country: address.country,
  };
}

function itemsOf(orderId: string, release: number, database: Database): ReleaseShipped['items'] {
  return [
    ...database.all<ReleaseShipped['items'][number]>(
      `SELECT order_item_id AS orderItemId, part_number AS partNumber, name, release_items.quantity FROM release_items
       JOIN order_items USING (order_item_id) JOIN products USING (catalog_entry_id)
       WHERE release_items.order_id = ? AND release_number = ? ORDER BY line`,
      orderId,
      release,
    ),
  ].map((item) => ({ ...item }));
}
