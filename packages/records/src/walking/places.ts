import { type GroupNode, mostOf, type Node, type Times } from './nodes.ts';
import type { RecordItem } from './record-item.ts';

/** Where a field or group stands, in units. What depends on the record is taken at its largest. */
export interface FieldPlace {
  readonly item: RecordItem;
  /** Of the first occurrence, from 0. */
  readonly offset: number;
  /** Of one occurrence. Infinite where it goes on to the end of the record. */
  readonly length: number;
  /** The tables around it, the outermost first, and itself where it is one: how many entries, and how far they are apart. */
  readonly tables: readonly { readonly count: number; readonly stride: number }[];
}

/** Everything that is in a record, in the order of its layout. */
export function placesIn({ nodes }: GroupNode): readonly FieldPlace[] {
  return placesOf(nodes, 0, []);
}

function placesOf(nodes: readonly Node[], from: number, tables: FieldPlace['tables']): readonly FieldPlace[] {
  const places: FieldPlace[] = [];
  let at = from;
  for (const node of nodes) {
    if (node.kind === 'choice') for (const each of node.alternatives) places.push(...placeOf(each, at, tables));
    else if (node.kind !== 'filler') places.push(...placeOf(node, at, tables));
    at += mostOf(node);
  }
  return places;
}

function placeOf(
  node: Exclude<Node, { readonly kind: 'choice' | 'filler' }>,
  offset: number,
  around: FieldPlace['tables'],
): readonly FieldPlace[] {
  const length = mostOf({ ...node, times: undefined });
  const tables = node.times === undefined ? around : [...around, { count: mostTimes(node.times), stride: length }];
  const inside = node.kind === 'group' ? placesOf(node.nodes, offset, tables) : [];
  return [{ item: node.item, offset, length, tables }, ...inside];
}

function mostTimes(times: Times): number {
  if (times.kind === 'end') return Number.POSITIVE_INFINITY;
  return times.kind === 'fixed' ? times.count : times.max;
}
