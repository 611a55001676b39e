import type { Entries } from '@waybill/mapping';
import { entryPlan, plan, startState } from './element-plans.ts';
import type { Edge, ElementPlan, Position, State } from './plan.ts';

/** The plan of an element whose children are the entries of a record. */
export function recordPlan(node: Entries): ElementPlan {
  if (node.entry !== undefined) return entriesOfOneName(node, node.entry.name);
  const whole: ElementPlan = plan(node.name, {
    own: true,
    other: (name) => edgeTo({ ...bare, name, plan: entryPlan(node, name) }, whole.start),
  });
  return whole;
}

function entriesOfOneName(node: Entries, name: string): ElementPlan {
  const position: Position = { ...bare, name, plan: entryPlan(node, name), list: true, max: Number.POSITIVE_INFINITY };
  const state: State = { position, accepts: true, edges: [] };
  const start = startState();
  const edge = edgeTo(position, state);
  start.edges.push(edge);
  state.edges.push(edge);
  return plan(node.name, { own: true, start, positions: [position] });
}

const bare = { index: 0, slot: undefined, path: [], list: false, max: 1, optional: false, choice: undefined, says: undefined } as const;

function edgeTo(position: Position, to: State): Edge {
  return { name: position.name, position, to, anew: -1, counted: false };
}
