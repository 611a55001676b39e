import { businessKeysOf, keyed, type Maybe, type OrderNames, orderKeyOf } from './key.ts';

export const pickListKeys = {
  orderKey: ({ pickBatchId }: { readonly pickBatchId: string }) => keyed('pick-batch', pickBatchId),
  businessKeys: ({ pickBatchId }: { readonly pickBatchId: string }) => businessKeysOf({ 'pick-batch': [pickBatchId] }),
};

interface Picking {
  readonly backendPickBatchId?: Maybe;
  readonly fulfillmentCenterId: string;
}

export const pickBatchKeys = {
  /** The center: its batches take from the same releases. */
  orderKey: ({ fulfillmentCenterId }: Picking) => keyed('center', fulfillmentCenterId),
  businessKeys: ({ backendPickBatchId }: Picking) => businessKeysOf({ 'pick-batch': [backendPickBatchId] }),
};

interface Release {
  readonly orderId: string;
  readonly merchantOrderNumber?: Maybe;
  readonly releaseNumber: string;
  readonly customer: { readonly id?: Maybe };
  readonly items: readonly { readonly partNumber?: Maybe }[];
}

export const releaseKeys = {
  /** The order, so that its customer hears of releases in the order in which they left. */
  orderKey: orderKeyOf,
  businessKeys: ({ orderId, merchantOrderNumber, releaseNumber, customer, items }: Release) =>
    businessKeysOf({
      order: [orderId],
      'merchant-order': [merchantOrderNumber],
      release: [releaseOf(orderId, releaseNumber)],
      customer: [customer.id],
      sku: items.map(({ partNumber }) => partNumber),
    }),
};

interface Shipment extends OrderNames {
  readonly releaseNumber: string;
  readonly products?: readonly { readonly partNumber: string }[] | undefined;
}

export const shipmentKeys = {
  orderKey: orderKeyOf,
  businessKeys: ({ orderId, merchantOrderNumber, releaseNumber, products = [] }: Shipment) =>
    businessKeysOf({
      order: [orderId],
      'merchant-order': [merchantOrderNumber],
      release: [releaseOf(orderId, releaseNumber)],
      sku: products.map(({ partNumber }) => partNumber),
    }),
};

/** A release has its number within an order; without the id of the order it cannot be told which one it is. */
function releaseOf(orderId: Maybe, releaseNumber: string): Maybe {
  const plain = orderId?.trim() ?? '';
  return plain === '' ? undefined : `${plain}/${releaseNumber.trim()}`;
}
