import type { Physical } from '../fields/physical.ts';
import { fault } from '../layout/check.ts';
import { faultOfKeys } from '../layout/keys.ts';
import { type GroupNode, mostOf, type Node, sizeOf } from '../walking/nodes.ts';
import { Planning } from '../walking/planning.ts';
import { pathOf, type RecordItem } from '../walking/record-item.ts';
import type { Tag, TagSegment } from './declaration.ts';

/** A tag made ready to walk. */
export interface TagPlan {
  readonly item: RecordItem;
  readonly open: string;
  readonly close: string;
  readonly min: number;
  readonly max: number;
  /** What is in it: other tags, or fields. */
  readonly tags: readonly TagPlan[];
  readonly segment: Segment | undefined;
}

export interface Segment {
  readonly node: GroupNode;
  /** In units; undefined: fields say how long others are, so that it ends where the last of them does. */
  readonly width: number | undefined;
  readonly least: number;
  /** Where fields end, counted from the beginning of the segment. */
  readonly ends: ReadonlySet<number>;
  readonly keepsSurplus: boolean;
}

export interface MessagePlan {
  readonly root: TagPlan;
  readonly items: readonly RecordItem[];
  readonly slots: number;
  /** Every tag, opening and closing: none of them may stand in a surplus. */
  readonly marks: readonly string[];
}

/** Throws WB_RECORD_LAYOUT. */
export function planMessage(tag: Tag, physical: Physical): MessagePlan {
  const planning = new Planning(physical);
  const root = planTag(tag, undefined, planning);
  return { root, items: planning.items, slots: planning.slots, marks: [...new Set(marksOf(root))] };
}

function planTag(tag: Tag, parent: RecordItem | undefined, planning: Planning): TagPlan {
  const path = parent === undefined ? '' : pathOf(parent);
  const found = faultOfKeys(tag, 'layout' in tag ? 'a tag around fields' : 'a tag around tags');
  if (found !== undefined) throw fault(path, ...found);
  const { min = 1, max = 1 } = tag;
  if (parent?.children.has(tag.tag)) throw fault(path, `has the tag ${tag.tag} twice`);
  if (max < min) throw fault(path, `has the tag ${tag.tag} ${min} to ${max} times, which cannot be`);
  const declared = 'layout' in tag ? tag.layout : undefined;
  const item = planning.item(tag.tag, 'group', parent, declared, { repeats: max > 1, tagged: true });
  const [open, close] = [`<${tag.tag}>`, `</${tag.tag}>`];
  const segment = 'layout' in tag ? segmentOf(tag, item, planning) : undefined;
  const tags = 'tags' in tag ? tag.tags.map((each) => planTag(each, item, planning)) : [];
  return { item, open, close, min, max, tags, segment };
}

function segmentOf({ layout, least, surplus = 'keep' }: TagSegment, item: RecordItem, planning: Planning): Segment {
  const node = planning.segment(layout, item);
  const sizes = node.nodes.map(sizeOf);
  const width = sizes.reduce<number | undefined>((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
  if (mostOf(node) === Number.POSITIVE_INFINITY) throw fault(pathOf(item), 'has a table without an end, and its width says where it ends');
  if (least !== undefined && (width === undefined || least > width)) {
    throw fault(pathOf(item), 'has a `least` that is no part of its width');
  }
  const ends = new Set<number>();
  if (width !== undefined) addEnds(node.nodes, 0, ends);
  return { node, width, least: least ?? width ?? 0, ends, keepsSurplus: surplus === 'keep' && width !== undefined };
}

/** Where fields end, for nodes of fixed size; answers where the last of them does. */
function addEnds(nodes: readonly Node[], from: number, ends: Set<number>): number {
  let at = from;
  for (const node of nodes) {
    const size = sizeOf(node) ?? 0;
    const count = node.kind !== 'choice' && node.times?.kind === 'fixed' ? node.times.count : 1;
    for (let index = 0; index < count; index += 1) {
      const start = at + (size / count) * index;
      if (node.kind === 'group') addEnds(node.nodes, start, ends);
      ends.add(start + size / count);
    }
    at += size;
  }
  return at;
}

function marksOf({ open, close, tags }: TagPlan): readonly string[] {
  return [open, close, ...tags.flatMap(marksOf)];
}
