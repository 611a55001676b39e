import type { ExpectedDetail, ExpectedInventory, ExpectedInventoryInput } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { present } from '../database/present.ts';
import { errors } from '../errors.ts';
import { add, compare, subtract } from '../orders/decimal.ts';
import { nanoseconds } from '../progress/newer.ts';
import type { Work } from '../work.ts';
import { findPlace, type Place } from './place.ts';
import { refuseNothing } from './quantities.ts';

/**
 * Records stock that is on its way (reference/fulfillment-messages.md, section 6.2). Throws a `CommandError` WB_STORE_STORE_UNKNOWN,
 * WB_STORE_CENTER_UNKNOWN, WB_STORE_PRODUCT_UNKNOWN, WB_STORE_QUANTITY_NOT_POSITIVE or WB_STORE_EXPECTED_TWICE.
 */
export function expectInventory(input: ExpectedInventoryInput, work: Work): ExpectedInventory {
  const { database } = work;
  findStore(database, input.storeId);
  refuseTwice(input.details);
  const recordId = database.nextId('expected record');
  database.insert('expected_records', {
    record_id: recordId,
    store_id: input.storeId,
    vendor_id: input.vendorId,
    ordered: input.ordered,
    backend_id: input.backendId,
    external_id: input.externalId,
  });
  const details = input.details.map((detail) => {
    const detailId = insertDetail(detail, findPlace({ ...detail, storeId: input.storeId }, database), recordId, database);
    return present({ detailId, backendId: detail.backendId });
  });
  work.effect(`expected record ${recordId} of ${details.length} details made`);
  return { recordId, details };
}

/** A record has one detail for a product, a center and a time. */
function refuseTwice(details: readonly ExpectedDetail[]): void {
  const seen = new Set<string>();
  for (const { partNumber, fulfillmentCenterId, expected } of details) {
    const key = JSON.stringify([partNumber, fulfillmentCenterId, String(nanoseconds(expected))]);
    if (seen.has(key))
      throw errors.WB_STORE_EXPECTED_TWICE(`Product ${partNumber} is expected in ${fulfillmentCenterId} at ${expected} twice.`);
    seen.add(key);
  }
}

function insertDetail(detail: ExpectedDetail, { product, centerId }: Place, recordId: string, database: Database): string {
  refuseNothing(detail.quantity);
  const detailId = database.nextId('expected detail');
  database.insert('expected_details', {
    detail_id: detailId,
    record_id: recordId,
    catalog_entry_id: product.catalog_entry_id,
    center_id: centerId,
    expected: detail.expected,
    ordered: detail.quantity,
    received: '0',
    remaining: detail.quantity,
    closed: 0,
    comment: detail.comment,
  });
  return detailId;
}

interface DetailRow {
  readonly catalog_entry_id: string;
  readonly center_id: string;
  readonly store_id: string;
  readonly received: string;
  readonly ordered: string;
  readonly closed: number;
}

/**
 * Counts what has come against what was expected, and closes the detail once nothing is missing. More than was expected closes it, too: the goods
 * are there. Throws a `CommandError` WB_STORE_EXPECTED_UNKNOWN, WB_STORE_EXPECTED_MISMATCH or WB_STORE_EXPECTED_CLOSED.
 */
export function countExpected(detailId: string, quantity: string, { product, centerId, storeId }: Place, database: Database): void {
  const detail = database.get<DetailRow>(
    'SELECT expected_details.*, store_id FROM expected_details JOIN expected_records USING (record_id) WHERE detail_id = ?',
    detailId,
  );
  if (!detail) throw errors.WB_STORE_EXPECTED_UNKNOWN(`No stock is expected under ${detailId}.`);
  if (detail.catalog_entry_id !== product.catalog_entry_id || detail.center_id !== centerId || detail.store_id !== storeId)
    throw errors.WB_STORE_EXPECTED_MISMATCH(`What is expected under ${detailId} is another product, or comes to another center or store.`);
  if (detail.closed) throw errors.WB_STORE_EXPECTED_CLOSED(`Everything that was expected under ${detailId} has come.`);
  const received = add(detail.received, quantity);
  const missing = subtract(detail.ordered, received);
  const remaining = compare(missing, '0') > 0 ? missing : '0';
  database.run(
    'UPDATE expected_details SET received = ?, remaining = ?, closed = ? WHERE detail_id = ?',
    received,
    remaining,
    Number(remaining === '0'),
    detailId,
  );
}
