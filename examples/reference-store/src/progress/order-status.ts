import type { OrderItemStatus, OrderStatusInput } from '@waybill/commerce';
import { tellOfStatus } from '../buyers/tell.ts';
import type { Database, Row } from '../database/database.ts';
import { present } from '../database/present.ts';
import { errors } from '../errors.ts';
import { findNamedOrder, takeNumber } from '../orders/order-numbers.ts';
import type { Work } from '../work.ts';
import { isStale } from './newer.ts';
import { type Columns, itemColumns, orderColumns } from './order-status-columns.ts';
import { shipReleases } from './shipments.ts';

interface CurrentStatus extends Row {
  readonly sequence_number: string | null;
  readonly last_update_time: string | null;
}

/**
 * Records how far an order is (reference/fulfillment-messages.md, section 4.2). A stale status is accepted and changes
 * nothing. A message that says only a part leaves the rest as it was. `fallback` is the status that is meant when the
 * message names none.
 *
 * Throws a `CommandError` WB_STORE_ORDER_UNNAMED, WB_STORE_ORDER_UNKNOWN, WB_STORE_ORDER_AMBIGUOUS, WB_STORE_FIRST_STATUS_INCOMPLETE,
 * WB_STORE_ORDER_NUMBER_TAKEN, WB_STORE_ITEM_NUMBER_TAKEN, WB_STORE_ITEM_UNKNOWN, WB_STORE_ITEMS_INCOMPLETE or WB_STORE_FIELD_NOT_NUMERIC.
 */
export function recordOrderStatus(input: OrderStatusInput, work: Work, fallback?: string): void {
  const { database } = work;
  const orderId = findNamedOrder(input, database);
  const current = database.get<CurrentStatus>('SELECT * FROM order_status WHERE order_id = ? AND version = 0', orderId);
  if (!current) refuseIncomplete(input, orderId);
  else if (isStale(input, { sequenceNumber: current.sequence_number, lastUpdateTime: current.last_update_time })) return;

  takeNumber(input, orderId, work);
  refuseWordsForNumbers(input);
  for (const item of input.items ?? []) refuseWordsForNumbers(item);
  const items = (input.items ?? []).map((item) => ({ item, itemId: findItem(item, orderId, database) }));
  if (input.updateMode === 'C') refuseMissing(new Set(items.map(({ itemId }) => itemId)), orderId, database);

  const status = input.status ?? fallback;
  const row = { key: 'order_id', id: orderId, columns: orderColumns(input, status) } as const;
  writeVersion(database, { table: 'order_status', versioning: input.versioning, ...row });
  for (const { item, itemId } of items) writeItem(item, itemId, database);
  for (const { merchantItemNumber } of input.items ?? []) refuseSharedNumber(merchantItemNumber, orderId, database);
  database.run("UPDATE orders SET status = 'G', held_by = NULL, updated = ? WHERE order_id = ?", work.now, orderId);
  work.effect(`order ${orderId} status ${status ?? 'unchanged'}`);
  shipReleases(orderId, input, status, work);
  tellOfStatus(orderId, input, status, work);
}

function refuseIncomplete({ orderId: named, merchantOrderNumber }: OrderStatusInput, orderId: string): void {
  if (named !== undefined && merchantOrderNumber !== undefined) return;
  throw errors.WB_STORE_FIRST_STATUS_INCOMPLETE(`The first status of order ${orderId} has to carry both order ids.`);
}

/** An item by its id in the store, or by the number at the back end that an earlier status gave it. */
function findItem({ orderItemId, merchantItemNumber }: OrderItemStatus, orderId: string, database: Database): string {
  if (orderItemId !== undefined) {
    const own = database.get('SELECT 1 FROM order_items WHERE order_item_id = ? AND order_id = ?', orderItemId, orderId);
    if (!own) throw errors.WB_STORE_ITEM_UNKNOWN(`Order ${orderId} has no item ${orderItemId}.`);
    return orderItemId;
  }
  if (merchantItemNumber === undefined) throw errors.WB_STORE_ITEM_UNKNOWN(`A status of order ${orderId} names no item.`);
  const [known] = itemsNumbered(merchantItemNumber, orderId, database);
  if (known !== undefined) return known;
  throw errors.WB_STORE_FIRST_STATUS_INCOMPLETE(
    `The first status of item ${merchantItemNumber} of order ${orderId} has to carry its id in the store.`,
  );
}

