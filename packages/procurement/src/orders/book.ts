import type {
  PurchaseOrderConfirmed,
  PurchaseOrderInvoiced,
  PurchaseOrderProgressed,
  PurchaseOrderShipped,
  PurchaseOrderSubmitInput,
} from '@waybill/commerce';
import { digestOf } from './buyer/content.ts';
import type { KnownOrders } from './buyer/submission.ts';
import { type Submitted, submitOrder } from './buyer/submit.ts';
import { bookErrors } from './errors.ts';
import type { BookedOrder, OrderName, Taken } from './order.ts';
import { defaultRules, type OrderRules } from './rules.ts';
import type { Answer, DocumentName, GivenNumber, OrderStorage } from './storage.ts';
import { type ConfirmStep, confirmOrder } from './supplier/confirm.ts';
import { type CreditStep, creditInvoice } from './supplier/credit.ts';
import { type InvoiceStep, invoiceOrder, type WithdrawStep, withdrawInvoice } from './supplier/invoice.ts';
import { approveOrder, type ReportStep, reportOrder } from './supplier/report.ts';
import { type ShipStep, shipOrders } from './supplier/ship.ts';
import { statusOf } from './supplier/snapshot.ts';

/** What became of a document of a buyer. */
export type Outcome =
  /** Seen before: it is answered as it was then, and nothing is done. */
  | { readonly kind: 'repeated'; readonly answer: Answer; readonly order: BookedOrder | undefined }
  /** `former` is the order as it was, of an update or a delete. */
  | (Submitted & { readonly kind: 'taken'; readonly answer: Answer; readonly former: BookedOrder | undefined });

/** What a step is about, and how the buyer has it. */
export interface Place {
  readonly buyer: string;
  readonly test?: boolean | undefined;
  readonly orderId: string;
}

/**
 * The orders of buyers, and what was said to them. Every method is one step: it reads from the storage, decides, writes, and answers with what is to be published.
 * It throws a `CommandError` of `bookErrors` where a rule is broken, before anything is written. An application whose storage has to be waited for uses the functions behind it
 * (`submitOrder`, `confirmOrder` …): they take an order and give the next one.
 */
export class OrderBook {
  readonly #storage: OrderStorage;
  readonly #rulesFor: (buyer: string) => OrderRules;

  /** `rulesFor`: how each buyer is worked with. Default: `defaultRules` for all. */
  constructor(storage: OrderStorage, rulesFor: (buyer: string) => Partial<OrderRules> = () => ({})) {
    this.#storage = storage;
    this.#rulesFor = (buyer) => ({ ...defaultRules, ...rulesFor(buyer) });
  }

