import { type AnyTextType, Problem } from '@waybill/values';
import type { Constant, Indexed, Leaf, Mark, Same } from '../declaring/nodes.ts';
import { fieldOf, follow, type Holder, held, type Slot, type Step, slotOf, toldPath } from '../holding/slot.ts';
import { keyNeeded, type Planned, type PlannedAttribute, type Walk } from './planned.ts';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** A text as a node, an attribute or the own text of a group. */
export class PlannedLeaf implements Planned, PlannedAttribute {
  readonly name: string;
  readonly bare: string;
  readonly needs: string | undefined;
  readonly #leaf: Leaf;
  readonly #slot: Slot;
  readonly #listed: Listed;
  readonly #condition: Slot | undefined;

  constructor(leaf: Leaf, before: readonly Step[]) {
    this.name = leaf.name;
    this.bare = this.name.slice(1);
    this.#leaf = leaf;
    this.#slot = slotOf(before, leaf.to);
    this.#listed = { name: leaf.name, occurs: leaf.occurs, field: fieldOf(this.#slot) };
    this.needs = leaf.preset === undefined ? keyNeeded(this.#slot, leaf.occurs.min === 0) : undefined;
    this.#condition = leaf.onlyIf && slotOf(before, leaf.onlyIf.path);
  }

  present(holder: Holder): boolean {
    const value = held(holder, this.#slot);
    return isGiven(value) && !(Array.isArray(value) && value.length === 0);
  }

  write(holder: Holder, walk: Walk): void {
    if (this.#leaf.occurs.max > 1) return this.#writeList(holder, walk);
    const text = this.#text(holder, walk, this.name, `/${this.name}`);
    if (text !== undefined) walk.out.leaf(this.name, text);
  }

  attribute(holder: Holder, walk: Walk, element: string): string | undefined {
    return this.#text(holder, walk, `attribute ${this.bare} of ${element}`, this.name);
  }

  /** The own text of a group: absent is empty, where it may be. */
  own(holder: Holder, walk: Walk, element: string): string {
    return this.#text(holder, walk, `text of ${element}`, '') ?? '';
  }

  #text(holder: Holder, walk: Walk, what: string, below: string): string | undefined {
    const { as, preset, occurs } = this.#leaf;
    const given = held(holder, this.#slot);
    const value = given ?? preset;
    if (!isGiven(value)) {
      if (occurs.min === 0) return undefined;
      return walk.refuse('missing', below.startsWith('/') ? `Element ${what} is missing.` : `The ${what} is missing.`, {
        below,
        field: fieldOf(this.#slot),
      });
    }
    if (isGiven(given)) this.#refuseUnlessCounted(holder, walk, what, below);
    const text: unknown = as.write(value);
    if (typeof text === 'string') return text;
    return walk.refuseText(below.startsWith('/') ? `The text of ${what}` : `The ${what}`, text as Problem, {
      below,
      field: fieldOf(this.#slot),
    });
  }

  #refuseUnlessCounted(holder: Holder, walk: Walk, what: string, below: string): void {
    if (this.#condition === undefined || held(holder, this.#condition) === this.#leaf.onlyIf?.is) return;
    const says = `The ${what} counts only where ${fieldOf(this.#condition)} is ${String(this.#leaf.onlyIf?.is)}.`;
    walk.refuse('bad value', says, { below, field: fieldOf(this.#slot) });
  }

  #writeList(holder: Holder, walk: Walk): void {
    const { name, as } = this.#leaf;
    const values = listOf(held(holder, this.#slot), this.#listed, walk);
    for (let index = 0; index < values.length; index += 1) walk.out.leaf(name, this.#entry(as, values[index], index, walk));
  }

  #entry(as: AnyTextType, value: unknown, index: number, walk: Walk): string {
    const text: unknown = isGiven(value) ? as.write(value) : new Problem('is missing');
    if (typeof text === 'string') return text;
    const place = { below: `/${this.name}[${index + 1}]`, field: `${fieldOf(this.#slot)}[${index}]` };
    return walk.refuseText(`The text of ${this.name}`, text as Problem, place);
  }
}

interface Listed {
  readonly name: string;
  readonly occurs: { readonly min: number; readonly max: number };
  readonly field: string;
}

/** The values of a node that occurs more than once; refused where they are no list, too few or too many. */
export function listOf(given: unknown, { name, occurs, field }: Listed, walk: Walk): readonly unknown[] {
  const values: unknown = given ?? [];
  if (!Array.isArray(values)) return walk.refuse('bad value', `The values for ${name} are not a list.`, { below: `/${name}`, field });
  if (values.length > occurs.max)
    walk.refuse('too many', `There may be at most ${occurs.max} ${name}, not more.`, { below: `/${name}[${occurs.max + 1}]`, field });
  if (values.length < occurs.min) walk.refuse('missing', `Element ${name} is missing.`, { below: `/${name}[${values.length + 1}]`, field });
  return values as readonly unknown[];
}

export class PlannedIndexed implements Planned {
  readonly name: string;
  readonly needs = undefined;
  readonly #node: Indexed;
  readonly #slots: readonly Slot[];

  constructor(node: Indexed, before: readonly Step[]) {
    this.name = node.name;
    this.#node = node;
    this.#slots = node.to.map((path) => slotOf(before, path));
  }

  present(holder: Holder): boolean {
    return this.#slots.some((slot) => isGiven(held(holder, slot)));
  }

  write(holder: Holder, walk: Walk): void {
    const values = this.#slots.map((slot) => held(holder, slot));
    const count = values.findLastIndex(isGiven) + 1;
    if (count < this.#node.occurs.min)
      walk.refuse('missing', `Element ${this.name} is missing.`, { below: `/${this.name}`, field: fieldOf(this.#slots[0] as Slot) });
    for (const [index, value] of values.slice(0, count).entries()) {
      const field = fieldOf(this.#slots[index] as Slot);
      const below = `/${this.name}[${index + 1}]`;
      // A gap cannot be written: what follows would be read as the one before.
      const text: unknown = isGiven(value) ? this.#node.as.write(value) : new Problem('is missing, and one after it is there');
      if (typeof text !== 'string') return walk.refuseText(`The text of ${this.name}`, text as Problem, { below, field });
      walk.out.leaf(this.name, text);
    }
  }
}

export class PlannedConstant implements Planned, PlannedAttribute {
  readonly name: string;
  readonly bare: string;
  readonly needs = undefined;
  readonly #value: string;
  readonly #written: boolean;

  constructor({ name, value, occurs }: Pick<Constant, 'name' | 'value' | 'occurs'>) {
    this.name = name;
    this.bare = this.name.slice(1);
    this.#value = value;
    this.#written = occurs.min > 0;
  }

  present(): boolean {
    return false;
  }

  write(_holder: Holder, walk: Walk): void {
    if (this.#written) walk.out.leaf(this.name, this.#value);
  }

  attribute(): string {
    return this.#value;
  }
}

export class PlannedSame implements Planned, PlannedAttribute {
  readonly name: string;
  readonly bare: string;
  readonly needs = undefined;
  readonly #node: Same;

  constructor(node: Same) {
    this.name = node.name;
    this.bare = this.name.slice(1);
    this.#node = node;
  }

  present(): boolean {
    return false;
  }

  write(_holder: Holder, walk: Walk): void {
    const text = this.#text(walk, `/${this.name}`);
    if (text !== undefined) walk.out.leaf(this.name, text);
  }

  attribute(_holder: Holder, walk: Walk): string | undefined {
    return this.#text(walk, this.name);
  }

  #text(walk: Walk, below: string): string | undefined {
    const { path, as, occurs } = this.#node;
    const value = follow(walk.root, path);
    if (!isGiven(value)) {
      if (occurs.min === 0) return undefined;
      return walk.refuse('missing', `Element ${this.name} repeats ${toldPath(path)}, which is missing.`, { below });
    }
    const text: unknown = as.write(value);
    return typeof text === 'string' ? text : walk.refuseText(`The text of ${this.name}`, text as Problem, { below });
  }
}

export class PlannedMark implements Planned {
  readonly name: string;
  readonly needs = undefined;
  readonly #slot: Slot;

  constructor(node: Mark, before: readonly Step[]) {
    this.name = node.name;
    this.#slot = slotOf(before, node.to);
  }

  present(holder: Holder): boolean {
    return held(holder, this.#slot) === true;
  }

  write(holder: Holder, walk: Walk): void {
    const value = held(holder, this.#slot);
    if (value === true) walk.out.leaf(this.name, '');
    else if (isGiven(value))
      walk.refuse('bad value', `The value for ${this.name} is not true.`, { below: `/${this.name}`, field: fieldOf(this.#slot) });
  }
}

/** An attribute that means nothing is not written. */
export class PlannedUnwritten implements PlannedAttribute {
  readonly name: string;
  readonly bare: string;

  constructor(name: string) {
    this.name = name;
    this.bare = this.name.slice(1);
  }

  present(): boolean {
    return false;
  }

  attribute(): undefined {
    return undefined;
  }
}
