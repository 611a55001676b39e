import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import type { Leaf, Node, Path } from '@waybill/mapping';
import { type AnyTextType, Problem } from '@waybill/values';
import { textTypeOf } from '../texts/text-types.ts';
import { type FieldSpec, fieldSpecOf, placeOf } from './field-spec.ts';
import { type Problems, under } from './problems.ts';
import type { NamedNode, Reading } from './reading.ts';

const keys = ['to', 'as', 'default', 'only if', 'example', 'max', 'about', 'evidence'];

/** `Name: field as type`. */
export function readText(node: NamedNode, value: ManifestNode, reading: Reading): Node | undefined {
  const { problems } = reading;
  const written = problems.text(value, `What ${node.written} means`);
  const spec = written === undefined ? undefined : fieldSpecOf(written, value, reading, node.width);
  return spec && leafOf(node, spec, problems);
}

/** `Name: { to: field, as: type, … }`; with several fields, the first occurrence is the first of them. */
export function readLeaf(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const { problems } = reading;
  problems.keys(value, node.written, keys);
  const as = typeIn(value, reading, node.width);
  const to = under(value, 'to') as ManifestNode;
  if (as === undefined) return undefined;
  if (to.kind === 'list') return indexed(node, to, { as, problems });
  const field = problems.text(to, 'The field of a node');
  const place = field === undefined ? undefined : placeOf(field, to, problems);
  const leaf = place && leafOf(node, { ...place, as }, problems);
  return leaf && { ...leaf, ...aboutOf(value, problems), ...leafOptions(node, value, as, reading) };
}

/** The type under `as`, with the example under `example`; plain text where none is named. */
export function typeIn(value: ObjectNode, reading: Reading, width?: number): AnyTextType | undefined {
  const { problems } = reading;
  const named = under(value, 'as');
  const given = under(value, 'example');
  const example = given && problems.text(given, 'An example');
  const written = named === undefined ? 'text' : problems.text(named, 'A type of text');
  return written === undefined ? undefined : textTypeOf(written, named ?? value, reading, { example, width });
}

function leafOf({ written, name, occurs, at }: NamedNode, { to, list, as }: FieldSpec, problems: Problems): Leaf | undefined {
  if (list && occurs.max === 1)
    return problems.notation(
      `"${to.join('.')}[]" keeps a list, and ${written} occurs once.`,
      at,
      `Write ${name}* or ${name}+, or leave out the [].`,
    );
  if (!list && occurs.max > 1)
    return problems.notation(
      `${written} may occur more than once, and its text has one place.`,
      at,
      `Write "${to.join('.')}[]" to keep a list of them.`,
    );
  return { kind: 'leaf', name, occurs, to, as };
}

function indexed(
  { written, name, occurs, at }: NamedNode,
  to: ManifestNode,
  { as, problems }: { readonly as: AnyTextType; readonly problems: Problems },
): Node | undefined {
  const paths = problems.texts(to, 'A field').flatMap((field): Path[] => {
    const place = placeOf(field, to, problems);
    return place === undefined ? [] : [place.to];
  });
  if (paths.length === 0) return undefined;
  if (/^[@.]/.test(name)) return problems.notation(`${written} cannot occur more than once.`, at);
  return { kind: 'indexed', name, occurs: { min: occurs.min, max: paths.length }, to: paths, as };
}

function leafOptions(node: NamedNode, value: ObjectNode, as: AnyTextType, reading: Reading): Partial<Leaf> {
  const { problems } = reading;
  const preset = presetIn(node, value, as, reading);
  const onlyIf = conditionIn(value, problems);
  const max = mostIn(node, value, problems);
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(onlyIf === undefined ? {} : { onlyIf }),
    ...(max === undefined ? {} : { occurs: { min: node.occurs.min, max } }),
  };
}

function presetIn({ name, written }: NamedNode, value: ObjectNode, as: AnyTextType, { problems, format }: Reading): unknown {
  const node = under(value, 'default');
  const given = node && problems.text(node, 'A default');
  if (node === undefined || given === undefined) return undefined;
  if (!format.hasDefault(name)) return problems.notation(`${written} is no attribute, and only attributes have a default.`, node);
  const read: unknown = as.read(given);
  return read instanceof Problem ? problems.notation(`The default "${given}" ${read.says}.`, node) : read;
}

function conditionIn(value: ObjectNode, problems: Problems): Leaf['onlyIf'] {
  const node = under(value, 'only if');
  if (node === undefined) return undefined;
  const [entry, another] = node.kind === 'object' ? [...node.entries.values()] : [];
  if (entry === undefined || another !== undefined)
    return problems.notation('"only if" names one field and its text.', node, 'For example: only if: { status: ERROR }.');
  const is = problems.text(entry.value, 'The text of a condition');
  const place = placeOf(entry.key, entry, problems);
  return place === undefined || is === undefined ? undefined : { path: place.to, is };
}

/** How often at most, where a node says so. */
export function mostIn({ occurs, written }: NamedNode, value: ObjectNode, problems: Problems, least = 2): number | undefined {
  const node = under(value, 'max');
  if (node === undefined) return undefined;
  if (occurs.max === 1) return problems.notation(`${written} occurs once, so that it has no "max".`, node);
  if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isSafeInteger(node.value) && node.value >= least)
    return node.value;
  return problems.notation(`"max" is a whole number above ${least - 1}.`, node);
}

export function aboutOf(value: ObjectNode, problems: Problems): { readonly about?: string; readonly evidence?: string } {
  const told = (key: 'about' | 'evidence'): object => {
    const node = under(value, key);
    const said = node && problems.text(node, `"${key}"`);
    return said === undefined ? {} : { [key]: said };
  };
  return { ...told('about'), ...told('evidence') };
}