  /** Takes a document of a buyer, once. `now`: ISO 8601, in UTC. Throws what `submitOrder` throws, and WB_BOOK_DOCUMENT_CHANGED. */
  submit(buyer: string, input: PurchaseOrderSubmitInput, now: string): Outcome {
    const rules = this.#rulesFor(buyer);
    const name: OrderName = { buyer, test: input.test, orderId: input.orderId };
    const document = documentName(input);
    const digest = digestOf(buyer, input, { withTime: rules.payloadIds === 'constant' });
    const seen = this.#storage.documents(document);
    const same = seen.find((each) => each.digest === digest);
    if (same) return { kind: 'repeated', answer: same.answer, order: this.#storage.order(same.order) };
    if (seen.length > 0 && rules.payloadIds === 'unique')
      throw bookErrors.WB_BOOK_DOCUMENT_CHANGED(
        `Document ${input.payloadId} was sent before with other content, for order ${seen[0]?.order.orderId}.`,
      );
    const known = this.#known(name, input);
    const submitted = submitOrder({ name, input, now }, known, rules);
    const answer = answerOf(submitted);
    this.#storage.save(submitted.order);
    this.#storage.keep({ ...document, digest, order: name, answer });
    return { kind: 'taken', ...submitted, answer, former: known.order };
  }

  confirm(place: Place, step: ConfirmStep): PurchaseOrderConfirmed {
    return this.#take(confirmOrder(this.order(place), step, this.#rulesFor(place.buyer)));
  }

  /** Goods of one or more orders of one buyer. */
  ship({ buyer, test = false }: Omit<Place, 'orderId'>, step: ShipStep): PurchaseOrderShipped {
    const number: GivenNumber = { kind: 'shipment', buyer, test, id: step.shipmentId };
    const given = this.#storage.ordersOf(number);
    // Those that have the number already: a new shipment must not take it, an update may leave them out.
    const ids = [...new Set([...step.orders.map(({ orderId }) => orderId), ...given])];
    const shipped = ids.map((orderId) => ({
      order: this.order({ buyer, test, orderId }),
      portion: step.orders.find((each) => each.orderId === orderId),
    }));
    const { orders, event } = shipOrders(shipped, step, this.#rulesFor(buyer));
    for (const order of orders) {
      this.#storage.save(order);
      this.#storage.give(number, order.orderId);
    }
    return event;
  }

  invoice(place: Place, step: InvoiceStep): PurchaseOrderInvoiced {
    return this.#bill(place, step.invoiceId, (order) => invoiceOrder(order, step, this.#rulesFor(place.buyer)));
  }

  credit(place: Place, step: CreditStep): PurchaseOrderInvoiced {
    return this.#bill(place, step.invoiceId, (order) => creditInvoice(order, step));
  }

  /** Takes an invoice or a credit back. */
  withdraw(place: Place, step: WithdrawStep): PurchaseOrderInvoiced {
    return this.#take(withdrawInvoice(this.order(place), step));
  }

  /** Tells what became of an order that was answered with 201. `now`: ISO 8601, in UTC. */
  report(place: Place, step: ReportStep, now: string): PurchaseOrderProgressed {
    return this.#take(reportOrder(this.order(place), step, this.#rulesFor(place.buyer), now));
  }

  /** A person has looked at an order that was held. */
  approve(place: Place): BookedOrder {
    const order = approveOrder(this.order(place));
    this.#storage.save(order);
    return order;
  }

  /** The answer to a buyer's question how far an order is. It changes nothing. */
  status(place: Place, said: Parameters<typeof statusOf>[1]): PurchaseOrderConfirmed {
    return statusOf(this.order(place), said);
  }

  /** Throws WB_BOOK_ORDER_UNKNOWN. */
  order({ buyer, test = false, orderId }: Place): BookedOrder {
    const order = this.#storage.order({ buyer, test, orderId });
    if (!order) throw bookErrors.WB_BOOK_ORDER_UNKNOWN(`There is no order ${orderId} of ${buyer}${test ? ' in test' : ''}.`);
    return order;
  }

  /** The orders on which a status is owed to the buyer since this time or before. ISO 8601, in UTC. */
  overdue(at: string): readonly BookedOrder[] {
    return this.#storage.overdue(at);
  }

  #known(name: OrderName, { agreementId, orderType }: PurchaseOrderSubmitInput): KnownOrders {
    const agreement = agreementId === undefined ? undefined : { ...name, orderId: agreementId };
    return {
      order: this.#storage.order(name),
      agreement: agreement && this.#storage.order(agreement),
      releases: this.#storage.releasesOf(agreement && orderType !== 'blanket' ? agreement : name),
    };
  }

  #bill(place: Place, invoiceId: string, take: (order: BookedOrder) => Taken<PurchaseOrderInvoiced>): PurchaseOrderInvoiced {
    const order = this.order(place);
    const number: GivenNumber = { kind: 'invoice', buyer: order.buyer, test: order.test, id: invoiceId };
    const elsewhere = this.#storage.ordersOf(number).find((orderId) => orderId !== order.orderId);
    if (elsewhere !== undefined) throw bookErrors.WB_BOOK_STEP_TAKEN(`Invoice ${invoiceId}: invoice id used, for order ${elsewhere}.`);
    const taken = take(order);
    this.#storage.give(number, order.orderId);
    return this.#take(taken);
  }

  #take<Event>({ order, event }: Taken<Event>): Event {
    this.#storage.save(order);
    return event;
  }
}

function documentName({ parties: { sender, from }, payloadId }: PurchaseOrderSubmitInput): DocumentName {
  const { domain, identity } = sender ?? from[0] ?? { domain: '', identity: '' };
  return { sender: `${domain.trim().toLowerCase()}/${identity.trim()}`, payloadId, type: 'OrderRequest' };
}

/** One that is held or promised a status is answered with 201. */
function answerOf({ order, warnings }: Submitted): Answer {
  const state = order.documents.at(-1)?.report ? 'queued' : 'done';
  return warnings.length === 0 ? { state } : { state, note: warnings.join('; ') };
}
