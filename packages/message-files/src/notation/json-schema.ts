import type { JsonSchema } from '@waybill/contract/host';
import type { ManifestNode, ObjectNode } from '@waybill/manifest';
import { type Problems, under } from './problems.ts';

/** What each keyword holds. */
const keywords: Readonly<
  Record<string, 'text' | 'texts' | 'count' | 'schema' | 'schemas' | 'named' | 'flag or schema' | 'values' | 'type' | 'tag' | 'pattern'>
> = {
  type: 'type',
  description: 'text',
  properties: 'named',
  patternProperties: 'named',
  additionalProperties: 'flag or schema',
  required: 'texts',
  items: 'schema',
  anyOf: 'schemas',
  enum: 'values',
  const: 'values',
  examples: 'values',
  pattern: 'pattern',
  minLength: 'count',
  maxLength: 'count',
  minItems: 'count',
  maxItems: 'count',
  'x-waybill': 'tag',
};

/** The keywords of JSON Schema that a file can use, for what a command takes or an event tells. */
export const schemaKeywords = Object.keys(keywords);

/** Reads the JSON Schema of an object: of the input of a command, of the data of an event. */
export function objectSchemaOf(node: ManifestNode, what: string, problems: Problems): JsonSchema | undefined {
  const schema = schemaOf(node, what, problems);
  if (schema === undefined || schema['type'] === 'object') return schema;
  return problems.notation(`${what} is an object: its schema says "type: object".`, node);
}

function schemaOf(node: ManifestNode, what: string, problems: Problems): JsonSchema | undefined {
  const object = problems.object(node, what);
  if (object === undefined) return undefined;
  problems.keys(object, what, schemaKeywords);
  const made = [...object.entries.values()].flatMap(({ key, value }) => {
    const read = Object.hasOwn(keywords, key) ? valueOf(key, value, what, problems) : undefined;
    return read === undefined ? [] : [[key, read] as const];
  });
  nameRequired(object, what, problems);
  return Object.fromEntries(made);
}

function valueOf(key: string, value: ManifestNode, what: string, problems: Problems): unknown {
  switch (keywords[key]) {
    case 'text':
      return problems.text(value, `"${key}"`);
    case 'texts':
      return problems.texts(value, `"${key}"`);
    case 'count':
      return countOf(value, key, problems);
    case 'schema':
      return schemaOf(value, what, problems);
    case 'schemas':
      return value.kind === 'list'
        ? value.items.map((each) => schemaOf(each, what, problems))
        : problems.notation(`"${key}" is a list of schemas.`, value);
    case 'named':
      return named(value, key, problems);
    case 'flag or schema':
      return value.kind === 'scalar' && typeof value.value === 'boolean' ? value.value : schemaOf(value, what, problems);
    case 'values':
      return plain(value);
    case 'type':
      return typeOf(value, problems);
    case 'tag':
      return oneOf(value, ['secret', 'personal'], key, problems);
    case 'pattern':
      return patternOf(value, problems);
    case undefined:
  }
  return undefined;
}

function countOf(value: ManifestNode, key: string, problems: Problems): unknown {
  if (value.kind === 'scalar' && Number.isSafeInteger(value.value) && Number(value.value) >= 0) return value.value;
  return problems.notation(`"${key}" is a whole number.`, value);
}

function typeOf(value: ManifestNode, problems: Problems): unknown {
  const known = ['object', 'array', 'string', 'boolean', 'number', 'integer'];
  return oneOf(value, known, 'type', problems);
}

function oneOf(value: ManifestNode, known: readonly string[], key: string, problems: Problems): unknown {
  const text = problems.text(value, `"${key}"`);
  return text === undefined || known.includes(text)
    ? text
    : problems.notation(`"${key}" is one of ${known.join(', ')}, not "${text}".`, value);
}

function patternOf(value: ManifestNode, problems: Problems): string | undefined {
  const pattern = problems.text(value, '"pattern"');
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(pattern, 'u').source;
  } catch {
    return problems.notation(`"${pattern}" is no regular expression.`, value);
  }
}

function named(value: ManifestNode, key: string, problems: Problems): unknown {
  const object = problems.object(value, `"${key}"`);
  if (object === undefined) return undefined;
  return Object.fromEntries(
    [...object.entries.values()].map((entry) => [entry.key, schemaOf(entry.value, `The field "${entry.key}"`, problems) ?? {}]),
  );
}

/** A required field that nobody describes is a misspelt one. */
function nameRequired(object: ObjectNode, what: string, problems: Problems): void {
  const properties = under(object, 'properties');
  const required = under(object, 'required');
  if (properties?.kind !== 'object' || required?.kind !== 'list') return;
  for (const item of required.items)
    if (item.kind === 'scalar' && typeof item.value === 'string' && !properties.entries.has(item.value))
      problems.notation(`${what} requires "${item.value}", which is none of its properties.`, item);
}

/** The value as JSON has it. */
export function plain(node: ManifestNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'object':
      return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, plain(value)]));
  }
}
