import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import type { BookedLine, BookedOrder, Hold, OrderDocument } from '../order.ts';
import type { OrderRules } from '../rules.ts';
import { plain, refuseOtherCurrency, refuseTwice, standingOf } from '../standing.ts';
import { refuseOverdrawn } from './agreement.ts';
import { amountsNote } from './amounts.ts';
import { keptContent } from './content.ts';
import type { KnownOrders, Submission } from './submission.ts';

/** The order as the document makes it. */
export interface Submitted {
  readonly order: BookedOrder;
  /** What a person, or the buyer, should know. */
  readonly warnings: readonly string[];
}

/**
 * Takes a document of a buyer that the book has not seen before: a new order, its complete new state, or its end. Throws WB_BOOK_ORDER_KNOWN, WB_BOOK_ORDER_UNKNOWN,
 * WB_BOOK_ORDER_SUPERSEDED, WB_BOOK_ORDER_CLOSED, WB_BOOK_GOODS_GONE, WB_BOOK_LINE, WB_BOOK_AMOUNT, WB_BOOK_CURRENCY or WB_BOOK_AGREEMENT.
 */
export function submitOrder(submission: Submission, known: KnownOrders, rules: OrderRules): Submitted {
  switch (submission.input.type) {
    case 'new':
      return placeOrder(submission, known, rules);
    case 'update':
      return replaceOrder(submission, known, rules);
    case 'delete':
      return endOrder(submission, known, rules);
  }
}

function placeOrder(submission: Submission, known: KnownOrders, rules: OrderRules): Submitted {
  const { input, name } = submission;
  if (known.order)
    throw bookErrors.WB_BOOK_ORDER_KNOWN(
      `Order ${name.orderId} has been placed before, by document ${newest(known.order).payloadId}; a change is a document of type update.`,
    );
  const order: BookedOrder = { ...name, ...stateOf(input, []), documents: [], confirmations: [], shipments: [], invoices: [] };
  if (order.lines.every(({ cancelled }) => cancelled))
    throw bookErrors.WB_BOOK_LINE(`Order ${name.orderId} orders nothing: every line has the quantity 0.`);
  return answered(judged(order, submission, known, rules), submission, rules);
}

/** An update is the complete new order: a line that it does not name is cancelled. */
function replaceOrder(submission: Submission, known: KnownOrders, rules: OrderRules): Submitted {
  const former = namedOrder(submission, known, rules);
  const order: BookedOrder = {
    ...former,
    ...stateOf(submission.input, former.lines),
    confirmations: discarded(former),
  };
  refuseTakingBack(former, order.lines);
  return answered(judged(order, submission, known, rules), submission, rules);
}

function endOrder(submission: Submission, known: KnownOrders, rules: OrderRules): Submitted {
  const former = namedOrder(submission, known, rules);
  const lines = former.lines.map(({ line }) => ({ line, cancelled: true }));
  refuseTakingBack(former, lines);
  const open = former.header.orderType === 'blanket' ? known.releases.filter(({ state }) => state === 'open') : [];
  const [release] = open;
  if (release)
    throw bookErrors.WB_BOOK_GOODS_GONE(`${open.length} releases call off from order ${former.orderId}, among them ${release.orderId}.`);
  const { lines: _lines, ...header } = keptContent(submission.input);
  const order: BookedOrder = { ...former, state: 'ended', holds: [], header, lines, confirmations: discarded(former) };
  return { order: withDocument(order, submission, undefined), warnings: [] };
}

/** The order that an update or a delete is about. */
function namedOrder({ input, name }: Submission, { order }: KnownOrders, rules: OrderRules): BookedOrder {
  if (!order)
    throw bookErrors.WB_BOOK_ORDER_UNKNOWN(
      `There is no order ${name.orderId} of ${name.buyer}${name.test ? ' in test' : ''} to ${input.type}.`,
    );
  const { payloadId } = newest(order);
  if (rules.payloadIds === 'unique' && input.replaces === undefined && rules.references === 'required')
    throw bookErrors.WB_BOOK_ORDER_SUPERSEDED(`The ${input.type} of order ${name.orderId} names no document; the newest is ${payloadId}.`);
  if (rules.payloadIds === 'unique' && input.replaces !== undefined && input.replaces !== payloadId)
    throw bookErrors.WB_BOOK_ORDER_SUPERSEDED(
      `The ${input.type} of order ${name.orderId} names document ${input.replaces}; the newest is ${payloadId}.`,
    );
  if (order.state === 'ended') throw bookErrors.WB_BOOK_ORDER_CLOSED(`Order ${name.orderId} was deleted by the buyer.`);
  return order;
}

/** What was said to an order before says nothing of the new one; the numbers stay used. */
function discarded({ confirmations }: BookedOrder): BookedOrder['confirmations'] {
  return confirmations.map((each) => ({ ...each, discarded: true }));
}

