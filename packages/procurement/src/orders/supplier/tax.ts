import type { Charge, PurchaseOrderInvoiced } from '@waybill/commerce';
import { add, compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import { exactly } from '../standing.ts';

type Summary = PurchaseOrderInvoiced['summary'];
export type InvoiceTax = Summary['tax'];
type Line = NonNullable<PurchaseOrderInvoiced['lines']>[number];

/** What is asked for beside the goods, for a document as a whole. */
export interface Extras {
  readonly tax?: InvoiceTax | undefined;
  readonly shipping?: Charge | undefined;
  readonly specialHandling?: Charge['amount'] | undefined;
  readonly deposit?: Charge['amount'] | undefined;
}

/**
 * Tax with the places of its currency. Throws WB_BOOK_AMOUNT where its parts do not add up to it.
 * `at` says where it stands: `line 1`, `the summary`.
 */
export function exactTax({ amount, details, ...said }: InvoiceTax, at: string): InvoiceTax {
  const exact = { ...amount, amount: exactly(amount.amount, amount.currency, `${at}: tax`) };
  if (!details) return { ...said, amount: exact };
  const parts = add('0', ...details.map((detail) => detail.amount.amount));
  if (compare(parts, exact.amount) !== 0)
    throw bookErrors.WB_BOOK_AMOUNT(`${at}: the parts of the tax add up to ${parts}, not to ${exact.amount}.`);
  return { ...said, amount: exact, details };
}

/**
 * What a document adds up to. Tax and shipping stand in its lines or in its summary, never in both: buyers refuse that (reference/procurement-messages.md, section 3.10).
 * Throws WB_BOOK_AMOUNT.
 */
export function summaryOf(subtotal: string, lines: readonly Line[], extras: Extras, currency: string): Summary {
  const exact = (amount: string, what: string) => ({ amount: exactly(amount, currency, `the summary: ${what}`), currency });
  const tax = taxOf(lines, extras, currency);
  const shipping = shippingOf(lines, extras);
  const special = extras.specialHandling?.amount;
  const gross = add(subtotal, tax.amount.amount, shipping ?? '0', special ?? '0');
  const deposit = extras.deposit?.amount;
  const total = exact(gross, 'net');
  return {
    subtotal: exact(subtotal, 'subtotal'),
    tax,
    ...(special === undefined ? {} : { specialHandling: exact(special, 'special handling') }),
    ...(shipping === undefined ? {} : { shipping: exact(shipping, 'shipping') }),
    gross: total,
    net: total,
    ...(deposit === undefined ? {} : { deposit: exact(deposit, 'deposit') }),
    due: exact(add(gross, negative(deposit ?? '0')), 'due'),
  };
}

export function negative(number: string): string {
  return number.startsWith('-') ? number.slice(1) : `-${number.replace('+', '')}`;
}

/** The summary has a tax also where the lines have it all, and where there is none (mandatory in the DTD). */
function taxOf(lines: readonly Line[], { tax }: Extras, currency: string): InvoiceTax {
  const taxed = lines.flatMap((line) => (line.tax ? [line.tax] : []));
  const [first] = taxed;
  if (tax && first) throw bookErrors.WB_BOOK_AMOUNT('Tax stands in the lines and in the summary as well; write it in one of them.');
  if (tax) return exactTax(tax, 'the summary');
  const amount = exactly(add('0', ...taxed.map((each) => each.amount.amount)), currency, 'the summary: tax');
  return { amount: { amount, currency }, description: first?.description ?? 'No tax' };
}

function shippingOf(lines: readonly Line[], { shipping }: Extras): string | undefined {
  const shipped = lines.flatMap((line) => (line.shipping ? [line.shipping.amount.amount] : []));
  if (shipping && shipped.length > 0)
    throw bookErrors.WB_BOOK_AMOUNT('Shipping stands in the lines and in the summary as well; write it in one of them.');
  return shipping?.amount.amount ?? (shipped.length === 0 ? undefined : add(...shipped));
}
