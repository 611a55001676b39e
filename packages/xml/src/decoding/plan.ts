import type { Finding, Finish, Group, Path, Slot, Step } from '@waybill/mapping';
import type { AnyTextType } from '@waybill/values';

/** How a declared element is read: the declaration made into a small state machine, once. */
export interface ElementPlan {
  readonly name: string;
  readonly attributes: readonly AttributePlan[];
  /** Set where the element holds text that means something. */
  readonly text: TextPlan | undefined;
  readonly ignoresText: boolean;
  /** Set where a word among the attributes says which place the text has. */
  readonly pick: PickPlan | undefined;
  /** Set where the element is an entry of a record: the attribute that names it, or undefined where its own name does. */
  readonly entry: { readonly by: string | undefined; readonly as: AnyTextType } | undefined;
  /** Where `true` goes when the element is there. */
  readonly mark: Slot | undefined;
  /** The way to a child of any name, where the element takes such. */
  readonly other: ((name: string) => Edge) | undefined;
  /** True: what is in the element lives in an object of its own. False: it lives where the element does. */
  readonly own: boolean;
  /** True: the element holds nothing but text, so that no frame is needed to read it. */
  readonly leaf: boolean;
  readonly start: State;
  readonly positions: readonly Position[];
  /** Set where the element may hold what nobody has declared. */
  readonly tree: { readonly to: Slot; readonly text: Slot } | undefined;
  /** What the value holds in place of the object of the element. */
  readonly converts: Group['converts'];
  /** What is done when the element ends, in this order. */
  readonly finish: Finish[];
  readonly check: ((value: never) => Finding | undefined) | undefined;
  /** What the element says by itself, by its path from the root. */
  readonly sets: readonly { readonly path: Path; readonly is: string }[];
}

/** A text and where its value goes. */
export interface TextPlan {
  readonly as: AnyTextType;
  readonly slot: Slot | undefined;
  /** Set where the value is a part of another one: its number among the parts of the element around it. */
  readonly part: number | undefined;
  /** Set where the text repeats a value, by its path from the root. */
  readonly same: Path | undefined;
  /** True: an empty text is as good as none. */
  readonly mayBeEmpty: boolean;
}

export interface AttributePlan {
  readonly name: string;
  readonly mandatory: boolean;
  /** The one text that it can have. */
  readonly fixed: string | undefined;
  /** Undefined where it is fixed. */
  readonly text: TextPlan | undefined;
  readonly preset: unknown;
}

export interface PickPlan {
  readonly by: string;
  readonly preset: string | undefined;
  readonly spills: boolean;
  readonly places: readonly { readonly word: string; readonly text: TextPlan }[];
}

/** A place in the content model. */
export interface Position {
  readonly index: number;
  readonly name: string;
  readonly plan: ElementPlan;
  /** Where the object of the element goes; undefined where it has none of its own. */
  readonly slot: Slot | undefined;
  /** The objects that neighbours without a node of their own live in. */
  readonly path: readonly Step[];
  readonly list: boolean;
  readonly max: number;
  /** True: the child may be missing by itself. False for the entries of a list and the branches of a choice, too. */
  readonly optional: boolean;
  /** The choice that the child is a branch of, for errors. */
  readonly choice: object | undefined;
  /** What the branch says by itself, by its path from the root. */
  readonly says: { readonly path: Path; readonly is: string } | undefined;
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
  /** Which start tag of the document this is, from 1: errors find line, column and index by it. */
  readonly ordinal: number;
  readonly state: State;
  readonly text: string;
}

/** After one child of an element, the next one could be either of two. */
export class AmbiguousContent extends TypeError {
  readonly group: Group;
  /** The name of the two children. */
  readonly child: string;

  constructor(group: Group, child: string, after: string | undefined) {
    super(`Element ${group.name} is ambiguous: after ${after ?? 'its start tag'}, ${child} could be either of two children.`);
    this.group = group;
    this.child = child;
  }
}
