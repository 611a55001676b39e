import type { Database } from '../database/database.ts';
import { findProduct, findStore, type ProductRow, refuseUnknownCenter } from '../database/find.ts';
import { errors } from '../errors.ts';

/** A product of a store in a fulfillment center. */
export interface Place {
  readonly product: ProductRow;
  readonly centerId: string;
  readonly storeId: string;
}

export interface PlaceNames {
  readonly storeId: string;
  readonly fulfillmentCenterId: string;
  readonly ownerId: string;
  readonly partNumber: string;
}

/** Throws a `CommandError` WB_STORE_STORE_UNKNOWN, WB_STORE_CENTER_UNKNOWN or WB_STORE_PRODUCT_UNKNOWN. */
export function findPlace({ storeId, fulfillmentCenterId: centerId, ownerId, partNumber }: PlaceNames, database: Database): Place {
  findStore(database, storeId);
  refuseUnknownCenter(database, centerId);
  const product = findProduct(database, storeId, { partNumber });
  if (product.owner_id !== ownerId)
    throw errors.WB_STORE_PRODUCT_UNKNOWN(`Product ${partNumber} of store ${storeId} is not one of member ${ownerId}.`, { at: 'ownerId' });
  return { product, centerId, storeId };
}

const where = 'catalog_entry_id = ? AND center_id = ? AND store_id = ?';

/** How many there are; undefined where no stock is kept. */
export function stockOf({ product, centerId, storeId }: Place, database: Database): string | undefined {
  const sql = `SELECT quantity FROM inventory WHERE ${where}`;
  return database.get<{ quantity: string }>(sql, product.catalog_entry_id, centerId, storeId)?.quantity;
}

/** Keeps so many from now on, also where no stock was kept until now. */
export function keepStock({ product, centerId, storeId }: Place, quantity: string, database: Database, now: string): void {
  database.run(
    `INSERT INTO inventory (catalog_entry_id, center_id, store_id, quantity, updated) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET quantity = excluded.quantity, updated = excluded.updated`,
    product.catalog_entry_id,
    centerId,
    storeId,
    quantity,
    now,
  );
}
