import type { AnswerStatus, BatchAvailabilityRequest, QuotationRequest, TransferRequest } from '@waybill/commerce';
import type { Database } from '../database/database.ts';
import { findProduct, findStore, found } from '../database/find.ts';
import { present } from '../database/present.ts';
import { errors } from '../errors.ts';

export type RequestKind = 'quotation' | 'transfer' | 'batch-availability';

interface OrderRow {
  readonly order_id: string;
  readonly store_id: string;
  readonly status: string;
}

interface OrderRequest {
  readonly orderId: string;
  readonly distributorId: string;
}

/** Remembers that a distributor is to be asked for a quotation, and answers with the id of the request. Throws a `CommandError` WB_STORE_ORDER_UNKNOWN. */
export function insertQuotationRequest({ orderId, distributorId }: OrderRequest, database: Database): string {
  const order = findOrder(orderId, database);
  const requestId = database.nextId('request');
  const lines = linesOf(orderId, database);
  const data: QuotationRequest = { requestId, orderId, storeId: order.store_id, distributorId, lines, additionalInformation: true };
  insertRequest({ requestId, kind: 'quotation', distributorId, order, storeId: order.store_id, data }, database);
  return requestId;
}

/**
 * Remembers that an order is to be handed to a distributor; it is F from now on. Lines that the distributor has quoted carry price and supplier data of
 * its last quotation. Answers with the id of the request. Throws a `CommandError` WB_STORE_ORDER_UNKNOWN or WB_STORE_ORDER_NOT_TRANSFERABLE.
 */
export function insertTransferRequest({ orderId, distributorId }: OrderRequest, database: Database): string {
  const order = findOrder(orderId, database);
  refuseNotTransferable(order, database);
  const requestId = database.nextId('request');
  const lines = linesOf(orderId, database).map((line) => ({ ...line, ...quotedFor(line.lineNumber, distributorId, database) }));
  const data: TransferRequest = { requestId, orderId, storeId: order.store_id, distributorId, lines };
  insertRequest({ requestId, kind: 'transfer', distributorId, order, storeId: order.store_id, data }, database);
  database.run("UPDATE orders SET status = 'F', held_by = NULL WHERE order_id = ?", orderId);
  return requestId;
}

/** Remembers that a distributor is to be asked what it has. Throws a `CommandError` WB_STORE_STORE_UNKNOWN or WB_STORE_PRODUCT_UNKNOWN. */
export function insertBatchRequest(
  {
    storeId,
    distributorId,
    partNumbers,
  }: { readonly storeId: string; readonly distributorId: string; readonly partNumbers: readonly string[] },
  database: Database,
): string {
  findStore(database, storeId);
  const requestId = database.nextId('request');
  const lines = partNumbers.map((partNumber, index) => ({
    product: { globalId: findProduct(database, storeId, { partNumber }).part_number },
    lineNumber: String(index + 1),
  }));
  const data: BatchAvailabilityRequest = { requestId, storeId, distributorId, lines };
  insertRequest({ requestId, kind: 'batch-availability', distributorId, order: undefined, storeId, data }, database);
  return requestId;
}

function findOrder(orderId: string, database: Database): OrderRow {
  const order = database.get<OrderRow>('SELECT order_id, store_id, status FROM orders WHERE order_id = ?', orderId);
  if (!order) throw errors.WB_STORE_ORDER_UNKNOWN(`There is no order ${orderId}.`);
  return order;
}

/** An order whose goods are picked here, or that is on its way to a distributor or a customer, is handed to nobody. */
function refuseNotTransferable({ order_id, status }: OrderRow, database: Database): void {
  const released = database.get('SELECT 1 FROM releases WHERE order_id = ?', order_id) !== undefined;
  if (released || ['F', 'G', 'S'].includes(status))
    throw errors.WB_STORE_ORDER_NOT_TRANSFERABLE(`Order ${order_id} is ${status}${released ? ' and has a release' : ''}.`);
}

