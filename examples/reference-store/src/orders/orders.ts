import type { Database } from '../database/database.ts';
import { findAddress, findMainAddress, findProduct, findStore, type ProductRow, type StoreRow } from '../database/find.ts';
import { toJson } from '../database/present.ts';
import { errors } from '../errors.ts';
import { effectivePrice } from '../prices/effective.ts';
import { compare, subtract, sum, times } from './decimal.ts';
import type { NewOrder, PlacedOrder } from './new-order.ts';
import { refuseTakenNumber } from './order-numbers.ts';
import { refuseUnwritable } from './writable.ts';

/** A line of an order with what the store knows about it. */
interface Line {
  readonly orderItemId: string;
  readonly product: ProductRow;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly comment: string | undefined;
}

/**
 * Places an order in the transaction in hand: takes the goods out of stock, and makes a release for each fulfillment
 * center. The order is not announced yet. Throws a `CommandError` WB_STORE_STORE_UNKNOWN, WB_STORE_CUSTOMER_UNKNOWN,
 * WB_STORE_PRODUCT_UNKNOWN, WB_STORE_INVENTORY_UNKNOWN, WB_STORE_OUT_OF_STOCK, WB_STORE_ORDER_NUMBER_TAKEN or WB_STORE_ORDER_UNWRITABLE.
 */
export function insertOrder(order: NewOrder, database: Database, now: string): PlacedOrder {
  const known = order.reference === undefined ? undefined : placedBefore(order.reference, database);
  if (known) return known;
  refuseUnwritable(order);
  const store = findStore(database, order.storeId);
  const address = order.addressId === undefined ? findMainAddress(database, order.customerId) : findAddress(database, order.addressId);
  refuseTakenNumber(order.merchantOrderNumber, undefined, database);
  const orderId = database.nextId('order');
  const lines = order.items.map((item) => lineOf(item, store, now, database));
  database.insert('orders', {
    order_id: orderId,
    reference: order.reference,
    store_id: order.storeId,
    customer_id: order.customerId,
    address_id: address.address_id,
    merchant_order_number: order.merchantOrderNumber,
    status: 'C',
    currency: store.currency,
    ...totalsOf(lines, store),
    fields: toJson(order.fields),
    user_data: toJson(order.userData),
    placed: now,
    updated: now,
  });
  for (const [index, line] of lines.entries()) insertLine({ orderId, line, index, store, now }, database);
  insertReleases({ orderId, lines, store, addressId: address.address_id, instructions: order.instructions }, database);
  return {
    orderId,
    items: lines.map(({ orderItemId, product, quantity }) => ({ orderItemId, partNumber: product.part_number, quantity })),
  };
}

function placedBefore(reference: string, database: Database): PlacedOrder | undefined {
  const order = database.get<{ order_id: string }>('SELECT order_id FROM orders WHERE reference = ?', reference);
  if (!order) return undefined;
  const items = database.all<PlacedOrder['items'][number]>(
    `SELECT order_item_id AS orderItemId, part_number AS partNumber, quantity FROM order_items JOIN products USING (catalog_entry_id)
     WHERE order_id = ? ORDER BY line`,
    order.order_id,
  );
  return { orderId: order.order_id, items: items.map((item) => ({ ...item })) };
}

function lineOf(item: NewOrder['items'][number], store: StoreRow, now: string, database: Database): Line {
  const { partNumber, quantity, comment, unitPrice } = item;
  const product = findProduct(database, store.store_id, { partNumber });
  const price = unitPrice ?? effectivePrice({ product, ownerId: store.owner_id, currency: store.currency, quantity, now }, database);
  if (price === undefined) throw errors.WB_STORE_PRODUCT_UNKNOWN(`Product ${partNumber} has no price in ${store.currency}.`);
  takeFromStock(product, quantity, store, database);
  return { orderItemId: database.nextId('order item'), product, quantity, unitPrice: price, comment };
}

function takeFromStock(product: ProductRow, quantity: string, { store_id }: StoreRow, database: Database): void {
  const key = [product.catalog_entry_id, product.center_id, store_id] as const;
  const where = 'WHERE catalog_entry_id = ? AND center_id = ? AND store_id = ?';
  const stock = database.get<{ quantity: string }>(`SELECT quantity FROM inventory ${where}`, ...key);
  if (!stock) throw errors.WB_STORE_INVENTORY_UNKNOWN(`Store ${store_id} keeps no ${product.part_number} in center ${product.center_id}.`);
  if (compare(stock.quantity, quantity) < 0)
    throw errors.WB_STORE_OUT_OF_STOCK(`There are ${stock.quantity} of ${product.part_number}, not ${quantity}.`);
  database.run(`UPDATE inventory SET quantity = ? ${where}`, subtract(stock.quantity, quantity), ...key);
}

function totalsOf(lines: readonly Line[], { tax_rate }: StoreRow): Readonly<Record<string, string>> {
  const product = sum(lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  const shipping = sum(lines.map((line) => line.product.shipping_charge));
  return {
    total_product: product,
    total_tax: times(product, tax_rate),
    total_shipping: shipping,
    total_shipping_tax: times(shipping, tax_rate),
  };
}

interface LineToInsert {
  readonly orderId: string;
  readonly line: Line;
  readonly index: number;
  readonly store: StoreRow;
  readonly now: string;
}

function insertLine({ orderId, line, index, store, now }: LineToInsert, database: Database): void {
  const { product } = line;
  database.insert('order_items', {
    order_item_id: line.orderItemId,
    order_id: orderId,
    line: index,
    catalog_entry_id: product.catalog_entry_id,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    shipping_charge: product.shipping_charge,
    center_id: product.center_id,
    ship_mode_id: store.ship_mode_id,
    status: 'C',
    comment: line.comment,
    placed: now,
    updated: now,
  });
}

interface ReleasesToInsert {
  readonly orderId: string;
  readonly lines: readonly Line[];
  readonly store: StoreRow;
  readonly addressId: string;
  readonly instructions: string | undefined;
}

/** Items that go from one center go as one release; it waits for a pick batch at once. */
function insertReleases({ orderId, lines, store, addressId, instructions }: ReleasesToInsert, database: Database): void {
  const centers = [...new Set(lines.map(({ product }) => product.center_id))];
  for (const [index, centerId] of centers.entries()) {
    const release = { order_id: orderId, release_number: index + 1 };
    database.insert('releases', {
      ...release,
      center_id: centerId,
      ship_mode_id: store.ship_mode_id,
      address_id: addressId,
      status: 'SHIP',
      instructions,
    });
    for (const { orderItemId, quantity } of lines.filter(({ product }) => product.center_id === centerId))
      database.insert('release_items', { ...release, order_item_id: orderItemId, quantity });
  }
}
