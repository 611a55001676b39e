import type { Step } from '../holding/slot.ts';
import type { Leaf, Node, Tree } from './nodes.ts';

export interface Placed<N = Node> {
  readonly node: N;
  /** The way to the object that the node lives in. */
  readonly before: readonly Step[];
}

/** What belongs to a group itself: its attributes and its own text. They may stand among neighbours that make one object. */
export function ownNodes(
  has: readonly Node[],
  before: readonly Step[],
): { readonly attributes: readonly Placed[]; readonly text: Placed<Leaf> | undefined; readonly tree: Placed<Tree> | undefined } {
  const own = placed(has, before);
  const text = own.find((each): each is Placed<Leaf> => isOwnText(each.node) && each.node.kind === 'leaf');
  const tree = own.find((each): each is Placed<Tree> => each.node.kind === 'tree');
  return { attributes: own.filter(({ node }) => isAttribute(node)), text, tree };
}

function placed(has: readonly Node[], before: readonly Step[]): readonly Placed[] {
  return has.flatMap((node): readonly Placed[] => {
    if (isAttribute(node) || isOwnText(node)) return [{ node, before }];
    if (node.kind !== 'all' || node.occurs.max > 1) return [];
    return placed(node.has, [...before, ...(node.into ?? []).map((key): Step => ({ key, list: false }))]);
  });
}

/** The nodes that are neither. */
export function innerNodes(has: readonly Node[]): readonly Node[] {
  return has.filter((node) => !isAttribute(node) && !isOwnText(node));
}

export function isAttribute(node: Node): boolean {
  return 'name' in node && node.name.startsWith('@');
}

function isOwnText(node: Node): boolean {
  return 'name' in node && node.name === '.';
}
