import { Problem } from '@waybill/values';
import type { Finding, Group, Path } from '../declaring/nodes.ts';
import { fieldOf, follow, type Holder, held, isHolder, type KnownKeys, type Slot, toldPath } from '../holding/slot.ts';
import { isPresent } from './compound.ts';
import { keyNeeded, type Place, type Planned, type PlannedAttribute, type Walk } from './planned.ts';
import { listOf, type PlannedLeaf } from './texts.ts';
import type { PlannedTree } from './tree.ts';

/** What is in a group. Made once for a declaration and a place, and completed later where groups contain themselves. */
export interface GroupContent {
  attributes: readonly PlannedAttribute[];
  text: PlannedLeaf | undefined;
  /** Set where the group may hold what nobody has declared. */
  tree: PlannedTree | undefined;
  children: readonly Child[];
  /** Set where the group's nodes live in an object of their own. */
  known: KnownKeys | undefined;
}

/** A node in a group. Its key stands beside it, since it is asked for in nodes of many classes, most of which are then left alone. */
export interface Child {
  readonly needs: string | undefined;
  readonly node: Planned;
}

const nothing: Holder = Object.freeze({});

/** A node around other nodes. */
export class PlannedGroup implements Planned, Place {
  readonly name: string;
  readonly needs: string | undefined;
  /** The slot in words. */
  readonly field: string;
  readonly #occurs: Group['occurs'];
  readonly #sets: Group['sets'];
  readonly #check: Group['check'];
  readonly #converts: Group['converts'];
  readonly #content: GroupContent;
  /** Where its object or its list is. Undefined: its nodes live where the group does. */
  readonly #slot: Slot | undefined;

  constructor({ name, occurs, sets, check, converts }: Group, content: GroupContent, slot: Slot | undefined) {
    this.name = name;
    this.#occurs = occurs;
    this.#sets = sets;
    this.#check = check;
    this.#converts = converts;
    this.#content = content;
    this.#slot = slot;
    this.field = slot === undefined ? '' : fieldOf(slot);
    this.needs = slot && keyNeeded(slot, occurs.min === 0);
  }

