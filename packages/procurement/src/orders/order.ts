import type { BuyerOrderLine, Parties, PurchaseOrderConfirmed, PurchaseOrderSubmitInput } from '@waybill/commerce';

// What the book knows of one order. All of it is plain JSON: an application keeps it as it is in a column of its database.

/** Names an order. Two buyers may use the same number, and the orders of a test are no others' business. */
export interface OrderName {
  /** The name of the buyer in the directory of partners. */
  readonly buyer: string;
  readonly test: boolean;
  readonly orderId: string;
}

/** An order as its newest document and everything that was said to it have made it. */
export interface BookedOrder extends OrderName {
  /** `ended`: the buyer has deleted it. `refused`: the supplier has told so by a final status. Only an update opens it again. */
  readonly state: 'open' | 'refused' | 'ended';
  /** Why a person has to look at it first. While there is one, the order can only be refused. */
  readonly holds: readonly Hold[];
  /** The documents that it is made of, the newest last. */
  readonly documents: readonly OrderDocument[];
  /** The newest document without its lines, without the digits of a card and without the contents of files. */
  readonly header: Omit<PurchaseOrderSubmitInput, 'lines'>;
  /** All lines that the order ever had, by number. */
  readonly lines: readonly BookedLine[];
  readonly confirmations: readonly Confirmation[];
  readonly shipments: readonly Shipment[];
  readonly invoices: readonly Invoice[];
}

export interface Hold {
  /** `ad-hoc`: lines of free text. `amounts`: the total is not that of the lines. `agreement`: the agreement that it calls off from is not in the book. */
  readonly reason: 'ad-hoc' | 'amounts' | 'agreement';
  /** In words, with the figures. */
  readonly note: string;
}

export interface OrderDocument {
  readonly payloadId: string;
  readonly type: PurchaseOrderSubmitInput['type'];
  /** ISO 8601. */
  readonly received: string;
  /** Present where it was answered with 201: what is owed to the buyer. */
  readonly report?: Report | undefined;
}

/** The statuses that the buyer was promised, reference/procurement-messages.md, section 3.3: 201 obliges to a later one. */
export interface Report {
  /** When the next one has to be told. ISO 8601, in UTC. */
  readonly due: string;
  /** `superseded`: a newer document of the order has come, so that nobody waits for a word on this one. */
  readonly state: 'owed' | 'told' | 'superseded';
  readonly lastCode?: number | undefined;
}

export interface BookedLine {
  readonly line: BuyerOrderLine;
  readonly cancelled: boolean;
}

type ConfirmedLine = NonNullable<PurchaseOrderConfirmed['lines']>[number];

export interface Confirmation {
  /** Its place among the confirmations of the order, from 1. */
  readonly number: number;
  readonly id?: string | undefined;
  readonly payloadId?: string | undefined;
  readonly type: PurchaseOrderConfirmed['type'];
  /** None: the order as a whole. */
  readonly lines: readonly ConfirmedLine[];
  /** A later confirmation of the whole order, or an update of the order, has taken its place. */
  readonly discarded: boolean;
}

export interface Shipment {
  readonly id: string;
  readonly payloadId?: string | undefined;
  readonly lines: readonly ShippedQuantity[];
  readonly deleted: boolean;
}

export interface ShippedQuantity {
  readonly number: number;
  readonly quantity: string;
}

/** An invoice, or a credit of one. */
export interface Invoice {
  readonly id: string;
  readonly date: string;
  readonly payloadId?: string | undefined;
  readonly purpose: 'standard' | 'creditMemo' | 'lineLevelCreditMemo';
  /** The invoice that a credit speaks of. */
  readonly original?: string | undefined;
  readonly lines: readonly InvoicedQuantity[];
  /** Of the goods alone, and in all. Negative in a credit. */
  readonly subtotal: string;
  readonly net: string;
  readonly deleted: boolean;
}

export interface InvoicedQuantity {
  readonly number: number;
  /** Negative in a credit. */
  readonly quantity: string;
  readonly price: string;
}

/** A step that was taken: the order as it is now, and the data of the event that tells the buyer. */
export interface Taken<Event> {
  readonly order: BookedOrder;
  readonly event: Event;
}

/** The parties of a document that answers one of the buyer. Which technical sender it has is decided where it is sent. */
export function answeredParties({ from, to }: Parties): Parties {
  return { from: to, to: from };
}

/** What every document about an order has. */
export function headOf({ buyer, test, orderId, header, documents }: BookedOrder, payloadId: string | undefined) {
  return {
    buyer,
    parties: answeredParties(header.parties),
    ...(payloadId === undefined ? {} : { payloadId }),
    ...(test ? { test } : {}),
    orderId,
    ordered: header.ordered,
    orderPayloadId: documents.at(-1)?.payloadId ?? header.payloadId,
  };
}
