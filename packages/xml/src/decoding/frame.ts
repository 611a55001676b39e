import type { Holder } from '@waybill/mapping';
import type { Edge, ElementPlan, OpenElement, Position, State } from './plan.ts';

/** An element that is being read. */
export class Frame implements OpenElement {
  readonly plan: ElementPlan;
  readonly parent: Frame | undefined;
  readonly edge: Edge | undefined;
  readonly ordinal: number;
  /** The object that its nodes live in. */
  readonly scope: Holder;
  state: State;
  text = '';
  /** The word among its attributes that says which place its text has, or the name of the entry that it is. */
  word: string | undefined;
  /** Values that are joined when the element ends. */
  parts: unknown[] | undefined;
  #counts: Map<Position, number> | undefined;

  constructor(plan: ElementPlan, parent: Frame | undefined, edge: Edge | undefined, ordinal: number, scope: Holder) {
    this.plan = plan;
    this.parent = parent;
    this.edge = edge;
    this.ordinal = ordinal;
    this.scope = scope;
    this.state = plan.start;
  }

  /** Which one of its kind a child is, from 1. Kept for children whose number is limited. */
  count(position: Position): number {
    this.#counts ??= new Map();
    const count = (this.#counts.get(position) ?? 0) + 1;
    this.#counts.set(position, count);
    return count;
  }
}
