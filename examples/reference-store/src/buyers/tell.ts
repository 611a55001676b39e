import {
  type OrderStatusInput,
  purchaseOrderConfirmed,
  purchaseOrderInvoiced,
  purchaseOrderProgressed,
  purchaseOrderShipped,
} from '@waybill/commerce';
import { type BookedOrder, type ConfirmStep, owedReports, type Place, standingOf } from '@waybill/procurement';
import type { Database } from '../database/database.ts';
import { findStore } from '../database/find.ts';
import { compare, subtract, sum, times } from '../orders/decimal.ts';
import type { Work } from '../work.ts';
import { type BuyerRow, bookOf, findBuyer, nextPayloadId } from './buyers.ts';
import { unitPrice } from './place.ts';
import { publishDocument } from './publish.ts';

/** An order of the store that a buyer has placed. */
interface Bought {
  readonly buyer: BuyerRow;
  readonly place: Place;
  readonly order: BookedOrder;
}

function boughtBy(orderId: string, database: Database): Bought | undefined {
  const row = database.get<{ buyer: string; number: string }>('SELECT buyer, number FROM buyer_orders WHERE order_id = ?', orderId);
  if (!row) return undefined;
  const place = { buyer: row.buyer, orderId: row.number };
  return { buyer: findBuyer(database, row.buyer), place, order: bookOf(database).order(place) };
}

/**
 * Tells the buyer what a status of the back end means for its order: C a confirmation, I an invoice of what has shipped, X a refusal. What ships is told where a release
 * leaves. Throws what the steps of the book throw: then the status is for a person, and nothing of it happens.
 */
export function tellOfStatus(orderId: string, input: OrderStatusInput, status: string | undefined, work: Work): void {
  const bought = boughtBy(orderId, work.database);
  if (!bought) return;
  if (status === 'C') confirm(orderId, { type: 'accept', ...shortage(bought, input, work.database) }, bought, work);
  if (status === 'I') invoice(orderId, input, bought, work);
  if (status === 'X') {
    confirm(orderId, { type: 'reject' }, bought, work);
    report({ code: 400, text: 'Refused' }, bought, work);
  }
}

/** A release has left: what is in it was shipped. */
export function tellOfRelease(
  { order_id: orderId, release_number }: { readonly order_id: string; readonly release_number: number },
  { shipped, trackingId, carrier }: { readonly shipped: string; readonly trackingId: string | null; readonly carrier: string },
  work: Work,
): void {
  const { database, now } = work;
  const bought = boughtBy(orderId, database);
  if (!bought) return;
  const lines = database.all<{ number: number; quantity: string }>(
    `SELECT line AS number, quantity FROM release_items JOIN buyer_order_lines USING (order_item_id)
     WHERE order_id = ? AND release_number = ? ORDER BY line`,
    orderId,
    release_number,
  );
  const carriers =
    trackingId === null
      ? {}
      : { carriers: [{ identifiers: [{ domain: 'companyName', code: carrier }], tracking: [{ number: trackingId }] }] };
  const event = bookOf(database).ship(bought.place, {
    payloadId: nextPayloadId(database, bought.buyer, now),
    shipmentId: `${orderId}-${release_number}`,
    noticed: now,
    shipment: withOffset(shipped),
    type: 'actual',
    orders: [{ orderId: bought.place.orderId, lines: lines.map((line) => ({ ...line })) }],
    ...carriers,
  });
  publishDocument(purchaseOrderShipped, event, bought.buyer, work);
}

