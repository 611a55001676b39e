import type { InventoryAdjustmentInput, InventoryReceipt, InventoryReceiptInput } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { errors } from '../errors.ts';
import { add, compare } from '../orders/decimal.ts';
import type { Work } from '../work.ts';
import { countExpected } from './expected.ts';
import { findPlace, keepStock, stockOf } from './place.ts';
import { refuseNothing } from './quantities.ts';

/**
 * Books stock that has come: the stock rises by it, and what was expected is counted (reference/fulfillment-messages.md, section 6.4). Stock of a
 * product is kept in the center from then on, if it was not before. Throws what `findPlace` and `countExpected` throw, and a
 * `CommandError` WB_STORE_QUANTITY_NOT_POSITIVE or WB_STORE_PRICE_NEGATIVE.
 */
export function receiveInventory(input: InventoryReceiptInput, work: Work): InventoryReceipt {
  const { database } = work;
  const place = findPlace(input, database);
  refuseNothing(input.quantity);
  if (compare(input.cost.amount, '0') < 0) throw errors.WB_STORE_PRICE_NEGATIVE(`Goods cannot cost ${input.cost.amount}.`, { at: 'cost' });
  if (input.expectedDetailId !== undefined) countExpected(input.expectedDetailId, input.quantity, place, database);
  const receiptId = database.nextId('receipt');
  database.insert('receipts', {
    receipt_id: receiptId,
    store_id: place.storeId,
    center_id: place.centerId,
    catalog_entry_id: place.product.catalog_entry_id,
    vendor_id: input.vendorId,
    cost: input.cost.amount,
    currency: input.cost.currency,
    quantity: input.quantity,
    received: input.received,
    type: input.expectedDetailId === undefined ? 'ADHC' : 'EIR',
    detail_id: input.expectedDetailId,
    version_name: input.versionName,
    comment: input.comment,
    quality_comment: input.qualityComment,
  });
  keepStock(place, add(stockOf(place, database) ?? '0', input.quantity), database, work.now);
  work.effect(`receipt ${receiptId} raised stock of ${input.partNumber} in ${place.centerId} by ${input.quantity}`);
  return { receiptId };
}

/**
 * Corrects stock by a difference, never below zero (reference/fulfillment-messages.md, section 6.6). Throws what `findPlace` throws, and a
 * `CommandError` WB_STORE_ADJUSTMENT_CODE_UNKNOWN, WB_STORE_INVENTORY_UNKNOWN or WB_STORE_ADJUSTMENT_TOO_LARGE.
 */
export function adjustInventory(input: InventoryAdjustmentInput, work: Work): void {
  const { database } = work;
  const place = findPlace(input, database);
  refuseUnknownCode(input, database);
  const known = stockOf(place, database);
  if (known === undefined)
    throw errors.WB_STORE_INVENTORY_UNKNOWN(`Store ${place.storeId} keeps no ${input.partNumber} in center ${place.centerId}.`);
  const quantity = add(known, input.quantity);
  if (compare(quantity, '0') < 0)
    throw errors.WB_STORE_ADJUSTMENT_TOO_LARGE(
      `There are ${known} of ${input.partNumber} in ${place.centerId}: ${input.quantity} are too many.`,
    );
  keepStock(place, quantity, database, work.now);
  database.insert('adjustments', {
    adjustment_id: database.nextId('adjustment'),
    store_id: place.storeId,
    center_id: place.centerId,
    catalog_entry_id: place.product.catalog_entry_id,
    quantity: input.quantity,
    code_id: input.adjustmentCodeId,
    version_name: input.versionName,
    comment: input.comment,
    at: work.now,
  });
  work.effect(`stock of ${input.partNumber} in ${place.centerId} adjusted by ${input.quantity}`);
}

function refuseUnknownCode({ adjustmentCodeId, storeId }: InventoryAdjustmentInput, database: Database): void {
  const code = database.get<{ deleted: number }>(
    'SELECT deleted FROM adjustment_codes WHERE code_id = ? AND store_id = ?',
    adjustmentCodeId,
    storeId,
  );
  if (!code || code.deleted)
    throw errors.WB_STORE_ADJUSTMENT_CODE_UNKNOWN(`Store ${storeId} has no adjustment code ${adjustmentCodeId}${code ? ' any more' : ''}.`);
}
