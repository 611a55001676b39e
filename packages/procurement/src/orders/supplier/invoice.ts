import type { BuyerOrderLine, Priced, PurchaseOrderInvoiced } from '@waybill/commerce';
import { placesOfCurrency } from '../../exact/currency.ts';
import { add, compare, fixed, subtract } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import { type BookedOrder, headOf, type Invoice, type Taken } from '../order.ts';
import { present } from '../present.ts';
import type { OrderRules } from '../rules.ts';
import {
  agreedPrice,
  exactly,
  plain,
  priceOf,
  refuseClosed,
  refuseOtherCurrency,
  refuseTwice,
  standingInvoices,
  standingOf,
  toShip,
  workableLine,
} from '../standing.ts';
import { type BilledLine, type InvoicedLine, invoicedLine, priceFor } from './invoice-lines.ts';
import { type Extras, summaryOf } from './tax.ts';

/** An invoice that is to be sent. */
export interface InvoiceStep
  extends Extras,
    Pick<PurchaseOrderInvoiced, 'payloadId' | 'invoiceId' | 'invoiced' | 'partners' | 'paymentDays' | 'comments' | 'extrinsics'> {
  /** What is invoiced. None: a header invoice, which says its subtotal alone. */
  readonly lines?: readonly BilledLine[] | undefined;
  readonly subtotal?: Priced | undefined;
}

/** An invoice or a credit that is to be taken back. */
export interface WithdrawStep extends Pick<PurchaseOrderInvoiced, 'payloadId' | 'invoiceId' | 'invoiced' | 'comments'> {}

/**
 * Invoices lines of an order, or the order by one amount. Throws WB_BOOK_ORDER_CLOSED, WB_BOOK_STEP_TAKEN, WB_BOOK_LINE, WB_BOOK_QUANTITY, WB_BOOK_AMOUNT,
 * WB_BOOK_CURRENCY or WB_BOOK_FORM.
 */
export function invoiceOrder(order: BookedOrder, step: InvoiceStep, rules: OrderRules): Taken<PurchaseOrderInvoiced> {
  refuseClosed(order);
  if (order.header.orderType === 'blanket')
    throw bookErrors.WB_BOOK_FORM(`Order ${order.orderId} is a blanket order: what is invoiced are its releases.`);
  refuseUsedInvoice(order, step.invoiceId);
  const { currency } = order.header.total;
  refuseOtherCurrency(order, 'the invoice', [step.subtotal, step.tax?.amount, step.shipping?.amount, step.specialHandling, step.deposit]);
  const lines = linesOf(order, step.lines ?? [], rules);
  if (lines.length === 0 && !step.subtotal) throw bookErrors.WB_BOOK_FORM(`Invoice ${step.invoiceId} has neither lines nor a subtotal.`);
  const sum = lines.length === 0 ? (step.subtotal?.amount ?? '0') : add(...lines.map((line) => line.subtotal.amount));
  if (step.subtotal && compare(sum, step.subtotal.amount) !== 0)
    throw bookErrors.WB_BOOK_AMOUNT(`The lines of invoice ${step.invoiceId} add up to ${sum}, not to ${plain(step.subtotal.amount)}.`);
  const subtotal = exactly(sum, currency, 'the summary: subtotal');
  if (compare(subtotal, '0') <= 0)
    throw bookErrors.WB_BOOK_AMOUNT(`Invoice ${step.invoiceId} is about ${subtotal}; what gives money back is a credit.`);
  refuseTooMuch(order, subtotal, lines.length === 0);
  const summary = summaryOf(subtotal, lines, step, currency);
  const invoice: Invoice = {
    id: step.invoiceId,
    date: step.invoiced,
    payloadId: step.payloadId,
    purpose: 'standard',
    lines: lines.map(({ orderLine, quantity, price }) => ({ number: orderLine, quantity, price: price.amount })),
    subtotal,
    net: summary.net.amount,
    deleted: false,
  };
  return {
    order: withInvoice(order, invoice),
    event: { ...invoiceHead(order, step), purpose: 'standard', operation: 'new', ...written(lines), summary },
  };
}

