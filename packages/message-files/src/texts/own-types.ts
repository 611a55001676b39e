import type { EntryNode, ObjectNode } from '@waybill/manifest';
import { flag, matching, oneOf, Problem, patternOf } from '@waybill/values';
import { type Problems, under } from '../notation/problems.ts';
import { type NamedType, namedType } from './text-types.ts';

/** `types: { Lot: { pattern: "[A-Z]{3}-[0-9]{4}", says: a lot number such as LOT-0042 } }`: types of text that a file names itself. */
export function ownTypesIn(root: ObjectNode, problems: Problems): ReadonlyMap<string, NamedType> {
  const node = under(root, 'types');
  const object = node && problems.object(node, '"types"');
  const types = new Map<string, NamedType>();
  for (const entry of object?.entries.values() ?? []) {
    const type = isName(entry, problems) ? typeOf(entry, problems) : undefined;
    if (type !== undefined) types.set(entry.key, type);
  }
  return types;
}

/** A capital letter first tells the types of a file from those that every file has, also from those to come. */
function isName(entry: EntryNode, problems: Problems): boolean {
  if (/^[A-Z][A-Za-z0-9-]*$/.test(entry.key)) return true;
  problems.notation(`"${entry.key}" is no name of a type: letters, digits and hyphens, and a capital letter first.`, entry);
  return false;
}

function typeOf(entry: EntryNode, problems: Problems): NamedType | undefined {
  const { key, value } = entry;
  if (value.kind !== 'object') return shortForm(entry, problems);
  const keys = [...value.entries.keys()];
  if (keys.includes('words')) return wordsIn(key, value, problems);
  if (keys.includes('yes') || keys.includes('no')) return flagIn(key, value, problems);
  if (keys.includes('pattern')) return patternIn(key, value, problems);
  return problems.notation(
    `The type "${key}" does not say what it is.`,
    entry,
    'Write one of pattern and says; words; yes and no; or a type such as id(2..20 upper).',
  );
}

/** `Sku: id(2..20 upper)` */
function shortForm({ key, value }: EntryNode, problems: Problems): NamedType | undefined {
  const written = problems.text(value, `The type "${key}"`);
  const named = written === undefined ? undefined : namedType(written, value, { problems, types: new Map() });
  if (named === undefined) return undefined;
  const { type, facets } = named;
  if (type.make(facets, undefined) === undefined)
    return problems.find('WB_MESSAGE_FILE_UNKNOWN_TYPE', `"${written}" is not how this type is written.`, value, `Write ${type.form}.`);
  return { ...plainly(key, (example) => type.make(facets, example)), takesWidth: false };
}

/** `State: { words: ["Back order", Shipped] }` */
function wordsIn(key: string, value: ObjectNode, problems: Problems): NamedType | undefined {
  problems.keys(value, `The type "${key}"`, ['words']);
  const node = under(value, 'words') ?? value;
  const [first, ...rest] = problems.texts(node, 'A word');
  if (first === undefined) return problems.notation(`The type "${key}" has no words.`, node);
  return bare(key, [first, ...rest], node, problems) ? plainly(key, () => oneOf(first, ...rest)) : undefined;
}

/** `Answer: { yes: in stock, no: sold out }` */
function flagIn(key: string, value: ObjectNode, problems: Problems): NamedType | undefined {
  problems.keys(value, `The type "${key}"`, ['yes', 'no']);
  const [yes, no] = ['yes', 'no'].map((word) => {
    const node = under(value, word);
    return node && problems.text(node, `"${word}"`);
  });
  if (yes === undefined || no === undefined) return problems.notation(`The type "${key}" needs "yes" and "no", each a text.`, value);
  return bare(key, [yes, no], value, problems) ? plainly(key, () => flag({ yes, no })) : undefined;
}

/** Blanks around a word are not looked at when it is read, and one word cannot mean two things. */
function bare(key: string, words: readonly string[], at: ObjectNode | Parameters<Problems['text']>[0], problems: Problems): boolean {
  const strange = words.find((word) => word === '' || word !== word.trim());
  if (strange !== undefined) problems.notation(`The word "${strange}" of the type "${key}" is empty or has blanks around it.`, at);
  else if (new Set(words).size < words.length) problems.notation(`The type "${key}" has a word twice.`, at);
  else return true;
  return false;
}

/** `Lot: { pattern: "[A-Z]{3}-[0-9]{4}", says: a lot number such as LOT-0042, example: LOT-0042 }` */
function patternIn(key: string, value: ObjectNode, problems: Problems): NamedType | undefined {
  problems.keys(value, `The type "${key}"`, ['pattern', 'says', 'example']);
  const [pattern, says, example] = ['pattern', 'says', 'example'].map((name) => {
    const node = under(value, name);
    return node && problems.text(node, `"${name}"`);
  });
  const at = under(value, 'pattern') ?? value;
  if (says === undefined || says === '')
    return problems.notation(
      `The type "${key}" does not say in words what it is.`,
      value,
      'Write says: and what completes "The value is not …", such as: a lot number such as LOT-0042.',
    );
  if (pattern === undefined) return undefined;
  const made = patternOf(pattern);
  if (made instanceof Problem)
    return problems.find('WB_MESSAGE_FILE_BAD_PATTERN', `The pattern of the type "${key}" ${made.says}.`, at, made.hint);
  if (example !== undefined && !made.test(example))
    return problems.notation(`The example "${example}" does not match the pattern of the type "${key}".`, under(value, 'example') ?? at);
  return plainly(key, (other = example) =>
    matching({ pattern, says, ...(other !== undefined && made.test(other) ? { example: other } : {}) }),
  );
}

/** A type of the file has a name, and no facets beside it. */
function plainly(key: string, make: (example: string | undefined) => ReturnType<NamedType['make']>): NamedType {
  return { form: key, make: (facets, example) => (facets.length === 0 ? make(example) : undefined) };
}
