import type { Choose } from '@waybill/values';
import { isNothing, resolved } from '../declaring/content.ts';
import type { ElementNode, Node } from '../declaring/nodes.ts';

const plainest: Choose = () => 0;
/** Elements inside elements of their own kind, at most. */
const deepest = 3;

/**
 * A valid value for a declaration. Asked with 0 as every answer, everything that may be there is there once, and lists
 * have one entry; an element inside itself is left out.
 */
export function makeUp(root: ElementNode, choose: Choose = plainest): unknown {
  return new Maker(choose, choose === plainest ? 1 : deepest).element(root);
}

class Maker {
  readonly #choose: Choose;
  readonly #deepest: number;
  readonly #open: ElementNode[] = [];

  constructor(choose: Choose, most: number) {
    this.#choose = choose;
    this.#deepest = most;
  }

  element(node: ElementNode): unknown {
    const made = this.#structure(node);
    // What a check refuses is made again, plainly; the plainest value of an element has to pass its check.
    const value = node.check?.(made) === undefined ? made : new Maker(plainest, 1).#structure(node);
    return node.map === undefined ? value : node.map.read(value);
  }

  #structure(node: ElementNode): unknown {
    if (isNothing(node)) return undefined;
    if (node.others !== undefined) return { name: node.others.makeUp(this.#choose) as unknown };
    this.#open.push(node);
    const value = { ...this.#attributes(node), ...this.#children(node.children) };
    this.#open.pop();
    if (node.text === undefined || node.text === 'ignored') return value;
    const text: unknown = node.text.makeUp(this.#choose);
    return Object.values(node.attributes).some(({ presence }) => presence !== 'fixed') ? { ...value, text } : text;
  }

  #attributes(node: ElementNode): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const [key, { presence, type }] of Object.entries(node.attributes)) {
      if (presence === 'fixed' || (presence === 'optional' && this.#leavesOut())) continue;
      value[key] = type.makeUp(this.#choose);
    }
    return value;
  }

  #children(children: Readonly<Record<string, Node>>): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(children)) {
      const made = this.#node(child);
      if (made !== undefined) value[key] = made;
    }
    return value;
  }

  #node(node: Node): unknown {
    switch (node.kind) {
      case 'optional':
        return this.#closes(node.of) || this.#leavesOut() ? undefined : (this.#node(node.of) ?? true);
      case 'many':
        return this.#list(node);
      case 'choice':
        return this.#branch(node.branches);
      case 'sequence':
        return this.#children(node.children);
      case 'element':
      case 'lazy':
        return this.element(resolved(node) as ElementNode);
    }
  }

  #list({ of, min, max }: Extract<Node, { kind: 'many' }>): unknown {
    if (min === 0 && (this.#closes(of) || this.#leavesOut())) return undefined;
    const count = Math.min(max, 1 + this.#choose(3));
    return Array.from({ length: count }, () => this.#node(of));
  }

  #branch(branches: Readonly<Record<string, Node>>): unknown {
    const entries = Object.entries(branches);
    const [key, branch] = entries[this.#choose(entries.length)] as [string, Node];
    return { [key]: this.#node(branch) ?? true };
  }

  /** True where going on would put an element into itself too often. */
  #closes(node: Node): boolean {
    return node.kind === 'lazy' && this.#open.filter((open) => open === node.get()).length >= this.#deepest;
  }

  #leavesOut(): boolean {
    return this.#choose(2) === 1;
  }
}
