import type { Item, Layout } from '@waybill/records';
import type { DraftField, Shape } from './shape.ts';

/** What the values of a layout look like: texts by name, nested as its groups are, lists where something repeats. */
export function shapeOfLayout({ items }: Pick<Layout, 'items'>): Shape {
  return { kind: 'object', fields: items.flatMap((item) => fieldsOf(item, false)) };
}

/** One of several that share a place may be missing. */
function fieldsOf(item: Item, loose: boolean): readonly DraftField[] {
  if ('filler' in item) return [];
  if ('alternatives' in item) return item.alternatives.flatMap(({ item: each }) => fieldsOf(each, true));
  const list = item.occurs !== undefined;
  const shape: Shape = 'items' in item ? shapeOfLayout(item) : { kind: 'text' };
  // A blank field has no key; numbers in bits are never blank.
  const optional = loose || !('items' in item || list || item.type === 'packed' || item.type === 'binary');
  return [{ name: item.name, list, optional, shape }];
}
