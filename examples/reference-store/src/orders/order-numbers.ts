import type { OrderNames } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { errors } from '../errors.ts';
import type { Work } from '../work.ts';

const numbered = `SELECT order_id FROM order_status WHERE merchant_order_number = ? AND version = 0
  UNION SELECT order_id FROM orders WHERE merchant_order_number = ?`;

/**
 * The order that a back end knows under this number, by its last status or by what was said when it was placed; undefined when
 * there is none. Throws a `CommandError` WB_STORE_ORDER_AMBIGUOUS when several orders have the number.
 */
function findByMerchantNumber(database: Database, number: string): string | undefined {
  const orders = ordersNumbered(database, number);
  if (orders.length > 1) throw errors.WB_STORE_ORDER_AMBIGUOUS(`${orders.length} orders have the number ${number} at the back end.`);
  if (database.get('SELECT 1 FROM disputed_numbers WHERE merchant_order_number = ?', number) !== undefined)
    throw errors.WB_STORE_ORDER_AMBIGUOUS(`The back end has given the number ${number} of order ${orders[0]} to another order, too.`);
  return orders[0];
}

/**
 * The number that a back end gives an order. One that another order has is refused, and names neither of them from then on, until the back
 * end says it once more together with the id of the order that has it. Throws a `CommandError` WB_STORE_ORDER_NUMBER_TAKEN.
 */
export function takeNumber({ orderId: named, merchantOrderNumber: number }: OrderNames, orderId: string, work: Work): void {
  if (number === undefined) return;
  const { database } = work;
  try {
    refuseTakenNumber(number, orderId, database);
  } catch (error) {
    work.evenIfRefused(() => database.run('INSERT OR IGNORE INTO disputed_numbers VALUES (?)', number));
    throw error;
  }
  if (named !== undefined) database.run('DELETE FROM disputed_numbers WHERE merchant_order_number = ?', number);
}

/**
 * The order that a message is about, by its id in the store, else by its number at the back end. Throws a `CommandError`
 * WB_STORE_ORDER_UNNAMED, WB_STORE_ORDER_UNKNOWN or WB_STORE_ORDER_AMBIGUOUS.
 */
export function findNamedOrder({ orderId, merchantOrderNumber }: OrderNames, database: Database): string {
  if (orderId === undefined && merchantOrderNumber === undefined) throw errors.WB_STORE_ORDER_UNNAMED('The message names no order.');
  const found =
    orderId === undefined
      ? findByMerchantNumber(database, merchantOrderNumber ?? '')
      : database.get<{ order_id: string }>('SELECT order_id FROM orders WHERE order_id = ?', orderId)?.order_id;
  if (found === undefined) throw errors.WB_STORE_ORDER_UNKNOWN(`There is no order ${orderId ?? merchantOrderNumber}.`);
  return found;
}

/** A number at the back end names one order, however it was registered. Throws a `CommandError` WB_STORE_ORDER_NUMBER_TAKEN. */
export function refuseTakenNumber(number: string | undefined, orderId: string | undefined, database: Database): void {
  const other = number === undefined ? undefined : ordersNumbered(database, number).find((each) => each !== orderId);
  if (other === undefined) return;
  const says = orderId === undefined ? 'A new order' : `Order ${orderId}`;
  throw errors.WB_STORE_ORDER_NUMBER_TAKEN(`${says} cannot have the number ${number} at the back end: order ${other} has it.`, {
    at: 'merchantOrderNumber',
  });
}

/** The orders that have this number at the back end: one, unless an earlier version of the store has written the database. */
export function ordersNumbered(database: Database, number: string): readonly string[] {
  return database.all<{ order_id: string }>(numbered, number, number).map(({ order_id }) => order_id);
}
