/** The part of JSON Schema that commands and events use. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** What is wrong with a value, each with its place; empty when it follows the schema. */
export function faultsAgainst(schema: unknown, value: unknown, at = ''): readonly string[] {
  const node = schema as Schema;
  if (node.anyOf) return node.anyOf.some((branch) => faultsAgainst(branch, value, at).length === 0) ? [] : [`${at} fits no branch`];
  if (node.enum) return node.enum.includes(value) ? [] : [`${at} is not one of ${node.enum.join(', ')}`];
  switch (node.type) {
    case 'object':
      return objectFaults(node, value, at);
    case 'array':
      return arrayFaults(node, value, at);
    case 'string':
      return textFaults(node, value, at);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is no boolean`];
    case undefined:
    default:
      throw new Error(`${at}: the schema has a part that is not looked at: ${JSON.stringify(node)}`);
  }
}

function objectFaults(
  { properties = {}, required = [], additionalProperties, patternProperties }: Schema,
  value: unknown,
  at: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const missing = required.filter((key) => !Object.hasOwn(value, key)).map((key) => `${at}/${key} is missing`);
  const rest = Object.values(patternProperties ?? {})[0] ?? additionalProperties;
  const wrong = Object.entries(value).flatMap(([key, each]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : typeof rest === 'object' ? rest : undefined;
    return known === undefined ? [`${at}/${key} is unknown`] : faultsAgainst(known, each, `${at}/${key}`);
  });
  return [...missing, ...wrong];
}

function arrayFaults({ items, minItems = 0 }: Schema, value: unknown, at: string): readonly string[] {
  if (!Array.isArray(value)) return [`${at} is no list`];
  if (value.length < minItems) return [`${at} has too few entries`];
  return value.flatMap((each: unknown, index) => faultsAgainst(items, each, `${at}/${index}`));
}

function textFaults({ pattern, minLength = 0, maxLength = Infinity }: Schema, value: unknown, at: string): readonly string[] {
  if (typeof value !== 'string') return [`${at} is no text`];
  // Characters, as JSON Schema counts them, not UTF-16 units.
  const length = Array.from(value).length;
  if (length < minLength || length > maxLength) return [`${at} has a wrong length`];
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? [] : [`${at} does not match ${pattern}`];
}
