import { isNothing } from '../declaring/content.ts';
import type { Attribute, Choice, ElementNode, Node, Sequence } from '../declaring/nodes.ts';

export type Group = Choice | Sequence;
export type Child = readonly [key: string, node: Node];

/** What writing has to know of an element or a group beside its declaration. */
export interface Shape {
  readonly attributes: readonly (readonly [key: string, attribute: Attribute])[];
  readonly children: readonly Child[];
  /** The keys that the value may have. */
  readonly keys: ReadonlySet<string>;
  /** False: the value is a text, or there is none. */
  readonly isObject: boolean;
  /** True: nothing in it can vary, so that there is no value. */
  readonly isNothing: boolean;
}

/** The shapes that are known: each is made for the first document that needs it. */
export const shapes = new WeakMap<ElementNode | Group, Shape>();

export function elementShape(node: ElementNode): Shape {
  const attributes = Object.entries(node.attributes);
  const children = Object.entries(node.children);
  const varies = attributes.some(([, { presence }]) => presence !== 'fixed') || node.others !== undefined;
  const keys = [...attributes, ...children].map(([key]) => key);
  const typed = node.text !== undefined && node.text !== 'ignored';
  const nothing = isNothing(node);
  const shape: Shape = {
    attributes,
    children,
    keys: new Set(typed ? [...keys, 'text'] : keys),
    isObject: varies || (children.length > 0 && !nothing),
    isNothing: nothing,
  };
  shapes.set(node, shape);
  return shape;
}

export function groupShape(group: Group): Shape {
  const parts = group.kind === 'choice' ? group.branches : group.children;
  const shape: Shape = {
    attributes: [],
    children: Object.entries(parts),
    keys: new Set(Object.keys(parts)),
    isObject: true,
    isNothing: false,
  };
  shapes.set(group, shape);
  return shape;
}