function linesOf(orderId: string, database: Database) {
  const rows = database.all<{ order_item_id: string; part_number: string; quantity: string }>(
    `SELECT order_item_id, part_number, quantity FROM order_items JOIN products USING (catalog_entry_id) WHERE order_id = ? ORDER BY line`,
    orderId,
  );
  return rows.map(({ order_item_id, part_number, quantity }) => ({
    product: { globalId: part_number },
    lineNumber: order_item_id,
    quantity,
  }));
}

function quotedFor(itemId: string, distributorId: string, database: Database): Partial<TransferRequest['lines'][number]> {
  const line = database.get<{ price: string; currency: string; supplier_data: string | null }>(
    `SELECT price, currency, supplier_data FROM quotation_lines JOIN distributor_requests USING (request_id)
     WHERE order_item_id = ? AND distributor_id = ? ORDER BY CAST(request_id AS INTEGER) DESC, line LIMIT 1`,
    itemId,
    distributorId,
  );
  return line ? present({ sellingPrice: { amount: line.price, currency: line.currency }, supplierData: line.supplier_data }) : {};
}

interface RequestToInsert {
  readonly requestId: string;
  readonly kind: RequestKind;
  readonly distributorId: string;
  readonly storeId: string;
  readonly order: OrderRow | undefined;
  readonly data: object;
}

function insertRequest({ requestId, kind, distributorId, storeId, order, data }: RequestToInsert, database: Database): void {
  database.insert('distributor_requests', {
    request_id: requestId,
    kind,
    distributor_id: distributorId,
    store_id: storeId,
    order_id: order?.order_id,
    status_before: order?.status,
    data: JSON.stringify(data),
  });
}

export interface RequestRow {
  readonly request_id: string;
  readonly order_id: string | null;
  readonly status_before: string | null;
  readonly answered: string | null;
}

/** What a distributor was asked. Throws a `CommandError` WB_STORE_REQUEST_UNKNOWN. */
export function findRequest(
  { requestId, distributorId }: { readonly requestId: string; readonly distributorId: string },
  kind: RequestKind,
  database: Database,
): RequestRow {
  const request = database.get<RequestRow>(
    'SELECT * FROM distributor_requests WHERE request_id = ? AND distributor_id = ? AND kind = ?',
    requestId,
    distributorId,
    kind,
  );
  if (!request)
    throw errors.WB_STORE_REQUEST_UNKNOWN(`Distributor ${distributorId} was not asked anything under ${requestId} that this could answer.`);
  return request;
}

/** Why an answer is no success. */
export interface Failure {
  readonly code: string;
  readonly text: string;
}

const meanings = { '0': undefined, '1': 'The distributor does not accept the credentials.', '2': 'The distributor has failed.' };

/** The failure that a status tells of; undefined when it tells of a success, as a missing one does. */
export function failureIn(status: AnswerStatus | undefined): Failure | undefined {
  const meaning = meanings[status?.flag ?? '0'];
  return status && meaning ? { code: status.code, text: status.text ?? meaning } : undefined;
}

/** Writes down that a request was answered. */
export function markAnswered(requestId: string, failure: Failure | undefined, database: Database, now: string): void {
  database.run(
    'UPDATE distributor_requests SET answered = ?, failure_code = ?, failure_text = ? WHERE request_id = ?',
    now,
    failure?.code ?? null,
    failure?.text ?? null,
    requestId,
  );
}

/** Puts the order of a request that failed in state H, unless it has got further by other ways; the request keeps code and text. */
export function holdOrder({ request_id, order_id }: RequestRow, database: Database, now: string): void {
  database.run(
    "UPDATE orders SET status = 'H', held_by = ?, updated = ? WHERE order_id = ? AND status NOT IN ('G', 'S')",
    request_id,
    now,
    found(order_id ?? undefined),
  );
}
