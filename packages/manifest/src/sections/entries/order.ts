import type { Order } from '@waybill/contract';
import { keyPath, type ObjectNode } from '../../read/node.ts';
import { entryFor } from '../../values/check-value.ts';
import { type Context, textOf } from '../section.ts';

/** Finds settings that mean nothing beside the order of their entry. */
export function checkOrder(node: ObjectNode, path: string, keys: readonly string[], { checking }: Context): void {
  const order = entryFor(node, 'order', keys);
  const written = order === undefined ? 'parallel' : textOf(order);
  const concurrency = entryFor(node, 'concurrency', keys);
  if (written === 'serial' && concurrency !== undefined) {
    const message = '"order": "serial" works on one message at a time, so "concurrency" has no meaning beside it.';
    checking.find('WB_MANIFEST_CONFLICT', message, keyPath(path, concurrency.key), concurrency.spot, 'Remove one of the two.');
  }
  const parked = entryFor(node, 'parked', keys);
  if (written === 'parallel' && parked !== undefined) {
    const message = 'Without an order no message waits for a parked one, so "parked" has no meaning.';
    const hint = 'Remove it, or write "order": "serial" or "order": { "by": "key" }.';
    checking.find('WB_MANIFEST_CONFLICT', message, keyPath(path, parked.key), parked.spot, hint);
  }
}

/** The order of an entry as it is written in a manifest. */
export type WrittenOrder = Exclude<Order, 'key'> | { readonly by: 'key' };

export function orderOf(written: WrittenOrder): Order {
  return typeof written === 'object' ? 'key' : written;
}
