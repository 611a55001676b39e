import type { AnyTextType, Problem } from '@waybill/values';
import type { AnyConversion } from './conversion.ts';

// A message is a tree of nodes in the order of the wire. Each leaf says where its value lives and what its text means, so that one
// declaration is read and written. A node is plain data but for its types of text and for the few functions that a declaration cannot
// replace. Which formats there are is not known here: XML gives elements and attributes, records give segments and fields.

/** How often a node stands on the wire. */
export interface Occurs {
  readonly min: 0 | 1;
  /** `Infinity`: any number of times. */
  readonly max: number;
}

/** The way from the value in hand to a place in it: `totals.net` is `['totals', 'net']`. */
export type Path = readonly string[];

/**
 * Holds a node in the tree of a value that has the keys that it was declared for: nodes of a part fit among those of the whole, nodes of
 * an order not among those of an item. Exists for the compiler only.
 */
export interface Scoped<Keys> {
  readonly scope?: Keys;
}

interface Named<Keys> extends Scoped<Keys> {
  /** On the wire: `OrderNumber`; `@type` is an attribute, `.` the own text of an element that has attributes or the like. */
  readonly name: string;
  readonly occurs: Occurs;
  /** For the documentation table. */
  readonly about?: string | undefined;
  /** How well a reference supports the width or the place: `D` documented, `N` named, `H` or `L` inferred. */
  readonly evidence?: string | undefined;
}

/** A text that is a value. Where it occurs more than once, its place holds a list. */
export interface Leaf<Keys = unknown> extends Named<Keys> {
  readonly kind: 'leaf';
  readonly to: Path;
  readonly as: AnyTextType;
  /** What holds when it is absent; written whenever there is no other value. */
  readonly preset?: unknown;
  /** The leaf counts only beside this value of the same object: dropped on reading, refused on writing. */
  readonly onlyIf?: { readonly path: Path; readonly is: unknown } | undefined;
  /** Where the value stands, from the root, that is written when there is none here. What is absent stays absent on reading. */
  readonly inherits?: Path | undefined;
}

/** Repeats a value from further up, by its path from the root: absent or equal when read, written again. */
export interface Same<Keys = unknown> extends Named<Keys> {
  readonly kind: 'same';
  readonly path: Path;
  readonly as: AnyTextType;
}

/** Occurrences that have a place each; one more than there are places is refused. */
export interface Indexed<Keys = unknown> extends Named<Keys> {
  readonly kind: 'indexed';
  readonly to: readonly Path[];
  readonly as: AnyTextType;
}

/** A text that never varies: checked on reading, supplied on writing. An attribute of `min` 0 may be left out by a sender and is still written. */
export interface Constant<Keys = unknown> extends Named<Keys> {
  readonly kind: 'constant';
  readonly value: string;
}

/** Text that means nothing. Written as `writes`, where it has to be there. */
export interface Ignored<Keys = unknown> extends Named<Keys> {
  readonly kind: 'ignored';
  readonly writes: string;
  /** What it may be all the same. Undefined: any text. */
  readonly as: AnyTextType | undefined;
  /** What a definition of the format says that it is when it is absent. */
  readonly preset: string | undefined;
  /** Where the value stands, from the root, that an attribute is written with: it means nothing here, and has to be there. */
  readonly inherits?: Path | undefined;
}

/** True where it stands on the wire, else absent. */
export interface Mark<Keys = unknown> extends Named<Keys> {
  readonly kind: 'mark';
  readonly to: Path;
}

/** Refuses a value that its parts cannot refuse. */
export interface Finding {
  /** Completes "Element X …", for example `names the type ByWCS twice`. */
  readonly says: string;
  /** The child that is at fault: `OrderNumber[2]`. */
  readonly at?: string | undefined;
  readonly hint?: string | undefined;
}