/** Takes an invoice or a credit back. Throws WB_BOOK_DOCUMENT_UNKNOWN, WB_BOOK_STEP_TAKEN or WB_BOOK_QUANTITY. */
export function withdrawInvoice(order: BookedOrder, step: WithdrawStep): Taken<PurchaseOrderInvoiced> {
  const invoice = order.invoices.find(({ id, deleted }) => id === step.invoiceId && !deleted);
  if (!invoice) throw bookErrors.WB_BOOK_DOCUMENT_UNKNOWN(`no invoice ${step.invoiceId} of order ${order.orderId} is in effect.`);
  const credit = order.invoices.find(({ original, deleted }) => original === step.invoiceId && !deleted);
  if (credit) throw bookErrors.WB_BOOK_STEP_TAKEN(`Invoice ${step.invoiceId} is credited by ${credit.id}; withdraw that first.`);
  const next = { ...order, invoices: order.invoices.map((each) => (each === invoice ? { ...each, deleted: true } : each)) };
  for (const { line } of order.lines)
    refuseMore(line.number, standingOf(next, line.number).invoiced, toShip(standingOf(next, line.number)));
  const { currency } = order.header.total;
  const summary = summaryOf(
    invoice.subtotal,
    [],
    { tax: { amount: { amount: subtract(invoice.net, invoice.subtotal), currency }, description: 'Tax and charges' } },
    currency,
  );
  const replaces = invoice.payloadId === undefined ? {} : { replaces: invoice.payloadId };
  return { order: next, event: { ...invoiceHead(order, step), purpose: invoice.purpose, operation: 'delete', ...replaces, summary } };
}

/** Throws WB_BOOK_STEP_TAKEN. An id is used for good, also that of an invoice that was taken back. */
export function refuseUsedInvoice({ invoices }: BookedOrder, invoiceId: string): void {
  if (invoices.some(({ id }) => id === invoiceId)) throw bookErrors.WB_BOOK_STEP_TAKEN(`Invoice ${invoiceId}: invoice id used.`);
}

export function withInvoice(order: BookedOrder, invoice: Invoice): BookedOrder {
  return { ...order, invoices: [...order.invoices, invoice] };
}

export function invoiceHead(order: BookedOrder, { payloadId, invoiceId, invoiced, ...said }: WithdrawStep & Partial<InvoiceStep>) {
  const { partners, paymentDays, comments, extrinsics } = said;
  return { ...headOf(order, payloadId), invoiceId, invoiced, ...present({ partners, paymentDays, comments, extrinsics }) };
}

export function written(lines: readonly InvoicedLine[]): { readonly lines?: InvoicedLine[] } {
  return lines.length === 0 ? {} : { lines: [...lines] };
}

function linesOf(order: BookedOrder, billed: readonly BilledLine[], rules: OrderRules): readonly InvoicedLine[] {
  refuseTwice(billed.map(({ number }) => number));
  return billed.map((each, index) => {
    const line = workableLine(order, each.number);
    if (compare(each.quantity, '0') <= 0)
      throw bookErrors.WB_BOOK_LINE(`line ${each.number}: invoices ${each.quantity}, which is not more than 0.`);
    const standing = standingOf(order, each.number);
    const most = rules.invoices === 'shipped' ? standing.shipped : toShip(standing);
    refuseMore(each.number, add(standing.invoiced, each.quantity), most);
    const agreed = agreedPrice(order, line);
    const price = priceFor(line, each.price, agreed);
    if (rules.prices === 'agreed' && agreed && compare(price.amount, agreed.amount) !== 0)
      throw bookErrors.WB_BOOK_AMOUNT(`line ${each.number}: the price is ${price.amount}, agreed were ${agreed.amount}.`);
    return invoicedLine(order, line, each, price, index);
  });
}

function refuseMore(number: number, all: string, most: string): void {
  if (compare(all, most) > 0) throw bookErrors.WB_BOOK_QUANTITY(`line ${number}: ${all} of ${plain(most)} would be invoiced.`);
}

/** By quantities, an invoice by one amount cannot be judged, nor what comes beside one: then the amounts are. */
function refuseTooMuch(order: BookedOrder, subtotal: string, isHeader: boolean): void {
  const standing = standingInvoices(order);
  if (!isHeader && standing.every(({ lines }) => lines.length > 0)) return;
  const all = add(subtotal, ...standing.map((invoice) => invoice.subtotal));
  const worth = order.lines.flatMap(({ line, cancelled }) => (cancelled ? [] : [worthOf(order, line)]));
  const most = worth.includes(undefined) ? order.header.total.amount : add('0', ...worth.map((each) => each ?? '0'));
  const places = placesOfCurrency(order.header.total.currency);
  if (compare(all, most) > 0)
    throw bookErrors.WB_BOOK_AMOUNT(`Order ${order.orderId}: ${fixed(all, places)} of ${fixed(most, places)} would be invoiced.`);
}

function worthOf(order: BookedOrder, line: BuyerOrderLine): string | undefined {
  const price = agreedPrice(order, line);
  return price && priceOf({ ...line, price }, toShip(standingOf(order, line.number)));
}
