import type { PurchaseOrderConfirmed, PurchaseOrderInvoiced } from '@waybill/commerce';
import { add, type LineStatus, multiply, type OrderBook } from '../../../src/index.ts';
import { bookWith, document, later, place, refusal, usd } from './orders.ts';

/** A story on one order, as plain words: what each step does and how it ends. */
export interface MachineCase {
  readonly id: string;
  readonly start: {
    readonly order: string;
    readonly lines: readonly { readonly line: number; readonly quantity: string; readonly price: string }[];
    readonly total: string;
  };
  readonly steps: readonly MachineStep[];
}

export interface MachineStep {
  readonly confirm?: {
    readonly type: string;
    readonly lines?: readonly { readonly line: number; readonly status: readonly (readonly [string, string])[] }[];
  };
  readonly ship?: { readonly id: string; readonly lines: readonly (readonly [string, string])[] };
  readonly invoice?: { readonly id: string; readonly lines: readonly (readonly string[])[] };
  readonly credit?: { readonly id: string; readonly of: string; readonly kind: string; readonly lines: readonly (readonly string[])[] };
  readonly expect: 'ok' | 'refused';
  readonly why?: string;
  /** Values of the document. */
  readonly written?: Readonly<Record<string, string>>;
}

/** Plays a case; answers with what came out otherwise, one line for each fault. */
export function playMachine({ start, steps }: MachineCase): readonly string[] {
  const lines = start.lines.map(({ line, quantity, price }) => ({
    number: line,
    quantity,
    price: usd(price),
    partId: `P-${line}`,
    unit: 'EA',
  }));
  const book = bookWith(document({ orderId: start.order, total: usd(start.total), lines }));
  return steps.flatMap((step, index) => playStep(book, start.order, step).map((fault) => `step ${index + 1}: ${fault}`));
}

function playStep(book: OrderBook, orderId: string, step: MachineStep): readonly string[] {
  const before = JSON.stringify(book.order({ ...place, orderId }));
  let event: unknown;
  const message = refusal(() => {
    event = take(book, { ...place, orderId }, step);
  });
  if (step.expect === 'ok') return message === undefined ? wrongValues(event, step.written ?? {}) : [`refused: ${message}`];
  if (message === undefined) return ['taken, and not refused'];
  const faults = step.why === undefined || message.includes(step.why) ? [] : [`says "${message}", not "${step.why}"`];
  return JSON.stringify(book.order({ ...place, orderId })) === before ? faults : [...faults, 'a refused step changed the order'];
}

function take(book: OrderBook, at: typeof place, { confirm, ship, invoice, credit }: MachineStep): unknown {
  if (confirm) {
    const lines = confirm.lines?.map(({ line, status }) => ({
      number: line,
      statuses: status.map(([type, quantity]) => ({ type: type as LineStatus['type'], quantity })),
    }));
    return book.confirm(at, { type: confirm.type as PurchaseOrderConfirmed['type'], noticed: later, ...(lines ? { lines } : {}) });
  }
  if (ship) {
    const lines = ship.lines.map(([number, quantity]) => ({ number: Number(number), quantity }));
    return book.ship(at, { shipmentId: ship.id, noticed: later, orders: [{ orderId: at.orderId, lines }] });
  }
  if (invoice) return book.invoice(at, { invoiceId: invoice.id, invoiced: later, lines: invoice.lines.map(billed) });
  if (credit) return book.credit(at, { invoiceId: credit.id, of: credit.of, invoiced: later, lines: credit.lines.map(billed) });
  throw new Error('The step is of no known kind.');
}

/** `["1", "15", "4.25", "tax 5.10"]` */
function billed([number = '', quantity = '', price = '', ...more]: readonly string[]) {
  const tax = more.find((each) => each.startsWith('tax '))?.slice(4);
  return {
    number: Number(number),
    quantity,
    price: usd(price),
    ...(tax === undefined ? {} : { tax: { amount: usd(tax), description: 'Sales tax' } }),
  };
}

/** The names are those of elements; the event holds the same under its own names. */
function wrongValues(event: unknown, written: Readonly<Record<string, string>>): readonly string[] {
  const { purpose, lines = [], summary } = event as PurchaseOrderInvoiced;
  const values: Readonly<Record<string, string | undefined>> = {
    '@purpose': purpose,
    'InvoiceDetailLineIndicator/@isTaxInLine': lines.some(({ tax }) => tax) ? 'yes' : undefined,
    'InvoiceDetailSummary/Tax/Money': summary?.tax.amount.amount,
    'SubtotalAmount/Money': summary?.subtotal.amount,
    'NetAmount/Money': summary?.net.amount,
    'DueAmount/Money': summary?.due?.amount,
  };
  return Object.entries(written).flatMap(([name, value]) => (values[name] === value ? [] : [`${name} is ${values[name]}, not ${value}`]));
}

/** What lines add up to, for cases that are made up. */
export function totalOf(lines: MachineCase['start']['lines']): string {
  return add('0', ...lines.map(({ quantity, price }) => multiply(quantity, price)));
}
