import type { MessageField } from '@waybill/contract';
import { type AnyTextType, describe } from '@waybill/values';
import type { All, Group, Leaf, Node, Occurs, Path, Pick } from '../declaring/nodes.ts';
import { innerNodes, ownNodes, type Placed } from '../declaring/own-nodes.ts';
import { once, perhaps } from '../declaring/wire-name.ts';

/**
 * The documentation table of a message: every node in the order of the wire, paths from below the root. A group inside
 * itself is listed once.
 */
export function fieldsOf(root: Group): readonly MessageField[] {
  return inside(root, { path: '', home: '', open: [root], ...plain });
}

/** What is not in a choice, not repeated and not loose. */
const plain = { loose: false, choice: false, repeats: false } as const;

interface Told {
  readonly name: string;
  readonly occurs: Occurs;
  readonly type: string;
  readonly about?: string | undefined;
  /** The places of its value, from the object in hand. */
  readonly to?: readonly Path[];
}

/** Where the table has come to: the path, the groups around it, and whether there is a choice. */
interface At {
  readonly path: string;
  readonly open: readonly Group[];
  readonly loose: boolean;
  readonly choice: boolean;
  /** The object that nodes live in, told from the root: '', or `items[].`. */
  readonly home: string;
  /** Set where neighbours come again and again, together. */
  readonly repeats: boolean;
}

function inside(group: Group, at: At): readonly MessageField[] {
  return group.has.filter((node) => !('name' in node && node.name === '.')).flatMap((node) => fields(node, at));
}

function fields(node: Node, at: At): readonly MessageField[] {
  switch (node.kind) {
    case 'leaf':
      return [field({ ...node, type: leafType(node), to: [node.to] }, at)];
    case 'same':
      return [field({ ...node, type: leafType(node), to: [node.path] }, { ...at, home: '' })];
    case 'indexed':
      return [field({ ...node, type: leafType(node), to: node.to }, at)];
    case 'constant':
      return [field({ ...node, type: `always ${node.value}` }, at)];
    case 'ignored':
      return [field({ ...node, type: node.as === undefined ? 'means nothing' : describe(node.as.facets) }, at)];
    case 'mark':
      return [field({ ...node, type: 'empty', to: [node.to] }, at)];
    case 'pick':
      return pick(node, at);
    case 'entries':
      return entries(node, at);
    case 'joined':
      return node.parts.flatMap((part) => field({ ...part, type: describe(part.as.facets), to: [node.to] }, at));
    case 'group':
      return group(node, at);
    case 'like':
      return group(node.get(), at);
    case 'all':
      return all(node, at);
    case 'one of':
      return node.branches.flatMap(({ has }) => has.flatMap((each) => fields(each, { ...at, choice: true, loose: true })));
  }
}

function all({ has, into, occurs }: All, at: At): readonly MessageField[] {
  const repeats = occurs.max > 1;
  const home = into === undefined ? at.home : homeOf(at, into, repeats);
  return has.flatMap((each) => fields(each, { ...at, home, loose: at.loose || occurs.min === 0, repeats: at.repeats || repeats }));
}

function homeOf({ home }: At, into: Path, repeats: boolean): string {
  return `${home}${into.join('.')}${repeats ? '[]' : ''}.`;
}

function field(
  { name, occurs, type, about, to = [] }: Told,
  { path, loose, choice, repeats, home }: At,
  ...notes: readonly string[]
): MessageField {
  const least = loose ? 0 : occurs.min;
  const most = repeats ? Number.POSITIVE_INFINITY : occurs.max;
  const isAttribute = name.startsWith('@');
  const said = [about, choice ? 'one of several' : undefined, ...notes].filter((each) => each !== undefined);
  const places = to.map((each) => `${home}${each.join('.')}${occurs.max > 1 && to.length === 1 ? '[]' : ''}`);
  return {
    path: isAttribute ? `${path}${name}` : path === '' ? name : `${path}/${name}`,
    occurs: least === most ? String(least) : `${least}..${most === Number.POSITIVE_INFINITY ? 'n' : most}`,
    type,
    ...(said.length === 0 ? {} : { description: said.join('; ') }),
    ...(places.length === 0 ? {} : { field: places.join(' or ') }),
  };
}

function leafType(node: { readonly as: AnyTextType; readonly preset?: unknown }): string {
  const words = describe(node.as.facets);
  if (node.preset === undefined) return words;
  const written: unknown = node.as.write(node.preset);
  return `${words}; without it ${typeof written === 'string' ? written : ''}`;
}

function group(node: Group, at: At): readonly MessageField[] {
  const home = node.into === undefined ? at.home : homeOf(at, node.into, node.occurs.max > 1);
  const own = ownNodes(node.has, []).text;
  const type = own !== undefined ? describe(own.node.as.facets) : innerNodes(node.has).length > 0 ? 'elements' : 'empty';
  const repeats = at.open.includes(node);
  const notes = repeats ? ['nested, as above'] : [];
  const here = { ...field({ ...node, type }, at, ...notes), ...placeOf(node, own, home) };
  return repeats ? [here] : [here, ...inside(node, { path: here.path, home, open: [...at.open, node], ...plain })];
}

/** Where the text of a group is, or the object that it is. */
function placeOf({ into }: Group, own: Placed<Leaf> | undefined, home: string): { readonly field?: string } {
  if (own !== undefined) return { field: home + [...own.before.map(({ key }) => key), ...own.node.to].join('.') };
  return into === undefined ? {} : { field: home.slice(0, -1) };
}

function pick(node: Pick, at: At): readonly MessageField[] {
  const { alternatives, preset, by } = node;
  const types = [...new Set(alternatives.map(({ as }) => describe(as.facets)))];
  const here = field({ ...node, type: types.join(' or '), to: alternatives.map(({ to }) => to) }, at);
  const words = alternatives.map(({ word }) => word).join(' | ');
  const type = preset === undefined ? words : `${words}; without it ${preset}`;
  return [here, field({ name: `@${by}`, occurs: preset === undefined ? once : perhaps, type }, { ...at, path: here.path, ...plain })];
}

function entries(node: Extract<Node, { kind: 'entries' }>, at: At): readonly MessageField[] {
  const { entry, as } = node;
  if (entry === undefined) return [field({ ...node, type: `elements of any name, each once: ${describe(as.facets)}`, to: [node.to] }, at)];
  const here = field({ ...node, type: 'elements', to: [node.to] }, at);
  const below: At = { ...at, path: here.path, ...plain };
  const each = field({ name: entry.name, occurs: { min: 1, max: Number.POSITIVE_INFINITY }, type: describe(as.facets) }, below);
  const inEach: At = { ...below, path: each.path };
  const type = describe(entry.named.facets);
  if (entry.text === undefined) return [here, each, field({ name: `@${entry.by}`, occurs: once, type }, inEach)];
  const texts = [field({ name: entry.by, occurs: once, type }, inEach), field({ name: entry.text, occurs: once, type: each.type }, inEach)];
  return [here, { ...each, type: 'elements' }, ...texts];
}
