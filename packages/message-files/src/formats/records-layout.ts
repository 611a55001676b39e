import type { Entries, Group, Node, Occurs } from '@waybill/mapping';
import type { Field, Tag, TagSegment } from '@waybill/records';
import type { AnyTextType } from '@waybill/values';
import type { Widths } from './format.ts';

/** The kinds of nodes that are fields. */
export const fieldKinds: readonly Node['kind'][] = ['leaf', 'same', 'constant', 'ignored'];

type Surplus = NonNullable<TagSegment['surplus']>;

/** The layout of a group of a mapping: fields stand in segments, and segments in tags. */
export function tagOf(group: Group, widths: Widths, surplus: Surplus): Tag {
  const nodes = flat(group.has);
  const fields = nodes.flatMap((node) => fieldsOf(node, widths));
  const { name: tag } = group;
  const occurs = widths.single.has(group) ? { ...group.occurs, max: 1 } : group.occurs;
  if (fields.length > 0)
    return { tag, ...often(occurs), layout: { name: tag, items: fields }, surplus, ...leastOf(nodes, widths.least.get(group), widths) };
  return { tag, ...often(occurs), tags: nodes.flatMap((node) => innerTag(node, widths, surplus)) };
}

/** What a layout says of a part. */
interface Told {
  readonly width?: number;
  readonly occurs?: string;
}

/** What a layout says beside the mapping of the parts of a message, by their path below its root. */
export function layoutOf(tag: Tag, path = ''): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
  if ('layout' in tag) {
    for (const item of tag.layout.items)
      if ('length' in item && typeof item.length === 'number') told.set(below(item.name), { width: item.length });
    return told;
  }
  for (const each of tag.tags) {
    if (each.min === 0 && each.max === most) told.set(below(each.tag), { occurs: '0..n' });
    for (const [inner, what] of layoutOf(each, below(each.tag))) told.set(inner, what);
  }
  return told;
}

/** A group that has fields and tags side by side, and the first that is of the other kind. */
export function mixedIn(group: Group): { readonly group: Group; readonly child: string } | undefined {
  const nodes = flat(group.has);
  const isField = (node: Node): boolean => fieldKinds.includes(node.kind) || node.kind === 'joined';
  const stranger = nodes.find((node) => isField(node) !== isField(nodes[0] ?? node));
  if (stranger !== undefined) return { group, child: 'name' in stranger ? stranger.name : '' };
  return nodes.flatMap((node) => (node.kind === 'group' ? (mixedIn(node) ?? []) : [])).at(0);
}

function leastOf(nodes: readonly Node[], name: string | undefined, { fields }: Widths): { readonly least?: number } {
  if (name === undefined) return {};
  let least = 0;
  for (const node of nodes) {
    for (const each of node.kind === 'joined' ? node.parts : [node]) least += fields.get(each) ?? 0;
    if ('name' in node && node.name === name) break;
  }
  return { least };
}

function innerTag(node: Node, widths: Widths, surplus: Surplus): readonly Tag[] {
  if (node.kind === 'group') return [tagOf(node, widths, surplus)];
  return node.kind === 'entries' ? entriesTag(node, widths) : [];
}

/** Neighbours that make one object are neighbours all the same. */
function flat(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => (node.kind === 'all' ? flat(node.has) : [node]));
}

function fieldsOf(node: Node, { fields }: Widths): readonly Field[] {
  if (node.kind === 'joined') return node.parts.map((part) => field(part, fields.get(part)));
  if (node.kind === 'leaf' || node.kind === 'same') return [field(node, fields.get(node))];
  if (node.kind === 'ignored') return [field({ ...node, as: undefined }, fields.get(node))];
  return node.kind === 'constant' ? [{ ...field({ ...node, as: undefined }, fields.get(node)), value: node.value }] : [];
}

interface Named {
  readonly name: string;
  readonly occurs: Occurs;
  /** Undefined: it has no value. */
  readonly as: AnyTextType | undefined;
}

function field({ name, as, occurs }: Named, width = 0): Field {
  return { name, length: width, required: as !== undefined && occurs.min > 0, secret: as?.secret === true };
}

function entriesTag({ name, occurs, entry }: Entries, { entries }: Widths): readonly Tag[] {
  const widths = entries.get(entry);
  if (widths === undefined || entry?.text === undefined) return [];
  const { by, length, text } = widths;
  const items: readonly Field[] = [
    { name: entry.by, length: by },
    { name: length.name, type: 'number', length: length.width },
    { name: entry.text, length: { in: length.name, max: text } },
  ];
  const each: Tag = { tag: entry.name, min: 0, max: most, layout: { name: entry.name, items }, surplus: 'refuse' };
  return [{ tag: name, ...often(occurs), tags: [each] }];
}

/** More of a tag than any message has. */
const most = 1_000_000;

function often({ min, max }: Occurs): Occurs {
  return { min, max: Math.min(max, most) };
}
