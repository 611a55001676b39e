import { type AnyTextType, describe } from '@waybill/values';
import type { All, Group, Leaf, Node, Occurs, Path, Pick } from '../declaring/nodes.ts';
import { innerNodes, ownNodes, type Placed } from '../declaring/own-nodes.ts';
import { once, perhaps } from '../declaring/wire-name.ts';
import { type DescribedField, type FieldContent, textOf } from './content.ts';

/**
 * The documentation table of a message: every node in the order of the wire, paths from below the root. A group inside
 * itself is listed once.
 */
export function fieldsOf(root: Group): readonly DescribedField[] {
  return inside(root, { path: '', home: '', open: [root], unplaced: false, ...plain });
}

/** What is not in a choice, not repeated and not loose. */
const plain = { loose: false, choice: false, repeats: false } as const;

interface Told {
  readonly name: string;
  readonly occurs: Occurs;
  readonly type: string;
  readonly holds: FieldContent;
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
  /** True: what is here is made into another value further up, so that it has no place of its own. */
  readonly unplaced: boolean;
}

function inside(group: Group, at: At): readonly DescribedField[] {
  return group.has.filter((node) => !('name' in node && node.name === '.')).flatMap((node) => fields(node, at));
}

function fields(node: Node, at: At): readonly DescribedField[] {
  switch (node.kind) {
    case 'leaf':
      return [field({ ...node, type: leafType(node), holds: textOf(node.as), to: [node.to] }, at)];
    case 'same':
      return [field({ ...node, type: leafType(node), holds: textOf(node.as), to: [node.path] }, { ...at, home: '' })];
    case 'indexed':
      return [field({ ...node, type: leafType(node), holds: textOf(node.as), to: node.to }, at)];
    case 'constant':
      return [field({ ...node, type: `always ${node.value}`, holds: { kind: 'fixed', text: node.value } }, at)];
    case 'ignored':
      return [field({ ...node, ...ignoredText(node.as) }, at)];
    case 'mark':
      return [field({ ...node, type: 'empty', holds: { kind: 'nothing' }, to: [node.to] }, at)];
    case 'pick':
      return pick(node, at);
    case 'entries':
      return entries(node, at);
    case 'joined':
      return node.parts.flatMap((part) => field({ ...part, type: describe(part.as.facets), holds: textOf(part.as), to: [node.to] }, at));
    case 'tree':
      return [];
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

function all({ has, into, occurs }: All, at: At): readonly DescribedField[] {
  const repeats = occurs.max > 1;
  const home = into === undefined ? at.home : homeOf(at, into, repeats);
  return has.flatMap((each) => fields(each, { ...at, home, loose: at.loose || occurs.min === 0, repeats: at.repeats || repeats }));
}

function homeOf({ home }: At, into: Path, repeats: boolean): string {
  return `${home}${into.join('.')}${repeats ? '[]' : ''}.`;
}

function field(
  { name, occurs, type, holds, about, to = [] }: Told,
  { path, loose, choice, repeats, home, unplaced }: At,
  ...notes: readonly string[]
): DescribedField {
  const least = loose ? 0 : occurs.min;
  const most = repeats ? Number.POSITIVE_INFINITY : occurs.max;
  const isAttribute = name.startsWith('@');
  const said = [about, choice ? 'one of several' : undefined, ...notes].filter((each) => each !== undefined);
  const places = (unplaced ? [] : to).map((each) => `${home}${each.join('.')}${occurs.max > 1 && to.length === 1 ? '[]' : ''}`);
  return {
    path: isAttribute ? `${path}${name}` : path === '' ? name : `${path}/${name}`,
    occurs: least === most ? String(least) : `${least}..${most === Number.POSITIVE_INFINITY ? 'n' : most}`,
    type,
    ...(said.length === 0 ? {} : { description: said.join('; ') }),
    ...(places.length === 0 ? {} : { field: places.join(' or ') }),
    holds,
    ...(choice || repeats ? { free: true } : {}),
  };
}

function ignoredText(as: AnyTextType | undefined): { readonly type: string; readonly holds: FieldContent } {
  return as === undefined ? { type: 'means nothing', holds: textOf() } : { type: describe(as.facets), holds: textOf(as) };
}

function leafType(node: { readonly as: AnyTextType; readonly preset?: unknown }): string {
  const words = describe(node.as.facets);
  if (node.preset === undefined) return words;
  const written: unknown = node.as.write(node.preset);
  return `${words}; without it ${typeof written === 'string' ? written : ''}`;
}

function group(node: Group, at: At): readonly DescribedField[] {
  const home = node.into === undefined ? at.home : homeOf(at, node.into, node.occurs.max > 1);
  const own = ownNodes(node.has, []).text;
  const type = typeOfGroup(node, own);
  const repeats = at.open.includes(node);
  const notes = repeats ? ['nested, as above'] : [];
  const unplaced = at.unplaced || node.converts !== undefined;
  const place = at.unplaced ? {} : placeOf(node, unplaced ? undefined : own, home);
  const here = { ...field({ ...node, type, holds: contentOf(node, own) }, at, ...notes), ...place };
  return repeats ? [here] : [here, ...inside(node, { path: here.path, home, open: [...at.open, node], unplaced, ...plain })];
}

function typeOfGroup({ has }: Group, own: Placed<Leaf> | undefined): string {
  if (has.some(({ kind }) => kind === 'tree')) return 'text, or elements of any name';
  const inner = innerNodes(has).length > 0;
  if (own === undefined) return inner ? 'elements' : 'empty';
  return inner ? `${describe(own.node.as.facets)}, and elements` : describe(own.node.as.facets);
}

function contentOf({ has }: Group, own: Placed<Leaf> | undefined): FieldContent {
  if (has.some(({ kind }) => kind === 'tree')) return { kind: 'any names' };
  if (own !== undefined) return textOf(own.node.as);
  if (has.some((node) => node.kind === 'ignored' && node.name === '.')) return textOf();
  return { kind: innerNodes(has).length > 0 ? 'fields' : 'nothing' };
}

/** Where the text of a group is, or the object that it is. */
function placeOf({ into }: Group, own: Placed<Leaf> | undefined, home: string): { readonly field?: string } {
  if (own !== undefined) return { field: home + [...own.before.map(({ key }) => key), ...own.node.to].join('.') };
  return into === undefined ? {} : { field: home.slice(0, -1) };
}

function pick(node: Pick, at: At): readonly DescribedField[] {
  const { alternatives, preset, by } = node;
  const types = [...new Set(alternatives.map(({ as }) => describe(as.facets)))];
  const rules = alternatives.map(({ word, as: { facets } }) => ({ facets, beside: { attribute: by, is: word, preset: word === preset } }));
  const here = field({ ...node, type: types.join(' or '), holds: { kind: 'text', rules }, to: alternatives.map(({ to }) => to) }, at);
  const words = alternatives.map(({ word }) => word).join(' | ');
  const type = preset === undefined ? words : `${words}; without it ${preset}`;
  const named: FieldContent = { kind: 'text', rules: [{ facets: { kind: 'words', words: alternatives.map(({ word }) => word) } }] };
  const attribute = { name: `@${by}`, occurs: preset === undefined ? once : perhaps, type, holds: named };
  return [here, field(attribute, { ...at, path: here.path, ...plain })];
}

function entries(node: Extract<Node, { kind: 'entries' }>, at: At): readonly DescribedField[] {
  const { entry, as } = node;
  const type = entry === undefined ? `elements of any name, each once: ${describe(as.facets)}` : 'elements';
  const here = field({ ...node, type, holds: { kind: entry === undefined ? 'any names' : 'fields' }, to: [node.to] }, at);
  if (entry === undefined) return [here];
  const below: At = { ...at, path: here.path, ...plain };
  const text = { type: describe(as.facets), holds: textOf(as) };
  const named = { occurs: once, type: describe(entry.named.facets), holds: textOf(entry.named) };
  const each = field({ name: entry.name, occurs: { min: 1, max: Number.POSITIVE_INFINITY }, ...text }, below);
  const inEach: At = { ...below, path: each.path };
  if (entry.text === undefined) return [here, each, field({ ...named, name: `@${entry.by}` }, inEach)];
  const texts = [field({ ...named, name: entry.by }, inEach), field({ name: entry.text, occurs: once, ...text }, inEach)];
  return [here, { ...each, type: 'elements', holds: { kind: 'fields' } }, ...texts];
}
