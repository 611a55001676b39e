import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import type { Alternative, Node } from '@waybill/mapping';
import { text as textOf } from '@waybill/values';
import { fieldSpecOf, placeOf } from './field-spec.ts';
import { aboutOf, typeIn } from './leaves.ts';
import { under } from './problems.ts';
import type { NamedNode, Reading } from './reading.ts';

type ReadNode = (node: NamedNode, value: ObjectNode, reading: Reading) => Node | undefined;

/** The forms that are told by a key of their own. */
const forms: readonly (readonly [key: string, read: ReadNode])[] = [
  ['value', constant],
  ['ignored', ignored],
  ['mark', mark],
  ['same as', same],
  ['pick', pick],
  ['user data', userData],
  ['entries', entries],
];

/** Reads a node that is neither a leaf nor a group. */
export function readSpecial(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const form = forms.find(([key]) => value.entries.has(key));
  if (form !== undefined) {
    const made = form[1](node, value, reading);
    return made && { ...made, ...aboutOf(value, reading.problems) };
  }
  const hint = `A node has one of the keys to, has, into, ${forms.map(([key]) => key).join(', ')}.`;
  return reading.problems.notation(`${node.written} does not say what it means.`, node.at, hint);
}

function constant(node: NamedNode, value: ObjectNode, { problems }: Reading): Node | undefined {
  problems.keys(value, node.written, ['value', 'about', 'evidence']);
  const given = problems.text(under(value, 'value') as ManifestNode, 'The value of a constant');
  const { name, occurs } = node;
  return given === undefined || !once(node, problems) ? undefined : { kind: 'constant', name, occurs, value: given };
}

function ignored(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const { problems } = reading;
  problems.keys(value, node.written, ['ignored', 'as', 'example', 'default', 'about', 'evidence']);
  const given = under(value, 'ignored') as ManifestNode;
  const isTrue = given.kind === 'scalar' && given.value === true;
  const writes = isTrue ? '' : problems.text(given, 'What is written for what is ignored (or `true` for nothing)');
  const as = value.entries.has('as') ? typeIn(value, reading, node.width) : undefined;
  const otherwise = under(value, 'default');
  const preset = otherwise && problems.text(otherwise, 'A default');
  const { name, occurs } = node;
  return writes === undefined || !once(node, problems) ? undefined : { kind: 'ignored', name, occurs, writes, as, preset };
}

function mark(node: NamedNode, value: ObjectNode, { problems }: Reading): Node | undefined {
  problems.keys(value, node.written, ['mark', 'about', 'evidence']);
  const to = placeIn(value, 'mark', problems);
  const { name, occurs, written, at } = node;
  if (/^[@.]/.test(name)) return problems.notation(`${written} is no element, and only those are marks.`, at);
  return to === undefined || !once(node, problems) ? undefined : { kind: 'mark', name, occurs, to };
}

function same(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const { problems, base } = reading;
  problems.keys(value, node.written, ['same as', 'as', 'example', 'about', 'evidence']);
  const to = placeIn(value, 'same as', problems);
  const as = typeIn(value, reading, node.width);
  const { name, occurs } = node;
  return to === undefined || as === undefined || !once(node, problems)
    ? undefined
    : { kind: 'same', name, occurs, path: [...base, ...to], as };
}

function pick(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const { problems } = reading;
  problems.keys(value, node.written, ['pick', 'by', 'default', 'spills', 'about', 'evidence']);
  const places = problems.object(under(value, 'pick') as ManifestNode, '"pick"');
  const by = under(value, 'by');
  const named = by && problems.text(by, 'The attribute that tells which place is meant');
  if (by === undefined) return problems.notation('"pick" needs "by": the attribute that tells which place is meant.', node.at);
  if (places === undefined || named === undefined) return undefined;
  if (!/^@[^@.]+$/.test(named))
    return problems.notation(`"${named}" is no attribute.`, by, 'Write its name with @ before it, in quotes: "@type".');
  const alternatives = [...places.entries.values()].flatMap(({ key: word, value: place }): Alternative[] => {
    const written = problems.text(place, `The place for ${word}`);
    const spec = written === undefined ? undefined : fieldSpecOf(written, place, reading);
    return spec === undefined ? [] : [{ word, to: spec.to, as: spec.as }];
  });
  if (alternatives.length === 0) return problems.notation('"pick" names no place.', places);
  const preset = presetIn(value, alternatives, problems);
  const { name, occurs } = node;
  const spills = flagIn(value, 'spills', problems);
  return {
    kind: 'pick',
    name,
    occurs: { min: occurs.min, max: Math.min(occurs.max, alternatives.length) },
    by: named.slice(1),
    alternatives,
    preset,
    spills,
  };
}

