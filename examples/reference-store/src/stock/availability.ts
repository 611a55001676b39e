import type { Availability, AvailabilityInput, AvailabilityRequest } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { found } from '../database/find.ts';
import { errors } from '../errors.ts';
import { add, compare, subtract } from '../orders/decimal.ts';
import type { Work } from '../work.ts';

/** What the store asks a back end about the items of an order. Throws a `CommandError` WB_STORE_ORDER_UNKNOWN. */
export function availabilityQuestions(database: Database, orderId: string): AvailabilityRequest {
  const items = database.all<AvailabilityRequest['items'][number]>(
    `SELECT order_id AS orderId, order_item_id AS orderItemId, part_number AS partNumber, quantity AS requestedQuantity,
     store_id AS storeId, center_id AS fulfillmentCenterId
     FROM order_items JOIN orders USING (order_id) JOIN products USING (catalog_entry_id) WHERE order_id = ? ORDER BY line`,
    orderId,
  );
  if (items.length === 0) throw errors.WB_STORE_ORDER_UNKNOWN(`There is no order ${orderId}.`);
  return { items: items.map((item) => ({ ...item })) };
}

/**
 * Records what a back end said about stock (reference/fulfillment-messages.md, section 7.1): order items learn when they
 * are available; an item whose stock comes in several lots is split, unless it is in a release already. An answer about
 * no order item changes nothing. Throws a `CommandError` WB_STORE_STOCK_INSUFFICIENT or WB_STORE_ITEM_UNKNOWN.
 */
export function recordAvailability(input: AvailabilityInput, work: Work): void {
  for (const answer of input.items) recordAnswer(answer, work);
}

type Lot = NonNullable<Availability['deliveries']>[number];

function recordAnswer(answer: Availability, work: Work): void {
  const { partNumber, reply, deliveries = [] } = answer;
  const item = answer.orderItemId === undefined ? undefined : findItem(answer, answer.orderItemId, work.database);
  if (reply.status === 'ERROR') {
    if (item) recordFailure(item, reply.code ?? null, work);
    return;
  }
  const needed = item?.quantity ?? answer.requestedQuantity;
  const available = deliveries.reduce((total, lot) => add(total, lot.availableQuantity), '0');
  if (compare(available, needed) < 0)
    throw errors.WB_STORE_STOCK_INSUFFICIENT(`The back end has ${available} of ${partNumber}, and ${needed} are needed.`);
  if (item) recordLots(item, deliveries, work);
}

interface ItemRow {
  readonly order_item_id: string;
  readonly order_id: string;
  readonly quantity: string;
}

function findItem({ orderId, partNumber }: Availability, itemId: string, database: Database): ItemRow {
  const item = database.get<ItemRow & { part_number: string }>(
    'SELECT order_items.*, part_number FROM order_items JOIN products USING (catalog_entry_id) WHERE order_item_id = ?',
    itemId,
  );
  if (!item || item.part_number !== partNumber || (orderId !== undefined && item.order_id !== orderId))
    throw errors.WB_STORE_ITEM_UNKNOWN(`Order ${orderId ?? ''} has no item ${itemId} of product ${partNumber}.`);
  return item;
}

function recordFailure({ order_item_id }: ItemRow, code: string | null, work: Work): void {
  work.database.run(
    "UPDATE order_items SET availability_status = 'ERROR', availability_code = ?, updated = ? WHERE order_item_id = ?",
    code,
    work.now,
    order_item_id,
  );
  work.effect(`availability of item ${order_item_id} could not be told`);
}

function recordLots(item: ItemRow, lots: readonly Lot[], work: Work): void {
  const released = work.database.get('SELECT 1 FROM release_items WHERE order_item_id = ?', item.order_item_id) !== undefined;
  const parts = share(item.quantity, lots);
  const [first, ...more] = released ? [{ quantity: item.quantity, lot: found(parts.at(-1)).lot }] : parts;
  updateItem(item.order_item_id, found(first), work);
  for (const part of more) splitItem(item, part, work);
  work.effect(`availability of item ${item.order_item_id} recorded in ${more.length + 1} lots`);
}

interface Part {
  readonly quantity: string;
  readonly lot: Lot;
}

/** Which lot serves how much of a quantity, in the order of the lots. */
function share(quantity: string, lots: readonly Lot[]): readonly Part[] {
  const parts: Part[] = [];
  let open = quantity;
  for (const lot of lots) {
    if (compare(open, '0') <= 0) break;
    if (compare(lot.availableQuantity, '0') <= 0) continue;
    const taken = compare(lot.availableQuantity, open) < 0 ? lot.availableQuantity : open;
    parts.push({ quantity: taken, lot });
    open = subtract(open, taken);
  }
  return parts;
}

function updateItem(itemId: string, { quantity, lot }: Part, work: Work): void {
  work.database.run(
    `UPDATE order_items SET quantity = ?, available_quantity = ?, estimated_available = ?, shipping_offset = ?,
     availability_status = 'OK', availability_code = NULL, updated = ? WHERE order_item_id = ?`,
    quantity,
    quantity,
    lot.estimatedDate,
    lot.shippingOffset ?? null,
    work.now,
    itemId,
  );
}

/** The charges of the item stay with its first part. */
function splitItem({ order_item_id, order_id }: ItemRow, part: Part, work: Work): void {
  const { database } = work;
  const item = found(database.get('SELECT * FROM order_items WHERE order_item_id = ?', order_item_id));
  const last = found(database.get<{ line: number }>('SELECT max(line) AS line FROM order_items WHERE order_id = ?', order_id));
  const itemId = database.nextId('order item');
  database.insert('order_items', { ...item, order_item_id: itemId, line: last.line + 1, shipping_charge: '0.00' });
  updateItem(itemId, part, work);
}
