import { type FieldNode, type GroupNode, type Node, sizeOf } from './nodes.ts';

/**
 * The field of a name that stands before, in the group itself or in one around it, the nearest first; `A/B` is B in the group A.
 * Otherwise why there is none, as a clause that continues "depends on X, …".
 */
export function findBefore(name: string, scopes: readonly (readonly Node[])[]): FieldNode | string {
  const steps = name.split('/');
  for (const nodes of scopes.toReversed()) {
    const exact = nodes.flatMap((node) => standing(node, steps));
    const found = exact.length > 0 ? exact : nodes.flatMap((node) => matching(node, steps));
    if (found.length > 1) return 'of which there are several; name the group as well, as GROUP/FIELD';
    if (found[0] !== undefined) return found[0].times === undefined ? found[0] : 'which occurs several times';
  }
  return 'which does not stand before it';
}

/** The field that stands at exactly this path. */
function standing(node: Node, [first, ...rest]: readonly string[]): readonly FieldNode[] {
  if (node.kind === 'field') return node.item.name === first && rest.length === 0 ? [node] : [];
  if (node.kind !== 'group' || node.times !== undefined || node.item.name !== first) return [];
  return node.nodes.flatMap((each) => standing(each, rest));
}

/** Fields of the name in a node. What is repeated, or is there only sometimes, is not looked into. */
function matching(node: Node, steps: readonly string[]): readonly FieldNode[] {
  const [first, ...rest] = steps;
  if (node.kind === 'field') return node.item.name === first && rest.length === 0 ? [node] : [];
  if (node.kind !== 'group' || node.times !== undefined) return [];
  const below = node.nodes.flatMap((each) => matching(each, steps));
  if (node.item.name !== first || rest.length === 0) return below;
  return [...below, ...node.nodes.flatMap((each) => matching(each, rest))];
}

interface Inside {
  /** One of them, by which all are read. */
  readonly node: FieldNode;
  readonly all: readonly FieldNode[];
  readonly offset: number;
}

/** The field of a name that stands at the same place in every alternative that has it. */
export function findInside(name: string, alternatives: readonly (FieldNode | GroupNode)[]): Inside | string {
  const found = alternatives.flatMap((each) => {
    const nodes = matching(each, name.split('/')).filter(({ times }) => times === undefined);
    return nodes.map((node) => ({ node, offset: offsetOf(node, each) }));
  });
  const [first] = found;
  if (first === undefined) return 'which stands neither before it nor in an alternative';
  const isSame = found.every(({ node, offset }) => offset === first.offset && node.form.width === first.node.form.width);
  if (!isSame || first.offset === undefined) return 'which does not stand at the same place in all alternatives';
  return { node: first.node, all: found.map(({ node }) => node), offset: first.offset };
}

/** How many units stand before a field in a node; undefined: it is not in it, or that depends on the record. */
function offsetOf(field: FieldNode, node: Node): number | undefined {
  if (node === field) return 0;
  if (node.kind !== 'group') return undefined;
  let before = 0;
  for (const each of node.nodes) {
    const within = offsetOf(field, each);
    if (within !== undefined) return before + within;
    const size = sizeOf(each);
    if (size === undefined) return undefined;
    before += size;
  }
  return undefined;
}
