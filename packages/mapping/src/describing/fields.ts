import type { MessageField } from '@waybill/contract';
import { type AnyTextType, describe } from '@waybill/values';
import type { Group, Node, Occurs, Pick } from '../declaring/nodes.ts';
import { once, perhaps } from '../declaring/wire-name.ts';

/**
 * The documentation table of a message: every node in the order of the wire, paths from below the root. A group inside
 * itself is listed once.
 */
export function fieldsOf(root: Group): readonly MessageField[] {
  return inside(root, '', [root]);
}

/** What is not in a choice, not repeated and not loose. */
const plain = { loose: false, choice: false, repeats: false } as const;

interface Told {
  readonly name: string;
  readonly occurs: Occurs;
  readonly type: string;
  readonly about?: string | undefined;
}

/** Where the table has come to: the path, the groups around it, and whether there is a choice. */
interface At {
  readonly path: string;
  readonly open: readonly Group[];
  readonly loose: boolean;
  readonly choice: boolean;
  /** Set where neighbours come again and again, together. */
  readonly repeats: boolean;
}

function inside(group: Group, path: string, open: readonly Group[]): readonly MessageField[] {
  const at: At = { path, open, ...plain };
  return group.has.filter((node) => !('name' in node && node.name === '.')).flatMap((node) => fields(node, at));
}

function fields(node: Node, at: At): readonly MessageField[] {
  switch (node.kind) {
    case 'leaf':
    case 'same':
    case 'indexed':
      return [field({ ...node, type: leafType(node) }, at)];
    case 'constant':
      return [field({ ...node, type: `always ${node.value}` }, at)];
    case 'ignored':
      return [field({ ...node, type: node.as === undefined ? 'text' : describe(node.as.facets) }, at)];
    case 'mark':
      return [field({ ...node, type: 'empty' }, at)];
    case 'pick':
      return pick(node, at);
    case 'entries':
      return entries(node, at);
    case 'joined':
      return node.parts.flatMap((part) => field({ ...part, type: describe(part.as.facets) }, at));
    case 'group':
      return group(node, at);
    case 'like':
      return group(node.get(), at);
    case 'all':
      return node.has.flatMap((each) =>
        fields(each, { ...at, loose: at.loose || node.occurs.min === 0, repeats: at.repeats || node.occurs.max > 1 }),
      );
    case 'one of':
      return node.branches.flatMap(({ has }) => has.flatMap((each) => fields(each, { ...at, choice: true, loose: true })));
  }
}

function field({ name, occurs, type, about }: Told, { path, loose, choice, repeats }: At, ...notes: readonly string[]): MessageField {
  const least = loose ? 0 : occurs.min;
  const most = repeats ? Number.POSITIVE_INFINITY : occurs.max;
  const isAttribute = name.startsWith('@');
  const said = [about, choice ? 'one of several' : undefined, ...notes].filter((each) => each !== undefined);
  return {
    path: isAttribute ? `${path}${name}` : path === '' ? name : `${path}/${name}`,
    occurs: least === most ? String(least) : `${least}..${most === Number.POSITIVE_INFINITY ? 'n' : most}`,
    type,
    ...(said.length === 0 ? {} : { description: said.join('; ') }),
  };
}

function leafType(node: { readonly as: AnyTextType; readonly preset?: unknown }): string {
  const words = describe(node.as.facets);
  if (node.preset === undefined) return words;
  const written: unknown = node.as.write(node.preset);
  return `${words}; without it ${typeof written === 'string' ? written : ''}`;
}

function group(node: Group, at: At): readonly MessageField[] {
  const own = node.has.find((each) => each.kind === 'leaf' && each.name === '.');
  const hasChildren = node.has.some((each) => !('name' in each && /^[@.]/.test(each.name)));
  const type = own?.kind === 'leaf' ? describe(own.as.facets) : hasChildren ? 'elements' : 'empty';
  const repeats = at.open.includes(node);
  const here = field({ ...node, type }, at, ...(repeats ? ['nested, as above'] : []));
  return repeats ? [here] : [here, ...inside(node, here.path, [...at.open, node])];
}

function pick(node: Pick, at: At): readonly MessageField[] {
  const { alternatives, preset, by } = node;
  const types = [...new Set(alternatives.map(({ as }) => describe(as.facets)))];
  const here = field({ ...node, type: types.join(' or ') }, at);
  const words = alternatives.map(({ word }) => word).join(' | ');
  const type = preset === undefined ? words : `${words}; without it ${preset}`;
  return [here, field({ name: `@${by}`, occurs: preset === undefined ? once : perhaps, type }, { ...at, path: here.path, ...plain })];
}

function entries(node: Extract<Node, { kind: 'entries' }>, at: At): readonly MessageField[] {
  const { entry, as } = node;
  if (entry === undefined) return [field({ ...node, type: `elements of any name, each once: ${describe(as.facets)}` }, at)];
  const here = field({ ...node, type: 'elements' }, at);
  const below: At = { ...at, path: here.path, ...plain };
  const each = field({ name: entry.name, occurs: { min: 1, max: Number.POSITIVE_INFINITY }, type: describe(as.facets) }, below);
  return [here, each, field({ name: `@${entry.by}`, occurs: once, type: describe(entry.named.facets) }, { ...below, path: each.path })];
}
