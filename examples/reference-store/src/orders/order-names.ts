import { type OrderNames, orderKeyOf } from '@waybill/commerce';
import type { ApplicationSpec } from '@waybill/contract/application';
import type { Database } from '../database/database.ts';
import { errors } from '../errors.ts';
import type { Store } from '../store.ts';

const numbered = `SELECT order_id FROM order_status WHERE merchant_order_number = ? AND version = 0
  UNION SELECT order_id FROM orders WHERE merchant_order_number = ?`;

/**
 * The order that a back end knows under this number, by its last status or by what was said when it was placed; undefined when
 * there is none. Throws a `CommandError` WB_STORE_ORDER_AMBIGUOUS when several orders have the number.
 */
export function findByMerchantNumber(database: Database, number: string): string | undefined {
  const orders = ordersNumbered(database, number);
  if (orders.length > 1) throw errors.WB_STORE_ORDER_AMBIGUOUS(`${orders.length} orders have the number ${number} at the back end.`);
  return orders[0];
}

function ordersNumbered(database: Database, number: string): readonly string[] {
  return database.all<{ order_id: string }>(numbered, number, number).map(({ order_id }) => order_id);
}

/** How many numbers are remembered that no status has brought into the database yet. */
const mostLearned = 10_000;

/**
 * Gives an order one key, whatever a message calls it: one that has only the number at the back end waits for those that
 * name the id. A number that came with an id in a message that is still on its way is remembered until that message is done with.
 */
export function resolveOrderKeys(store: Store): NonNullable<ApplicationSpec['keyOf']> {
  const learned = new Map<string, string>();
  return (_command, input, { proposed }) => {
    const { orderId, merchantOrderNumber } = input as OrderNames;
    if (merchantOrderNumber === undefined) return proposed;
    if (orderId !== undefined) learn(learned, merchantOrderNumber, orderId);
    const known = orderId ?? knownOrder(store.database, merchantOrderNumber) ?? learned.get(merchantOrderNumber);
    return orderKeyOf({ orderId: known, merchantOrderNumber });
  };
}

function learn(learned: Map<string, string>, number: string, orderId: string): void {
  learned.delete(number);
  learned.set(number, orderId);
  const [oldest] = learned.keys();
  if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
}

/** A number that several orders have names none of them; the handler refuses such a message. */
function knownOrder(database: Database, number: string): string | undefined {
  const [only, another] = ordersNumbered(database, number);
  return another === undefined ? only : undefined;
}
