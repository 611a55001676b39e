import type { AnyTextType } from '@waybill/values';
import type { All, Group, Node, OneOf, Path } from '../declaring/nodes.ts';

/** What a node gives a field. */
export type Given =
  | { readonly kind: 'text'; readonly as: AnyTextType; readonly list: boolean }
  | { readonly kind: 'true' }
  | { readonly kind: 'record' }
  /** A value that a function makes. */
  | { readonly kind: 'made' }
  /** A value of any shape that a function makes. */
  | { readonly kind: 'converted' }
  /** Elements of which nothing is known. */
  | { readonly kind: 'tree' }
  /** A value that is always the same. */
  | { readonly kind: 'fixed'; readonly is: unknown }
  /** An object of its own, or a list of them. */
  | { readonly kind: 'object'; readonly has: readonly Node[]; readonly list: boolean };

/** A field that a node fills, by its path from the object in hand. */
export interface Filled {
  readonly path: Path;
  readonly node: Node | undefined;
  readonly given: Given;
  /** True: it is filled whenever the object is there. */
  readonly sure: boolean;
  /** True: the message cannot be written without it. */
  readonly needed: boolean;
}

/** An object without a node of its own, which is there when one of the nodes is. */
export interface Loose {
  readonly path: Path;
  readonly filled: readonly Filled[];
  readonly node: Node;
}

export interface Filling {
  readonly filled: readonly Filled[];
  readonly loose: readonly Loose[];
  /** Pairs that exclude each other are not among these. */
  readonly twice: readonly (readonly [Filled, Filled])[];
}

const nothing: Filling = { filled: [], loose: [], twice: [] };

/** The fields of one object that nodes fill. */
export function fillingOf(nodes: readonly Node[], before: Path = []): Filling {
  return nodes.map((node) => ofNode(node, before)).reduce(beside, nothing);
}

function ofNode(node: Node, before: Path): Filling {
  switch (node.kind) {
    case 'leaf': {
      const sure = node.onlyIf === undefined && (node.occurs.min > 0 || node.preset !== undefined);
      const needed = node.occurs.min > 0 && node.preset === undefined;
      return one({ path: [...before, ...node.to], node, given: { kind: 'text', as: node.as, list: node.occurs.max > 1 }, sure, needed });
    }
    case 'indexed':
      return node.to
        .map((to, index) => {
          const sure = index === 0 && node.occurs.min > 0;
          return one({ path: [...before, ...to], node, given: { kind: 'text', as: node.as, list: false }, sure, needed: sure });
        })
        .reduce(beside, nothing);
    case 'mark':
      return one({ path: [...before, ...node.to], node, given: { kind: 'true' }, sure: node.occurs.min > 0, needed: node.occurs.min > 0 });
    case 'entries':
      return one({ path: [...before, ...node.to], node, given: { kind: 'record' }, sure: node.occurs.min > 0, needed: false });
    case 'tree':
      return [
        one({ path: [...before, ...node.text], node, given: { kind: 'made' }, sure: true, needed: false }),
        one({ path: [...before, ...node.to], node, given: { kind: 'tree' }, sure: false, needed: false }),
      ].reduce(beside, nothing);
    case 'joined': {
      const sure = node.parts.some(({ occurs }) => occurs.min > 0);
      return one({ path: [...before, ...node.to], node, given: { kind: 'made' }, sure, needed: sure });
    }
    case 'pick': {
      const alone = node.alternatives.length === 1 && node.occurs.min > 0;
      return node.alternatives
        .map(({ to, as }) => one({ path: [...before, ...to], node, given: { kind: 'text', as, list: false }, sure: alone, needed: alone }))
        .reduce(beside, nothing);
    }
    case 'group':
      return ofGroup(node, before, node);
    case 'like':
      return ofGroup(node.get(), before, node);
    case 'all':
      return ofAll(node, before);
    case 'one of':
      return ofChoice(node, before);
    case 'constant':
    case 'ignored':
    case 'same':
      return nothing;
  }
}

function ofGroup(group: Group, before: Path, node: Node): Filling {
  const sure = group.occurs.min > 0;
  if (group.into === undefined) return sure ? fillingOf(group.has, before) : unsure(fillingOf(group.has, before));
  const list = group.occurs.max > 1;
  const given: Given = group.converts === undefined ? { kind: 'object', has: group.has, list } : { kind: 'converted' };
  return one({ path: [...before, ...group.into], node, given, sure, needed: sure });
}

function ofAll(node: All, before: Path): Filling {
  const path = [...before, ...(node.into ?? [])];
  if (node.occurs.max > 1) return one({ path, node, given: { kind: 'object', has: node.has, list: true }, sure: false, needed: false });
  const inner = fillingOf(node.has, path);
  if (node.occurs.min > 0) return inner;
  const loose = node.into === undefined ? inner.loose : [...inner.loose, { path, filled: inner.filled, node }];
  return { ...unsure(inner), loose };
}

/** What every branch fills is filled. Branches exclude each other. */
function ofChoice({ branches, occurs }: OneOf, before: Path): Filling {
  const each = branches.map(({ has }) => fillingOf(has, before));
  const inAll = ({ path }: Filled): boolean =>
    occurs.min > 0 && each.every(({ filled }) => filled.some((other) => other.sure && isSame(other.path, path)));
  return {
    filled: each.flatMap(({ filled }) => filled.map((one) => ({ ...one, sure: inAll(one), needed: false }))),
    loose: each.flatMap(({ loose }) => loose),
    twice: each.flatMap(({ twice }) => twice),
  };
}

function one(filled: Filled): Filling {
  return { ...nothing, filled: [filled] };
}

function unsure(filling: Filling): Filling {
  return { ...filling, filled: filling.filled.map((each) => ({ ...each, sure: false, needed: false })) };
}

/** Both are there. What one of them fills, the other may not: nor may it make an object anew that the other fills a part of. */
function beside(a: Filling, b: Filling): Filling {
  const twice = b.filled.flatMap((late) => {
    const early = a.filled.find((each) => contradict(each, late));
    return early === undefined ? [] : [[early, late] as const];
  });
  return { filled: [...a.filled, ...b.filled], loose: [...a.loose, ...b.loose], twice: [...a.twice, ...b.twice, ...twice] };
}

function contradict(a: Filled, b: Filled): boolean {
  const [outer, inner] = a.path.length <= b.path.length ? [a.path, b.path] : [b.path, a.path];
  return outer.every((step, index) => inner[index] === step);
}

export function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
