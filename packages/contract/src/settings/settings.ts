import { resolve } from 'node:path';
import type { TSchema } from 'typebox';
import { type Unit, unitKeyword } from './schema.ts';

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const byteCounts = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** `'250ms'` to 250. Undefined when the text is not a duration. */
export function readDuration(text: string): number | undefined {
  return readAmount(text, milliseconds);
}

/** `'10MB'` to 10485760. Undefined when the text is not an amount of data. */
export function readBytes(text: string): number | undefined {
  return readAmount(text, byteCounts);
}

function readAmount(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, digits, unit] = /^([0-9]+)([a-zA-Z]+)$/.exec(text) ?? [];
  const factor = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined;
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** The part of JSON Schema that settings schemas use, as it is read from a definition or from a card. */
interface SchemaNode {
  readonly [unitKeyword]?: Unit;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** How the values of a record look, by the pattern of their keys. */
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly required?: readonly string[];
  readonly type?: string;
  readonly const?: unknown;
}

/**
 * Turns checked settings as they stand in a manifest into what a plugin receives: defaults filled in, durations in
 * milliseconds, amounts of data in bytes, paths absolute. Does not check; the argument is not changed.
 */
export function resolveSettings(schema: TSchema, value: unknown, options: { readonly folder: string }): unknown {
  return resolveNode(schema, value, options.folder);
}

function resolveNode(node: SchemaNode, value: unknown, folder: string): unknown {
  const given = value === undefined ? node.default : value;
  if (given === undefined) return undefined;
  if (typeof given === 'string') return resolveText(node, given, folder);
  if (Array.isArray(given)) return given.map((item: unknown) => (node.items ? resolveNode(node.items, item, folder) : item));
  if (typeof given !== 'object' || given === null) return given;
  const shape = shapeOf(node, given as Record<string, unknown>);
  return shape ? resolveObject(shape, given as Record<string, unknown>, folder) : given;
}

/** What the object is, in a union as well. */
function shapeOf(node: SchemaNode, value: Readonly<Record<string, unknown>>): SchemaNode | undefined {
  return node.properties || node.patternProperties ? node : node.anyOf?.find((branch) => fits(branch, value));
}

function unitOf(node: SchemaNode): Unit | undefined {
  return node[unitKeyword] ?? node.anyOf?.find((branch) => branch[unitKeyword])?.[unitKeyword];
}

function resolveText(node: SchemaNode, text: string, folder: string): unknown {
  switch (unitOf(node)) {
    case 'duration':
      return readDuration(text) ?? text;
    case 'bytes':
      return readBytes(text) ?? text;
    case 'path':
      return resolve(folder, text);
    case 'secret':
    case undefined:
      return text;
  }
}

function resolveObject(node: SchemaNode, value: Readonly<Record<string, unknown>>, folder: string): Record<string, unknown> {
  const result: Record<string, unknown> = { ...value };
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const resolved = resolveNode(child, value[key], folder);
    if (resolved !== undefined) result[key] = resolved;
  }
  for (const [pattern, child] of Object.entries(node.patternProperties ?? {})) {
    const keys = Object.keys(value).filter((key) => new RegExp(pattern).test(key) && node.properties?.[key] === undefined);
    for (const key of keys) result[key] = resolveNode(child, value[key], folder);
  }
  return result;
}

/** The other way round: settings as a plugin has them become such as stand in a manifest, with units behind durations and amounts of data. */
export function writtenSettings(schema: TSchema, value: unknown): unknown {
  return writtenNode(schema, value);
}

function writtenNode(node: SchemaNode, value: unknown): unknown {
  if (typeof value === 'number') return writtenAmount(unitOf(node), value);
  if (Array.isArray(value)) return value.map((item: unknown) => writtenNode(node.items ?? {}, item));
  if (typeof value !== 'object' || value === null) return value;
  const { properties = {}, patternProperties = {} } = shapeOf(node, value as Record<string, unknown>) ?? {};
  const childOf = (key: string) =>
    properties[key] ?? Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(key))?.[1];
  const given = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(given.map(([key, each]) => [key, writtenNode(childOf(key) ?? {}, each)]));
}

function writtenAmount(unit: Unit | undefined, value: number): unknown {
  if (unit === 'duration') return `${value}ms`;
  return unit === 'bytes' ? `${value}B` : value;
}

/** In a union of objects, the branch is the one whose required keys are there and whose constants agree. */
function fits(branch: SchemaNode, value: Readonly<Record<string, unknown>>): boolean {
  if (branch.patternProperties) return true;
  if (!branch.properties) return false;
  const complete = (branch.required ?? []).every((key) => key in value || branch.properties?.[key]?.default !== undefined);
  return (
    complete &&
    Object.entries(branch.properties).every(([key, child]) => child.const === undefined || !(key in value) || child.const === value[key])
  );
}

/** The paths (`auth.basic.password`) of all secrets in a settings schema. */
export function secretPaths(schema: TSchema): readonly string[] {
  return findSecrets(schema, []);
}

function findSecrets(node: SchemaNode, at: readonly string[]): readonly string[] {
  if (node[unitKeyword] === 'secret') return [at.join('.')];
  const children = Object.entries(node.properties ?? {}).flatMap(([key, child]) => findSecrets(child, [...at, key]));
  const values = Object.values(node.patternProperties ?? {}).flatMap((child) => findSecrets(child, [...at, '*']));
  const items = node.items ? findSecrets(node.items, [...at, '*']) : [];
  return [...children, ...values, ...items, ...(node.anyOf ?? []).flatMap((branch) => findSecrets(branch, at))];
}
