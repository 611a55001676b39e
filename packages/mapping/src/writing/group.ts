import type { Finding, Group, Path } from '../declaring/nodes.ts';
import type { KnownKeys } from '../holding/known.ts';
import { follow, type Holder, held, type Slot } from '../holding/slot.ts';
import { isPresent } from './compound.ts';
import type { Planned, PlannedAttribute } from './planned.ts';
import type { WrittenAttributes } from './sink.ts';
import { listOf, type PlannedLeaf } from './texts.ts';
import { fieldOf, toldPath, type Walk } from './walk.ts';

/** What is in a group. Made once for a declaration and a place, and completed later where groups contain themselves. */
export interface GroupContent {
  attributes: readonly PlannedAttribute[];
  text: PlannedLeaf | undefined;
  children: readonly Planned[];
  /** Set where the group's nodes live in an object of their own. */
  known: KnownKeys | undefined;
}

const nothing: Holder = Object.freeze({});

/** A node around other nodes. */
export class PlannedGroup implements Planned {
  readonly name: string;
  readonly #group: Group;
  readonly #content: GroupContent;
  /** Where its object or its list is. Undefined: its nodes live where the group does. */
  readonly #slot: Slot | undefined;

  constructor(group: Group, content: GroupContent, slot: Slot | undefined) {
    this.name = group.name;
    this.#group = group;
    this.#content = content;
    this.#slot = slot;
  }

  present(holder: Holder): boolean {
    if (this.#slot === undefined) return this.#hasSomething(holder);
    const value = held(holder, this.#slot);
    return value !== undefined && value !== null && !(this.#group.occurs.max > 1 && Array.isArray(value) && value.length === 0);
  }

  #hasSomething(holder: Holder): boolean {
    const { attributes, text, children } = this.#content;
    return isPresent(children, holder) || attributes.some((each) => each.present(holder)) || (text?.present(holder) ?? false);
  }

  write(holder: Holder, walk: Walk): void {
    const { occurs } = this.#group;
    if (occurs.max > 1) return this.#writeList(holder, walk);
    if (occurs.min === 0 && !this.present(holder)) return;
    if (this.#slot === undefined) return this.#node(holder, walk, this.name);
    const field = fieldOf(this.#slot);
    // A mandatory node whose object is absent is written for an empty one: what it lacks is told by its own name.
    const value = held(holder, this.#slot) ?? nothing;
    this.#object(value, field, walk, this.name);
  }

  #writeList(holder: Holder, walk: Walk): void {
    const slot = this.#slot as Slot;
    const field = fieldOf(slot);
    const values = listOf(held(holder, slot), { name: this.name, occurs: this.#group.occurs, field }, walk);
    for (let index = 0; index < values.length; index += 1) this.#object(values[index], `${field}[${index}]`, walk, `${this.name}[${index + 1}]`);
  }

  #object(value: unknown, field: string, walk: Walk, step: string): void {
    const object = walk.holder(value, this.name, field);
    walk.enterField(field);
    this.#node(object, walk, step);
    walk.leaveField();
  }

  /** The group itself, for a holder that its nodes live in. */
  #node(holder: Holder, walk: Walk, step: string): void {
    walk.enter(step);
    const { attributes, text, children, known } = this.#content;
    if (known !== undefined) this.#refuseStranger(known, holder, walk);
    for (const { path, is } of this.#group.sets ?? []) this.#refuseOther(path, is, walk);
    walk.sink.open(this.name, this.#attributes(attributes, holder, walk));
    if (text !== undefined) walk.sink.text(text.own(holder, walk, this.name));
    for (const child of children) child.write(holder, walk);
    // Last, when the value is known to have the shape that the check relies on.
    const finding = this.#group.check?.(holder as never);
    if (finding !== undefined) this.#refuseFinding(finding, walk);
    walk.sink.close();
    walk.leave();
  }

  /** The group as the whole message. */
  writeRoot(value: unknown, walk: Walk): void {
    this.#node(walk.holder(value, this.name, ''), walk, this.name);
  }

  #attributes(attributes: readonly PlannedAttribute[], holder: Holder, walk: Walk): WrittenAttributes | undefined {
    if (attributes.length === 0) return undefined;
    const written: Record<string, string | undefined> = {};
    for (const each of attributes) written[each.name.slice(1)] = each.attribute(holder, walk, this.name);
    return written;
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

interface AllList {
  readonly slot: Slot;
  readonly known: KnownKeys;
  readonly max: number;
}

/** Neighbours that live in an object of their own, or in a list of them, without a node on the wire. */
export class PlannedAll implements Planned {
  readonly name: string;
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
      walk.enterField(`${field}[${index}]`);
      const stranger = known.strangerIn(entry);
      if (stranger !== undefined) walk.refuse('bad value', `The message has no place for "${stranger.slice(0, 64)}".`, { field: stranger.slice(0, 64) });
      for (const node of this.#has) node.write(entry, walk);
      walk.leaveField();
    }
  }
}
