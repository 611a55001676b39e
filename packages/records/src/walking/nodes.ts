import type { FieldForm } from '../fields/field-form.ts';
import type { RecordItem } from './record-item.ts';

/** A layout made ready to walk, once for each format. */
export interface RecordPlan {
  readonly root: GroupNode;
  /** By id. */
  readonly items: readonly RecordItem[];
  /** How many fields decide about others: counts, lengths and those that choose. */
  readonly slots: number;
}

export type Node = FieldNode | GroupNode | FillerNode | ChoiceNode;

/** How often something occurs; `slot` is that of the field that says it. */
export type Times =
  | { readonly kind: 'fixed'; readonly count: number }
  | { readonly kind: 'depending'; readonly by: FieldNode; readonly min: number; readonly max: number }
  | { readonly kind: 'end' };

export interface FieldNode {
  readonly kind: 'field';
  readonly item: RecordItem;
  readonly times: Times | undefined;
  readonly form: FieldForm;
  /** The field that says how long it is; then the form has no width. */
  readonly length: { readonly by: FieldNode; readonly max: number } | undefined;
  /** The one value that it has; empty: always blank. */
  readonly constant: string | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  /** Where its value is kept because others depend on it; -1: nobody does. Given while the plan is made. */
  slot: number;
  /** True: it counts something that follows, so that a writer fills it in. */
  counts: boolean;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly item: RecordItem;
  readonly times: Times | undefined;
  readonly nodes: readonly Node[];
}

export interface FillerNode {
  readonly kind: 'filler';
  readonly times: Times | undefined;
  readonly width: number;
}

export interface ChoiceNode {
  readonly kind: 'choice';
  readonly alternatives: readonly (FieldNode | GroupNode)[];
  readonly items: readonly RecordItem[];
  /** Of the longest. Undefined: it ends with the one that the record has. */
  readonly width: number | undefined;
  readonly pick: Pick;
}

/** How an alternative is found. `of` are alternatives by the value of the deciding field, `other` the one for all other values. */
export type Pick =
  | { readonly kind: 'always'; readonly index: number }
  | { readonly kind: 'before'; readonly by: FieldNode; readonly of: ReadonlyMap<string, number>; readonly other: number | undefined }
  /** The field stands in the alternatives themselves, `offset` units behind their beginning. */
  | {
      readonly kind: 'inside';
      readonly by: FieldNode;
      readonly offset: number;
      readonly of: ReadonlyMap<string, number>;
      readonly other: number | undefined;
    }
  | { readonly kind: 'unsaid' };

/** How many units a node takes, with all its occurrences; undefined: that depends on the record. */
export function sizeOf(node: Node): number | undefined {
  return whole(node, sizeOf);
}

/** How many units it takes at most; infinite where it goes on to the end of the record. */
export function mostOf(node: Node): number {
  const times = timesOf(node);
  const once = node.kind === 'group' ? node.nodes.reduce((sum, each) => sum + mostOf(each), 0) : onceOf(node);
  if (times === undefined) return once;
  if (times.kind === 'end') return Number.POSITIVE_INFINITY;
  return once * (times.kind === 'fixed' ? times.count : times.max);
}

function whole(node: Node, size: (node: Node) => number | undefined): number | undefined {
  const times = timesOf(node);
  if (times !== undefined && times.kind !== 'fixed') return undefined;
  if (node.kind === 'field' && node.length !== undefined) return undefined;
  const once =
    node.kind === 'group'
      ? sum(node.nodes.map(size))
      : node.kind === 'choice'
        ? (node.width ?? common(node.alternatives.map(size)))
        : onceOf(node);
  return once === undefined ? undefined : once * (times?.count ?? 1);
}

function sum(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.reduce((all, each) => (all === undefined || each === undefined ? undefined : all + each), 0);
}

/** The size that all have. */
function common(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.every((size) => size === sizes[0]) ? sizes[0] : undefined;
}

function onceOf(node: FieldNode | FillerNode | ChoiceNode): number {
  if (node.kind === 'field') return node.length?.max ?? node.form.width;
  if (node.kind === 'filler') return node.width;
  return node.width ?? Math.max(...node.alternatives.map(mostOf));
}

function timesOf(node: Node): Times | undefined {
  return node.kind === 'choice' ? undefined : node.times;
}
