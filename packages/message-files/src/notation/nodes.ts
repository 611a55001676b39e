import type { EntryNode, ManifestNode } from '@waybill/manifest';
import { fillingOf, type Leaf, type Node, wireName } from '@waybill/mapping';
import { Problem } from '@waybill/values';
import { readGroup, readLike } from './groups.ts';
import { readLeaf, readText } from './leaves.ts';
import { readAll, readJoined, readOneOf } from './neighbours.ts';
import type { NamedNode, Reading } from './reading.ts';
import { readSpecial } from './special.ts';

/** What is without a node of its own on the wire. */
const neighbours = ['all', 'all?', 'all*', 'one of', 'one of?', 'joined', 'like'];

/** Reads a list of nodes, in the order of the wire. What is wrong is found, and left out. */
export function readNodes(node: ManifestNode, reading: Reading): readonly Node[] {
  if (node.kind !== 'list') {
    reading.problems.notation(
      'Nodes are a list, each item one node.',
      node,
      'Write a dash before each node: YAML promises no order of keys.',
    );
    return [];
  }
  const nodes = node.items.flatMap((item) => readItem(item, reading));
  for (const each of nodes) if (each.kind === 'leaf' && each.onlyIf !== undefined) meanCondition(each, nodes, reading);
  return nodes;
}

function readItem(item: ManifestNode, reading: Reading): readonly Node[] {
  // An alias for a list of nodes.
  if (item.kind === 'list') return readNodes(item, reading);
  const [entry, another] = item.kind === 'object' ? [...item.entries.values()] : [];
  if (entry === undefined || another !== undefined) {
    const hint = 'Write a dash before each node, and what belongs to a node deeper than its name.';
    reading.problems.notation('An item of a list of nodes is one node: one name with what is in it.', another ?? item, hint);
    return [];
  }
  return readEntry(entry, reading);
}

function readEntry(entry: EntryNode, reading: Reading): readonly Node[] {
  const nodes = neighbours.includes(entry.key) ? readNeighbours(entry, reading) : readNamed(entry, reading);
  for (const node of nodes) if (!reading.sources.has(node)) reading.sources.set(node, entry);
  return nodes;
}

function readNeighbours(entry: EntryNode, reading: Reading): readonly Node[] {
  switch (entry.key) {
    case 'one of':
    case 'one of?':
      return readOneOf(entry, reading, readNodes);
    case 'joined':
      return readJoined(entry, reading);
    case 'like':
      return readLike(entry, reading);
    default:
      return readAll(entry, reading, readNodes);
  }
}

function readNamed({ key, value, spot }: EntryNode, reading: Reading): readonly Node[] {
  const { problems, format, widths } = reading;
  const at = { spot };
  const written = nameOf(key);
  const named = written && format.nameOf(written.name);
  if (written === undefined || named === undefined || 'objection' in named) {
    const objection = named !== undefined && 'objection' in named ? named.objection : 'is no name';
    problems.notation(`"${key}" ${objection}.`, at);
    return [];
  }
  const { name, width } = named;
  const node: NamedNode = { written: key, name, width, occurs: written.occurs, at, value };
  if (/^[@.]/.test(name) && written.occurs.max > 1) problems.notation(`"${key}" cannot occur more than once.`, at);
  // A field of no width is not there in this version of the message.
  const made = width === 0 ? undefined : readValue(node, reading);
  if (made === undefined) return [];
  const objection = format.objectionToNode(made, width);
  if (objection !== undefined) problems.notation(`"${key}" ${objection}.`, at);
  if (width !== undefined) widths.fields.set(made, width);
  return [made];
}

function nameOf(key: string): ReturnType<typeof wireName> | undefined {
  try {
    return wireName(key);
  } catch {
    return undefined;
  }
}

/** A text is a leaf, a list what is in a group, and keys say the rest. */
function readValue(node: NamedNode, reading: Reading): Node | undefined {
  const { value } = node;
  if (value.kind === 'scalar') return readText(node, value, reading);
  if (value.kind === 'list') return readGroup(node, undefined, reading, readNodes);
  const has = (key: string): boolean => value.entries.has(key);
  if (has('has') || has('into')) return readGroup(node, value, reading, readNodes);
  if (has('to')) return readLeaf(node, value, reading);
  return readSpecial(node, value, reading);
}

/** The text of a condition is a value of the node beside it that fills the field. */
function meanCondition(leaf: Leaf, beside: readonly Node[], { problems, sources }: Reading): void {
  const { path, is } = leaf.onlyIf as NonNullable<Leaf['onlyIf']>;
  const at = sources.get(leaf);
  const filler = fillingOf(beside).filled.find(({ path: filled }) => filled.join('.') === path.join('.'));
  if (at === undefined) return;
  if (filler === undefined || filler.given.kind !== 'text')
    return problems.notation(`"only if" names ${path.join('.')}, which no text beside it fills.`, at);
  const value: unknown = filler.given.as.read(is as string);
  if (value instanceof Problem)
    return problems.notation(`"only if" names the text "${is as string}" for ${path.join('.')}, which ${value.says}.`, at);
  (leaf.onlyIf as { is: unknown }).is = value;
}
