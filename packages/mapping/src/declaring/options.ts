import type { AnyTextType, TextType } from '@waybill/values';
import type { Finding, Node } from './nodes.ts';
import type { AnyKeys } from './paths.ts';

/** The nodes of a T. Nodes of one object do not fit among those of another: TypeScript compares the keys. */
export type Nodes<T> = readonly Node<AnyKeys<T>>[];

export interface NodeOptions {
  /** For the documentation table. */
  readonly about?: string;
  /** How well a reference supports the width or the place: `D` documented, `N` named, `H` or `L` inferred. */
  readonly evidence?: string;
}

export interface LeafOptions<V> extends NodeOptions {
  /** What holds when it is absent; written whenever there is no other value. */
  readonly preset?: NoInfer<V>;
  /** The field, and the value of it beside which alone the leaf counts. */
  readonly onlyIf?: readonly [field: string, is: unknown];
  /** The path, from the root of the value, of what is written when there is no value here. */
  readonly inherits?: string;
}

export interface IgnoredOptions extends NodeOptions {
  readonly writes?: string;
  /** What it may be all the same. Default: any text. */
  readonly as?: AnyTextType;
  /** What a definition of the format says that it is when it is absent. */
  readonly preset?: string;
  /** The path, from the root of the value, of what an attribute is written with that has to be there; `writes` where nothing is there. */
  readonly inherits?: string;
}

export interface ListOptions extends NodeOptions {
  /** How often at most. Default: any number of times. */
  readonly max?: number;
}

export interface GroupOptions<V> extends NodeOptions {
  /** A rule that the nodes cannot say, over the object that they live in. Held in both directions. */
  readonly check?: (value: V) => Finding | undefined;
}

export interface PickOptions extends NodeOptions {
  /** The word that an absent attribute stands for. */
  readonly preset?: string;
  /** True: an occurrence whose place is taken goes to the next free one. Default false: it is refused. */
  readonly spills?: boolean;
}

export interface EntriesOptions extends NodeOptions {
  /** What the text of an entry is. */
  readonly as: TextType<string>;
  /** What an entry is called, which attribute has its name, and what a name may be. Without it the node of an entry is called by its name. */
  readonly entry?: { readonly name: string; readonly by: string; readonly named: TextType<string>; readonly text?: string };
}
