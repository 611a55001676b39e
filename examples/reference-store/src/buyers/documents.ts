import {
  type DocumentNoteStatusInput,
  documentNoteStatus,
  type PurchaseOrderAskStatusInput,
  type PurchaseOrderSubmitInput,
  purchaseOrderConfirmed,
  type purchaseOrderSubmit,
} from '@waybill/commerce';
import type { OutputOf } from '@waybill/contract/application';
import { bookErrors } from '@waybill/procurement';
import type { Work } from '../work.ts';
import { bookOf, findBuyer, nextPayloadId } from './buyers.ts';
import { placeBooked } from './place.ts';
import { publishDocument } from './publish.ts';

/** Takes an order of a buyer, a change of one or its end, and does in the store what follows. Throws what `OrderBook.submit` and `placeBooked` throw. */
export function submitOrder(input: PurchaseOrderSubmitInput, work: Work): OutputOf<typeof purchaseOrderSubmit> {
  const buyer = findBuyer(work.database, work.sender);
  const outcome = bookOf(work.database).submit(buyer.buyer, input, work.now);
  const { state, note } = outcome.answer;
  if (outcome.kind === 'taken') {
    work.effect(`${buyer.buyer} ${input.orderId} ${input.type}`);
    placeBooked(outcome.order, work);
  }
  return note === undefined ? { state } : { state, note };
}

/** Answers a question about an order with a confirmation that says what was said so far. Throws WB_BOOK_ORDER_UNKNOWN. */
export function answerStatus(input: PurchaseOrderAskStatusInput, work: Work): void {
  const { database } = work;
  const buyer = findBuyer(database, work.sender);
  const orderId = input.orderId ?? orderOfDocument(input, work);
  const event = bookOf(database).status(
    { buyer: buyer.buyer, test: input.test, orderId },
    { payloadId: nextPayloadId(database, buyer, work.now), noticed: work.now, answers: input.requestId },
  );
  publishDocument(purchaseOrderConfirmed, event, buyer, work);
}

function orderOfDocument({ orderPayloadId }: PurchaseOrderAskStatusInput, { database, sender }: Work): string {
  const row = database.get<{ number: string }>(
    'SELECT number FROM buyer_documents WHERE buyer = ? AND payload_id = ?',
    sender ?? null,
    orderPayloadId ?? null,
  );
  if (!row) throw bookErrors.WB_BOOK_ORDER_UNKNOWN(`The question names no order that is known: document ${orderPayloadId ?? 'none'}.`);
  return row.number;
}

/** Keeps what became of a document of the store at the buyer. */
export function noteStatus(input: DocumentNoteStatusInput, work: Work): void {
  const { buyer } = findBuyer(work.database, work.sender);
  const { about, invoiceId: invoice, code, text, detail, state, paid } = input;
  work.database.insert('buyer_states', {
    buyer,
    about,
    invoice,
    code,
    text,
    detail,
    state,
    paid: paid && JSON.stringify(paid),
    at: work.now,
  });
  work.effect(`${documentNoteStatus.name} ${buyer} ${invoice ?? about ?? ''} ${state ?? code}`);
}
