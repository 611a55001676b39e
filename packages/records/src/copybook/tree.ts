import type { Entry } from './entry.ts';
import { copybookFault } from './fault.ts';

/** An entry with what is below it. */
export interface TreeItem {
  readonly entry: Entry;
  readonly children: readonly TreeItem[];
}

interface Growing extends TreeItem {
  readonly children: Growing[];
}

/** Puts entries below each other by their levels. Those of the level 77 stand beside the records. */
export function treeOf(entries: readonly Entry[]): readonly TreeItem[] {
  const roots: Growing[] = [];
  let open: Growing[] = [];
  for (const entry of entries) {
    const item: Growing = { entry, children: [] };
    if (entry.level === 77) {
      roots.push(item);
      open = [];
      continue;
    }
    const above = open.filter((each) => each.entry.level < entry.level);
    const closed = open[above.length];
    if (closed !== undefined && closed.entry.level > entry.level) {
      const says = `The level ${entry.level} is neither below ${above.at(-1)?.entry.level ?? 'a record'} nor beside ${closed.entry.level}`;
      throw copybookFault(says, entry.place, `Items below one item have the same level; here it is ${closed.entry.level}.`);
    }
    const parent = above.at(-1);
    if (parent?.entry.picture !== undefined) {
      throw copybookFault(`${nameOf(parent.entry)} has a picture, so that nothing can stand below it`, entry.place);
    }
    (parent?.children ?? roots).push(item);
    open = [...above, item];
  }
  return roots;
}

export function nameOf({ name }: Entry): string {
  return name ?? 'FILLER';
}

/** Items with the alternatives that redefine them, each a list of one or more. */
export function clustersOf(items: readonly TreeItem[]): readonly (readonly [TreeItem, ...TreeItem[]])[] {
  const clusters: [TreeItem, ...TreeItem[]][] = [];
  for (const item of items) {
    const { redefines } = item.entry;
    if (redefines === undefined) {
      clusters.push([item]);
      continue;
    }
    const last = clusters.at(-1);
    const isKnown = last?.some(({ entry }) => entry.name !== undefined && same(entry.name, redefines.name));
    if (last === undefined || !isKnown) {
      throw copybookFault(
        `${nameOf(item.entry)} redefines ${redefines.name}, which does not stand right before it at the same level`,
        redefines.place,
      );
    }
    last.push(item);
  }
  return clusters;
}

/** Names of COBOL are the same in upper and lower case. */
export function same(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}
