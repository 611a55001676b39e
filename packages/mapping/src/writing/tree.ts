import type { Tree } from '../declaring/nodes.ts';
import { fieldOf, type Holder, held, isHolder, type Slot, type Step, slotOf } from '../holding/slot.ts';
import type { Walk } from './planned.ts';

/** Deeper than any document is read. */
const deepest = 100;

/** What is in a group of which nothing is known: its elements where there are any, else its text. */
export class PlannedTree {
  readonly #to: Slot;
  readonly #text: Slot;

  constructor({ to, text }: Tree, before: readonly Step[]) {
    this.#to = slotOf(before, to);
    this.#text = slotOf(before, text);
  }

  present(holder: Holder): boolean {
    return held(holder, this.#to) !== undefined || held(holder, this.#text) !== undefined;
  }

  write(holder: Holder, walk: Walk): void {
    const content = held(holder, this.#to);
    if (content !== undefined && content !== null) return this.#content(content, walk, 0);
    const text = held(holder, this.#text) ?? '';
    if (typeof text !== 'string') return this.#refuse(walk, this.#text, 'The text is no text.');
    walk.out.text(text);
  }

  #content(content: unknown, walk: Walk, depth: number): void {
    if (!Array.isArray(content) || depth > deepest) return this.#refuse(walk, this.#to, 'The elements are not a list, or stand too deep.');
    if (content.some((each) => typeof each === 'string')) walk.out.inline?.();
    for (const each of content as readonly unknown[]) {
      if (typeof each === 'string') walk.out.text(each);
      else this.#element(each, walk, depth);
    }
  }

  #element(given: unknown, walk: Walk, depth: number): void {
    const { name, attributes = {}, text = '', children } = isHolder(given) ? given : {};
    if (typeof name !== 'string' || typeof text !== 'string' || !isHolder(attributes))
      return this.#refuse(walk, this.#to, 'What stands among the elements is neither a text nor an element.');
    walk.out.open(name);
    for (const [key, value] of Object.entries(attributes)) walk.out.attribute(key, String(value));
    if (children !== undefined) this.#content(children, walk, depth + 1);
    else walk.out.text(text);
    walk.out.close();
  }

  #refuse(walk: Walk, slot: Slot, says: string): never {
    return walk.refuse('bad value', says, { field: fieldOf(slot) });
  }
}