function presetIn(value: ObjectNode, alternatives: readonly Alternative[], problems: Reading['problems']): string | undefined {
  const node = under(value, 'default');
  const word = node && problems.text(node, 'A default');
  if (node === undefined || word === undefined || alternatives.some((each) => each.word === word)) return word;
  return problems.notation(`The default "${word}" is none of ${alternatives.map((each) => each.word).join(', ')}.`, node);
}

function userData(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const { problems } = reading;
  if (value.entries.has('length') || value.entries.has('text')) return userDataFields(node, value, reading);
  problems.keys(value, node.written, ['user data', 'entry', 'named by', 'as', 'example', 'about', 'evidence']);
  const to = placeIn(value, 'user data', problems);
  const as = typeIn(value, reading);
  const textIn = (key: string, otherwise: string): string | undefined => {
    const given = under(value, key);
    return given === undefined ? otherwise : problems.text(given, `"${key}"`);
  };
  const name = textIn('entry', 'UserDataField');
  const by = textIn('named by', '@name');
  if (to === undefined || as === undefined || name === undefined || by === undefined || !once(node, problems)) return undefined;
  if (!by.startsWith('@'))
    return problems.notation(`"${by}" is no attribute.`, node.at, 'Write its name with @ before it, in quotes: "@name".');
  const entry = { name, by: by.slice(1), named: textOf({ min: 1, example: 'salesChannel' }) };
  return { kind: 'entries', name: node.name, occurs: node.occurs, to, as, entry };
}

/** In records an entry is a segment: a field with its name, one with the length of its text, and the text itself. */
function userDataFields(node: NamedNode, value: ObjectNode, { problems, format, widths }: Reading): Node | undefined {
  problems.keys(value, node.written, ['user data', 'entry', 'named by', 'length', 'text', 'about', 'evidence']);
  const to = placeIn(value, 'user data', problems);
  const field = (key: string): { readonly name: string; readonly width: number } | undefined => {
    const given = under(value, key);
    const written = given && problems.text(given, `"${key}"`);
    const named = written === undefined ? undefined : format.nameOf(written);
    if (named !== undefined && 'name' in named && named.width !== undefined) return { name: named.name, width: named.width };
    return problems.notation(`${node.written} needs "${key}": a field and its width, such as "NC_FieldName 8".`, given ?? node.at);
  };
  const [by, length, text] = [field('named by'), field('length'), field('text')];
  const name = under(value, 'entry');
  const entry = name && problems.text(name, '"entry"');
  if (to === undefined || by === undefined || length === undefined || text === undefined || !once(node, problems)) return undefined;
  if (entry === undefined) return problems.notation(`${node.written} needs "entry": the tag of an entry.`, node.at);
  const named = textOf({ min: 1, max: by.width, trim: true, example: 'CHANNEL' });
  const fields = { name: entry, by: by.name, named, text: text.name };
  widths.entries.set(fields, { by: by.width, length, text: text.width });
  return { kind: 'entries', name: node.name, occurs: node.occurs, to, as: textOf({ max: text.width, example: 'web' }), entry: fields };
}

function entries(node: NamedNode, value: ObjectNode, reading: Reading): Node | undefined {
  const { problems } = reading;
  problems.keys(value, node.written, ['entries', 'as', 'example', 'about', 'evidence']);
  const to = placeIn(value, 'entries', problems);
  const as = typeIn(value, reading);
  const { name, occurs } = node;
  return to === undefined || as === undefined || !once(node, problems)
    ? undefined
    : { kind: 'entries', name, occurs, to, as, entry: undefined };
}

function placeIn(value: ObjectNode, key: string, problems: Reading['problems']): readonly string[] | undefined {
  const node = under(value, key) as ManifestNode;
  const field = problems.text(node, `The field of "${key}"`);
  return field === undefined ? undefined : placeOf(field, node, problems)?.to;
}

function flagIn(value: ObjectNode, key: string, problems: Reading['problems']): boolean {
  const node = under(value, key);
  if (node === undefined) return false;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  problems.notation(`"${key}" is true or false.`, node);
  return false;
}

function once({ occurs, written, at }: NamedNode, problems: Reading['problems']): boolean {
  if (occurs.max === 1) return true;
  problems.notation(`${written} may occur more than once, and what it means has one place.`, at);
  return false;
}
