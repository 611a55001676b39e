import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import { follow, type Group, type Leaf, type Node } from '@waybill/mapping';
import { type Problems, under } from './problems.ts';
import type { NamedNode, Reading } from './reading.ts';

interface Ruled {
  readonly written: string;
  readonly has: readonly Node[];
  readonly hasObject: boolean;
}

/** `needs one of: [OfferId, Sku]`: at least one of these nodes of the object is there. */
export function needsIn(value: ObjectNode, { written, has, hasObject }: Ruled, problems: Problems): Group['check'] {
  const node = under(value, 'needs one of');
  if (node === undefined) return undefined;
  if (!hasObject)
    return problems.notation(`${written} has no object of its own whose fields could be needed.`, node, 'Say where it goes with "into".');
  if (node.kind !== 'list') return problems.notation('"needs one of" is a list of the names of nodes.', node);
  const names = problems.texts(node, 'The name of a node');
  const leaves = names.flatMap((name) => has.find((each): each is Leaf => each.kind === 'leaf' && each.name === name) ?? []);
  const strange = names.find((name) => !leaves.some((leaf) => leaf.name === name));
  if (strange !== undefined) return problems.notation(`"needs one of" names ${strange}, which is no text of ${written}.`, node);
  const always = leaves.find(({ occurs }) => occurs.min > 0);
  if (always !== undefined) return problems.notation(`${always.name} is always there, so that nothing else is needed.`, node);
  const [first, ...others] = leaves;
  if (first === undefined || others.length === 0) return problems.notation('"needs one of" names at least two nodes.', node);
  const says = `is absent, and so ${others.length === 1 ? 'is' : 'are'} ${others.map(({ name }) => name).join(' and ')}`;
  return (object) =>
    leaves.every(({ to }) => follow(object, to) === undefined) ? { says, at: first.name, hint: 'One of them has to be there.' } : undefined;
}

/** `least: Quantity`: a segment may end behind this field, or behind any later one. */
export function readLeast(value: ObjectNode, group: Group, { written }: NamedNode, { problems, widths }: Reading): void {
  const node: ManifestNode | undefined = under(value, 'least');
  const name = node && problems.text(node, '"least"');
  if (node === undefined || name === undefined) return;
  const field = fieldNamed(name, group.has);
  if (field !== undefined && widths.fields.has(field)) widths.least.set(group, name);
  else problems.notation(`"least" names ${name}, which is no field of a record in ${written}.`, node);
}

function fieldNamed(name: string, nodes: readonly Node[]): Node | undefined {
  for (const node of nodes) {
    const found = node.kind === 'all' ? fieldNamed(name, node.has) : 'name' in node && node.name === name ? node : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
