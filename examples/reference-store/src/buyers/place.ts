import { type BuyerAddress, type BuyerOrderLine, orderCreated } from '@waybill/commerce';
import { type BookedOrder, divide, multiply } from '@waybill/procurement';
import type { Database } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { add } from '../orders/decimal.ts';
import { describeOrder } from '../orders/order-created.ts';
import { insertOrder } from '../orders/orders.ts';
import type { Work } from '../work.ts';
import { type BuyerRow, findBuyer } from './buyers.ts';
import { buyerErrors } from './errors.ts';

/**
 * Makes of an order of a buyer one of the store, at the prices that the buyer sent, in place of what was made of it before. Nothing is made of one that is a test,
 * held for a person, or of nothing any more. Throws what `insertOrder` throws, and a `CommandError` WB_STORE_BUYER_ORDER or WB_STORE_ORDER_IN_WORK.
 */
export function placeBooked(order: BookedOrder, work: Work): void {
  const { database } = work;
  const buyer = findBuyer(database, order.buyer);
  const before = placedOrder(database, order);
  if (before !== undefined) takeBack(before, work);
  const orderId = isToPlace(order) ? place(order, buyer, work) : undefined;
  database.run(
    'UPDATE buyer_orders SET order_id = ? WHERE buyer = ? AND test = ? AND number = ?',
    orderId ?? null,
    order.buyer,
    Number(order.test),
    order.orderId,
  );
}

/** What the store made of an order of a buyer. */
export function placedOrder(
  database: Database,
  { buyer, test, orderId }: Pick<BookedOrder, 'buyer' | 'test' | 'orderId'>,
): string | undefined {
  const row = database.get<{ order_id: string | null }>(
    'SELECT order_id FROM buyer_orders WHERE buyer = ? AND test = ? AND number = ?',
    buyer,
    Number(test),
    orderId,
  );
  return row?.order_id ?? undefined;
}

function isToPlace({ test, state, holds, header, lines }: BookedOrder): boolean {
  return !test && state === 'open' && holds.length === 0 && header.orderType !== 'blanket' && lines.some(({ cancelled }) => !cancelled);
}

function place(order: BookedOrder, buyer: BuyerRow, work: Work): string {
  const { database } = work;
  const lines = order.lines.flatMap(({ line, cancelled }) => (cancelled ? [] : [line]));
  refuseForeign(order, lines, findStore(database, buyer.store_id).currency);
  const placed = insertOrder(
    {
      storeId: buyer.store_id,
      customerId: buyer.customer_id,
      items: lines.map((line) => ({
        partNumber: line.partId ?? '',
        quantity: line.quantity,
        unitPrice: unitPrice(line),
        comment: line.comments?.[0]?.text,
      })),
      addressId: order.header.shipTo && insertShipTo(order.header.shipTo, buyer, database),
      userData: { buyer: order.buyer, purchaseOrder: order.orderId },
    },
    database,
    work.now,
  );
  for (const [index, { orderItemId }] of placed.items.entries())
    database.insert('buyer_order_lines', { order_item_id: orderItemId, line: lines[index]?.number ?? 0 });
  work.effect(`order ${placed.orderId} placed for ${order.buyer} ${order.orderId}`);
  announce(placed.orderId, buyer, work);
  return placed.orderId;
}

/** The event leaves with the work: an order of a buyer waits for nobody to announce it. */
function announce(orderId: string, { store_id: store }: BuyerRow, work: Work): void {
  work.publish(orderCreated, describeOrder(work.database, orderId), { id: `order-${orderId}-created`, store });
  work.database.run('UPDATE orders SET announced = ? WHERE order_id = ?', work.now, orderId);
}

function refuseForeign({ header, orderId }: BookedOrder, lines: readonly BuyerOrderLine[], currency: string): void {
  if (header.total.currency !== currency)
    throw buyerErrors.WB_STORE_BUYER_ORDER(`Order ${orderId} is in ${header.total.currency}, and the store sells in ${currency}.`);
  const elsewhere = lines.find(({ shipTo }) => shipTo && JSON.stringify(shipTo) !== JSON.stringify(header.shipTo));
  if (elsewhere) throw buyerErrors.WB_STORE_BUYER_ORDER(`line ${elsewhere.number} of order ${orderId} goes to an address of its own.`);
}

/** The price of one; the store keeps five places. Without a price, the one in effect. */
export function unitPrice({ price, priceBasis }: BuyerOrderLine): string | undefined {
  if (!price || !priceBasis) return price?.amount;
  return divide(multiply(price.amount, priceBasis.conversion), priceBasis.quantity, 5);
}

/** Kept as a former address of the customer, so that nothing but this order goes there. */
function insertShipTo(shipTo: BuyerAddress, { customer_id }: BuyerRow, database: Database): string {
  const address_id = database.nextId('address');
  const [line1 = '', line2, line3] = shipTo.lines ?? [];
  database.insert('addresses', {
    address_id,
    customer_id,
    nick_name: `buyer-${address_id}`,
    type: 'S',
    is_primary: 0,
    is_self: 0,
    status: 'T',
    external_id: shipTo.id,
    last_name: shipTo.deliverTo?.[0] ?? shipTo.name,
    line1,
    line2,
    line3,
    city: shipTo.city ?? '',
    state: shipTo.state ?? '',
    postal_code: shipTo.postalCode ?? '',
    country: shipTo.country ?? '',
    phone1: shipTo.phone,
    fax1: shipTo.fax,
    email1: shipTo.email,
  });
  return address_id;
}

interface ItemRow {
  readonly catalog_entry_id: string;
  readonly center_id: string;
  readonly quantity: string;
}

/** Puts the goods of an order back and ends it, as long as nobody packs it. Throws WB_STORE_ORDER_IN_WORK. */
function takeBack(orderId: string, work: Work): void {
  const { database, now } = work;
  const { status, store_id: storeId } = database.get<{ status: string; store_id: string }>(
    'SELECT status, store_id FROM orders WHERE order_id = ?',
    orderId,
  ) ?? { status: '', store_id: '' };
  const packed = database.get("SELECT 1 FROM releases WHERE order_id = ? AND (status <> 'SHIP' OR pick_batch_id IS NOT NULL)", orderId);
  const sent = database.get('SELECT 1 FROM shipments WHERE order_id = ?', orderId);
  if (packed || sent || status === 'F') throw buyerErrors.WB_STORE_ORDER_IN_WORK(`Order ${orderId} is being worked on.`);
  const items = database.all<ItemRow>('SELECT catalog_entry_id, center_id, quantity FROM order_items WHERE order_id = ?', orderId);
  for (const item of items) putBack(item, storeId, database);
  database.run('DELETE FROM release_items WHERE order_id = ?', orderId);
  database.run('DELETE FROM releases WHERE order_id = ?', orderId);
  database.run("UPDATE order_items SET status = 'X', updated = ? WHERE order_id = ?", now, orderId);
  database.run("UPDATE orders SET status = 'X', held_by = NULL, updated = ? WHERE order_id = ?", now, orderId);
  work.effect(`order ${orderId} taken back`);
}

function putBack({ catalog_entry_id, center_id, quantity }: ItemRow, storeId: string, database: Database): void {
  const key = [catalog_entry_id, center_id, storeId] as const;
  const where = 'WHERE catalog_entry_id = ? AND center_id = ? AND store_id = ?';
  const stock = database.get<{ quantity: string }>(`SELECT quantity FROM inventory ${where}`, ...key);
  if (stock) database.run(`UPDATE inventory SET quantity = ? ${where}`, add(stock.quantity, quantity), ...key);
}
