import type { BusinessKeys } from '@waybill/contract';

// Order keys say which object a message is about: `order:12007`. The kind in front keeps an order and a customer of the same
// number apart. Blanks around an id do not make it another object.

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

/** The order key of the one order that all parts of a message are about; undefined where they are about several, or about none. */
export function orderKeyOfAll(parts: readonly OrderNames[]): string | undefined {
  const keys = new Set(parts.map(orderKeyOf));
  const [only] = keys;
  return keys.size === 1 ? only : undefined;
}

export function customerKeyOf(logonId: string): string | undefined {
  return keyed('customer', logonId);
}

export function pickBatchKeyOf(pickBatchId: string): string | undefined {
  return keyed('pick-batch', pickBatchId);
}

/**
 * The order key of stock levels: the store, since one message sets many products, and a product may be named in two ways.
 * A message about several stores goes by the first.
 */
export function stockKeyOf([first]: readonly { readonly storeId: string }[]): string | undefined {
  return keyed('stock', first?.storeId);
}

function keyed(kind: string, id: string | undefined): string | undefined {
  const plain = id?.trim() ?? '';
  return plain === '' ? undefined : `${kind}:${plain}`;
}

/** The names of the business keys: what people look for. */
export type BusinessKeyName = 'order' | 'merchant-order' | 'release' | 'customer' | 'logon' | 'sku' | 'catalog-entry' | 'pick-batch';

/** Each value of a business key is a row in an index of the journal: of a message about 10,000 products, the first are enough to find it. */
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
