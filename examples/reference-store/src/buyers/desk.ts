import { randomUUID } from 'node:crypto';
import { purchaseOrderConfirmed, purchaseOrderInvoiced, purchaseOrderProgressed, purchaseOrderShipped } from '@waybill/commerce';
import type { DataOf, EventDefinition } from '@waybill/contract';
import type {
  BookedOrder,
  ConfirmStep,
  CreditStep,
  InvoiceStep,
  OrderBook,
  Place,
  ReportStep,
  ShipStep,
  WithdrawStep,
} from '@waybill/procurement';
import type { Database } from '../database/database.ts';
import { present } from '../database/present.ts';
import { Work } from '../work.ts';
import { type BuyerRow, bookOf, findBuyer, type NewBuyer, nextPayloadId, setBuyer } from './buyers.ts';
import { placeBooked, placedOrder } from './place.ts';
import { publishDocument } from './publish.ts';

/** What became of a document of the store at a buyer. */
export interface DocumentState {
  readonly buyer: string;
  /** Payload id of the document. */
  readonly about?: string;
  readonly invoice?: string;
  readonly code: number;
  readonly text: string;
  readonly detail?: string;
  readonly state?: string;
  readonly at: string;
}

/** A step without the payload id, which the store gives. */
type Said<Step> = Omit<Step, 'payloadId'>;

/**
 * What people do about the orders of buyers. A step takes effect in one transaction and leaves a document behind, which `announce` publishes, once. Each throws a
 * `CommandError` of `bookErrors` where a rule of the book is broken, and WB_STORE_BUYER_UNKNOWN.
 */
export class BuyerDesk {
  readonly #database: Database;
  readonly #now: () => string;

  constructor(database: Database, now: () => string) {
    this.#database = database;
    this.#now = now;
  }

  /** Adds a buyer, or changes it. */
  add(buyer: NewBuyer): void {
    this.#database.transaction(() => setBuyer(buyer, this.#database));
  }

  /** The order as the book has it. */
  order(place: Place): BookedOrder {
    return bookOf(this.#database).order(place);
  }

  /** The orders of a buyer, the newest number last. */
  orders(buyer: string): readonly BookedOrder[] {
    const rows = this.#database.all<{ readonly book: string }>(
      'SELECT book FROM buyer_orders WHERE buyer = ? ORDER BY test, number',
      buyer,
    );
    return rows.map(({ book }) => JSON.parse(book) as BookedOrder);
  }

  /** The id of the order of the store that was made of it; undefined where there is none: of a test, or while it is held. */
  placed({ buyer, test = false, orderId }: Place): string | undefined {
    return placedOrder(this.#database, { buyer, test, orderId });
  }

  /** Orders on which a status is owed to the buyer by now. Default of `at`: now. */
  overdue(at: Date = new Date(this.#now())): readonly BookedOrder[] {
    return bookOf(this.#database).overdue(at.toISOString());
  }

  /** What buyers have told of documents of the store, the oldest first. */
  states(buyer: string): readonly DocumentState[] {
    const rows = this.#database.all<DocumentState>(
      'SELECT buyer, about, invoice, code, text, detail, state, at FROM buyer_states WHERE buyer = ? ORDER BY sequence',
      buyer,
    );
    return rows.map((row) => present({ ...row }));
  }

  /** Somebody has looked at an order that was held: it becomes one of the store. */
  approve(place: Place): void {
    this.#work(place.buyer, (book, _buyer, work) => placeBooked(book.approve(place), work));
  }

  confirm(place: Place, step: Said<ConfirmStep>): void {
    this.#publish(place.buyer, purchaseOrderConfirmed, (book, payloadId) => book.confirm(place, { ...step, payloadId }));
  }

  ship(place: Omit<Place, 'orderId'>, step: Said<ShipStep>): void {
    this.#publish(place.buyer, purchaseOrderShipped, (book, payloadId) => book.ship(place, { ...step, payloadId }));
  }

  invoice(place: Place, step: Said<InvoiceStep>): void {
    this.#publish(place.buyer, purchaseOrderInvoiced, (book, payloadId) => book.invoice(place, { ...step, payloadId }));
  }

  credit(place: Place, step: Said<CreditStep>): void {
    this.#publish(place.buyer, purchaseOrderInvoiced, (book, payloadId) => book.credit(place, { ...step, payloadId }));
  }

  withdraw(place: Place, step: Said<WithdrawStep>): void {
    this.#publish(place.buyer, purchaseOrderInvoiced, (book, payloadId) => book.withdraw(place, { ...step, payloadId }));
  }

  report(place: Place, step: Said<ReportStep>): void {
    this.#publish(place.buyer, purchaseOrderProgressed, (book, payloadId) => book.report(place, { ...step, payloadId }, this.#now()));
  }

  #publish<Event extends EventDefinition>(
    name: string,
    event: Event,
    take: (book: OrderBook, payloadId: string) => DataOf<Event> & { readonly payloadId?: string },
  ): void {
    this.#work(name, (book, buyer, work) =>
      publishDocument(event, take(book, nextPayloadId(this.#database, buyer, work.now)), buyer, work),
    );
  }

  /** One transaction. What is to be published waits in a table, since nobody is there who would publish it. */
  #work(name: string, take: (book: OrderBook, buyer: BuyerRow, work: Work) => void): void {
    const database = this.#database;
    database.transaction(() => {
      const work = new Work(database, this.#now(), { messageId: randomUUID(), entry: 'desk' });
      take(bookOf(database), findBuyer(database, name), work);
      for (const { event, id, store, data } of work.events)
        database.insert('buyer_events', { event_id: id, event, store_id: store, data: JSON.stringify(data) });
    });
  }
}
