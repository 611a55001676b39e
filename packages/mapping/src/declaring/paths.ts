import type { Path } from './nodes.ts';

type Inner<T> = NonNullable<T> extends readonly unknown[] ? never : NonNullable<T> extends object ? NonNullable<T> : never;
/** Not the keys of a record: they are data. */
type KeysOf<T> = keyof T extends infer K ? (K extends string ? (string extends K ? never : K) : never) : never;
/** The keys of all members of a union. */
export type AnyKeys<T> = T extends unknown ? KeysOf<T> : never;
type At<T, K extends string> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** One object further in. Paths end after six, since an object can contain itself. */
type Deeper<Depth extends readonly 1[]> = readonly [...Depth, 1];
type Below<T, K extends string, Depth extends readonly 1[]> = Depth['length'] extends 6 ? never : Inner<At<T, K>>;

/** The paths of T, through objects but not through lists, at which a value of type V may be put. */
export type PathTo<T, V, Depth extends readonly 1[] = readonly []> = {
  [K in AnyKeys<T>]:
    | ([V] extends [NonNullable<At<T, K>>] ? K : never)
    | ([Below<T, K, Depth>] extends [never] ? never : `${K}.${PathTo<Below<T, K, Depth>, V, Deeper<Depth>>}`);
}[AnyKeys<T>];

/** The paths of objects in T. */
export type ObjectPath<T, Depth extends readonly 1[] = readonly []> = {
  [K in AnyKeys<T>]: [Inner<At<T, K>>] extends [never]
    ? never
    : K | ([Below<T, K, Depth>] extends [never] ? never : `${K}.${ObjectPath<Below<T, K, Depth>, Deeper<Depth>>}`);
}[AnyKeys<T>];

/** The paths of lists in T. */
export type ListPath<T, Depth extends readonly 1[] = readonly []> = {
  [K in AnyKeys<T>]: NonNullable<At<T, K>> extends readonly unknown[]
    ? K
    : [Below<T, K, Depth>] extends [never]
      ? never
      : `${K}.${ListPath<Below<T, K, Depth>, Deeper<Depth>>}`;
}[AnyKeys<T>];

/** What is at a path of T. */
export type ValueAt<T, P extends string> = P extends `${infer K}.${infer Rest}`
  ? ValueAt<NonNullable<At<T, K>>, Rest>
  : NonNullable<At<T, P>>;
export type EntryAt<T, P extends string> = ValueAt<T, P> extends readonly (infer Entry)[] ? Entry : never;

export function pathOf(path: string): Path {
  const steps = path.includes('.') ? path.split('.') : [path];
  if (steps.includes('')) throw new TypeError(`"${path}" is not a path: a step of it is empty.`);
  return steps;
}