function newest({ documents, header }: BookedOrder): { readonly payloadId: string } {
  return documents.at(-1) ?? header;
}

/** Throws WB_BOOK_GOODS_GONE, which says how many. */
function refuseTakingBack(former: BookedOrder, lines: readonly BookedLine[]): void {
  for (const { line } of former.lines) {
    const { shipped, invoiced } = standingOf(former, line.number);
    const next = lines.find((each) => each.line.number === line.number);
    const left = next && !next.cancelled ? plain(next.line.quantity) : '0';
    for (const [figure, what] of [
      [shipped, 'have shipped'],
      [invoiced, 'are invoiced'],
    ] as const) {
      if (compare(figure, left) > 0)
        throw bookErrors.WB_BOOK_GOODS_GONE(
          `line ${line.number}: ${figure} of ${plain(line.quantity)} ${what}; they cannot be taken back, and ${left} would be left.`,
        );
      if (compare(figure, '0') > 0 && next && next.line.partId !== line.partId)
        throw bookErrors.WB_BOOK_GOODS_GONE(
          `line ${line.number}: ${figure} of ${line.partId ?? 'it'} ${what}; the line cannot become ${next.line.partId ?? 'free text'}.`,
        );
    }
  }
}

function stateOf(
  input: PurchaseOrderSubmitInput,
  former: readonly BookedLine[],
): Pick<BookedOrder, 'state' | 'holds' | 'header' | 'lines'> {
  const { lines, ...header } = keptContent(input);
  refuseTwice(lines.map(({ number }) => number));
  for (const { number, quantity } of lines)
    if (compare(quantity, '0') < 0) throw bookErrors.WB_BOOK_LINE(`line ${number}: ${quantity} is less than 0.`);
  const missing = former.filter(({ line }) => !lines.some(({ number }) => number === line.number));
  const all: readonly BookedLine[] = [
    ...lines.map((line) => ({ line, cancelled: compare(line.quantity, '0') === 0 || line.operation === 'delete' })),
    ...missing.map(({ line }) => ({ line, cancelled: true })),
  ];
  return { state: 'open', holds: [], header, lines: all.toSorted((a, b) => a.line.number - b.line.number) };
}

/** The order with what a person has to look at. */
function judged(order: BookedOrder, submission: Submission, known: KnownOrders, rules: OrderRules): BookedOrder {
  const { orderId, header } = order;
  const live = order.lines.flatMap(({ line, cancelled }) => (cancelled ? [] : [line]));
  for (const line of live)
    refuseOtherCurrency(order, `line ${line.number}`, [line.price, line.limit, line.tax?.amount, line.shipping?.amount]);
  refuseOtherCurrency(order, `order ${orderId}`, [header.tax?.amount, header.shipping?.amount]);
  const holds: Hold[] = [];
  const unsure = refuseOverdrawn(order, submission, known);
  if (unsure !== undefined) holds.push({ reason: 'agreement', note: unsure });
  const adHoc = live.filter(isAdHoc).map(({ number }) => number);
  if (adHoc.length > 0) holds.push({ reason: 'ad-hoc', note: `free text in line ${adHoc.join(', ')}` });
  const wrong = amountsNote(order);
  if (wrong !== undefined && rules.amounts === 'refuse') throw bookErrors.WB_BOOK_AMOUNT(`Order ${orderId}: ${wrong}`);
  if (wrong !== undefined) holds.push({ reason: 'amounts', note: wrong });
  return { ...order, holds };
}

/** A line without a part number is in no catalog either, whatever the buyer's system says of it. */
function isAdHoc({ adHoc, partId }: BookedLine['line']): boolean {
  return adHoc === true || partId === undefined || partId.trim() === '';
}

function answered(order: BookedOrder, submission: Submission, rules: OrderRules): Submitted {
  const isQueued = order.holds.length > 0 || rules.answer === 'queued';
  const due = isQueued ? new Date(Date.parse(submission.now) + rules.reportWithin).toISOString() : undefined;
  return { order: withDocument(order, submission, due), warnings: order.holds.map(({ note }) => note) };
}

/** The order with the document as its newest one. Nobody waits for a word on an older one. */
function withDocument(order: BookedOrder, { input, now }: Submission, due: string | undefined): BookedOrder {
  const document: OrderDocument = {
    payloadId: input.payloadId,
    type: input.type,
    received: now,
    ...(due === undefined ? {} : { report: { due, state: 'owed' } }),
  };
  const superseded = order.documents.map((each) =>
    each.report?.state === 'owed' ? { ...each, report: { ...each.report, state: 'superseded' as const } } : each,
  );
  return { ...order, documents: [...superseded, document] };
}
