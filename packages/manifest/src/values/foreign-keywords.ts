import type { ErrorObject } from 'ajv';
import { libraries } from '../libraries.ts';
import { keyPath, type ManifestNode, type ObjectNode } from '../read/node.ts';
import type { Checking, Schema } from './setting-schema.ts';

/** What `checkValue` walks, and what only describes. */
const walked = new Set(
  `type properties required patternProperties additionalProperties minProperties items minItems maxItems uniqueItems
  anyOf oneOf allOf const enum pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf
  x-waybill default description examples title format deprecated readOnly writeOnly $schema $id $comment`.split(/\s+/),
);

/** The keywords of a schema that `checkValue` does not walk. */
export function foreignKeywords(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, patternProperties, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = schema as Schema;
  const children = [
    Object.values(properties ?? {}),
    Object.values(patternProperties ?? {}),
    additionalProperties,
    items,
    anyOf,
    oneOf,
    allOf,
  ];
  return [...Object.keys(schema).filter((key) => !walked.has(key)), ...children.flat().flatMap(foreignKeywords)];
}

/**
 * Checks settings against what a third party's schema says beyond the usual, with ajv, which is loaded for such a
 * schema only. Units are checked as they are written: a text such as `10MB`.
 */
export function checkForeign(schema: Schema, value: unknown, node: ObjectNode, path: string, checking: Checking): void {
  if (foreignKeywords(schema).length === 0) return;
  const { Ajv } = libraries.ajv();
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  let errors: readonly ErrorObject[] = [];
  try {
    const validate = ajv.compile({ ...schema, required: withoutDefaults(schema) });
    if (!validate(value)) errors = validate.errors ?? [];
  } catch {
    // A schema that is none says nothing; its author has to correct it, not the integrator.
  }
  for (const { instancePath, message } of errors) {
    const keys = instancePath
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const at = keys.reduce(keyPath, path);
    checking.find('WB_MANIFEST_BAD_VALUE', `"${at}" ${message ?? 'is not what the plugin takes'}.`, at, find(node, keys).spot);
  }
}

function withoutDefaults({ required = [], properties = {} }: Schema): readonly string[] {
  return required.filter((key) => properties[key]?.default === undefined);
}

function find(node: ManifestNode, [key, ...rest]: readonly string[]): ManifestNode {
  if (key === undefined || node.kind === 'scalar') return node;
  const child = node.kind === 'list' ? node.items[Number(key)] : node.entries.get(key)?.value;
  return child === undefined ? node : find(child, rest);
}
