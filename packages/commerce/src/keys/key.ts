import type { BusinessKeys } from '@waybill/contract';

// What each command and event is about; the README has the table. An order key says which object it is: `order:12007`. The kind in
// front keeps an order and a customer of the same number apart. Blanks around an id do not make it another object.

// This folder holds only what the keys are made of; the schemas of commands and events import its functions.

export type Maybe = string | undefined;

/** Under which names a message or an event may know an order. */
export interface OrderNames {
  readonly orderId?: string | undefined;
  readonly merchantOrderNumber?: string | undefined;
}

/**
 * The order key of an order: by its id in the store, else by its number at the merchant. An application that knows which order a
 * number belongs to gives messages with the number alone the key of the id, in its `keyOf`; otherwise they do not wait for those
 * that name the id.
 */
export function orderKeyOf({ orderId, merchantOrderNumber }: OrderNames): string | undefined {
  return keyed('order', orderId) ?? keyed('merchant-order', merchantOrderNumber);
}

/** `kind:id`; undefined where there is no id. */
export function keyed(kind: string, id: string | undefined): string | undefined {
  const plain = id?.trim() ?? '';
  return plain === '' ? undefined : `${kind}:${plain}`;
}

/** The names of the business keys: what people look for. */
export type BusinessKeyName =
  | 'order'
  | 'merchant-order'
  | 'release'
  | 'customer'
  | 'logon'
  | 'sku'
  | 'catalog-entry'
  | 'pick-batch'
  | 'expected-record'
  | 'request'
  | 'buyer'
  | 'purchase-order'
  | 'requisition'
  | 'invoice'
  | 'shipment';

/** Each value of a business key is a row in an index of the journal. A message about 10,000 products is found by the first of them. */
const mostValues = 100;

/** Business keys from what is known: without blanks around the values, without what is empty or missing, each value once. */
export function businessKeysOf(known: Readonly<Partial<Record<BusinessKeyName, readonly (string | undefined)[]>>>): BusinessKeys {
  const keys: Record<string, string | readonly string[]> = {};
  for (const [name, values] of Object.entries(known)) {
    const distinct = distinctOf(values);
    const [only, ...more] = distinct;
    if (only !== undefined) keys[name] = more.length === 0 ? only : distinct;
  }
  return keys;
}

function distinctOf(values: readonly (string | undefined)[]): readonly string[] {
  const distinct = new Set<string>();
  for (const value of values) {
    const plain = value?.trim() ?? '';
    if (plain !== '') distinct.add(plain);
    if (distinct.size === mostValues) break;
  }
  return [...distinct];
}

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
