import { type AnyTextType, Problem } from '@waybill/values';
import type { Constant, Indexed, Leaf, Mark, Path, Same } from '../declaring/nodes.ts';
import { fieldOf, follow, type Holder, held, type Slot, type Step, slotOf, toldPath } from '../holding/slot.ts';
import { keyNeeded, type Planned, type PlannedAttribute, type Walk } from './planned.ts';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** A text as a node, an attribute or the own text of a group. */
export class PlannedLeaf implements Planned, PlannedAttribute {
  readonly name: string;
  readonly bare: string;
  readonly needs: string | undefined;
  readonly #as: AnyTextType;
  readonly #preset: unknown;
  readonly #inherits: Path | undefined;
  readonly #isOptional: boolean;
  readonly #isList: boolean;
  readonly #slot: Slot;
  readonly #listed: Listed;
  readonly #where: { readonly below: string; readonly field: string };
  readonly #onlyIf: { readonly slot: Slot; readonly is: unknown } | undefined;

  constructor({ name, occurs, to, as, preset, onlyIf, inherits }: Leaf, before: readonly Step[]) {
    this.name = name;
    this.bare = name.slice(1);
    this.#as = as;
    this.#preset = preset;
    this.#isOptional = occurs.min === 0;
    this.#isList = occurs.max > 1;
    this.#slot = slotOf(before, to);
    const field = fieldOf(this.#slot);
    this.#listed = { name, occurs, field };
    this.#where = { below: name === '.' ? '' : name.startsWith('@') ? name : `/${name}`, field };
    this.#inherits = inherits;
    this.needs = preset === undefined && inherits === undefined ? keyNeeded(this.#slot, this.#isOptional) : undefined;
    this.#onlyIf = onlyIf && { slot: slotOf(before, onlyIf.path), is: onlyIf.is };
  }

  present(holder: Holder): boolean {
    const value = held(holder, this.#slot);
    return isGiven(value) && !(Array.isArray(value) && value.length === 0);
  }

  write(holder: Holder, walk: Walk, value: unknown = held(holder, this.#slot)): void {
    if (this.#isList) return this.#writeList(value, walk);
    const text = this.#text(value, holder, walk);
    if (text !== undefined) walk.out.leaf(this.name, text);
  }

  attribute(holder: Holder, walk: Walk, element: string): string | undefined {
    return this.#text(held(holder, this.#slot), holder, walk, element);
  }

  /** The own text of a group: absent is empty, where it may be. */
  own(holder: Holder, walk: Walk, element: string): string {
    return this.#text(held(holder, this.#slot), holder, walk, element) ?? '';
  }

  /** `element`: whose text or attribute it is. Undefined: it is an element itself. */
  #text(given: unknown, holder: Holder, walk: Walk, element?: string): string | undefined {
    const value = given ?? (this.#inherits && follow(walk.root, this.#inherits)) ?? this.#preset;
    if (!isGiven(value)) {
      if (this.#isOptional) return undefined;
      const what = element === undefined ? `Element ${this.name}` : this.#what(element);
      return walk.refuse('missing', `${what} is missing.`, this.#where);
    }
    if (this.#onlyIf !== undefined && isGiven(given)) this.#refuseUnlessCounted(this.#onlyIf, holder, walk, element);
    const text: unknown = this.#as.write(value);
    return typeof text === 'string' ? text : walk.refuseText(this.#what(element), text as Problem, this.#where);
  }

  #what(element: string = this.name): string {
    return this.name.startsWith('@') ? `The attribute ${this.bare} of ${element}` : `The text of ${element}`;
  }

  #refuseUnlessCounted({ slot, is }: { slot: Slot; is: unknown }, holder: Holder, walk: Walk, element?: string): void {
    if (held(holder, slot) === is) return;
    walk.refuse('bad value', `${this.#what(element)} counts only where ${fieldOf(slot)} is ${String(is)}.`, this.#where);
  }

  #writeList(given: unknown, walk: Walk): void {
    const values = listOf(given, this.#listed, walk);
    for (let index = 0; index < values.length; index += 1) walk.out.leaf(this.name, this.#entry(values[index], index, walk));
  }

  #entry(value: unknown, index: number, walk: Walk): string {
    const text: unknown = isGiven(value) ? this.#as.write(value) : new Problem('is missing');
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
