import { OrderBook, type OrderRules } from '@waybill/procurement';
import type { Database } from '../database/database.ts';
import { findMainAddress, findStore } from '../database/find.ts';
import { bookStorage } from './book-storage.ts';
import { buyerErrors } from './errors.ts';

/** A procurement system that buys from the store. */
export interface NewBuyer {
  /** What the directory of partners calls it: the name of the principal of its messages. */
  readonly name: string;
  /** In whose name it orders. */
  readonly customerId: string;
  readonly storeId: string;
  /** What the payload ids of documents to it end in. */
  readonly host: string;
  /** How the book works with it, where not by `defaultRules`. */
  readonly rules?: Partial<OrderRules> | undefined;
}

export interface BuyerRow {
  readonly buyer: string;
  readonly customer_id: string;
  readonly store_id: string;
  readonly host: string;
  readonly rules: string;
}

/** Adds a buyer, or changes it. Throws a `CommandError` WB_STORE_STORE_UNKNOWN or WB_STORE_CUSTOMER_UNKNOWN. */
export function setBuyer({ name, customerId, storeId, host, rules = {} }: NewBuyer, database: Database): void {
  findStore(database, storeId);
  findMainAddress(database, customerId);
  database.run(
    `INSERT INTO buyers VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET customer_id = excluded.customer_id, store_id = excluded.store_id, host = excluded.host, rules = excluded.rules`,
    name,
    customerId,
    storeId,
    host,
    JSON.stringify(rules),
  );
}

/** Throws a `CommandError` WB_STORE_BUYER_UNKNOWN. */
export function findBuyer(database: Database, name: string | undefined): BuyerRow {
  const row = name === undefined ? undefined : database.get<BuyerRow>('SELECT * FROM buyers WHERE buyer = ?', name);
  if (!row) throw buyerErrors.WB_STORE_BUYER_UNKNOWN(name === undefined ? 'The message has no principal.' : `There is no buyer ${name}.`);
  return row;
}

export function bookOf(database: Database): OrderBook {
  return new OrderBook(bookStorage(database), (buyer) => JSON.parse(findBuyer(database, buyer).rules) as Partial<OrderRules>);
}

/** A payload id that no document had before: reference/procurement-messages.md, section 3.2. */
export function nextPayloadId(database: Database, { host }: BuyerRow, now: string): string {
  return `${Date.parse(now)}.${database.nextId('document')}@${host}`;
}
