import type { Priced, PurchaseOrderInvoiced } from '@waybill/commerce';
import { add, compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import type { BookedOrder, Invoice, Taken } from '../order.ts';
import { exactly, plain, refuseOtherCurrency, refuseTwice, sumOf } from '../standing.ts';
import { type InvoiceStep, invoiceHead, refuseUsedInvoice, withInvoice, written } from './invoice.ts';
import { type BilledLine, type InvoicedLine, invoicedLine } from './invoice-lines.ts';
import { negative, summaryOf } from './tax.ts';

/** A credit that is to be sent: of lines, with negative quantities, or of an invoice by one negative amount. */
export interface CreditStep extends InvoiceStep {
  /** The invoice that money is given back of. */
  readonly of: string;
}

/**
 * Gives money of an invoice back. Throws WB_BOOK_DOCUMENT_UNKNOWN, WB_BOOK_STEP_TAKEN, WB_BOOK_LINE, WB_BOOK_QUANTITY, WB_BOOK_AMOUNT, WB_BOOK_CURRENCY or WB_BOOK_FORM.
 * An order that the buyer has deleted can still be credited.
 */
export function creditInvoice(order: BookedOrder, step: CreditStep): Taken<PurchaseOrderInvoiced> {
  const original = order.invoices.find(({ id, purpose, deleted }) => id === step.of && purpose === 'standard' && !deleted);
  if (!original) throw bookErrors.WB_BOOK_DOCUMENT_UNKNOWN(`There is no invoice ${step.of} of order ${order.orderId}.`);
  refuseUsedInvoice(order, step.invoiceId);
  const { currency } = order.header.total;
  refuseOtherCurrency(order, 'the credit', [step.subtotal, step.tax?.amount, step.shipping?.amount, step.specialHandling, step.deposit]);
  const lines = linesOf(order, original, step.lines ?? []);
  const isHeader = lines.length === 0;
  if (isHeader && !step.subtotal) throw bookErrors.WB_BOOK_FORM(`Credit ${step.invoiceId} has neither lines nor a subtotal.`);
  const subtotal = exactly(
    isHeader ? (step.subtotal?.amount ?? '0') : add(...lines.map((line) => line.subtotal.amount)),
    currency,
    'the summary: subtotal',
  );
  const summary = summaryOf(subtotal, lines, step, currency);
  refuseAmounts(order, original, summary);
  const purpose = isHeader ? 'creditMemo' : 'lineLevelCreditMemo';
  const credit: Invoice = {
    id: step.invoiceId,
    date: step.invoiced,
    payloadId: step.payloadId,
    purpose,
    original: original.id,
    lines: lines.map(({ orderLine, quantity, price }) => ({ number: orderLine, quantity, price: price.amount })),
    subtotal,
    net: summary.net.amount,
    deleted: false,
  };
  const replaces = original.payloadId === undefined ? {} : { replaces: original.payloadId };
  const about = { ...replaces, original: { id: original.id, date: original.date } };
  return {
    order: withInvoice(order, credit),
    event: { ...invoiceHead(order, step), purpose, operation: 'new', ...about, ...written(lines), summary },
  };
}

function creditsOf(order: BookedOrder, { id }: Invoice): readonly Invoice[] {
  return order.invoices.filter(({ original, deleted }) => original === id && !deleted);
}

function linesOf(order: BookedOrder, original: Invoice, billed: readonly BilledLine[]): readonly InvoicedLine[] {
  refuseTwice(billed.map(({ number }) => number));
  const credited = creditsOf(order, original).flatMap(({ lines }) => lines);
  return billed.map((each, index) => {
    const { number, quantity } = each;
    const invoiced = original.lines.find((line) => line.number === number);
    const line = order.lines.find((booked) => booked.line.number === number)?.line;
    if (!invoiced || !line) throw bookErrors.WB_BOOK_LINE(`line ${number} is not in invoice ${original.id}.`);
    if (compare(quantity, '0') >= 0)
      throw bookErrors.WB_BOOK_QUANTITY(`line ${number}: the quantity of a credit is negative, not ${quantity}.`);
    const all = negative(add(sumOf(credited, number), quantity));
    if (compare(all, invoiced.quantity) > 0)
      throw bookErrors.WB_BOOK_QUANTITY(`line ${number}: credits ${all} of ${plain(invoiced.quantity)} that invoice ${original.id} has.`);
    const price: Priced = each.price ?? { amount: invoiced.price, currency: order.header.total.currency };
    if (compare(price.amount, invoiced.price) > 0)
      throw bookErrors.WB_BOOK_AMOUNT(`line ${number}: the price is ${price.amount}, invoiced were ${invoiced.price}.`);
    return invoicedLine(order, line, each, price, index);
  });
}

/** A credit gives something back, and all credits of an invoice no more than it asked for. */
function refuseAmounts(order: BookedOrder, original: Invoice, { subtotal, net, tax, due }: PurchaseOrderInvoiced['summary']): void {
  if (compare(net.amount, '0') >= 0) throw bookErrors.WB_BOOK_AMOUNT(`The amount of a credit is negative, not ${net.amount}.`);
  for (const amount of [subtotal, tax.amount, ...(due ? [due] : [])])
    if (compare(amount.amount, '0') > 0) throw bookErrors.WB_BOOK_AMOUNT(`The amounts of a credit are negative, not ${amount.amount}.`);
  const all = negative(add(net.amount, ...creditsOf(order, original).map((credit) => credit.net)));
  if (compare(all, original.net) > 0)
    throw bookErrors.WB_BOOK_AMOUNT(
      `credits ${exactly(all, net.currency, 'credits')} of ${original.net} that invoice ${original.id} asks for.`,
    );
}
