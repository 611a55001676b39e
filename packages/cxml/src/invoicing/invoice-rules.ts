import { Problem } from '@waybill/values';
import type { Invoiced } from './invoiced.ts';
import { isOfShipping } from './partner.ts';
import type { WireInvoice } from './wire-invoice.ts';

const headerLevel = new Set(['creditMemo', 'debitMemo']);
const lineLevel = new Set(['lineLevelCreditMemo', 'lineLevelDebitMemo']);

/** Why buyers would refuse an invoice, as far as it can be told without the order and without adding up; undefined where they would not. */
export function invoiceProblem(invoiced: Invoiced): Problem | undefined {
  const { purpose, operation, replaces, lines = [], summary } = invoiced;
  if (operation === 'update') return new Problem('is an update, which invoices do not know', 'Take it back, and send a new one.');
  if (headerLevel.has(purpose) && lines.length > 0) return new Problem(`is a ${purpose} and has lines; that of lines is called lineLevel…`);
  if (lineLevel.has(purpose) && lines.length === 0) return new Problem(`is a ${purpose} and has no lines`);
  if ((lineLevel.has(purpose) || operation === 'delete') && replaces === undefined) {
    return new Problem('does not say of which invoice it speaks', 'Give "replaces": the payload id of that invoice.');
  }
  if (summary.deposit !== undefined && summary.due === undefined) return new Problem('has a deposit, and does not say what is due then');
  return signProblem(invoiced) ?? shippingProblem(invoiced) ?? currencyProblem(invoiced);
}

/** What is given back has negative amounts: a positive price, and a negative quantity. */
function signProblem({ purpose, lines = [], summary }: Invoiced): Problem | undefined {
  if (purpose !== 'creditMemo' && purpose !== 'lineLevelCreditMemo') return undefined;
  const amounts = [summary.subtotal, summary.net, summary.due ?? summary.net, ...lines.map(({ subtotal }) => subtotal)];
  const isPositive = amounts.some(({ amount }) => !amount.trim().startsWith('-') && /[1-9]/.test(amount));
  return isPositive ? new Problem('gives something back, and has an amount that is not negative') : undefined;
}

function shippingProblem({ partners = [], lines = [] }: Invoiced): Problem | undefined {
  const roles = partners.filter(isOfShipping).map(({ role }) => role);
  if (new Set(roles).size < roles.length) return new Problem('names a place of shipping twice');
  if (roles.length === 1) return new Problem(`names ${roles[0]} alone; shipFrom and shipTo belong together`);
  if (roles.length === 0 && lines.some(({ shipping }) => shipping !== undefined)) {
    return new Problem('has shipping in a line, and does not say from where to where', 'Give the partners shipFrom and shipTo.');
  }
  return undefined;
}

function currencyProblem({ lines, summary }: Invoiced): Problem | undefined {
  const found = new Set<string>();
  collect([lines, summary], found);
  return found.size > 1 ? new Problem(`has amounts in ${[...found].join(' and ')}; an invoice has one currency`) : undefined;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === 'currency' && typeof each === 'string') found.add(each);
    else collect(each, found);
  }
}

/** What a buyer refuses in an invoice that was read: indicators that do not agree with the content. */
export function indicatorProblem({ indicators = {}, orders, headerOrders }: WireInvoice): Problem | undefined {
  const lines = orders?.flatMap((order) => order.lines ?? []) ?? [];
  const says: readonly (readonly [name: string, said: boolean | undefined, is: boolean])[] = [
    ['isHeaderInvoice', indicators.isHeader, headerOrders !== undefined],
    ['isTaxInLine', indicators.isTaxInLine, lines.some(({ tax }) => tax !== undefined)],
    ['isShippingInLine', indicators.isShippingInLine, lines.some(({ shipping }) => shipping !== undefined)],
  ];
  const wrong = says.find(([, said = false, is]) => said !== is);
  return wrong && new Problem(`has the indicator ${wrong[0]} otherwise than its content`);
}
