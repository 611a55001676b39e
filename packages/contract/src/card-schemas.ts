import type { TSchema } from 'typebox';
import type { MessagePackDefinition } from './message-pack.ts';

/** A JSON Schema as it stands in a card. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a command takes and answers, or what an event tells and is answered with. */
export interface CardSchemas {
  /** The input of a command, the data of an event. */
  readonly data: JsonSchema;
  readonly answer?: JsonSchema;
}

/** The schemas of the commands and events that a pack binds, by name, reduced to what says which fields there are and what they take. */
export function cardSchemas({ messages }: MessagePackDefinition): Readonly<Record<string, CardSchemas>> {
  const commands = messages.flatMap((type) => type.commands ?? []).map(({ name, input, output }) => [name, both(input, output)] as const);
  const events = messages.flatMap((type) => type.event ?? []).map(({ name, data, reply }) => [name, both(data, reply)] as const);
  return Object.fromEntries([...commands, ...events]);
}

function both(data: TSchema, answer: TSchema | undefined): CardSchemas {
  return { data: reduced(data as JsonSchema), ...(answer === undefined ? {} : { answer: reduced(answer as JsonSchema) }) };
}

/** Kept as they are. */
const plain = ['type', 'required', 'enum', 'const', 'minLength', 'maxLength', 'minItems'];
const lists = ['anyOf', 'allOf', 'oneOf'];

function reduced(schema: JsonSchema): JsonSchema {
  const { properties, items, pattern, patternProperties, additionalProperties } = schema;
  return {
    ...Object.fromEntries(plain.flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]]))),
    ...(isSchema(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, reduced(each as JsonSchema)])) }
      : {}),
    ...(isSchema(items) ? { items: reduced(items) } : {}),
    ...Object.fromEntries(lists.flatMap((key) => (Array.isArray(schema[key]) ? [[key, (schema[key] as JsonSchema[]).map(reduced)]] : []))),
    ...(isSchema(patternProperties) || isSchema(additionalProperties) ? { additionalProperties: {} } : {}),
    ...(typeof pattern === 'string' && !allowsWords(pattern) ? { pattern } : {}),
  };
}

/** Most patterns only say which characters a text may have. They are long, and no field is told by them. */
function allowsWords(pattern: string): boolean {
  return new RegExp(pattern, 'u').test('text');
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
