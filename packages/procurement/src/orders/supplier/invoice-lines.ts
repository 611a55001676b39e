import type { BuyerOrderLine, Charge, Priced, PurchaseOrderInvoiced } from '@waybill/commerce';
import { placesOfCurrency } from '../../exact/currency.ts';
import { add, fixed } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import type { BookedOrder } from '../order.ts';
import { present } from '../present.ts';
import { exactly, priceOf, refuseOtherCurrency } from '../standing.ts';
import { exactTax, type InvoiceTax } from './tax.ts';

export type InvoicedLine = NonNullable<PurchaseOrderInvoiced['lines']>[number];

/** A line that is to be invoiced or credited. What is not said here stands in the order. */
export interface BilledLine {
  /** The number of the line in the order. */
  readonly number: number;
  /** Negative in a credit. */
  readonly quantity: string;
  /** Default: the agreed price. */
  readonly price?: Priced | undefined;
  readonly tax?: InvoiceTax | undefined;
  readonly shipping?: Charge | undefined;
  readonly comments?: InvoicedLine['comments'];
}

/** The line as it is written: subtotal, gross and net are worked out. Throws WB_BOOK_CURRENCY or WB_BOOK_AMOUNT. */
export function invoicedLine(order: BookedOrder, line: BuyerOrderLine, billed: BilledLine, price: Priced, index: number): InvoicedLine {
  const at = `line ${line.number}`;
  const { currency } = order.header.total;
  refuseOtherCurrency(order, at, [price, billed.tax?.amount, billed.shipping?.amount]);
  const tax = billed.tax && exactTax(billed.tax, at);
  const shipping = billed.shipping && {
    ...billed.shipping,
    amount: { currency, amount: exactly(billed.shipping.amount.amount, currency, `${at}: shipping`) },
  };
  const subtotal = subtotalOf(line, billed.quantity, price);
  const gross = {
    amount: fixed(add(subtotal, tax?.amount.amount ?? '0', shipping?.amount.amount ?? '0'), placesOfCurrency(currency)),
    currency,
  };
  const known = present({
    priceBasis: line.priceBasis,
    partId: line.partId,
    auxiliaryId: line.auxiliaryId,
    buyerPartId: line.buyerPartId,
    description: line.description,
    classifications: line.classifications,
    tax,
    shipping,
    comments: billed.comments,
  });
  return {
    number: index + 1,
    orderLine: line.number,
    quantity: billed.quantity,
    unit: line.unit ?? 'EA',
    price,
    ...known,
    subtotal: { amount: subtotal, currency },
    gross,
    net: gross,
  };
}

/** A price of four places makes a line of two: each line is rounded once, and what it adds up to is the sum of what is written. */
function subtotalOf(line: BuyerOrderLine, quantity: string, price: Priced): string {
  return fixed(priceOf({ ...line, price }, quantity) ?? '0', placesOfCurrency(price.currency));
}

/** The price of a line. Throws WB_BOOK_AMOUNT where nobody says one. */
export function priceFor(line: BuyerOrderLine, said: Priced | undefined, agreed: Priced | undefined): Priced {
  const price = said ?? agreed;
  if (!price) throw bookErrors.WB_BOOK_AMOUNT(`line ${line.number}: the order has no price for it, and the invoice names none.`);
  return price;
}
