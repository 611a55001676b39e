import type { Holder } from '../declaring/content.ts';
import type { Edge, ElementPlan, State } from './plan.ts';

/** An element that is being read. */
export class Frame {
  readonly plan: ElementPlan;
  readonly parent: Frame | undefined;
  /** The transition of the parent's plan that led here; undefined for the root. */
  readonly edge: Edge | undefined;
  /** Which start tag of the document this is, from 1: errors find line and column by it. */
  readonly ordinal: number;
  readonly value: Holder;
  state: State;
  text = '';

  constructor(plan: ElementPlan, parent: Frame | undefined, edge: Edge | undefined, ordinal: number) {
    this.plan = plan;
    this.parent = parent;
    this.edge = edge;
    this.ordinal = ordinal;
    // Names from a document need an object without a prototype; names from a declaration do not.
    this.value = plan.other !== undefined ? (Object.create(null) as Holder) : plan.content === 'object' ? {} : noValue;
    this.state = plan.start;
  }
}

const noValue: Holder = Object.freeze({});
