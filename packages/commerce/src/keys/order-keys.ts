import { businessKeysOf, type Maybe, type OrderNames, orderKeyOf } from './key.ts';

interface Items {
  readonly items: readonly { readonly partNumber?: Maybe }[];
}

export const orderStatusKeys = {
  orderKey: orderKeyOf,
  businessKeys: ({ orderId, merchantOrderNumber, items = [] }: OrderNames & Partial<Items>) =>
    businessKeysOf({ order: [orderId], 'merchant-order': [merchantOrderNumber], sku: items.map(({ partNumber }) => partNumber) }),
};

interface Order extends OrderNames, Items {
  readonly requisitioner?: { readonly ids?: readonly { readonly kind?: Maybe; readonly id: string }[] | undefined } | undefined;
}

export const orderKeys = {
  orderKey: orderKeyOf,
  businessKeys: ({ orderId, merchantOrderNumber, requisitioner, items }: Order) => {
    const ids = requisitioner?.ids ?? [];
    const idsOf = (wanted: string) => ids.filter(({ kind = 'internal' }) => kind === wanted).map(({ id }) => id);
    return businessKeysOf({
      order: [orderId],
      'merchant-order': [merchantOrderNumber],
      customer: idsOf('internal'),
      logon: idsOf('logon'),
      sku: items.map(({ partNumber }) => partNumber),
    });
  },
};
