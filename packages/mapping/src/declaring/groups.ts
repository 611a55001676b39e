import type { Conversion } from './conversion.ts';
import type { Group, Node } from './nodes.ts';
import type { GroupOptions, ListOptions, Nodes } from './options.ts';
import { type AnyKeys, type EntryAt, type ListPath, type ObjectPath, type PathTo, pathOf, type ValueAt } from './paths.ts';
import { once, perhaps, several, single } from './wire-name.ts';

/** What makes nodes around other nodes. */
export function groups<T>() {
  type Made = Node<AnyKeys<T>>;
  return {
    /** A node around other nodes, which the value knows nothing of. */
    group: (name: string, has: Nodes<T>, options: GroupOptions<T> = {}): Made => ({
      kind: 'group',
      ...single(name),
      has,
      into: undefined,
      ...options,
    }),
    /** A node that is an object of the value. */
    into: <P extends ObjectPath<T>>(name: string, to: P, has: Nodes<ValueAt<T, P>>, options: GroupOptions<ValueAt<T, P>> = {}): Made => ({
      kind: 'group',
      ...single(name),
      has,
      into: pathOf(to),
      ...options,
    }),
    /** A node that occurs any number of times and is an entry of a list each time. */
    vector: <P extends ListPath<T>>(
      name: string,
      to: P,
      has: Nodes<EntryAt<T, P>>,
      { max, ...rest }: GroupOptions<EntryAt<T, P>> & ListOptions = {},
    ): Made => ({ kind: 'group', ...several(name, max), has, into: pathOf(to), ...rest }),
    /** A node whose nodes make a value that `converts` says. */
    turned: <Wire, V>(
      name: string,
      to: PathTo<T, V>,
      converts: Conversion<Wire, V>,
      has: Nodes<Wire>,
      options: GroupOptions<Wire> = {},
    ): Made => ({ kind: 'group', ...single(name), has, into: pathOf(to), converts, ...options }),
    /** As `turned`, any number of times: a list of such values. */
    turnedList: <Wire, P extends ListPath<T>>(
      name: string,
      to: P,
      converts: Conversion<Wire, EntryAt<T, P>>,
      has: Nodes<Wire>,
      { max, ...rest }: GroupOptions<Wire> & ListOptions = {},
    ): Made => ({
      kind: 'group',
      ...several(name, max),
      has,
      into: pathOf(to),
      converts,
      ...rest,
    }),
    /** Neighbours on the wire that make one object, which is always there. */
    all: <P extends ObjectPath<T>>(to: P, has: Nodes<ValueAt<T, P>>): Made => ({ kind: 'all', occurs: once, has, into: pathOf(to) }),
    /** Neighbours on the wire that make one object; it is there when one of them is. */
    perhapsAll: <P extends ObjectPath<T>>(to: P, has: Nodes<ValueAt<T, P>>): Made => ({
      kind: 'all',
      occurs: perhaps,
      has,
      into: pathOf(to),
    }),
    /** Neighbours on the wire that come together or not at all. */
    together: (has: Nodes<T>): Made => ({ kind: 'all', occurs: perhaps, has, into: undefined }),
    /** A group that contains itself. `get` is called when the message is first used. */
    like: (get: () => Made): Made => ({ kind: 'like', get: get as () => Group }),
  };
}