export interface Group<Keys = unknown> extends Named<Keys> {
  readonly kind: 'group';
  readonly has: readonly Node[];
  /** The object that its nodes live in; a list of them where it occurs more than once. Without it they live where the group does. */
  readonly into: Path | undefined;
  /** A rule over the object that the nodes live in, held in both directions. */
  readonly check?: ((value: never) => Finding | undefined) | undefined;
  /** What the wire alone says: its value is the same in all messages of this kind. */
  readonly sets?: readonly { readonly path: Path; readonly is: string }[] | undefined;
  /** What the value holds in place of the object that the nodes live in. */
  readonly converts?: AnyConversion | undefined;
}

/** Elements and texts in a group of which nothing is known in advance. */
export interface Tree<Keys = unknown> extends Named<Keys> {
  readonly kind: 'tree';
  /** Where the elements are, as a list of `TreeContent`. Absent where there is nothing but text. */
  readonly to: Path;
  /** Where the plain text is. */
  readonly text: Path;
}

/** Neighbours without a node of their own on the wire, that live in one object, or in a list of them. */
export interface All<Keys = unknown> extends Scoped<Keys> {
  readonly kind: 'all';
  readonly occurs: Occurs;
  readonly has: readonly Node[];
  readonly into: Path | undefined;
}

/** Exactly one of several. */
export interface OneOf<Keys = unknown> extends Scoped<Keys> {
  readonly kind: 'one of';
  readonly occurs: Occurs;
  readonly branches: readonly Branch[];
}

export interface Branch {
  readonly has: readonly Node[];
  /** What the branch alone says, by its path from the root: set on reading; on writing it chooses the branch. */
  readonly when?: { readonly path: Path; readonly is: string } | undefined;
}

/** Occurrences whose attribute says which place their text has; written in the order of the alternatives. */
export interface Pick<Keys = unknown> extends Named<Keys> {
  readonly kind: 'pick';
  /** The name of the attribute, without `@`. */
  readonly by: string;
  readonly alternatives: readonly Alternative[];
  /** The word that an absent attribute stands for. */
  readonly preset?: string | undefined;
  /** True: an occurrence whose place is taken goes to the next free one. False: it is refused. */
  readonly spills: boolean;
}

export interface Alternative {
  readonly word: string;
  readonly to: Path;
  readonly as: AnyTextType;
}

/** Names with a text each, each name once: a record. */
export interface Entries<Keys = unknown> extends Named<Keys> {
  readonly kind: 'entries';
  readonly to: Path;
  readonly as: AnyTextType;
  /**
   * The node of an entry and the attribute with its name. Undefined: the node itself has the name. In records `by` and `text` are the fields with
   * its name and its text.
   */
  readonly entry:
    | { readonly name: string; readonly by: string; readonly named: AnyTextType; readonly text?: string | undefined }
    | undefined;
}

/** One value out of several neighbours: a day and a time of day. */
export interface Joined<Keys = unknown> extends Scoped<Keys> {
  readonly kind: 'joined';
  readonly to: Path;
  readonly parts: readonly Part[];
  /** The value of parts of which at least one is there. */
  readonly join: (parts: readonly unknown[]) => unknown;
  /** The parts of a value, undefined where one is left out, or why the value cannot be written. */
  readonly split: (value: never) => readonly unknown[] | Problem;
}

export interface Part {
  readonly name: string;
  readonly occurs: Occurs;
  readonly as: AnyTextType;
  readonly about?: string | undefined;
}

/** A group that contains itself, to any depth. */
export interface Like<Keys = unknown> extends Scoped<Keys> {
  readonly kind: 'like';
  readonly get: () => Group;
}

/** What may stand in a group. */
// oxlint-disable-next-line typescript/no-explicit-any -- a node of which nobody needs to know here whose keys it has.
export type Node<Keys = any> =
  | Leaf<Keys>
  | Same<Keys>
  | Indexed<Keys>
  | Constant<Keys>
  | Ignored<Keys>
  | Mark<Keys>
  | Group<Keys>
  | All<Keys>
  | OneOf<Keys>
  | Pick<Keys>
  | Entries<Keys>
  | Joined<Keys>
  | Tree<Keys>
  | Like<Keys>;
