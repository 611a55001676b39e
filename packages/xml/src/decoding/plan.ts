import type { AnyTextType } from '@waybill/values';
import type { Holder } from '../declaring/content.ts';
import type { Attribute, ElementNode } from '../declaring/nodes.ts';

/** How a declared element is read: the declaration made into a small state machine, once. */
export interface ElementPlan {
  readonly node: ElementNode;
  readonly attributes: readonly AttributePlan[];
  /** Set where the element holds text that means something. */
  readonly text: AnyTextType | undefined;
  readonly ignoresText: boolean;
  /** The way to a child of any name, where the element takes such. */
  readonly other: ((name: string) => Edge) | undefined;
  readonly content: 'nothing' | 'text' | 'object';
  /** True: the element holds nothing but text, so that no frame is needed to read it. */
  readonly leaf: boolean;
  readonly start: State;
  readonly positions: readonly Position[];
}

export interface AttributePlan {
  readonly key: string;
  readonly name: string;
  readonly declared: Attribute;
}

/** A place in the content model, and where its value goes: through the groups of `path`, then under `key`. */
export interface Position {
  readonly index: number;
  readonly name: string;
  readonly plan: ElementPlan;
  readonly path: readonly Step[];
  readonly key: string;
  readonly list: boolean;
  readonly max: number;
  /** True: the child may be missing by itself. False for the entries of a list and the branches of a choice, too. */
  readonly optional: boolean;
  /** What cannot vary has no value: it is left out, or `true` where it could be missing. */
  readonly keeps: 'value' | 'true' | 'nothing';
}

/** A choice or sequence inside the content: an object under `key`, or a list of them. One object per group. */
export interface Step {
  readonly key: string;
  readonly list: boolean;
}

/** What may come next, after the child at `position` (undefined: before the first child). */
export interface State {
  readonly position: Position | undefined;
  accepts: boolean;
  readonly edges: Edge[];
}

export interface Edge {
  readonly name: string;
  readonly position: Position;
  readonly to: State;
  /** The step of the path whose list gets a new entry here; -1: none. */
  readonly anew: number;
  /** True: before the child is taken, its number has to be compared with the most that is allowed. */
  readonly counted: boolean;
}

/** An element that is being read, as far as errors tell of it. */
export interface OpenElement {
  readonly plan: ElementPlan;
  readonly parent: OpenElement | undefined;
  /** The transition of the parent's plan that led here; undefined for the root. */
  readonly edge: Edge | undefined;
  /** Which start tag of the document this is, from 1: errors find line and column by it. */
  readonly ordinal: number;
  readonly value: Holder;
  readonly state: State;
  readonly text: string;
}
