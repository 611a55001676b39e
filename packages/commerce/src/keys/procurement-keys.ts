import { businessKeysOf, keyed, type Maybe } from './key.ts';

interface Document {
  readonly parties: { readonly from: readonly { readonly domain: string; readonly identity: string }[] };
}

interface Order extends Document {
  readonly orderId?: Maybe;
  readonly requisitionId?: Maybe;
  readonly lines?: readonly { readonly partId?: Maybe }[] | undefined;
}

interface SupplierDocument {
  readonly buyer: string;
  readonly orderId?: Maybe;
  readonly orders?: readonly { readonly orderId: string }[] | undefined;
  readonly invoiceId?: Maybe;
  readonly shipmentId?: Maybe;
}

/** Documents of a buyer that speak of no order: nothing waits for them. */
export const procurementKeys = {
  orderKey: () => undefined,
  businessKeys: ({ parties }: Document) => businessKeysOf({ buyer: parties.from.map(({ identity }) => identity) }),
};

interface DocumentStatus extends Document {
  readonly about?: Maybe;
  readonly invoiceId?: Maybe;
}

/** What became of one document: its states are told one after the other. */
export const documentStatusKeys = {
  orderKey: ({ parties: { from }, about, invoiceId }: DocumentStatus) =>
    keyed('invoice', invoiceId && `${from[0]?.identity ?? ''}/${invoiceId}`) ?? keyed('document', about),
  businessKeys: ({ parties, invoiceId }: DocumentStatus) =>
    businessKeysOf({ buyer: parties.from.map(({ identity }) => identity), invoice: [invoiceId] }),
};

/** Orders of buyers: two buyers may use the same number. */
export const purchaseOrderKeys = {
  orderKey: ({ parties: { from }, orderId }: Order) => keyed('purchase-order', orderId && `${from[0]?.identity ?? ''}/${orderId}`),
  businessKeys: ({ parties, orderId, requisitionId, lines = [] }: Order) =>
    businessKeysOf({
      'purchase-order': [orderId],
      requisition: [requisitionId],
      buyer: parties.from.map(({ identity }) => identity),
      sku: lines.map(({ partId }) => partId),
    }),
};

/** What is sent to a buyer: in the order of its order. */
export const supplierDocumentKeys = {
  orderKey: ({ buyer, orderId, orders }: SupplierDocument) => {
    const about = orderId ?? orders?.[0]?.orderId;
    return keyed('purchase-order', about && `${buyer}/${about}`);
  },
  businessKeys: ({ buyer, orderId, orders = [], invoiceId, shipmentId }: SupplierDocument) =>
    businessKeysOf({
      buyer: [buyer],
      'purchase-order': [orderId, ...orders.map((one) => one.orderId)],
      invoice: [invoiceId],
      shipment: [shipmentId],
    }),
};
