import type { PurchaseOrderProgressed } from '@waybill/commerce';
import { compare } from '../../exact/exact.ts';
import { bookErrors } from '../errors.ts';
import { answeredParties, type BookedOrder, type OrderDocument, type Report, type Taken } from '../order.ts';
import type { OrderRules } from '../rules.ts';
import { standingOf } from '../standing.ts';

/** A status that is to be told: 201 to 299 for progress, 200 for the end, 4xx for a refusal. */
export interface ReportStep extends Pick<PurchaseOrderProgressed, 'payloadId' | 'code' | 'text' | 'detail' | 'language' | 'extrinsics'> {
  /** Payload id of the document that it speaks of. Default: the newest of the order. */
  readonly about?: string | undefined;
}

/**
 * Tells what became of an order that was answered with 201. A status of progress makes the next one due, a final one is the last. `now`: ISO 8601.
 * Throws WB_BOOK_STATUS, WB_BOOK_DOCUMENT_UNKNOWN, WB_BOOK_ORDER_CLOSED or WB_BOOK_QUANTITY.
 */
export function reportOrder(order: BookedOrder, step: ReportStep, rules: OrderRules, now: string): Taken<PurchaseOrderProgressed> {
  const kind = kindOf(step.code);
  const document = step.about === undefined ? order.documents.at(-1) : order.documents.find(({ payloadId }) => payloadId === step.about);
  if (!document) throw bookErrors.WB_BOOK_DOCUMENT_UNKNOWN(`Order ${order.orderId} has no document ${step.about}.`);
  const owed = owedReport(order, document);
  if (kind === 'done') refuseHeld(order);
  if (kind === 'refused') refuseShipped(order);
  const due = kind === 'progress' ? new Date(Date.parse(now) + rules.reportWithin).toISOString() : owed.due;
  const report: Report = { due, state: kind === 'progress' ? 'owed' : 'told', lastCode: step.code };
  const documents = order.documents.map((each) => (each === document ? { ...each, report } : each));
  const next: BookedOrder = { ...order, documents, ...(kind === 'refused' ? { state: 'refused', holds: [] } : {}) };
  return { order: next, event: eventOf(order, document, step) };
}

/** Takes away what held an order: a person has looked at it. `notes` are kept by the application. Throws WB_BOOK_ORDER_CLOSED where nothing holds it. */
export function approveOrder(order: BookedOrder): BookedOrder {
  if (order.holds.length === 0) throw bookErrors.WB_BOOK_ORDER_CLOSED(`Order ${order.orderId} is not held.`);
  return { ...order, holds: [] };
}

/** The documents of an order on which a word is owed, with the time until which it has to come. */
export function owedReports({ documents }: BookedOrder): readonly (OrderDocument & { readonly report: Report })[] {
  return documents.flatMap((document) => (document.report?.state === 'owed' ? [{ ...document, report: document.report }] : []));
}

type Kind = 'progress' | 'done' | 'refused';

/** Section 3.3: 200 is terminal, the others of 2xx are not; section 3.11: 2xx for progress, 4xx for refusal. */
function kindOf(code: number): Kind {
  if (code === 200) return 'done';
  if (code > 200 && code < 300) return 'progress';
  if (code >= 400 && code < 500) return 'refused';
  throw bookErrors.WB_BOOK_STATUS(`A status of an order has a code of 2xx or 4xx, not ${code}.`);
}

function owedReport({ orderId }: BookedOrder, { payloadId, report }: OrderDocument): Report {
  const what = `document ${payloadId} of order ${orderId}`;
  if (!report) throw bookErrors.WB_BOOK_STATUS(`The buyer waits for no status: ${what} was answered as done with.`);
  switch (report.state) {
    case 'owed':
      return report;
    case 'told':
      throw bookErrors.WB_BOOK_STATUS(`The final status ${report.lastCode} of ${what} has been told; nothing follows it.`);
    case 'superseded':
      throw bookErrors.WB_BOOK_STATUS(`A newer document has taken the place of ${what}.`);
  }
}

function refuseHeld({ orderId, holds }: BookedOrder): void {
  const [hold] = holds;
  if (hold) throw bookErrors.WB_BOOK_ORDER_CLOSED(`Order ${orderId} is held for a person: ${hold.note}; approve or refuse it.`);
}

function refuseShipped(order: BookedOrder): void {
  for (const { line } of order.lines) {
    const { shipped, ordered } = standingOf(order, line.number);
    if (compare(shipped, '0') > 0)
      throw bookErrors.WB_BOOK_QUANTITY(`line ${line.number}: ${shipped} of ${ordered} have shipped, so that the order cannot be refused.`);
  }
}

function eventOf(
  { buyer, header, test, orderId }: BookedOrder,
  { payloadId: newest }: OrderDocument,
  step: ReportStep,
): PurchaseOrderProgressed {
  const { payloadId, about = newest, ...said } = step;
  return {
    buyer,
    parties: answeredParties(header.parties),
    ...(payloadId === undefined ? {} : { payloadId }),
    ...(test ? { test } : {}),
    orderId,
    about,
    ...said,
  };
}
