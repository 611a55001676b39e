import type { BuyerOrderLine, Priced } from '@waybill/commerce';
import { placesOfCurrency } from '../exact/currency.ts';
import { add, compare, divide, fixed, multiply, placesOf, subtract } from '../exact/exact.ts';
import { bookErrors } from './errors.ts';
import type { BookedOrder, Invoice } from './order.ts';

/** How far one line is. Decimal texts. */
export interface Standing {
  readonly ordered: string;
  /** Refused by the supplier: it cannot be shipped. */
  readonly rejected: string;
  readonly shipped: string;
  /** What was invoiced, less what was credited. */
  readonly invoiced: string;
}

/** Throws WB_BOOK_LINE for a line that is not in the order, or was cancelled. */
export function workableLine(order: BookedOrder, number: number): BuyerOrderLine {
  const booked = order.lines.find(({ line }) => line.number === number);
  if (!booked) throw bookErrors.WB_BOOK_LINE(`Order ${order.orderId} has no line ${number}.`);
  if (booked.cancelled) throw bookErrors.WB_BOOK_LINE(`line ${number} of order ${order.orderId} is cancelled.`);
  return booked.line;
}

/** Throws WB_BOOK_LINE for a line that occurs twice. */
export function refuseTwice(numbers: readonly number[]): void {
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined) throw bookErrors.WB_BOOK_LINE(`line ${twice} occurs twice in one document.`);
}

/** Throws WB_BOOK_ORDER_CLOSED for an order with which nothing can be done at the moment. */
export function refuseClosed({ state, orderId, holds }: BookedOrder): void {
  if (state === 'ended') throw bookErrors.WB_BOOK_ORDER_CLOSED(`Order ${orderId} was deleted by the buyer.`);
  if (state === 'refused') throw bookErrors.WB_BOOK_ORDER_CLOSED(`Order ${orderId} was refused.`);
  const [hold] = holds;
  if (hold) throw bookErrors.WB_BOOK_ORDER_CLOSED(`Order ${orderId} is held for a person: ${hold.note}`);
}

export function standingOf(order: BookedOrder, number: number): Standing {
  const booked = order.lines.find(({ line }) => line.number === number);
  const ordered = booked && !booked.cancelled ? booked.line.quantity : '0';
  return {
    ordered,
    rejected: rejectedOf(order, number, ordered),
    shipped: sumOf(
      order.shipments.filter(({ deleted }) => !deleted).flatMap(({ lines }) => lines),
      number,
    ),
    invoiced: sumOf(
      standingInvoices(order).flatMap(({ lines }) => lines),
      number,
    ),
  };
}

/** What may still come to the buyer of a line, and what has shipped of it. */
export function toShip({ ordered, rejected }: Standing): string {
  return subtract(ordered, rejected);
}

/** Invoices and credits that count. One that header credits give back as a whole counts for nothing, and neither do they. */
export function standingInvoices(order: BookedOrder): readonly Invoice[] {
  const live = order.invoices.filter(({ deleted }) => !deleted);
  const givenBack = (id: string) =>
    live.filter(({ original, purpose }) => original === id && purpose === 'creditMemo').map(({ net }) => net);
  const isVoid = ({ id, net }: Invoice) => compare(net, '0') !== 0 && compare(add(net, ...givenBack(id)), '0') === 0;
  const empty = new Set(
    live
      .filter(({ purpose }) => purpose === 'standard')
      .filter(isVoid)
      .map(({ id }) => id),
  );
  return live.filter(({ id, original }) => !empty.has(original ?? id));
}

export function sumOf(lines: readonly { readonly number: number; readonly quantity: string }[], number: number): string {
  return add('0', ...lines.filter((line) => line.number === number).map(({ quantity }) => quantity));
}

function rejectedOf({ confirmations }: BookedOrder, number: number, ordered: string): string {
  const live = confirmations.filter(({ discarded }) => !discarded);
  if (live.some(({ type }) => type === 'reject')) return ordered;
  const statuses = live.flatMap(({ lines }) => lines.filter((line) => line.number === number)).flatMap((line) => line.statuses);
  return add('0', ...statuses.filter(({ type }) => type === 'reject').map(({ quantity }) => quantity));
}

/** The price of a quantity of a line, exact where it has an exact decimal form, else to ten places. */
export function priceOf({ price, priceBasis }: Pick<BuyerOrderLine, 'price' | 'priceBasis'>, quantity: string): string | undefined {
  if (!price) return undefined;
  if (!priceBasis) return multiply(price.amount, quantity);
  return divide(multiply(price.amount, quantity, priceBasis.conversion), priceBasis.quantity, 10);
}

/** The price that was agreed on for a line: of the newest confirmation that changed it, else of the order. */
export function agreedPrice({ confirmations }: BookedOrder, line: BuyerOrderLine): Priced | undefined {
  const statuses = confirmations
    .filter(({ discarded }) => !discarded)
    .flatMap(({ lines }) => lines.filter(({ number }) => number === line.number))
    .flatMap((confirmed) => confirmed.statuses);
  return statuses.findLast(({ price }) => price)?.price ?? line.price;
}

/** Throws WB_BOOK_CURRENCY for another currency than that of the order. */
export function refuseOtherCurrency(order: BookedOrder, at: string, amounts: readonly (Priced | undefined)[]): void {
  const { currency } = order.header.total;
  for (const amount of amounts)
    if (amount && amount.currency !== currency) throw bookErrors.WB_BOOK_CURRENCY(`${at}: ${amount.currency} in an order of ${currency}.`);
}

/** An amount with the places of its currency. Throws WB_BOOK_AMOUNT where it has more: what is rounded in silence adds up nowhere. */
export function exactly(amount: string, currency: string, what: string): string {
  const places = placesOfCurrency(currency);
  if (placesOf(amount) > places)
    throw bookErrors.WB_BOOK_AMOUNT(`${what}: ${amount} has ${placesOf(amount)} places, ${currency} has ${places}.`);
  return fixed(amount, places);
}

/** A quantity as people write it: without a plus and without zeros at its end. */
export function plain(quantity: string): string {
  return add(quantity);
}
