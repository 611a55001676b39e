import type { InventoryLevel, InventoryLevelsInput } from '@waybill/commerce';
import { findProduct, findStore } from '../database/find.ts';
import { errors } from '../errors.ts';
import { compare } from '../orders/decimal.ts';
import type { Work } from '../work.ts';

/**
 * Sets stock levels, all of them or none (reference/fulfillment-messages.md, section 5.3). Throws a `CommandError`
 * WB_STORE_STOCK_NEGATIVE, WB_STORE_STORE_UNKNOWN, WB_STORE_PRODUCT_UNKNOWN or, as no row is ever made, WB_STORE_INVENTORY_UNKNOWN.
 */
export function setInventoryLevels(input: InventoryLevelsInput, work: Work): void {
  for (const level of input.levels) setLevel(level, work);
}

function setLevel(level: InventoryLevel, work: Work): void {
  const { database, now } = work;
  const { storeId, quantity } = level;
  if (compare(quantity, '0') < 0) throw errors.WB_STORE_STOCK_NEGATIVE(`The stock of a product cannot be ${quantity}.`, { at: 'quantity' });
  findStore(database, storeId);
  const product = findProduct(database, storeId, level);
  const centerId = level.fulfillmentCenterId ?? product.center_id;
  const changed = database.run(
    'UPDATE inventory SET quantity = ?, updated = ? WHERE catalog_entry_id = ? AND center_id = ? AND store_id = ?',
    quantity,
    now,
    product.catalog_entry_id,
    centerId,
    storeId,
  );
  if (changed === 0) throw errors.WB_STORE_INVENTORY_UNKNOWN(`Store ${storeId} keeps no ${product.part_number} in center ${centerId}.`);
  work.effect(`stock of ${product.part_number} in ${centerId} set to ${quantity}`);
}