  present(holder: Holder): boolean {
    if (this.#slot === undefined) return this.#hasSomething(holder);
    const value = held(holder, this.#slot);
    return value !== undefined && value !== null && !(this.#occurs.max > 1 && Array.isArray(value) && value.length === 0);
  }

  #hasSomething(holder: Holder): boolean {
    const { attributes, text, tree, children } = this.#content;
    return (
      (tree?.present(holder) ?? false) ||
      children.some(({ node }) => node.present(holder)) ||
      attributes.some((each) => each.present(holder)) ||
      (text?.present(holder) ?? false)
    );
  }

  write(holder: Holder, walk: Walk, given?: unknown): void {
    const { min, max } = this.#occurs;
    if (this.#slot === undefined) {
      if (min > 0 || this.#hasSomething(holder)) this.#node(holder, walk, -1);
      return;
    }
    const value = given ?? held(holder, this.#slot);
    if (max > 1) return this.#writeList(value, walk);
    if (value === undefined || value === null) {
      // A mandatory node whose object is absent is written for an empty one: what it lacks is told by its own name.
      if (min > 0) this.#node(nothing, walk, -1);
      return;
    }
    this.#node(this.#onWire(value, walk, this.field), walk, -1);
  }

  #writeList(given: unknown, walk: Walk): void {
    const values = listOf(given, { name: this.name, occurs: this.#occurs, field: this.field }, walk);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      const isPlain = this.#converts === undefined && isHolder(value);
      this.#node(isPlain ? value : this.#onWire(value, walk, `${this.field}[${index}]`), walk, index);
    }
  }

  /** The object that the nodes of the group live in, for what the value holds. */
  #onWire(value: unknown, walk: Walk, field: string): Holder {
    if (this.#converts === undefined) return walk.holder(value, this.name, field);
    const wire = writtenBy(this.#converts, value);
    return wire instanceof Problem ? walk.refuseText(`The value for ${this.name}`, wire, { field }) : walk.holder(wire, this.name, field);
  }

  /** The group itself, for a holder that its nodes live in. */
  #node(holder: Holder, walk: Walk, index: number): void {
    walk.enter(this, index);
    const { attributes, text, tree, children, known } = this.#content;
    if (known !== undefined) this.#refuseStranger(known, holder, walk);
    if (this.#sets !== undefined) for (const { path, is } of this.#sets) this.#refuseOther(path, is, walk);
    walk.out.open(this.name);
    for (let at = 0; at < attributes.length; at += 1) this.#attribute(attributes[at] as PlannedAttribute, holder, walk);
    if (text !== undefined) walk.out.text(text.own(holder, walk, this.name));
    tree?.write(holder, walk);
    for (let at = 0; at < children.length; at += 1) {
      const { needs, node } = children[at] as Child;
      // Most of what may be there is not, which is told faster here than by each kind of node.
      const value = needs === undefined ? undefined : holder[needs];
      if (needs === undefined || value !== undefined) node.write(holder, walk, value);
    }
    // Last, when the value is known to have the shape that the check relies on.
    const finding = this.#check?.(holder as never);
    if (finding !== undefined) this.#refuseFinding(finding, walk);
    walk.out.close();
    walk.leave();
  }

  /** The group as the whole message. */
  writeRoot(value: unknown, walk: Walk): void {
    if (!isHolder(value)) return walk.refuse('bad value', `The value for ${this.name} is not an object.`, { below: this.name });
    this.#node(value, walk, -1);
  }

  #attribute(attribute: PlannedAttribute, holder: Holder, walk: Walk): void {
    const text = attribute.attribute(holder, walk, this.name);
    if (text !== undefined) walk.out.attribute(attribute.bare, text);
  }

  /** A key that the message has no place for would be lost in silence. It is a typing error, or data of another version of the message. */
  #refuseStranger(known: KnownKeys, holder: Holder, walk: Walk): void {
    const field = known.strangerIn(holder);
    if (field === undefined) return;
    const shown = field.length > 64 ? `${field.slice(0, 64)}…` : field;
    walk.refuse('bad value', `The message has no place for "${shown}".`, { field: shown });
  }

  /** What the message says by its kind cannot be another value. */
  #refuseOther(path: Path, is: string, walk: Walk): void {
    const value = follow(walk.root, path);
    if (value === undefined || value === is) return;
    walk.refuse('bad value', `The ${toldPath(path)} of this message is always ${is}.`, { field: toldPath(path) });
  }

  #refuseFinding({ says, at, hint }: Finding, walk: Walk): never {
    return walk.refuse('bad value', `Element ${this.name} ${says}.`, { below: at === undefined ? '' : `/${at}`, hint });
  }
}

/** Data of any shape may be handed in, and a conversion looks into it. */
function writtenBy(converts: NonNullable<Group['converts']>, value: unknown): unknown {
  try {
    return converts.write(value);
  } catch (error) {
    if (error instanceof TypeError) return new Problem('does not have the shape that the message needs');
    throw error;
  }
}

interface AllList {
  readonly slot: Slot;
  readonly known: KnownKeys;
  readonly max: number;
}

/** Neighbours that live in an object of their own, or in a list of them, without a node on the wire. */
export class PlannedAll implements Planned {
  readonly name: string;
  readonly needs = undefined;
  readonly #has: readonly Planned[];
  /** The list, where the neighbours come again and again. */
  readonly #list: AllList | undefined;
  readonly #mandatory: boolean;

  constructor(has: readonly Planned[], mandatory: boolean, list?: AllList) {
    this.name = has[0]?.name ?? '';
    this.#has = has;
    this.#mandatory = mandatory;
    this.#list = list;
  }

  present(holder: Holder): boolean {
    if (this.#list === undefined) return isPresent(this.#has, holder);
    const value = held(holder, this.#list.slot);
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  }

  write(holder: Holder, walk: Walk): void {
    if (this.#list === undefined) {
      if (this.#mandatory || this.present(holder)) for (const node of this.#has) node.write(holder, walk);
      return;
    }
    const { slot, known, max } = this.#list;
    const field = fieldOf(slot);
    const values = listOf(held(holder, slot), { name: this.name, occurs: { min: 0, max }, field }, walk);
    for (const [index, value] of values.entries()) {
      const entry = walk.holder(value, this.name, `${field}[${index}]`);
      walk.enter({ name: '', field }, index);
      const stranger = known.strangerIn(entry);
      if (stranger !== undefined)
        walk.refuse('bad value', `The message has no place for "${stranger.slice(0, 64)}".`, { field: stranger.slice(0, 64) });
      for (const node of this.#has) node.write(entry, walk);
      walk.leave();
    }
  }
}
