import type { AnyTextType, Problem, TextType } from '@waybill/values';
import type { Node, Part } from './nodes.ts';
import type { EntriesOptions, IgnoredOptions, LeafOptions, ListOptions, NodeOptions } from './options.ts';
import { type AnyKeys, type EntryAt, type ListPath, type PathTo, pathOf } from './paths.ts';
import type { TreeContent } from './tree-content.ts';
import { once, several, single, wireName } from './wire-name.ts';

/** A type of text whose values fit into a list at P. */
type Fits<T, P extends string, V> = TextType<V> & ([V] extends [EntryAt<T, P>] ? unknown : never);

/** Makes one value out of the values of parts, and back. A part that is absent is undefined. */
export interface Joint<V> {
  readonly join: (parts: readonly (string | undefined)[]) => V | Problem;
  readonly split: (value: V) => readonly (string | undefined)[] | Problem;
}

/** What makes nodes with a text. */
export function texts<T>() {
  type Made = Node<AnyKeys<T>>;
  return {
    /** A text whose value is a field. */
    leaf: <V>(name: string, to: PathTo<T, V>, as: TextType<V>, options?: LeafOptions<V>): Made => {
      const { name: wire, occurs } = single(name);
      const leaf = { kind: 'leaf' as const, name: wire, occurs, to: pathOf(to), as };
      // A pack declares many hundreds of them, nearly all without options.
      if (options === undefined) return leaf;
      const { onlyIf, inherits, ...rest } = options;
      const more = {
        ...(onlyIf && { onlyIf: { path: pathOf(onlyIf[0]), is: onlyIf[1] } }),
        ...(inherits && { inherits: pathOf(inherits) }),
      };
      return { ...leaf, ...rest, ...more };
    },
    /** A text that occurs any number of times, whose values are a list. */
    list: <V, P extends ListPath<T>>(name: string, to: P, as: Fits<T, P, V>, { max, ...rest }: ListOptions = {}): Made => ({
      kind: 'leaf',
      ...several(name, max),
      to: pathOf(to),
      as,
      ...rest,
    }),
    /** A text whose first occurrence is the first field, its second the second. */
    indexed: <V>(name: string, to: readonly PathTo<T, V>[], as: TextType<V>, options: NodeOptions = {}): Made => {
      const { name: wire, occurs } = wireName(name);
      return {
        kind: 'indexed',
        name: wire,
        occurs: { min: occurs.min, max: to.length },
        to: to.map((each) => pathOf(each)),
        as,
        ...options,
      };
    },
    /** True where it stands on the wire, else absent. */
    mark: (name: string, to: PathTo<T, true>, options: NodeOptions = {}): Made => ({
      kind: 'mark',
      ...single(name),
      to: pathOf(to),
      ...options,
    }),
    /** All that is in a group, be it text or elements that nobody has declared: the elements are a list of `TreeContent`, and the plain text is beside them. */
    tree: (to: PathTo<T, readonly TreeContent[]>, text: PathTo<T, string>): Made => ({
      kind: 'tree',
      name: '.',
      occurs: once,
      to: pathOf(to),
      text: pathOf(text),
    }),
    /** Names with a text each, as a record. */
    entries: (name: string, to: PathTo<T, Readonly<Record<string, string>>>, { as, entry, ...rest }: EntriesOptions): Made => ({
      kind: 'entries',
      ...single(name),
      to: pathOf(to),
      as,
      entry,
      ...rest,
    }),
    /** One field out of several neighbours, such as a day and a time of day. */
    joined: <V>(to: PathTo<T, V>, parts: Readonly<Record<string, AnyTextType>>, joint: Joint<V>): Made => ({
      kind: 'joined',
      to: pathOf(to),
      parts: Object.entries(parts).map(([name, as]): Part => ({ ...single(name), as })),
      join: joint.join as (parts: readonly unknown[]) => unknown,
      split: joint.split,
    }),
  };
}

/** A text that never varies. An attribute `@version?` may be left out by a sender, and is written. */
export function constant(name: string, value: string, options: NodeOptions = {}): Node<never> {
  return { kind: 'constant', ...single(name), value, ...options };
}

/** Text that means nothing, however often it occurs; written once as `writes` (default: empty) where it has to be there. */
export function ignored(name: string, { writes = '', as, preset, inherits, ...rest }: IgnoredOptions = {}): Node<never> {
  return { kind: 'ignored', ...wireName(name), writes, as, preset, ...rest, ...(inherits && { inherits: pathOf(inherits) }) };
}

/** Repeats a value from further up, by its path from the root of the value. */
export function same(name: string, path: string, as: AnyTextType, options: NodeOptions = {}): Node<never> {
  return { kind: 'same', ...single(name), path: pathOf(path), as, ...options };
}
