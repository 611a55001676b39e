import type { EntryNode, ManifestNode, ObjectNode } from '@waybill/manifest';
import type { Group, Node, Path } from '@waybill/mapping';
import { placeOf } from './field-spec.ts';
import { needsIn, readLeast } from './group-rules.ts';
import { aboutOf, mostIn } from './leaves.ts';
import { under } from './problems.ts';
import type { NamedNode, OpenGroup, Reading } from './reading.ts';

export type ReadNodes = (node: ManifestNode, reading: Reading) => readonly Node[];

/** `Name: [nodes]`, `Name: { has: [nodes] }`, `Name: { into: totals, has: [nodes] }`, `Name*: { into: "items[]", has: [nodes] }`. */
export function readGroup(node: NamedNode, value: ObjectNode | undefined, reading: Reading, readNodes: ReadNodes): Group | undefined {
  const { problems } = reading;
  const { name, written, at, occurs } = node;
  if (/^[@.]/.test(name)) return problems.notation(`${written} has a text, and no nodes in it.`, at);
  if (value !== undefined) problems.keys(value, written, ['into', 'has', 'max', 'needs one of', 'least', 'about', 'evidence']);
  const into = value && intoIn(value, reading);
  if (occurs.max > 1 && !into?.list)
    return problems.notation(
      `${written} may occur more than once, and nothing says where the occurrences go.`,
      at,
      `Write into: "items[]" for a list of objects.`,
    );
  if (occurs.max === 1 && into?.list)
    return problems.notation(`"${into.to.join('.')}[]" is a list, and ${written} occurs once.`, at, `Write ${name}* or ${name}+.`);
  const open: OpenGroup = { name, occurs, hasObject: into !== undefined, group: undefined };
  const inner = value === undefined ? node.value : under(value, 'has');
  if (inner === undefined) return problems.notation(`${written} has no nodes.`, at, 'Write them as a list under "has".');
  const has = readNodes(inner, { ...reading, open: [...reading.open, open] });
  // In records the layout says how often a segment stands there: a list can have one entry at most.
  const isSegment = has.some((each) => reading.widths.fields.has(each));
  const max = value && mostIn(node, value, problems, isSegment ? 1 : 2);
  const check = value && needsIn(value, { written, has, hasObject: into !== undefined }, problems);
  const group: Group = {
    kind: 'group',
    name,
    occurs: max === undefined || max === 1 ? occurs : { min: occurs.min, max },
    has,
    into: into?.to,
    ...(check && { check }),
    ...(value && aboutOf(value, problems)),
  };
  if (max === 1) reading.widths.single.add(group);
  if (value !== undefined) readLeast(value, group, node, reading);
  open.group = group;
  return group;
}

/** The place under `into`. */
export function intoIn(value: ObjectNode, { problems }: Reading): { readonly to: Path; readonly list: boolean } | undefined {
  const node = under(value, 'into');
  const field = node && problems.text(node, '"into"');
  return node === undefined || field === undefined ? undefined : placeOf(field, node, problems);
}

/** `like: Component`, inside Component: the same again, to any depth. */
export function readLike({ value, spot }: EntryNode, { problems, open }: Reading): readonly Node[] {
  const name = problems.text(value, '"like"');
  const outer = open.findLast((each) => each.name === name);
  if (name === undefined) return [];
  if (outer === undefined) {
    problems.notation(`"like" names ${name}, and no group of this name is around it.`, value);
    return [];
  }
  if (outer.occurs.min > 0 || !outer.hasObject) {
    problems.notation(
      `${name} cannot be inside itself: it has to be optional, and to have an object of its own.`,
      { spot },
      `Write ${name}? or ${name}* with "into".`,
    );
    return [];
  }
  return [{ kind: 'like', get: () => outer.group as Group }];
}
