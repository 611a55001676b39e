import type { Database } from '../database/database.ts';
import { present } from '../database/present.ts';

/** How far an order is, for people and tests. */
export interface OrderSummary {
  readonly orderId: string;
  /** The state in the store (reference/fulfillment-messages.md, section 9). */
  readonly status: string;
  /** What the back end said last: C, S, SP, I, BP, X. */
  readonly backEndStatus?: string;
  readonly merchantOrderNumber?: string;
  /** How many former statuses are kept. */
  readonly versions: number;
  readonly announced: boolean;
  /** What a distributor said that could not do what it was asked: while the order is H. */
  readonly failure?: { readonly code: string; readonly text: string };
  /** Cart or order at the distributor that has taken the order over. */
  readonly distributorOrder?: { readonly distributorId: string; readonly id: string; readonly url: string };
  readonly releases: readonly { readonly number: number; readonly status: string; readonly pickBatchId?: string }[];
}

interface SummaryRow {
  readonly status: string;
  readonly announced: string | null;
  readonly back_end_status: string | null;
  readonly merchant_order_number: string | null;
  readonly versions: number;
  readonly failure_code: string | null;
  readonly failure_text: string | null;
  readonly distributor_id: string | null;
  readonly distributor_order_id: string | null;
  readonly distributor_order_url: string | null;
}

const summary = `SELECT orders.status, orders.announced, current.status AS back_end_status,
  coalesce(current.merchant_order_number, orders.merchant_order_number) AS merchant_order_number,
  (SELECT count(*) FROM order_status AS former WHERE former.order_id = orders.order_id AND version > 0) AS versions,
  failure_code, failure_text, orders.distributor_id, distributor_order_id, distributor_order_url
  FROM orders LEFT JOIN order_status AS current ON current.order_id = orders.order_id AND version = 0
  LEFT JOIN distributor_requests ON request_id = held_by WHERE orders.order_id = ?`;

export function summarizeOrder(database: Database, orderId: string): OrderSummary | undefined {
  const row = database.get<SummaryRow>(summary, orderId);
  if (!row) return undefined;
  const releases = database.all<{ number: number; status: string; pickBatchId: string | null }>(
    'SELECT release_number AS number, status, pick_batch_id AS pickBatchId FROM releases WHERE order_id = ? ORDER BY release_number',
    orderId,
  );
  return present({
    orderId,
    status: row.status,
    backEndStatus: row.back_end_status,
    merchantOrderNumber: row.merchant_order_number,
    versions: row.versions,
    announced: row.announced !== null,
    failure: row.failure_code === null ? undefined : { code: row.failure_code, text: row.failure_text ?? '' },
    distributorOrder: distributorOrderOf(row),
    releases: releases.map((release) => present(release)),
  });
}

function distributorOrderOf({ distributor_id, distributor_order_id, distributor_order_url }: SummaryRow): OrderSummary['distributorOrder'] {
  if (distributor_id === null) return undefined;
  return { distributorId: distributor_id, id: distributor_order_id ?? '', url: distributor_order_url ?? '' };
}

export function readStock(
  database: Database,
  { storeId, centerId, partNumber }: { readonly storeId: string; readonly centerId: string; readonly partNumber: string },
): string | undefined {
  return database.get<{ quantity: string }>(
    'SELECT quantity FROM inventory JOIN products USING (catalog_entry_id) WHERE store_id = ? AND center_id = ? AND part_number = ?',
    storeId,
    centerId,
    partNumber,
  )?.quantity;
}
