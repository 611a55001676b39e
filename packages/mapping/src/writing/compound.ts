import { Problem } from '@waybill/values';
import type { Alternative, Entries, Joined, Part, Path, Pick } from '../declaring/nodes.ts';
import { fieldOf, follow, type Holder, held, isHolder, type Slot, type Step, slotOf, toldPath } from '../holding/slot.ts';
import type { FormatWriter } from './format-writer.ts';
import { keyNeeded, type Planned, type Walk } from './planned.ts';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function leafWith(out: FormatWriter, name: string, [attribute, value]: readonly [string, string], text: string): void {
  out.open(name);
  out.attribute(attribute, value);
  out.text(text);
  out.close();
}

export class PlannedPick implements Planned {
  readonly name: string;
  readonly needs = undefined;
  readonly #node: Pick;
  readonly #slots: readonly Slot[];

  constructor(node: Pick, before: readonly Step[]) {
    this.name = node.name;
    this.#node = node;
    this.#slots = node.alternatives.map(({ to }) => slotOf(before, to));
  }

  present(holder: Holder): boolean {
    return this.#slots.some((slot) => isGiven(held(holder, slot)));
  }

  write(holder: Holder, walk: Walk): void {
    let count = 0;
    const { alternatives } = this.#node;
    for (let index = 0; index < alternatives.length; index += 1) {
      const { word, as } = alternatives[index] as Alternative;
      const slot = this.#slots[index] as Slot;
      const value = held(holder, slot);
      if (!isGiven(value)) continue;
      count += 1;
      if (count > this.#node.occurs.max) return this.#refuseSecond(slot, walk);
      const text: unknown = as.write(value);
      if (typeof text !== 'string')
        return walk.refuseText(`The text of ${this.name}`, text as Problem, { below: this.#below(count), field: fieldOf(slot) });
      leafWith(walk.out, this.name, [this.#node.by, word], text);
    }
    if (count >= this.#node.occurs.min) return;
    walk.refuse('missing', `Element ${this.name} is missing: it takes ${this.#fields()}.`, { below: this.#below(1) });
  }

  #refuseSecond(slot: Slot, walk: Walk): never {
    return walk.refuse('too many', `There may be one ${this.name}, which takes ${this.#fields()}, not both.`, {
      below: this.#below(1),
      field: fieldOf(slot),
    });
  }

  #below(count: number): string {
    return this.#node.occurs.max > 1 ? `/${this.name}[${count}]` : `/${this.name}`;
  }

  #fields(): string {
    return this.#slots.map(fieldOf).join(' or ');
  }
}

export class PlannedEntries implements Planned {
  readonly name: string;
  readonly needs: string | undefined;
  readonly #node: Entries;
  readonly #slot: Slot;

  constructor(node: Entries, before: readonly Step[]) {
    this.name = node.name;
    this.#node = node;
    this.#slot = slotOf(before, node.to);
    this.needs = keyNeeded(this.#slot, node.occurs.min === 0);
  }

  /** A record without entries is as good as none where its node needs an entry. */
  present(holder: Holder): boolean {
    const value = held(holder, this.#slot);
    if (this.#node.entry === undefined) return isGiven(value);
    return isGiven(value) && !(isHolder(value) && Object.keys(value).length === 0);
  }

  write(holder: Holder, walk: Walk): void {
    const { occurs, entry } = this.#node;
    const field = fieldOf(this.#slot);
    if (!this.present(holder) && occurs.min === 0) return;
    const value = held(holder, this.#slot) ?? {};
    const entries = Object.entries(walk.holder(value, this.name, field)).filter(([, text]) => text !== undefined);
    if (entries.length === 0 && entry !== undefined)
      walk.refuse('missing', `Element ${entry.name} is missing.`, { below: `/${this.name}/${entry.name}[1]`, field });
    walk.out.open(this.name);
    for (const [index, [name, text]] of entries.entries()) this.#writeEntry({ index, name, text, field }, walk);
    walk.out.close();
  }

  #writeEntry({ index, name, text, field }: { index: number; name: string; text: unknown; field: string }, walk: Walk): void {
    const { as, entry } = this.#node;
    const written: unknown = as.write(text);
    const below = `/${this.name}/${entry === undefined ? name : `${entry.name}[${index + 1}]`}`;
    if (typeof written !== 'string')
      return walk.refuseText(`The text of ${entry?.name ?? name}`, written as Problem, { below, field: `${field}.${name}` });
    if (entry === undefined) return walk.out.leaf(name, written);
    const called: unknown = entry.named.write(name);
    if (typeof called !== 'string')
      return walk.refuseText(`The attribute ${entry.by} of ${entry.name}`, called as Problem, { below: `${below}@${entry.by}`, field });
    if (entry.text === undefined) return leafWith(walk.out, entry.name, [entry.by, called], written);
    walk.out.open(entry.name);
    walk.out.leaf(entry.by, called);
    walk.out.leaf(entry.text, written);
    walk.out.close();
  }
}

export class PlannedJoined implements Planned {
  readonly name: string;
  readonly needs = undefined;
  readonly #node: Joined;
  readonly #slot: Slot;

  constructor(node: Joined, before: readonly Step[]) {
    this.name = node.parts[0]?.name ?? '';
    this.#node = node;
    this.#slot = slotOf(before, node.to);
  }

  present(holder: Holder): boolean {
    return isGiven(held(holder, this.#slot));
  }

  write(holder: Holder, walk: Walk): void {
    const { parts, split } = this.#node;
    const value = held(holder, this.#slot);
    const values = isGiven(value) ? split(value as never) : [];
    if (values instanceof Problem)
      return walk.refuseText(`The value for ${this.name}`, values, { below: `/${this.name}`, field: fieldOf(this.#slot) });
    for (let index = 0; index < parts.length; index += 1) this.#part(parts[index] as Part, values[index], walk);
  }

  #part({ name, occurs, as }: Part, value: unknown, walk: Walk): void {
    if (value === undefined) {
      if (occurs.min > 0) walk.refuse('missing', `Element ${name} is missing.`, { below: `/${name}`, field: fieldOf(this.#slot) });
      return;
    }
    const text: unknown = as.write(value);
    if (typeof text !== 'string')
      return walk.refuseText(`The text of ${name}`, text as Problem, { below: `/${name}`, field: fieldOf(this.#slot) });
    walk.out.leaf(name, text);
  }
}

interface PlannedBranch {
  readonly has: readonly Planned[];
  readonly when: { readonly path: Path; readonly is: string } | undefined;
}

/** One of several branches: the one that the value names, else the one that it has something for. */
export class PlannedOneOf implements Planned {
  readonly name: string;
  readonly needs = undefined;
  readonly #branches: readonly PlannedBranch[];
  /** The place in the whole value that names the branch, where one does. */
  readonly #path: Path | undefined;
  readonly #mandatory: boolean;

  constructor(branches: readonly PlannedBranch[], mandatory: boolean) {
    this.#branches = branches;
    this.#path = branches.find(({ when }) => when !== undefined)?.when?.path;
    this.#mandatory = mandatory;
    this.name = branches.map(nameOf).join(' or ');
  }

  present(holder: Holder): boolean {
    return this.#branches.some(({ has }) => isPresent(has, holder));
  }

  write(holder: Holder, walk: Walk): void {
    const chosen = this.#chosen(holder, walk);
    if (chosen === undefined) return;
    for (const node of chosen.has) node.write(holder, walk);
  }

  #chosen(holder: Holder, walk: Walk): PlannedBranch | undefined {
    if (this.#path !== undefined) return this.#named(follow(walk.root, this.#path), this.#path, walk);
    const [taken, rival] = this.#branches.filter(({ has }) => isPresent(has, holder));
    if (rival !== undefined && taken !== undefined)
      walk.refuse('beside', `Element ${nameOf(rival)} cannot stand beside ${nameOf(taken)}.`, {});
    if (taken !== undefined) return taken;
    if (!this.#mandatory) return undefined;
    return walk.refuse('missing', `One of the elements ${this.#branches.map(nameOf).join(', ')} is missing.`, {});
  }

  #named(value: unknown, path: Path, walk: Walk): PlannedBranch {
    const found = this.#branches.find(({ when }) => when?.is === value);
    if (found !== undefined) return found;
    const known = this.#branches.flatMap(({ when }) => when?.is ?? []).join(', ');
    const says = value === undefined ? `is missing` : `is none that the message knows`;
    return walk.refuse('bad value', `The ${toldPath(path)} ${says}.`, { hint: `Known: ${known}.` });
  }
}

export function isPresent(nodes: readonly Planned[], holder: Holder): boolean {
  return nodes.some((node) => node.present(holder));
}

function nameOf({ has: [first] }: PlannedBranch): string {
  return first?.name ?? '';
}
