import type { TextType } from '@waybill/values';
import type { Attribute, AttributeSet, ChildSet, Typed } from './nodes.ts';

/** The value of what cannot vary. It has no key in its parent's value; where it is optional, `true` says that it is there. */
export interface Nothing {
  readonly '@waybill/nothing': never;
}

/** What reading a declaration gives. */
export type ValueOf<N> = N extends Typed<infer Value, infer _Writing> ? Value : never;
/** What writing a declaration takes: like the value, and what has a default may be left out. */
export type WritingOf<N> = N extends Typed<infer _Value, infer Writing> ? Writing : never;

export type Simplify<T> = { readonly [K in keyof T]: T[K] };

type IsNothing<T> = [T] extends [never] ? false : [T] extends [Nothing] ? true : false;
type Present<T> = IsNothing<T> extends true ? true : T;

type KeysOfPresence<A extends AttributeSet, P> = {
  [K in keyof A]: A[K] extends Attribute<infer _T, infer Q> ? (Q extends P ? K : never) : never;
}[keyof A];
type AttributeValue<A> = A extends Attribute<infer T, infer _P> ? T : never;

type ReadAttributes<A extends AttributeSet> = { [K in KeysOfPresence<A, 'required' | 'default'>]: AttributeValue<A[K]> } & {
  [K in KeysOfPresence<A, 'optional'>]?: AttributeValue<A[K]>;
};
type WriteAttributes<A extends AttributeSet> = { [K in KeysOfPresence<A, 'required'>]: AttributeValue<A[K]> } & {
  [K in KeysOfPresence<A, 'optional' | 'default'>]?: AttributeValue<A[K]> | undefined;
};

/** Keys of children that may be missing. */
type LooseKeys<C extends ChildSet> = {
  [K in keyof C]: C[K] extends { readonly kind: 'optional' } ? K : C[K] extends { readonly kind: 'many'; readonly min: 0 } ? K : never;
}[keyof C];
/** Keys of children that are always there and can vary. */
type FirmKeys<C extends ChildSet> = {
  [K in Exclude<keyof C, LooseKeys<C>>]: IsNothing<ValueOf<C[K]>> extends true ? never : K;
}[Exclude<keyof C, LooseKeys<C>>];

export type ReadChildren<C extends ChildSet> = { [K in FirmKeys<C>]: ValueOf<C[K]> } & { [K in LooseKeys<C>]?: Present<ValueOf<C[K]>> };
export type WriteChildren<C extends ChildSet> = { [K in FirmKeys<C>]: WritingOf<C[K]> } & {
  [K in LooseKeys<C>]?: Present<WritingOf<C[K]>> | undefined;
};

type IsEmpty<T> = [keyof T] extends [never] ? true : false;

type Whole<Structure, T> = IsEmpty<Structure> extends true ? T : Simplify<IsNothing<T> extends true ? Structure : Structure & { text: T }>;

type AttributesOf<Spec> = Spec extends { readonly attributes: infer A extends AttributeSet } ? A : Empty;
type ChildrenOf<Spec> = Spec extends { readonly children: infer C extends ChildSet } ? C : Empty;
type TextOf<Spec> = Spec extends { readonly text: TextType<infer T> } ? T : Nothing;
// oxlint-disable-next-line typescript/no-empty-object-type -- no attributes, no children.
type Empty = {};

/** The value of an element: its text where nothing else varies, else an object; `Nothing` where nothing varies at all. */
export type ElementValue<Spec> = Whole<ReadAttributes<AttributesOf<Spec>> & ReadChildren<ChildrenOf<Spec>>, TextOf<Spec>>;
export type ElementWriting<Spec> = Whole<WriteAttributes<AttributesOf<Spec>> & WriteChildren<ChildrenOf<Spec>>, TextOf<Spec>>;

/** An object with exactly one of the keys. */
export type OneOf<B extends ChildSet> = { [K in keyof B]: Simplify<{ [Key in K]: Present<ValueOf<B[K]>> } & Others<B, K>> }[keyof B];
export type OneOfWriting<B extends ChildSet> = {
  [K in keyof B]: Simplify<{ [Key in K]: Present<WritingOf<B[K]>> } & Others<B, K>>;
}[keyof B];
type Others<B, K> = { [Other in Exclude<keyof B, K>]?: undefined };