/** Lines of which the back end confirms less than was ordered: the rest is to come. */
function shortage({ order }: Bought, { items = [] }: OrderStatusInput, database: Database): Partial<ConfirmStep> {
  const lines = items.flatMap(({ orderItemId, quantities }) => {
    const row = database.get<{ line: number }>('SELECT line FROM buyer_order_lines WHERE order_item_id = ?', orderItemId ?? null);
    const booked = order.lines.find(({ line }) => line.number === row?.line)?.line;
    if (!booked || quantities?.confirmed === undefined || compare(quantities.confirmed, booked.quantity) >= 0) return [];
    const rest = { type: 'backordered' as const, quantity: subtract(booked.quantity, quantities.confirmed) };
    const now = { type: 'accept' as const, quantity: quantities.confirmed };
    return [{ number: booked.number, statuses: compare(now.quantity, '0') > 0 ? [now, rest] : [rest] }];
  });
  return lines.length === 0 ? {} : { type: 'except', lines };
}

/** Once: what a back end repeats changes nothing for the buyer. An order that was answered with 201 has its final status by this. */
function confirm(orderId: string, step: Pick<ConfirmStep, 'type' | 'lines'>, { buyer, place, order }: Bought, work: Work): void {
  if (order.confirmations.some(({ discarded }) => !discarded)) return;
  const said = { payloadId: nextPayloadId(work.database, buyer, work.now), confirmationId: `${orderId}-C`, noticed: work.now };
  publishDocument(purchaseOrderConfirmed, bookOf(work.database).confirm(place, { ...said, ...step }), buyer, work);
  if (step.type !== 'reject') report({ code: 200, text: 'OK' }, { buyer, place, order }, work);
}

function report(status: { readonly code: number; readonly text: string }, { buyer, place, order }: Bought, work: Work): void {
  if (owedReports(order).length === 0) return;
  const step = { ...status, payloadId: nextPayloadId(work.database, buyer, work.now) };
  publishDocument(purchaseOrderProgressed, bookOf(work.database).report(place, step, work.now), buyer, work);
}

/** What has shipped and was not invoiced; of an order of which nothing has shipped, all of it. The back end may send the number of the invoice as user data `invoiceId`. */
function invoice(orderId: string, input: OrderStatusInput, { buyer, place }: Bought, work: Work): void {
  const { database, now } = work;
  const book = bookOf(database);
  const order = book.order(place);
  const lines = billable(order);
  if (lines.length === 0) return;
  const { currency } = order.header.total;
  const subtotal = sum(lines.map(({ quantity, price }) => times(price, quantity)));
  const tax = sum([input.totals?.tax ?? times(subtotal, findStore(database, buyer.store_id).tax_rate)]);
  const event = book.invoice(place, {
    payloadId: nextPayloadId(database, buyer, now),
    invoiceId: input.userData?.['invoiceId'] ?? `${orderId}-I${order.invoices.length + 1}`,
    invoiced: withOffset(input.invoice?.date ?? now),
    lines: lines.map(({ number, quantity }) => ({ number, quantity })),
    tax: { amount: { amount: tax, currency }, description: 'Tax' },
    ...(input.totals?.shipping === undefined ? {} : { shipping: { amount: { amount: sum([input.totals.shipping]), currency } } }),
  });
  publishDocument(purchaseOrderInvoiced, event, buyer, work);
}

function billable(order: BookedOrder): readonly { readonly number: number; readonly quantity: string; readonly price: string }[] {
  const live = order.lines.flatMap(({ line, cancelled }) => (cancelled ? [] : [{ line, standing: standingOf(order, line.number) }]));
  const hasShipped = live.some(({ standing }) => compare(standing.shipped, '0') > 0);
  return live.flatMap(({ line, standing: { ordered, rejected, shipped, invoiced } }) => {
    const quantity = subtract(hasShipped ? shipped : subtract(ordered, rejected), invoiced);
    return compare(quantity, '0') > 0 ? [{ number: line.number, quantity, price: unitPrice(line) ?? '0' }] : [];
  });
}

/** A time of the back end without an offset is in UTC; buyers want it said. */
function withOffset(time: string): string {
  return /(Z|[+-][0-9]{2}:[0-9]{2})$/.test(time) ? time : `${time}Z`;
}
