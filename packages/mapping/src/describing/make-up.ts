import type { Choose } from '@waybill/values';
import { Problem, text } from '@waybill/values';
import type { All, Alternative, Group, Leaf, Node } from '../declaring/nodes.ts';
import { type Holder, held, reach, type Step, slotOf, store } from '../holding/slot.ts';

const plainest: Choose = () => 0;
/** Any text, as a tree without elements has it. */
const anyText = text({ trim: true });
/** Groups inside groups of their own kind, at most. */
const deepest = 3;

/**
 * A value that the declaration can write, made up. Asked with 0 as every answer, everything that may be there is there once, lists
 * have one entry, and a group inside itself is left out.
 */
export function makeUp(root: Group, choose: Choose = plainest): Holder {
  return new Maker(choose, choose === plainest ? 1 : deepest).root(root);
}

class Maker {
  readonly #choose: Choose;
  readonly #deepest: number;
  readonly #open: Group[] = [];
  #root: Holder = {};

  constructor(choose: Choose, most: number) {
    this.#choose = choose;
    this.#deepest = most;
  }

  root(group: Group): Holder {
    this.#root = {};
    this.#fill(group, this.#root, []);
    return this.#root;
  }

  #fill(group: Group, holder: Holder, before: readonly Step[]): void {
    this.#open.push(group);
    for (const node of group.has) this.#node(node, holder, before);
    for (const { path, is } of group.sets ?? []) store(this.#root, slotOf([], path), is);
    this.#open.pop();
  }

  /** What a check refuses is made again, plainly; the plainest value has to pass. */
  #object(group: Group): unknown {
    const made: Holder = {};
    this.#fill(group, made, []);
    if (passes(group, made)) return converted(group, made);
    const plain: Holder = {};
    new Maker(plainest, 1).#fill(group, plain, []);
    return converted(group, plain);
  }

  #node(node: Node, holder: Holder, before: readonly Step[]): void {
    if ('occurs' in node && node.occurs.min === 0 && this.#leavesOut()) return;
    switch (node.kind) {
      case 'leaf':
        return this.#leaf(node, holder, before);
      case 'indexed':
        for (const path of node.to.slice(0, 1 + this.#choose(node.to.length)))
          store(holder, slotOf(before, path), node.as.makeUp(this.#choose));
        return;
      case 'mark':
        return store(holder, slotOf(before, node.to), true);
      case 'entries':
        return store(holder, slotOf(before, node.to), this.#record(node.as.makeUp(this.#choose) as string));
      case 'tree':
        return store(holder, slotOf(before, node.text), anyText.makeUp(this.#choose));
      case 'joined':
        return this.#joined(node, holder, before);
      case 'pick': {
        const { alternatives, occurs } = node;
        const most = this.#choose(alternatives.length);
        const chosen = occurs.max === 1 ? [alternatives[most] as Alternative] : alternatives.slice(0, 1 + most);
        for (const { to, as } of chosen) store(holder, slotOf(before, to), as.makeUp(this.#choose));
        return;
      }
      case 'group':
        return this.#group(node, holder, before);
      case 'like':
        if (this.#open.filter((open) => open === node.get()).length < this.#deepest) this.#group(node.get(), holder, before);
        return;
      case 'all':
        return this.#all(node, holder, before);
      case 'one of': {
        const branch = node.branches[this.#choose(node.branches.length)];
        for (const each of branch?.has ?? []) this.#node(each, holder, before);
        if (branch?.when !== undefined) store(this.#root, slotOf([], branch.when.path), branch.when.is);
        return;
      }
      case 'constant':
      case 'ignored':
      case 'same':
    }
  }

  #leaf({ to, as, occurs, onlyIf, name }: Leaf, holder: Holder, before: readonly Step[]): void {
    if (onlyIf !== undefined && held(holder, slotOf(before, onlyIf.path)) !== onlyIf.is) return;
    const list = occurs.max > 1;
    const count = list ? Math.min(occurs.max, 1 + this.#choose(3)) : 1;
    for (let made = 0; made < count; made += 1) {
      const value: unknown = as.makeUp(this.#choose);
      // An own text that may be missing is missing when it is empty.
      if (name === '.' && occurs.min === 0 && value === '') return;
      store(holder, slotOf(before, to, list), value);
    }
  }

  #record(text: string): Holder {
    return { name: text };
  }

  #joined(node: Extract<Node, { kind: 'joined' }>, holder: Holder, before: readonly Step[]): void {
    const [first] = node.parts;
    if (first?.occurs.min === 0 && this.#leavesOut()) return;
    const value = node.join(
      node.parts.map(({ as, occurs }) => (occurs.min === 0 && this.#leavesOut() ? undefined : as.makeUp(this.#choose))),
    );
    if (!(value instanceof Problem)) store(holder, slotOf(before, node.to), value);
  }

  #group(group: Group, holder: Holder, before: readonly Step[]): void {
    if (group.into === undefined) return this.#fill(group, holder, before);
    const list = group.occurs.max > 1;
    const count = list ? Math.min(group.occurs.max, 1 + this.#choose(3)) : 1;
    for (let made = 0; made < count; made += 1) {
      const value = this.#object(group);
      if (value !== undefined) store(holder, slotOf(before, group.into, list), value);
    }
  }

  #all({ has, into, occurs }: All, holder: Holder, before: readonly Step[]): void {
    const steps = (into ?? []).map((key, index, all): Step => ({ key, list: occurs.max > 1 && index === all.length - 1 }));
    const path = [...before, ...steps];
    const count = occurs.max > 1 ? 1 + this.#choose(3) : 1;
    for (let made = 0; made < count; made += 1) {
      if (occurs.max > 1) reach(holder, path, path.length - 1);
      for (const node of has) this.#node(node, holder, path);
    }
  }

  #leavesOut(): boolean {
    return this.#choose(2) === 1;
  }
}

/** Whether an object passes the check of its group, and those of the groups inside that live in the same object. */
function passes({ check, has }: Group, made: Holder): boolean {
  if (check?.(made as never) !== undefined) return false;
  return has.every((node) => node.kind !== 'group' || node.into !== undefined || passes(node, made));
}

/** The value for an object with the shape of the wire. */
function converted({ converts }: Group, made: Holder): unknown {
  if (converts === undefined) return made;
  const value: unknown = converts.read(converts.sound?.(made) ?? made);
  return value instanceof Problem ? undefined : value;
}
