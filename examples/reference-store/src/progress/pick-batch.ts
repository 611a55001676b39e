import type { PickBatch, PickBatchInput } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { findStore, refuseUnknownCenter } from '../database/find.ts';
import type { Work } from '../work.ts';

/** A batch holds at most so many releases; the others wait for the next one (reference/fulfillment-messages.md, section 6.8). */
const largestBatch = 25;

/** Orders that are being handed to a distributor, or are held, are not picked here. */
const notPicked = "'F', 'H'";

/**
 * Bundles the releases that wait in a fulfillment center into a pick batch and answers with its id, and with whether more are waiting; without
 * an id when none waits. Throws a `CommandError` WB_STORE_STORE_UNKNOWN or WB_STORE_CENTER_UNKNOWN.
 */
export function insertPickBatch({ storeId, fulfillmentCenterId: centerId }: PickBatchInput, database: Database, now: string): PickBatch {
  findStore(database, storeId);
  refuseUnknownCenter(database, centerId);
  const waiting = database.all<{ order_id: string; release_number: number }>(
    `SELECT order_id, release_number FROM releases JOIN orders USING (order_id)
     WHERE releases.status = 'SHIP' AND orders.status NOT IN (${notPicked})
     AND center_id = ? AND store_id = ? ORDER BY releases.rowid LIMIT ${largestBatch + 1}`,
    centerId,
    storeId,
  );
  const more = waiting.length > largestBatch;
  if (waiting.length === 0) return { more };
  const pickBatchId = database.nextId('pick batch');
  database.insert('pick_batches', { pick_batch_id: pickBatchId, store_id: storeId, center_id: centerId, created: now });
  for (const { order_id, release_number } of waiting.slice(0, largestBatch))
    database.run(
      "UPDATE releases SET status = 'PRN', pick_batch_id = ? WHERE order_id = ? AND release_number = ?",
      pickBatchId,
      order_id,
      release_number,
    );
  return { pickBatchId, more };
}

/** As `insertPickBatch`, for a message. */
export function generatePickBatch(input: PickBatchInput, work: Work): PickBatch {
  const batch = insertPickBatch(input, work.database, work.now);
  if (batch.pickBatchId !== undefined) work.effect(`pick batch ${batch.pickBatchId} made in ${input.fulfillmentCenterId}`);
  return batch;
}
