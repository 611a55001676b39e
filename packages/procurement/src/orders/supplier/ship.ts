import type { PurchaseOrderShipped } from '@waybill/commerce';
import { add, compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import { type BookedOrder, headOf, type Shipment, type ShippedQuantity } from '../order.ts';
import { present } from '../present.ts';
import type { OrderRules } from '../rules.ts';
import { plain, refuseClosed, refuseTwice, standingOf, toShip, workableLine } from '../standing.ts';

type Portion = PurchaseOrderShipped['orders'][number];

/** A ship notice that is to be sent: an update replaces the one before, a delete takes it back. */
export interface ShipStep
  extends Pick<
    PurchaseOrderShipped,
    'payloadId' | 'shipmentId' | 'noticed' | 'shipment' | 'delivery' | 'type' | 'contacts' | 'comments' | 'extrinsics' | 'carriers'
  > {
  /** Default: new. */
  readonly operation?: 'new' | 'update' | 'delete' | undefined;
  readonly orders: readonly {
    readonly orderId: string;
    /** None, or an empty list: the order as a whole. */
    readonly lines?: readonly (ShippedQuantity & { readonly batch?: string | undefined })[] | undefined;
  }[];
}

/** An order with what is in the shipment of it; `portion` is missing where it is not in the shipment any more. */
export interface ShippedOrder {
  readonly order: BookedOrder;
  readonly portion?: ShipStep['orders'][number] | undefined;
}

/**
 * Ships goods of one or more orders: all orders that are in the shipment, or were before an update. Answers with the orders in the same order, and with
 * the event. Throws WB_BOOK_ORDER_CLOSED, WB_BOOK_FORM, WB_BOOK_LINE, WB_BOOK_QUANTITY, WB_BOOK_STEP_TAKEN or WB_BOOK_DOCUMENT_UNKNOWN.
 */
export function shipOrders(
  shipped: readonly ShippedOrder[],
  step: ShipStep,
  rules: OrderRules,
): { readonly orders: readonly BookedOrder[]; readonly event: PurchaseOrderShipped } {
  const [first] = shipped;
  if (!first) throw bookErrors.WB_BOOK_FORM(`Shipment ${step.shipmentId} is of no order.`);
  refuseTwiceNamed(step);
  const isNew = (step.operation ?? 'new') === 'new';
  const former = shipped.map(({ order }) => live(order, step.shipmentId)).find((each) => each);
  if (isNew && shipped.some(({ order }) => order.shipments.some(({ id }) => id === step.shipmentId)))
    throw bookErrors.WB_BOOK_STEP_TAKEN(`Shipment ${step.shipmentId}: shipment id used; use update.`);
  if (!isNew && !former)
    throw bookErrors.WB_BOOK_DOCUMENT_UNKNOWN(`no shipment ${step.shipmentId} of order ${first.order.orderId} is in effect.`);
  const orders = shipped.map((each) => shipOne(each, step, rules));
  return { orders, event: eventOf(shipped, orders, step, former) };
}

function refuseTwiceNamed({ orders }: ShipStep): void {
  const ids = orders.map(({ orderId }) => orderId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw bookErrors.WB_BOOK_FORM(`Order ${twice} occurs twice in one shipment.`);
}

function live({ shipments }: BookedOrder, shipmentId: string): Shipment | undefined {
  return shipments.find(({ id, deleted }) => id === shipmentId && !deleted);
}

function shipOne({ order, portion }: ShippedOrder, step: ShipStep, rules: OrderRules): BookedOrder {
  const isTaken = step.operation !== 'delete' && portion !== undefined;
  if (isTaken) refuseUnshippable(order);
  const others = order.shipments.filter(({ id }) => id !== step.shipmentId);
  const base = { ...order, shipments: others };
  const lines = isTaken ? linesOf(base, portion.lines ?? []) : [];
  const shipment: Shipment = { id: step.shipmentId, payloadId: step.payloadId, lines, deleted: !isTaken };
  const next = { ...order, shipments: [...others, shipment] };
  if (rules.invoices === 'shipped') refuseUninvoiced(next);
  return next;
}

function refuseUnshippable(order: BookedOrder): void {
  refuseClosed(order);
  if (order.header.orderType === 'blanket')
    throw bookErrors.WB_BOOK_FORM(`Order ${order.orderId} is a blanket order: what ships are its releases.`);
}

function linesOf(order: BookedOrder, named: readonly ShippedQuantity[]): readonly ShippedQuantity[] {
  if (named.length === 0) return wholeOrder(order);
  refuseTwice(named.map(({ number }) => number));
  for (const { number, quantity } of named) {
    refuseBlocked(order, number);
    if (compare(quantity, '0') <= 0) throw bookErrors.WB_BOOK_LINE(`line ${number}: ships ${quantity}, which is not more than 0.`);
    const standing = standingOf(order, number);
    const [all, most] = [add(standing.shipped, quantity), toShip(standing)];
    if (compare(all, most) > 0) throw bookErrors.WB_BOOK_QUANTITY(`line ${number}: ${all} of ${plain(most)} would be shipped.`);
  }
  return named.map(({ number, quantity }) => ({ number, quantity }));
}

function wholeOrder(order: BookedOrder): readonly ShippedQuantity[] {
  const lines = order.lines
    .filter(({ cancelled }) => !cancelled)
    .map(({ line }) => ({ number: line.number, ...standingOf(order, line.number) }));
  const shipped = add('0', ...lines.map((line) => line.shipped));
  if (compare(shipped, '0') > 0)
    throw bookErrors.WB_BOOK_QUANTITY(
      `Order ${order.orderId}: a portion without lines means the whole order, of which ${shipped} have shipped.`,
    );
  const whole = lines
    .map(({ number, ...standing }) => ({ number, quantity: toShip(standing) }))
    .filter(({ quantity }) => compare(quantity, '0') > 0);
  if (whole.length === 0) throw bookErrors.WB_BOOK_QUANTITY(`Order ${order.orderId}: nothing of it is to be shipped.`);
  for (const { number } of whole) refuseBlocked(order, number);
  return whole;
}

function refuseBlocked(order: BookedOrder, number: number): void {
  if (workableLine(order, number).operation === 'block')
    throw bookErrors.WB_BOOK_LINE(`line ${number} of order ${order.orderId} is blocked by the buyer.`);
}

/** Where only what has shipped is invoiced, a shipment cannot be taken back below what is. */
function refuseUninvoiced(order: BookedOrder): void {
  for (const { line } of order.lines) {
    const { shipped, invoiced } = standingOf(order, line.number);
    if (compare(invoiced, shipped) > 0)
      throw bookErrors.WB_BOOK_QUANTITY(`line ${line.number}: ${invoiced} of ${shipped} that have shipped would be invoiced.`);
  }
}

function eventOf(
  shipped: readonly ShippedOrder[],
  orders: readonly BookedOrder[],
  step: ShipStep,
  former: Shipment | undefined,
): PurchaseOrderShipped {
  const { payloadId, orders: _orders, operation = 'new', ...said } = step;
  const { orderId: _id, ordered: _ordered, orderPayloadId: _payload, ...head } = headOf(orders[0] as BookedOrder, payloadId);
  const inIt = shipped.filter(({ portion }) => portion !== undefined);
  const told = inIt.length > 0 ? inIt : shipped;
  return {
    ...head,
    ...said,
    operation,
    ...(former?.payloadId === undefined ? {} : { replaces: former.payloadId }),
    ...(operation === 'delete' ? {} : { fulfillment: orders.every(isComplete) ? ('complete' as const) : ('partial' as const) }),
    orders: told.map(({ order, portion }) => portionOf(order, portion?.lines ?? [])),
  };
}

function isComplete(order: BookedOrder): boolean {
  return order.lines.every(({ line }) => {
    const standing = standingOf(order, line.number);
    return compare(standing.shipped, toShip(standing)) >= 0;
  });
}

function portionOf(order: BookedOrder, named: NonNullable<ShipStep['orders'][number]['lines']>): Portion {
  const { orderId, ordered, orderPayloadId } = headOf(order, undefined);
  if (named.length === 0) return { orderId, ordered, orderPayloadId };
  const lines = named.map(({ number, quantity, batch }) => {
    const { unit = 'EA', quantity: wanted, partId, auxiliaryId, buyerPartId } = workableLine(order, number);
    return { number, quantity, unit, ordered: wanted, ...present({ partId, auxiliaryId, buyerPartId, batch }) };
  });
  return { orderId, ordered, orderPayloadId, lines };
}
