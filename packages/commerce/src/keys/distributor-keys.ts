import { businessKeysOf, keyed, type Maybe, orderKeyOf } from './key.ts';

interface Line {
  readonly product?: { readonly globalId: string } | undefined;
}

interface AboutOrder {
  readonly requestId: string;
  readonly orderId: string;
  readonly lines?: readonly Line[] | undefined;
}

/** What a distributor is asked about an order, and what it says of it where it names the order. */
export const distributorOrderKeys = {
  orderKey: ({ orderId }: AboutOrder) => orderKeyOf({ orderId }),
  businessKeys: ({ requestId, orderId, lines }: AboutOrder) =>
    businessKeysOf({ order: [orderId], request: [requestId], sku: productsOf(lines) }),
};

interface Answer {
  readonly requestId: string;
  readonly lines?: readonly Line[] | undefined;
}

export const quotationKeys = {
  /** The request, since a quotation names no order; the application says in its `keyOf` which order asked. */
  orderKey: ({ requestId }: Answer) => keyed('request', requestId),
  businessKeys: ({ requestId, lines }: Answer) => businessKeysOf({ request: [requestId], sku: productsOf(lines) }),
};

interface BatchAvailability {
  readonly requestId?: Maybe;
  readonly distributorId: string;
  readonly lines?: readonly Line[] | undefined;
}

export const batchAvailabilityKeys = {
  orderKey: ({ distributorId }: BatchAvailability) => keyed('distributor', distributorId),
  businessKeys: ({ requestId, lines }: BatchAvailability) => businessKeysOf({ request: [requestId], sku: productsOf(lines) }),
};

function productsOf(lines: readonly Line[] = []): readonly Maybe[] {
  return lines.map(({ product }) => product?.globalId);
}
