import type { Field, Group, Item, Occurs } from '../layout/layout.ts';
import type { Choices } from './choose.ts';
import { elementaryOf, type Inherited } from './elementary.ts';
import type { Entry, OccursClause } from './entry.ts';
import { copybookFault } from './fault.ts';
import { clustersOf, nameOf, same, type TreeItem } from './tree.ts';

/** An item of the layout with what its neighbours have to know. */
interface Converted {
  readonly items: readonly Item[];
  /** In bytes, with all occurrences at their most. */
  readonly size: number;
  /** The largest multiple to which something in it is moved. */
  readonly align: number;
  /** True: its size depends on the record. */
  readonly varies: boolean;
}

/** Makes layout items of the entries of a copybook. Offsets are counted because SYNC depends on them. */
export class Conversion {
  readonly #decimalComma: boolean;
  readonly #choices: Choices;
  /** Names that stand before, with the groups around them, for DEPENDING. */
  readonly #seen: (readonly string[])[] = [];
  /** True: something stands before whose size is not the same in every record. */
  #isMoved = false;

  constructor(decimalComma: boolean, choices: Choices) {
    this.#decimalComma = decimalComma;
    this.#choices = choices;
  }

  /** What stands below a group that begins at `offset`. */
  children(items: readonly TreeItem[], inherited: Inherited, path: readonly string[], offset: number): Converted {
    const made: Item[] = [];
    const names = new Set<string>();
    let at = offset;
    let align = 1;
    let varies = false;
    for (const cluster of clustersOf(items)) {
      for (const { entry } of cluster) checkName(entry, names);
      const one = cluster.length === 1 ? this.#item(cluster[0], inherited, path, at) : this.#redefined(cluster, inherited, path, at);
      if (one.align > 1 && made.length === 0 && path.length > 1 && one.items.length > 1) throw unaligned(cluster[0].entry);
      made.push(...one.items);
      at += one.size;
      align = Math.max(align, one.align);
      varies ||= one.varies;
    }
    return { items: made, size: at - offset, align, varies };
  }

