import type { BookedOrder, OrderName } from './order.ts';

/** A document of a buyer that was taken, and how it was answered. */
export interface KeptDocument extends DocumentName {
  readonly digest: string;
  readonly order: OrderName;
  readonly answer: Answer;
}

/** How documents are told apart: by who sent them, under which id and as what. */
export interface DocumentName {
  /** Domain and name of the technical sender. */
  readonly sender: string;
  readonly payloadId: string;
  /** `OrderRequest`. */
  readonly type: string;
}

/** What the buyer is told: the output of `purchase-order.submit`. */
export interface Answer {
  readonly state: 'done' | 'queued';
  readonly note?: string | undefined;
}

/** A number that the supplier has given to a shipment or an invoice. Buyers take each once. */
export interface GivenNumber {
  readonly kind: 'shipment' | 'invoice';
  readonly buyer: string;
  readonly test: boolean;
  readonly id: string;
}

/**
 * Where an application keeps the book: in its own database, so that an order of a buyer and what the application does about it are there together or not at all. The
 * book calls these within the transaction of the application, one step at a time, and keeps nothing itself. Orders and answers are plain JSON.
 */
export interface OrderStorage {
  order(name: OrderName): BookedOrder | undefined;
  /** Writes the order in place of what is there. */
  save(order: BookedOrder): void;
  /** The orders of the buyer, of a test or not, that call off from this one: whose `header.agreementId` is its number. */
  releasesOf(agreement: OrderName): readonly BookedOrder[];
  documents(name: DocumentName): readonly KeptDocument[];
  keep(document: KeptDocument): void;
  /** The numbers of the orders for which a number was given. */
  ordersOf(number: GivenNumber): readonly string[];
  /** Remembers that a number was given for an order. Again for the same order: nothing happens. */
  give(number: GivenNumber, orderId: string): void;
  /** Orders with a document whose `report` is `owed` and due at this time or before. ISO 8601, in UTC. */
  overdue(at: string): readonly BookedOrder[];
}
