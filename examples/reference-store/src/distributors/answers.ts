import type { BatchAvailabilityInput, DistributorAvailability, QuotationInput, QuotationLine, TransferInput } from '@waybill/commerce';
import { errors } from '../errors.ts';
import { compare } from '../orders/decimal.ts';
import { refuseNegative } from '../prices/priced.ts';
import type { Work } from '../work.ts';
import { type Failure, failureIn, findRequest, holdOrder, markAnswered, type RequestRow } from './requests.ts';

const empty: Failure = { code: 'EMPTY', text: 'The quotation has no lines.' };

/**
 * Records what a distributor quotes (reference/fulfillment-messages.md, section 7.3). A later quotation takes the place of an earlier one for the same request. One
 * that has failed, or has no lines, puts the order in state H; a good one for the same request puts it back where it was.
 * Throws a `CommandError` WB_STORE_REQUEST_UNKNOWN, WB_STORE_ITEM_UNKNOWN, WB_STORE_CURRENCY_MISSING or WB_STORE_PRICE_NEGATIVE.
 */
export function recordQuotation(input: QuotationInput, work: Work): void {
  const { database, now } = work;
  const request = findRequest(input, 'quotation', database);
  const { lines = [] } = input;
  const failure = failureIn(input.status) ?? (lines.length === 0 ? empty : undefined);
  database.run('DELETE FROM quotation_lines WHERE request_id = ?', request.request_id);
  markAnswered(request.request_id, failure, database, now);
  if (failure) {
    holdOrder(request, database, now);
    work.effect(`quotation ${request.request_id} of order ${request.order_id} failed: ${failure.code}`);
    return;
  }
  for (const [index, line] of lines.entries()) insertLine(line, index, request, work);
  database.run(
    "UPDATE orders SET status = ?, held_by = NULL, updated = ? WHERE order_id = ? AND status = 'H' AND held_by = ?",
    request.status_before,
    now,
    request.order_id,
    request.request_id,
  );
  work.effect(`quotation ${request.request_id} of order ${request.order_id} recorded`);
}

function insertLine(line: QuotationLine, index: number, request: RequestRow, { database }: Work): void {
  const { lineNumber, sellingPrice, product, quantity, supplierData, condition, estimatedDate, ...details } = line;
  if (!database.get('SELECT 1 FROM order_items WHERE order_item_id = ? AND order_id = ?', lineNumber, request.order_id))
    throw errors.WB_STORE_ITEM_UNKNOWN(`Order ${request.order_id} has no item ${lineNumber}.`);
  if (sellingPrice.currency === undefined)
    throw errors.WB_STORE_CURRENCY_MISSING(`The price of item ${lineNumber} has no currency.`, { at: 'lines.sellingPrice.currency' });
  refuseNegative(sellingPrice.amount);
  database.insert('quotation_lines', {
    request_id: request.request_id,
    line: index,
    order_item_id: lineNumber,
    global_id: product.globalId,
    quantity,
    price: sellingPrice.amount,
    currency: sellingPrice.currency,
    supplier_data: supplierData,
    condition,
    estimated: estimatedDate,
    details: JSON.stringify({ ...details, distributorIds: product.distributorIds }),
  });
}

/**
 * Records whether a distributor has taken an order over (reference/fulfillment-messages.md, section 7.4): it becomes G, or H. A request is answered once.
 * Throws a `CommandError` WB_STORE_REQUEST_UNKNOWN or WB_STORE_REQUEST_ANSWERED.
 */
export function confirmTransfer(input: TransferInput, work: Work): void {
  const { database, now } = work;
  const request = findRequest(input, 'transfer', database);
  if (request.order_id !== input.orderId)
    throw errors.WB_STORE_REQUEST_UNKNOWN(`Request ${request.request_id} was not about order ${input.orderId}.`);
  if (request.answered !== null)
    throw errors.WB_STORE_REQUEST_ANSWERED(`Request ${request.request_id} about order ${input.orderId} is answered already.`);
  const failure = failureIn(input.status);
  markAnswered(request.request_id, failure, database, now);
  if (failure) {
    holdOrder(request, database, now);
    work.effect(`transfer of order ${input.orderId} failed: ${failure.code}`);
    return;
  }
  database.run(
    `UPDATE orders SET status = CASE status WHEN 'S' THEN 'S' ELSE 'G' END, held_by = NULL, updated = ?, distributor_id = ?,
     distributor_order_id = ?, distributor_order_url = ? WHERE order_id = ?`,
    now,
    input.distributorId,
    input.distributorOrderId,
    input.distributorOrderUrl,
    input.orderId,
  );
  work.effect(`order ${input.orderId} transferred to ${input.distributorId}`);
}

/**
 * Records how much a distributor has (reference/fulfillment-messages.md, section 7.5), all lines or none. The answer to an older request changes no figure that a
 * newer one has brought; a failed one changes none at all. Throws a `CommandError` WB_STORE_REQUEST_UNKNOWN, WB_STORE_PRODUCT_UNKNOWN
 * or WB_STORE_STOCK_NEGATIVE.
 */
export function recordBatchAvailability(input: BatchAvailabilityInput, work: Work): void {
  const { database, now } = work;
  const { requestId, distributorId } = input;
  const request = requestId === undefined ? undefined : findRequest({ requestId, distributorId }, 'batch-availability', database);
  const failure = failureIn(input.status);
  if (request) markAnswered(request.request_id, failure, database, now);
  if (failure) {
    work.effect(`batch availability of ${distributorId} failed: ${failure.code}`);
    return;
  }
  const lines = input.lines ?? [];
  for (const line of lines) recordFigure(line, input, work);
  work.effect(`batch availability of ${distributorId} recorded in ${lines.length} lines`);
}

function recordFigure(line: DistributorAvailability, { requestId, distributorId }: BatchAvailabilityInput, { database, now }: Work): void {
  const { product, quantity, condition = '0', estimatedDate, lineNumber: _line, ...details } = line;
  if (compare(quantity, '0') < 0)
    throw errors.WB_STORE_STOCK_NEGATIVE(`Distributor ${distributorId} cannot have ${quantity} of ${product.globalId}.`, {
      at: 'lines.quantity',
    });
  const known = database.get<{ id: string }>('SELECT catalog_entry_id AS id FROM products WHERE part_number = ?', product.globalId);
  if (!known) throw errors.WB_STORE_PRODUCT_UNKNOWN(`There is no product ${product.globalId}.`);
  database.run(
    `INSERT INTO distributor_stock (distributor_id, catalog_entry_id, quantity, condition, estimated, request, details, updated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET quantity = excluded.quantity, condition = excluded.condition,
     estimated = excluded.estimated, request = coalesce(excluded.request, request), details = excluded.details, updated = excluded.updated
     WHERE excluded.request IS NULL OR distributor_stock.request IS NULL OR excluded.request >= distributor_stock.request`,
    distributorId,
    known.id,
    quantity,
    condition,
    estimatedDate ?? null,
    requestId === undefined ? null : Number(requestId),
    JSON.stringify({ ...details, distributorIds: product.distributorIds }),
    now,
  );
}
