import type { BuyerOrderLine, Priced } from '@waybill/commerce';
import { placesOfCurrency } from '../exact/currency.ts';
import { add, divide, fixed, multiply, placesOf, subtract } from '../exact/exact.ts';
import { bookErrors } from './errors.ts';
import { lineIndexOf } from './line-index.ts';
import type { BookedOrder } from './order.ts';

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
  const booked = lineIndexOf(order).lines.get(number);
  if (!booked) throw bookErrors.WB_BOOK_LINE(`Order ${order.orderId} has no line ${number}.`);
  if (booked.cancelled) throw bookErrors.WB_BOOK_LINE(`line ${number} of order ${order.orderId} is cancelled.`);
  return booked.line;
}

/** Throws WB_BOOK_LINE for a line that occurs twice. */
export function refuseTwice(numbers: readonly number[]): void {
  const seen = new Set<number>();
  const twice = numbers.find((number) => seen.size === seen.add(number).size);
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
  const { lines, shipped, invoiced, statuses, rejected } = lineIndexOf(order);
  const booked = lines.get(number);
  const ordered = booked && !booked.cancelled ? booked.line.quantity : '0';
  const refused = (statuses.get(number) ?? []).filter(({ type }) => type === 'reject').map(({ quantity }) => quantity);
  return {
    ordered,
    rejected: rejected ? ordered : add('0', ...refused),
    shipped: shipped.get(number) ?? '0',
    invoiced: invoiced.get(number) ?? '0',
  };
}

/** What may still come to the buyer of a line, and what has shipped of it. */
export function toShip({ ordered, rejected }: Standing): string {
  return subtract(ordered, rejected);
}

/** The price of a quantity of a line, exact where it has an exact decimal form, else to ten places. */
export function priceOf({ price, priceBasis }: Pick<BuyerOrderLine, 'price' | 'priceBasis'>, quantity: string): string | undefined {
  if (!price) return undefined;
  if (!priceBasis) return multiply(price.amount, quantity);
  return divide(multiply(price.amount, quantity, priceBasis.conversion), priceBasis.quantity, 10);
}

/** The price that was agreed on for a line: of the newest confirmation that changed it, else of the order. */
export function agreedPrice(order: BookedOrder, line: BuyerOrderLine): Priced | undefined {
  const statuses = lineIndexOf(order).statuses.get(line.number) ?? [];
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
