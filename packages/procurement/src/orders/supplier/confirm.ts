import type { PurchaseOrderConfirmed } from '@waybill/commerce';
import { add, compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import { type BookedOrder, type Confirmation, headOf, type Taken } from '../order.ts';
import type { OrderRules } from '../rules.ts';
import { plain, refuseClosed, refuseOtherCurrency, refuseTwice, standingOf, workableLine } from '../standing.ts';

type Line = NonNullable<PurchaseOrderConfirmed['lines']>[number];
export type LineStatus = Line['statuses'][number];
type Type = PurchaseOrderConfirmed['type'];

/** A confirmation that is to be sent. Of a line, the order says the quantity and the unit. */
export interface ConfirmStep
  extends Pick<
    PurchaseOrderConfirmed,
    'payloadId' | 'confirmationId' | 'type' | 'noticed' | 'answers' | 'total' | 'shipping' | 'tax' | 'contacts' | 'comments' | 'extrinsics'
  > {
  /** Default: new. An update is complete and names the confirmation that it replaces by its id. */
  readonly operation?: 'new' | 'update' | undefined;
  readonly lines?: readonly { readonly number: number; readonly statuses: readonly Omit<LineStatus, 'unit'>[] }[] | undefined;
}

/** What a type of confirmation says of its lines (reference/procurement-messages.md, section 3.8). */
interface Form {
  readonly lines: 'required' | 'optional' | 'forbidden';
  readonly statuses: readonly LineStatus['type'][];
}

const anyButAllDetail = ['accept', 'backordered', 'detail', 'reject', 'requestToPay', 'unknown'] as const;

const forms: Readonly<Record<Type, Form>> = {
  accept: { lines: 'optional', statuses: ['accept'] },
  reject: { lines: 'forbidden', statuses: [] },
  except: { lines: 'required', statuses: anyButAllDetail },
  detail: { lines: 'required', statuses: anyButAllDetail },
  // The first three by the table, the others by the comment of the newest DTD.
  allDetail: { lines: 'required', statuses: ['allDetail', 'reject', 'unknown', 'accept', 'detail', 'backordered'] },
  backordered: { lines: 'optional', statuses: ['backordered'] },
  replace: { lines: 'required', statuses: ['detail'] },
  requestToPay: { lines: 'optional', statuses: ['requestToPay'] },
};

/** Those of which an order has one, and which take the place of all that was said before. */
const decisive: readonly Type[] = ['accept', 'except', 'reject'];

/**
 * Confirms an order, or some of its lines. Throws WB_BOOK_ORDER_CLOSED, WB_BOOK_FORM, WB_BOOK_LINE, WB_BOOK_QUANTITY, WB_BOOK_CURRENCY,
 * WB_BOOK_STEP_TAKEN or WB_BOOK_DOCUMENT_UNKNOWN.
 */
export function confirmOrder(order: BookedOrder, step: ConfirmStep, rules: OrderRules): Taken<PurchaseOrderConfirmed> {
  // What is held can be refused without anybody's approval.
  refuseClosed(step.type === 'reject' ? { ...order, holds: [] } : order);
  refuseForm(step);
  const lines = (step.lines ?? []).map((line) => completeLine(order, line, step.type));
  refuseTwice(lines.map(({ number }) => number));
  refuseOtherCurrency(order, 'the confirmation', [step.total, step.shipping?.amount, step.tax?.amount]);
  const former = step.operation === 'update' ? updated(order, step, rules) : undefined;
  const others = order.confirmations.filter((each) => !each.discarded && each !== former);
  refuseTaken(order, step, others, rules);
  const confirmation: Confirmation = {
    number: former?.number ?? order.confirmations.length + 1,
    id: step.confirmationId,
    payloadId: step.payloadId,
    type: step.type,
    lines,
    discarded: false,
  };
  const next = { ...order, confirmations: placed(order.confirmations, confirmation, former) };
  refuseShippedRejected(next);
  return { order: next, event: eventOf(order, step, { lines, former }) };
}

function refuseForm({ type, lines = [] }: ConfirmStep): void {
  const form = forms[type];
  if (form.lines === 'required' && lines.length === 0) throw bookErrors.WB_BOOK_FORM(`${type} needs items: the lines that it speaks of.`);
  if (form.lines === 'forbidden' && lines.length > 0)
    throw bookErrors.WB_BOOK_FORM(`${type} carries no items: it is about the whole order; say why in a comment.`);
  for (const { number, statuses } of lines) {
    const wrong = statuses.find((status) => !form.statuses.includes(status.type));
    if (wrong) throw bookErrors.WB_BOOK_FORM(`line ${number}: ${type} allows ${form.statuses.join(', ')}, not ${wrong.type}.`);
  }
}

/** The line as it is written. Throws where its statuses do not add up to what was ordered. */
function completeLine(order: BookedOrder, { number, statuses }: NonNullable<ConfirmStep['lines']>[number], type: Type): Line {
  const { quantity, unit = 'EA' } = workableLine(order, number);
  for (const status of statuses) refuseStatus(order, number, status, type);
  const told = add('0', ...statuses.map((status) => status.quantity));
  if (compare(told, quantity) !== 0)
    throw bookErrors.WB_BOOK_QUANTITY(`line ${number}: ${told} of ${plain(quantity)} are confirmed; the statuses add up to the quantity.`);
  return { number, quantity, unit, statuses: statuses.map((status) => ({ ...status, unit })) };
}

function refuseStatus(order: BookedOrder, number: number, status: Omit<LineStatus, 'unit'>, type: Type): void {
  const { price, shipping, tax, substitute, delivery } = status;
  const at = `line ${number}`;
  if (compare(status.quantity, '0') <= 0)
    throw bookErrors.WB_BOOK_LINE(`${at}: ${status.type} of ${status.quantity}, which is not more than 0.`);
  if (status.type === 'detail' && !price && !shipping && !tax && !substitute && delivery === undefined)
    throw bookErrors.WB_BOOK_FORM(`${at}: detail needs a price, tax, shipping, a substitute or a date of delivery.`);
  if (type === 'replace' && !substitute) throw bookErrors.WB_BOOK_FORM(`${at}: replace names the substitute.`);
  const unit = order.lines.find(({ line }) => line.number === number)?.line.unit;
  if (substitute && (substitute.unit ?? unit) === unit && compare(substitute.quantity, status.quantity) !== 0)
    throw bookErrors.WB_BOOK_QUANTITY(
      `${at}: ${plain(substitute.quantity)} of ${plain(status.quantity)} are substituted, in the same unit.`,
    );
  refuseOtherCurrency(order, at, [price, shipping?.amount, tax?.amount, substitute?.price]);
}

/** The confirmation that an update replaces. */
function updated(order: BookedOrder, { confirmationId }: ConfirmStep, { confirmations }: OrderRules): Confirmation {
  if (confirmations === 'one') throw bookErrors.WB_BOOK_STEP_TAKEN('The buyer takes no update of a confirmation.');
  if (confirmationId === undefined) throw bookErrors.WB_BOOK_FORM('An update names the confirmation that it replaces by its id.');
  const former = order.confirmations.find(({ id, discarded }) => id === confirmationId && !discarded);
  if (!former) throw bookErrors.WB_BOOK_DOCUMENT_UNKNOWN(`no confirmation ${confirmationId} of order ${order.orderId} is in effect.`);
  return former;
}

function refuseTaken(order: BookedOrder, step: ConfirmStep, others: readonly Confirmation[], { confirmations }: OrderRules): void {
  const { orderId } = order;
  if (confirmations === 'one' && others.length > 0)
    throw bookErrors.WB_BOOK_STEP_TAKEN(`The buyer takes one confirmation per order, and order ${orderId} has one.`);
  const isUsed = ({ id }: Confirmation) => id !== undefined && id === step.confirmationId;
  if (step.operation !== 'update' && order.confirmations.some(isUsed))
    throw bookErrors.WB_BOOK_STEP_TAKEN(`confirmation id ${step.confirmationId} is used; use update.`);
  if (decisive.includes(step.type)) {
    const said = others.find(({ type }) => decisive.includes(type));
    if (said) throw bookErrors.WB_BOOK_STEP_TAKEN(`only one accept, except or reject per order: ${orderId} has ${said.type}.`);
    return;
  }
  // A wish to be paid comes after a line was confirmed, and says nothing else of it.
  if (step.type === 'requestToPay') return;
  const numbers =
    step.lines?.map(({ number }) => number) ?? order.lines.filter(({ cancelled }) => !cancelled).map(({ line }) => line.number);
  for (const number of numbers) {
    const earlier = others.find((each) => each.type !== 'requestToPay' && covers(each, number));
    if (earlier) throw bookErrors.WB_BOOK_STEP_TAKEN(`line ${number} is in confirmation ${earlier.id ?? earlier.number}; use update.`);
  }
}

/** An exception accepts the lines that it does not name. */
function covers({ type, lines }: Confirmation, number: number): boolean {
  return type === 'except' || lines.length === 0 || lines.some((line) => line.number === number);
}

function placed(known: readonly Confirmation[], next: Confirmation, former: Confirmation | undefined): readonly Confirmation[] {
  const isDecisive = decisive.includes(next.type);
  const kept = known.flatMap((each) => (each === former ? [next] : [isDecisive ? { ...each, discarded: true } : each]));
  return former ? kept : [...kept, next];
}

/** What has shipped can no more be refused. */
function refuseShippedRejected(order: BookedOrder): void {
  for (const { line } of order.lines) {
    const { ordered, rejected, shipped } = standingOf(order, line.number);
    if (compare(rejected, '0') > 0 && compare(add(rejected, shipped), ordered) > 0)
      throw bookErrors.WB_BOOK_QUANTITY(
        `line ${line.number}: ${shipped} of ${plain(ordered)} have shipped, so that ${rejected} cannot be rejected.`,
      );
  }
}

interface Placing {
  readonly lines: readonly Line[];
  readonly former: Confirmation | undefined;
}

function eventOf(order: BookedOrder, step: ConfirmStep, { lines, former }: Placing): PurchaseOrderConfirmed {
  const { payloadId, lines: _lines, operation = 'new', ...said } = step;
  return {
    ...headOf(order, payloadId),
    ...said,
    operation,
    ...(former?.payloadId === undefined ? {} : { replaces: former.payloadId }),
    ...(lines.length === 0 ? {} : { lines: [...lines] }),
  };
}