function itemsNumbered(number: string, orderId: string, database: Database): readonly string[] {
  const items = database.all<{ order_item_id: string }>(
    'SELECT order_item_id FROM order_item_status JOIN order_items USING (order_item_id) WHERE order_id = ? AND merchant_item_number = ? AND version = 0',
    orderId,
    number,
  );
  return items.map(({ order_item_id }) => order_item_id);
}

/** Asked when all items are written, so that they can exchange their numbers: what is refused is taken back as a whole. */
function refuseSharedNumber(number: string | undefined, orderId: string, database: Database): void {
  const items = number === undefined ? [] : itemsNumbered(number, orderId, database);
  if (items.length < 2) return;
  throw errors.WB_STORE_ITEM_NUMBER_TAKEN(
    `The items ${items.join(' and ')} of order ${orderId} cannot both have the number ${number} at the back end.`,
    {
      at: 'items',
    },
  );
}

/** The first field of the site is an integer column and the second a decimal one (reference/fulfillment-messages.md, section 4.2). */
function refuseWordsForNumbers({ fields: [integer, decimal] = [] }: OrderStatusInput | OrderItemStatus): void {
  const isWrong = (field: string | undefined, form: RegExp) => field !== undefined && field.trim() !== '' && !form.test(field.trim());
  if (isWrong(integer, /^[+-]?[0-9]{1,10}$/))
    throw errors.WB_STORE_FIELD_NOT_NUMERIC('The first field of the site is no integer.', { at: 'fields.0' });
  if (isWrong(decimal, /^[+-]?[0-9]{1,15}(\.[0-9]{1,5})?$/))
    throw errors.WB_STORE_FIELD_NOT_NUMERIC('The second field of the site is no decimal number.', { at: 'fields.1' });
}

function refuseMissing(present: ReadonlySet<string>, orderId: string, database: Database): void {
  const items = database.all<{ order_item_id: string }>('SELECT order_item_id FROM order_items WHERE order_id = ? ORDER BY line', orderId);
  const missing = items.map(({ order_item_id }) => order_item_id).filter((itemId) => !present.has(itemId));
  if (missing.length > 0)
    throw errors.WB_STORE_ITEMS_INCOMPLETE(`A complete status of order ${orderId} lacks the items ${missing.join(', ')}.`);
}

function writeItem(item: OrderItemStatus, itemId: string, database: Database): void {
  const row = { key: 'order_item_id', id: itemId, columns: itemColumns(item) } as const;
  writeVersion(database, { table: 'order_item_status', versioning: item.versioning, ...row });
}

interface Version {
  readonly table: 'order_status' | 'order_item_status';
  readonly key: 'order_id' | 'order_item_id';
  readonly id: string;
  readonly columns: Columns;
  readonly versioning: boolean | undefined;
}

/** Version 0 takes the new values; with versioning, what it was until now is kept under the next number. */
function writeVersion(database: Database, { table, key, id, columns, versioning }: Version): void {
  const current = database.get(`SELECT * FROM ${table} WHERE ${key} = ? AND version = 0`, id);
  if (current && versioning) {
    const highest = database.get<{ version: number }>(`SELECT max(version) AS version FROM ${table} WHERE ${key} = ?`, id);
    database.insert(table, { ...current, version: (highest?.version ?? 0) + 1 });
  }
  database.run(`DELETE FROM ${table} WHERE ${key} = ? AND version = 0`, id);
  database.insert(table, { ...current, ...present(columns), [key]: id, version: 0 });
}
