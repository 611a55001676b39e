import { businessKeysOf, keyed, type Maybe } from './key.ts';

interface Priced {
  readonly ownerId?: Maybe;
  readonly partNumber?: Maybe;
  readonly catalogEntryId?: Maybe;
}

/**
 * The owner of the products, since one message prices many of them, and a product may be named in three ways. Messages that name no
 * owner have one key together, until the application says in its `keyOf` whose product it is.
 */
function orderKeyOfPrices([first]: readonly Priced[]): string {
  return keyed('prices', first?.ownerId) ?? 'prices';
}

function businessKeysOfPrices(prices: readonly Priced[]) {
  return businessKeysOf({
    sku: prices.map(({ partNumber }) => partNumber),
    'catalog-entry': prices.map(({ catalogEntryId }) => catalogEntryId),
  });
}

export const offerKeys = {
  orderKey: ({ offers }: { readonly offers: readonly Priced[] }) => orderKeyOfPrices(offers),
  businessKeys: ({ offers }: { readonly offers: readonly Priced[] }) => businessKeysOfPrices(offers),
};

export const listPriceKeys = {
  orderKey: ({ prices }: { readonly prices: readonly Priced[] }) => orderKeyOfPrices(prices),
  businessKeys: ({ prices }: { readonly prices: readonly Priced[] }) => businessKeysOfPrices(prices),
};
