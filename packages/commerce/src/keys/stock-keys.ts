import { businessKeysOf, keyed, type Maybe, orderKeyOf } from './key.ts';

interface StockLevels {
  readonly levels: readonly { readonly storeId?: Maybe; readonly partNumber?: Maybe; readonly catalogEntryId?: Maybe }[];
}

export const stockKeys = {
  /** The store, since one message sets many products, and a product may be named in two ways. A message about several stores goes by the first. */
  orderKey: ({ levels: [first] }: StockLevels) => keyed('stock', first?.storeId),
  businessKeys: ({ levels }: StockLevels) =>
    businessKeysOf({
      sku: levels.map(({ partNumber }) => partNumber),
      'catalog-entry': levels.map(({ catalogEntryId }) => catalogEntryId),
    }),
};

interface StockChange {
  readonly storeId: string;
  readonly partNumber: string;
  readonly expectedDetailId?: Maybe;
}

/** A receipt and an adjustment wait for levels of the same store, and those for them. */
export const stockChangeKeys = {
  orderKey: ({ storeId }: StockChange) => keyed('stock', storeId),
  businessKeys: ({ partNumber, expectedDetailId }: StockChange) =>
    businessKeysOf({ sku: [partNumber], 'expected-record': [expectedDetailId] }),
};

interface ExpectedRecord {
  readonly storeId: string;
  readonly backendId?: Maybe;
  readonly externalId?: Maybe;
  readonly details: readonly { readonly backendId?: Maybe; readonly partNumber: string }[];
}

export const expectedRecordKeys = {
  orderKey: ({ storeId }: ExpectedRecord) => keyed('stock', storeId),
  businessKeys: ({ backendId, externalId, details }: ExpectedRecord) =>
    businessKeysOf({
      'expected-record': [backendId, externalId, ...details.map((detail) => detail.backendId)],
      sku: details.map(({ partNumber }) => partNumber),
    }),
};

interface Availabilities {
  readonly items: readonly { readonly orderId?: string | undefined; readonly partNumber: string }[];
}

/** Question and answer are about the same: an order, if it is one, and products. */
export const availabilityKeys = {
  orderKey: ({ items }: Availabilities) => {
    const keys = new Set(items.map(orderKeyOf));
    const [only] = keys;
    return keys.size === 1 ? only : undefined;
  },
  businessKeys: ({ items }: Availabilities) =>
    businessKeysOf({ order: items.map(({ orderId }) => orderId), sku: items.map(({ partNumber }) => partNumber) }),
};
