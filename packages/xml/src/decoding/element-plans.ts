import {
  type Entries,
  type Group,
  type Leaf,
  type Node,
  type Pick,
  type Placed,
  type Slot,
  type Step,
  slotOf,
  type Tree,
} from '@waybill/mapping';
import type { AnyTextType } from '@waybill/values';
import type { AttributePlan, ElementPlan, State, TextPlan } from './plan.ts';

// Plans of elements, as far as they are known without their children.

export function startState(): State {
  return { position: undefined, accepts: false, edges: [] };
}

/** The plan of an element with nothing in it; `more` says what it has. */
export function plan(name: string, more: Partial<ElementPlan> = {}): ElementPlan {
  return {
    name,
    attributes: [],
    text: undefined,
    ignoresText: false,
    pick: undefined,
    entry: undefined,
    mark: undefined,
    other: undefined,
    own: false,
    leaf: false,
    tree: undefined,
    converts: undefined,
    start: { position: undefined, accepts: true, edges: [] },
    positions: [],
    finish: [],
    check: undefined,
    sets: [],
    ...more,
  };
}

export function textPlan(as: AnyTextType, more: Partial<TextPlan>): TextPlan {
  return { as, slot: undefined, part: undefined, same: undefined, mayBeEmpty: false, ...more };
}

export function leafPlan(name: string, text: TextPlan): ElementPlan {
  return plan(name, { text, leaf: true });
}

/** A text that never varies is checked by a type of one word. */
export function constantType(value: string, problem: (says: string) => unknown): AnyTextType {
  const take = (given: string): unknown => (given.trim() === value ? value : problem(`is not ${value}`));
  return { facets: { kind: 'words', words: [value] }, secret: false, read: take, write: take, makeUp: () => value } as AnyTextType;
}

export function pickPlan(node: Pick, before: readonly Step[]): ElementPlan {
  const places = node.alternatives.map(({ word, to, as }) => ({ word, text: textPlan(as, { slot: slotOf(before, to) }) }));
  return plan(node.name, { pick: { by: node.by, preset: node.preset, spills: node.spills, places } });
}

export function attributePlan({ node, before }: Placed): AttributePlan {
  const { name: written, occurs } = node as Extract<Node, { readonly name: string }>;
  const name = written.slice(1);
  const bare = { name, mandatory: occurs.min > 0, fixed: undefined, text: undefined, preset: undefined };
  if (node.kind === 'constant') return { ...bare, fixed: node.value };
  if (node.kind === 'ignored') return { ...bare, text: node.as && textPlan(node.as, {}) };
  if (node.kind === 'same') return { ...bare, text: textPlan(node.as, { same: node.path }) };
  if (node.kind !== 'leaf') throw new TypeError(`The attribute ${name} has to be a text.`);
  const { as, to, preset } = node;
  return { ...bare, mandatory: bare.mandatory && preset === undefined, text: textPlan(as, { slot: slotOf(before, to) }), preset };
}

export function ownText({ node, before }: Placed<Leaf>): TextPlan {
  return textPlan(node.as, { slot: slotOf(before, node.to), mayBeEmpty: node.occurs.min === 0 });
}

/** The plan of one entry of a record. */
export function entryPlan({ entry, as }: Entries, name: string): ElementPlan {
  return plan(name, { text: textPlan(as, {}), entry: { by: entry?.by, as: entry?.named ?? as } });
}

/** Where the elements of a tree and its text go. */
export function treePlan({ node, before }: Placed<Tree>): ElementPlan['tree'] {
  return { to: slotOf(before, node.to), text: slotOf(before, node.text) };
}

export function slotIn(before: readonly Step[], group: Group): Slot | undefined {
  return group.into && slotOf(before, group.into, group.occurs.max > 1);
}
