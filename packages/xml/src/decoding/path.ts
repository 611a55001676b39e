import { shortened } from '../shortened.ts';
import type { OpenElement, Position } from './plan.ts';
import { countStored } from './slot.ts';

/** `Update_WCS_OrderStatus/DataArea/OrderShipping/OrderStatusHeader/OrderNumber[2]`, counted from 1. */
export function pathOf({ parent, edge, plan }: OpenElement): string {
  return parent === undefined || edge === undefined ? plan.node.name : childPath(parent, edge.position);
}

/** The path of a child that is not stored yet. Names can come from a document, and then be of any length. */
export function childPath(parent: OpenElement, position: Position): string {
  const repeats = position.list || position.path.some(({ list }) => list);
  return `${pathOf(parent)}/${shortened(position.name, 64)}${repeats ? `[${countStored(parent.value, position) + 1}]` : ''}`;
}

/** `path, 12:7`: where a fault is, in the form that the errors of the reader have, too. */
export function placed(path: string, position: { readonly line: number; readonly column: number }): string {
  return `${path}, ${position.line}:${position.column}`;
}
