import type { AnyTextType, TextType } from '@waybill/values';

/** Carries the types of a declaration: what reading gives and what writing takes. Exists for the compiler only. */
export interface Typed<Value, Writing = Value> {
  readonly typed?: { readonly value: Value; readonly writing: Writing };
}

/** Whether an attribute has to be there, and what holds when it is not. */
export type Presence = 'required' | 'optional' | 'default' | 'fixed';

export interface Attribute<Value = unknown, P extends Presence = Presence> {
  readonly kind: 'attribute';
  readonly name: string;
  readonly type: TextType<Value>;
  readonly presence: P;
  /** Of presence 'default'. */
  readonly preset?: Value | undefined;
  /** Of presence 'fixed': the one value, and whether it may be left out. */
  readonly fixed?: string | undefined;
  readonly mandatory: boolean;
  readonly about?: string | undefined;
}

/** Completes an element: refuses a value that its parts cannot refuse. */
export interface Finding {
  /** Completes "Element X …", for example `names the type ByWCS twice`. */
  readonly says: string;
  /** The child that is at fault: `OrderNumber[2]`. */
  readonly at?: string | undefined;
  readonly hint?: string | undefined;
}

export interface ElementNode<Value = unknown, Writing = Value> extends Typed<Value, Writing> {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly children: Readonly<Record<string, Node>>;
  /** 'ignored': there may be text, and it means nothing. Undefined: blanks only. */
  readonly text: AnyTextType | 'ignored' | undefined;
  /** Set where child elements may have any name: what their text is. */
  readonly others: AnyTextType | undefined;
  readonly about: string | undefined;
  /** Applied to the value in this order when reading; `map.write` comes first when writing. */
  readonly check: ((value: unknown) => Finding | undefined) | undefined;
  readonly map: { read(value: unknown): unknown; write(value: unknown): unknown } | undefined;
}

export interface Optional<Value = unknown, Writing = Value> extends Typed<Value, Writing> {
  readonly kind: 'optional';
  readonly of: Single;
  /** Values that are written as if they were not there. */
  readonly omits?: (value: unknown) => boolean;
}

export interface Many<Value = unknown, Writing = Value, Least extends number = number> extends Typed<Value[], readonly Writing[]> {
  readonly kind: 'many';
  readonly of: Single;
  readonly min: Least;
  readonly max: number;
}

export interface Choice<Value = unknown, Writing = Value> extends Typed<Value, Writing> {
  readonly kind: 'choice';
  readonly branches: Readonly<Record<string, Node>>;
}

export interface Sequence<Value = unknown, Writing = Value> extends Typed<Value, Writing> {
  readonly kind: 'sequence';
  readonly children: Readonly<Record<string, Node>>;
}

export interface Lazy<Value = unknown, Writing = Value> extends Typed<Value, Writing> {
  readonly kind: 'lazy';
  readonly get: () => ElementNode<Value, Writing>;
}

export type AttributeSet = Readonly<Record<string, Attribute>>;
export type ChildSet = Readonly<Record<string, Node>>;

/** What may be optional or repeated. */
export type Single = ElementNode | Lazy | Choice | Sequence;
/** What may stand among the children of an element. */
export type Node = Single | Optional | Many;
