import type { All, Group, Node, Path } from '../declaring/nodes.ts';
import { innerNodes, ownNodes } from '../declaring/own-nodes.ts';
import { once } from '../declaring/wire-name.ts';
import { KnownKeys, type Slot, type Step, slotOf } from '../holding/slot.ts';
import { PlannedEntries, PlannedJoined, PlannedOneOf, PlannedPick } from './compound.ts';
import type { Writing } from './format-writer.ts';
import { type GroupContent, PlannedAll, PlannedGroup } from './group.ts';
import { PlannedInherited, PlannedUnwritten } from './ignored.ts';
import type { Planned, PlannedAttribute } from './planned.ts';
import { PlannedConstant, PlannedIndexed, PlannedLeaf, PlannedMark, PlannedSame } from './texts.ts';
import { PlannedTree } from './tree.ts';
import { PlannedWriting } from './writer.ts';

/** The writing of a message by its declaration. */
export function writingOf(root: Group): Writing {
  return new PlannedWriting(() => new Planner().root(root));
}

/** What is known of the object that nodes live in: the way to it from the holder in hand, and its keys. */
interface Home {
  readonly before: readonly Step[];
  readonly known: KnownKeys;
}

class Planner {
  /** Contents of groups with an object of their own: where a group contains itself, its content is met again. */
  readonly #contents = new Map<Group, GroupContent>();

  root(group: Group): PlannedGroup {
    return new PlannedGroup(group, this.#own(group), undefined);
  }

  #own(group: Group): GroupContent {
    const found = this.#contents.get(group);
    if (found !== undefined) return found;
    const known = new KnownKeys();
    const content: GroupContent = { attributes: [], text: undefined, tree: undefined, children: [], known };
    this.#contents.set(group, content);
    this.#fill(content, group, { before: [], known });
    return content;
  }

  #fill(content: GroupContent, group: Group, home: Home): void {
    for (const { path } of group.sets ?? []) this.#rootKey(path, home);
    const { attributes, text, tree } = ownNodes(group.has, home.before);
    content.attributes = attributes.map(({ node, before }) => this.#attribute(node, { ...home, before }));
    if (text !== undefined) content.text = this.#node(text.node, { ...home, before: text.before }) as PlannedLeaf;
    if (tree !== undefined) {
      for (const path of [tree.node.to, tree.node.text]) home.known.add(slotOf(tree.before, path));
      content.tree = new PlannedTree(tree.node, tree.before);
    }
    content.children = this.#nodes(group.has, home).map((node) => ({ needs: node.needs, node }));
  }

  #attribute(node: Node, home: Home): PlannedAttribute {
    if (node.kind === 'constant') return new PlannedConstant({ ...node, occurs: once });
    if (node.kind === 'ignored') return node.inherits === undefined ? new PlannedUnwritten(node.name) : new PlannedInherited(node);
    const planned = this.#node(node, home);
    if (planned instanceof PlannedLeaf || planned instanceof PlannedSame) return planned;
    throw new TypeError(`The attribute ${planned.name} has to be a text.`);
  }

  #node(node: Node, home: Home): Planned {
    const { before, known } = home;
    switch (node.kind) {
      case 'leaf':
        known.add(slotOf(before, node.to));
        return new PlannedLeaf(node, before);
      case 'indexed':
        for (const path of node.to) known.add(slotOf(before, path));
        return new PlannedIndexed(node, before);
      case 'constant':
        return new PlannedConstant(node);
      case 'ignored':
        return new PlannedConstant({ ...node, value: node.writes });
      case 'same':
        return new PlannedSame(node);
      case 'mark':
        known.add(slotOf(before, node.to));
        return new PlannedMark(node, before);
      case 'entries':
        known.add(slotOf(before, node.to));
        return new PlannedEntries(node, before);
      case 'joined':
        known.add(slotOf(before, node.to));
        return new PlannedJoined(node, before);
      case 'pick':
        for (const { to } of node.alternatives) known.add(slotOf(before, to));
        return new PlannedPick(node, before);
      case 'tree':
        throw new TypeError('A tree is all that is in its group.');
      case 'group':
        return this.#group(node, home);
      case 'like':
        return this.#group(node.get(), home);
      case 'all':
        return this.#all(node, home);
      case 'one of':
        for (const { when } of node.branches) if (when !== undefined) this.#rootKey(when.path, home);
        return new PlannedOneOf(
          node.branches.map(({ has, when }) => ({ has: has.map((each) => this.#node(each, home)), when })),
          node.occurs.min > 0,
        );
    }
  }

  /** What a branch or a group says by itself is a place in the whole value, and no stranger there. */
  #rootKey(path: Path, { known }: Home): void {
    const [root] = this.#contents.values();
    (root?.known ?? known).add(slotOf([], path));
  }

  #group(group: Group, { before, known }: Home): PlannedGroup {
    if (group.into === undefined) {
      const content: GroupContent = { attributes: [], text: undefined, tree: undefined, children: [], known: undefined };
      this.#fill(content, group, { before, known });
      return new PlannedGroup(group, content, undefined);
    }
    const slot = slotOf(before, group.into);
    known.add(slot);
    return new PlannedGroup(group, this.#own(group), slot);
  }

  #all(node: All, { before, known }: Home): Planned {
    const mandatory = node.occurs.min > 0;
    if (node.into === undefined) return new PlannedAll(this.#nodes(node.has, { before, known }), mandatory);
    if (node.occurs.max === 1) {
      const steps = node.into.map((key): Step => ({ key, list: false }));
      return new PlannedAll(this.#nodes(node.has, { before: [...before, ...steps], known }), mandatory);
    }
    const slot: Slot = slotOf(before, node.into);
    known.add(slot);
    const own = new KnownKeys();
    return new PlannedAll(this.#nodes(node.has, { before: [], known: own }), false, { slot, known: own, max: node.occurs.max });
  }

  #nodes(has: readonly Node[], home: Home): readonly Planned[] {
    return innerNodes(has).map((each) => this.#node(each, home));
  }
}
