import type { AnyTextType, TextType } from '@waybill/values';
import type { Alternative, Branch, Node, OneOf } from './nodes.ts';
import type { Nodes, PickOptions } from './options.ts';
import { type AnyKeys, type EntryAt, type ListPath, type PathTo, pathOf } from './paths.ts';
import { once, perhaps, wireName } from './wire-name.ts';

/** What makes nodes that stand for one of several. */
export function choices<T>() {
  type Made = Node<AnyKeys<T>>;
  return {
    /** One of several branches, each the nodes of it. */
    oneOf: (...branches: readonly Nodes<T>[]): Made => ({ kind: 'one of', occurs: once, branches: branches.map((has) => ({ has })) }),
    /** One of several branches, or none. */
    perhapsOneOf: (...branches: readonly Nodes<T>[]): Made => ({
      kind: 'one of',
      occurs: perhaps,
      branches: branches.map((has) => ({ has })),
    }),
    /**
     * One of several branches that say something by themselves: the key of the branch is the value at `path`, which counts from the root
     * of the value. On writing that value chooses the branch.
     */
    choosing: (path: string, branches: Readonly<Record<string, Nodes<T>>>): Made => {
      const when = pathOf(path);
      const made = Object.entries(branches).map(([is, has]): Branch => ({ has, when: { path: when, is } }));
      return { kind: 'one of', occurs: once, branches: made };
    },
    /** Any number of branches one after another, each an entry of a list. */
    mixed: <P extends ListPath<T>>(to: P, ...branches: readonly Nodes<EntryAt<T, P>>[]): Made => {
      const entry: OneOf = { kind: 'one of', occurs: once, branches: branches.map((has) => ({ has })) };
      return { kind: 'all', occurs: { min: 0, max: Number.POSITIVE_INFINITY }, has: [entry], into: pathOf(to) };
    },
    /**
     * Occurrences whose attribute `by` says which field they fill: `{ ByWCS: ['orderId', id] }`. Under a name without `*` or `+` there is one
     * of them, so that one of the fields is filled.
     */
    pick: <V>(
      name: string,
      by: string,
      places: Readonly<Record<string, readonly [to: PathTo<T, V>, as: TextType<V>]>>,
      { preset, spills = false, ...rest }: PickOptions = {},
    ): Made => {
      const { name: wire, occurs } = wireName(name);
      const alternatives = Object.entries(places).map(([word, [to, as]]): Alternative => ({ word, to: pathOf(to), as: as as AnyTextType }));
      const max = Math.min(occurs.max, alternatives.length);
      return { kind: 'pick', name: wire, occurs: { min: occurs.min, max }, by, alternatives, preset, spills, ...rest };
    },
  };
}