  /** Records of several kinds, each as long as it is. */
  kinds(records: readonly TreeItem[]): readonly Item[] {
    const nothing = { usage: undefined, sign: undefined };
    const items = records.map((each) => {
      this.#isMoved = false;
      return this.#named(each, nothing, [''], 0, nameOf(each.entry)).item;
    });
    return [{ ...this.#choices.choiceOf(items), padded: false }];
  }

  #redefined(cluster: readonly TreeItem[], inherited: Inherited, path: readonly string[], offset: number): Converted {
    const fillers = cluster.filter(({ entry }) => entry.name === undefined);
    let slack = 0;
    const all = cluster.map((each, index) => {
      const number = fillers.indexOf(each) + 1;
      const one = this.#named(each, inherited, path, offset + slack, number > 0 ? `FILLER-${number}` : nameOf(each.entry));
      // What moves the first of them moves the place of all.
      if (index === 0) slack = one.slack;
      else if (one.slack > 0)
        throw copybookFault(`${nameOf(each.entry)} is SYNC, and its place is not where it has to be moved to`, each.entry.place);
      if (one.varies)
        throw copybookFault(
          `${nameOf(each.entry)} shares its place with others, so that its size cannot depend on a count`,
          each.entry.place,
        );
      return one;
    });
    const items = all.map((one) => one.item);
    return {
      items: [...(slack === 0 ? [] : [{ filler: slack }]), this.#choices.choiceOf(items)],
      size: slack + Math.max(...all.map(({ size }) => size)),
      align: Math.max(...all.map((one) => one.align)),
      varies: false,
    };
  }

  #item(item: TreeItem, inherited: Inherited, path: readonly string[], offset: number): Converted {
    const { entry, children } = item;
    if (entry.name !== undefined) {
      const { item: made, size, align, varies, slack } = this.#named(item, inherited, path, offset, entry.name);
      return { items: slack === 0 ? [made] : [{ filler: slack }, made], size: size + slack, align, varies };
    }
    const occurs = this.#occurs(entry, path);
    if (children.length > 0 && occurs !== undefined) {
      throw copybookFault('A group that occurs several times needs a name', entry.place);
    }
    if (children.length > 0) return this.children(children, inheritedBy(entry, inherited), path, offset);
    const { width, align } = elementaryOf(entry, inherited, this.#decimalComma);
    const slack = this.#slack(offset, align, entry);
    const filler: Item = { filler: width, ...(occurs === undefined ? {} : { occurs }) };
    const size = width * (entry.occurs?.max ?? 1);
    return { items: slack === 0 ? [filler] : [{ filler: slack }, filler], size: size + slack, align, varies: typeof occurs === 'object' };
  }

  #named(
    { entry, children }: TreeItem,
    inherited: Inherited,
    path: readonly string[],
    offset: number,
    name: string,
  ): { readonly item: Group | Field; readonly size: number; readonly align: number; readonly varies: boolean; readonly slack: number } {
    const found = this.#occurs(entry, path);
    const occurs = found === undefined ? {} : { occurs: found };
    const times = entry.occurs?.max ?? 1;
    const own = [...path, name];
    if (children.length === 0) {
      const { field, width, align } = elementaryOf(entry, inherited, this.#decimalComma);
      const slack = this.#slack(offset, align, entry);
      this.#seen.push(own);
      const varies = typeof found === 'object';
      this.#isMoved ||= varies;
      return { item: { name, ...field, ...occurs }, size: width * times, align, varies, slack };
    }
    if (entry.picture !== undefined) throw copybookFault(`${name} has a picture and items below it`, entry.place);
    const inside = this.children(children, inheritedBy(entry, inherited), own, offset);
    const rest = times > 1 ? (inside.align - (inside.size % inside.align)) % inside.align : 0;
    const items = rest === 0 ? inside.items : [...inside.items, { filler: rest }];
    const varies = inside.varies || typeof found === 'object';
    this.#isMoved ||= varies;
    return { item: { name, items, ...occurs }, size: (inside.size + rest) * times, align: inside.align, varies, slack: 0 };
  }

  /** The bytes before an item that is moved to a multiple of its size. */
  #slack(offset: number, align: number, entry: Entry): number {
    if (align > 1 && this.#isMoved) {
      throw copybookFault(`${nameOf(entry)} is SYNC behind something whose size depends on a count, which is not supported`, entry.place);
    }
    return (align - (offset % align)) % align;
  }

  #occurs({ occurs, level, place }: Entry, path: readonly string[]): Occurs | undefined {
    if (occurs === undefined) return undefined;
    if (level === 1 || level === 77) throw copybookFault('A record cannot have OCCURS', place);
    if (occurs.depending === undefined) return occurs.max;
    return { depending: this.#counting(occurs, path), min: occurs.min, max: occurs.max };
  }

  /** The field on which a table depends, as the layout names it. */
  #counting({ depending = [], place }: OccursClause, path: readonly string[]): string {
    const found = this.#seen.filter((each) => isQualified(each, depending));
    const name = depending.join(' OF ');
    if (found.length === 0) throw copybookFault(`The table depends on ${name}, which does not stand before it`, place);
    const near = found.toSorted((a, b) => commonSteps(b, path) - commonSteps(a, path));
    const [first, second] = near;
    if (second !== undefined && commonSteps(first!, path) === commonSteps(second, path)) {
      throw copybookFault(`The table depends on ${name}, of which there are several`, place, 'Say which with OF.');
    }
    return first!.slice(commonSteps(first!, path)).join('/');
  }
}

/** Whether a path ends with the name and has the groups that it is OF around it, in this order. */
function isQualified(path: readonly string[], names: readonly string[]): boolean {
  const [name = '', ...groups] = names.toReversed();
  if (!same(path.at(-1) ?? '', name)) return false;
  let above = path.slice(0, -1);
  for (const group of groups) {
    const at = above.findLastIndex((step) => same(step, group));
    if (at < 0) return false;
    above = above.slice(0, at);
  }
  return true;
}

function commonSteps(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((step, index) => step !== other[index]);
  return end < 0 ? one.length : end;
}

function inheritedBy(entry: Entry, { usage, sign }: Inherited): Inherited {
  return { usage: entry.usage ?? usage, sign: entry.sign ?? sign };
}

function checkName({ name, place }: Entry, names: Set<string>): void {
  if (name === undefined) return;
  const key = name.toUpperCase();
  if (names.has(key)) throw copybookFault(`There are two items ${name} below the same group`, place);
  names.add(key);
}

function unaligned(entry: Entry): Error {
  const says = `${nameOf(entry)} is SYNC, begins a group, and has to be moved: compilers differ in where they put the slack bytes`;
  return copybookFault(says, entry.place, 'Put a FILLER of the right size before the group.');
}
