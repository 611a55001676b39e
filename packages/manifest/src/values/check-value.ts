import { didYouMean, listKnown } from '../did-you-mean.ts';
import type { Spot } from '../problem.ts';
import { type EntryNode, itemPath, keyPath, type ListNode, type ManifestNode, type ObjectNode } from '../read/node.ts';
import { checkScalar, choose, describeKind, hasType, kindOf, matches, nameOfType, subject, wrongType } from './check-scalar.ts';
import type { Checking, Schema } from './setting-schema.ts';

/**
 * Checks values against settings schemas by walking both. A manifest is small and is read once, so nothing is gained by
 * compiling schemas first: compiling 30 schemas with ajv took 410 ms, this walk takes about 1 ms for all of them, and it
 * knows the places and what to suggest. Keywords that it does not walk are left to ajv, see `foreign-keywords.ts`.
 *
 * `owner` is where the key of the value stands: the place of what is missing in it.
 */
export function checkValue(schema: Schema, node: ManifestNode, path: string, owner: Spot, checking: Checking): void {
  if (node.kind === 'scalar' && node.failed) return;
  for (const part of schema.allOf ?? []) checkValue(part, node, path, owner, checking);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) checkUnion(branches, node, path, owner, checking);
  if (schema.const !== undefined || schema.enum) {
    choose(schema.enum ?? [schema.const], node, path, checking);
    return;
  }
  const types = typesOf(schema);
  if (types.length > 0 && !hasType(types, node, checking)) {
    wrongType(schema, types, node, path, checking);
    return;
  }
  if (node.kind === 'scalar') checkScalar(schema, node, path, checking);
  if (node.kind === 'list') checkList(schema, node, path, checking);
  if (node.kind === 'object') checkObject(schema, node, path, owner, checking);
}

function typesOf(schema: Schema): readonly string[] {
  return schema.type === undefined ? (schema.properties ? ['object'] : []) : [schema.type].flat();
}

function checkUnion(branches: readonly Schema[], node: ManifestNode, path: string, owner: Spot, checking: Checking): void {
  const tries = branches.map((branch) => {
    const attempt = checking.fork();
    checkValue(branch, node, path, owner, attempt);
    return { branch, attempt };
  });
  const fitting = tries.find(({ attempt }) => attempt.findings.length === 0);
  if (fitting) {
    checking.take(fitting.attempt);
    return;
  }
  const sameKind = tries.filter(({ branch }) => typesOf(branch).includes(kindOf(node)) || takesConstant(branch, node));
  const constants = sameKind.flatMap(({ branch }) => constantsOf(branch));
  if (sameKind.length > 0 && sameKind.every(({ branch }) => constantsOf(branch).length > 0))
    choose(constants, node, path, checking, expected(branches.filter((branch) => constantsOf(branch).length === 0)));
  else if (sameKind.length > 0) checking.take(nearest(sameKind, node));
  else {
    const wanted = expected(branches).join(' or ');
    checking.find('WB_MANIFEST_WRONG_TYPE', `${subject(path)} must be ${wanted}, not ${describeKind(node)}.`, path, node.spot);
  }
}

function takesConstant(branch: Schema, node: ManifestNode): boolean {
  return node.kind === 'scalar' && constantsOf(branch).some((constant) => typeof constant === typeof node.value);
}

function constantsOf(branch: Schema): readonly unknown[] {
  return branch.const === undefined ? (branch.enum ?? []) : [branch.const];
}

interface Try {
  readonly branch: Schema;
  readonly attempt: Checking;
}

/** The branch that was most probably meant is the one that knows the keys that are there; of several, the one with the fewest objections. */
function nearest(tries: readonly Try[], node: ManifestNode): Checking {
  const objections = ({ branch, attempt }: Try): number => strangersTo(branch, node) * 1_000 + attempt.findings.length;
  return tries.reduce((best, one) => (objections(one) < objections(best) ? one : best)).attempt;
}

/** How many keys a branch does not know, not even misspelt ones. */
function strangersTo(branch: Schema, node: ManifestNode): number {
  if (node.kind !== 'object') return 0;
  const known = Object.keys(branch.properties ?? {});
  return [...node.entries.keys()].filter((key) => schemaOfKey(branch, key) === undefined && meantKey(node, key, known) === undefined)
    .length;
}

/** What the branches of a union take, in words: `"serial"`, `{ "by": "key" }`, `a text`. */
function expected(branches: readonly Schema[]): readonly string[] {
  const words = branches.flatMap((branch) => {
    const constants = constantsOf(branch);
    if (constants.length > 0) return constants.map((constant) => JSON.stringify(constant));
    return constantObject(branch) ?? typesOf(branch).map(nameOfType);
  });
  return [...new Set(words)];
}

/** `{ "by": "key" }`, where every key can have one value only. */
function constantObject({ properties = {} }: Schema): string | undefined {
  const entries = Object.entries(properties);
  if (entries.length === 0 || entries.some(([, { const: constant }]) => constant === undefined)) return undefined;
  return `{ ${entries.map(([key, { const: constant }]) => `"${key}": ${JSON.stringify(constant)}`).join(', ')} }`;
}

function checkList(schema: Schema, list: ListNode, path: string, checking: Checking): void {
  const { minItems = 0, maxItems = Infinity } = schema;
  if (list.items.length < minItems)
    checking.find(
      'WB_MANIFEST_BAD_VALUE',
      `"${path}" needs at least ${minItems === 1 ? 'one item' : `${minItems} items`}.`,
      path,
      list.spot,
    );
  if (list.items.length > maxItems)
    checking.find(
      'WB_MANIFEST_BAD_VALUE',
      `"${path}" takes at most ${maxItems === 1 ? 'one item' : `${maxItems} items`}.`,
      path,
      list.spot,
    );
  const seen = new Set<unknown>();
  for (const [index, item] of list.items.entries()) {
    if (schema.items) checkValue(schema.items, item, itemPath(path, index), item.spot, checking);
    if (!schema.uniqueItems || item.kind !== 'scalar') continue;
    if (seen.has(item.value))
      checking.find(
        'WB_MANIFEST_BAD_VALUE',
        `"${path}" names ${JSON.stringify(item.written ?? item.value)} twice.`,
        itemPath(path, index),
        item.spot,
      );
    seen.add(item.value);
  }
}

function checkObject(schema: Schema, object: ObjectNode, path: string, owner: Spot, checking: Checking): void {
  const meant = new Set<string>();
  for (const entry of object.entries.values()) {
    const at = keyPath(path, entry.key);
    const known = schemaOfKey(schema, entry.key);
    if (typeof known === 'object') checkValue(known, entry.value, at, entry.spot, checking);
    if (known === true || typeof known === 'object') continue;
    const near = meantKey(object, entry.key, Object.keys(schema.properties ?? {}));
    const property = near === undefined || object.entries.has(near) ? undefined : schema.properties?.[near];
    // What stands behind a misspelt key is checked, too: all problems are reported at once.
    if (property && near !== undefined) checkValue(property, entry.value, at, entry.spot, checking);
    if (near !== undefined) meant.add(near);
    unknownKey(schema, entry, path, near, checking);
  }
  for (const key of schema.required ?? []) {
    if (object.entries.has(key) || meant.has(key) || schema.properties?.[key]?.default !== undefined) continue;
    missingKey(key, schema, path, owner, checking);
  }
  if (object.entries.size < (schema.minProperties ?? 0))
    checking.find('WB_MANIFEST_BAD_VALUE', `"${path}" needs at least ${schema.minProperties} entries.`, path, object.spot);
}

/** True where any value may stand, undefined where the key is not allowed. */
function schemaOfKey(schema: Schema, key: string): Schema | true | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  const pattern = Object.keys(schema.patternProperties ?? {}).find((source) => matches(source, key));
  if (pattern !== undefined) return schema.patternProperties?.[pattern];
  if (schema.additionalProperties === false) return undefined;
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : true;
}

/** The known key that an unknown one was meant to be: one that is not there yet, if any is near. */
function meantKey(object: ObjectNode, key: string, known: readonly string[]): string | undefined {
  const absent = known.filter((candidate) => !object.entries.has(candidate));
  return didYouMean(key, absent) ?? didYouMean(key, known);
}

function unknownKey(schema: Schema, entry: EntryNode, path: string, near: string | undefined, checking: Checking): void {
  const where = path === '' ? 'the manifest' : `"${path}"`;
  const hint = near === undefined ? listKnown('Known are', Object.keys(schema.properties ?? {})) : `Did you mean "${near}"?`;
  checking.find('WB_MANIFEST_UNKNOWN_KEY', `"${entry.key}" is not a setting of ${where}.`, keyPath(path, entry.key), entry.spot, hint);
}

function missingKey(key: string, schema: Schema, path: string, owner: Spot, checking: Checking): void {
  const property = schema.properties?.[key];
  checking.find('WB_MANIFEST_MISSING_KEY', `${subject(path)} needs "${key}".`, keyPath(path, key), owner, property?.description);
}

/**
 * The entry of a key, also when the key is misspelt: whoever depends on its value can go on and find more. The
 * misspelling itself is found by `checkValue`.
 */
export function entryFor(object: ObjectNode, key: string, known: readonly string[]): EntryNode | undefined {
  const exact = object.entries.get(key);
  if (exact) return exact;
  // Few keys are near: a manifest without misspellings is not to pay for the comparison of each key with all that are known.
  const mayMean = ({ key: written }: EntryNode): boolean => !known.includes(written) && didYouMean(written, [key]) !== undefined;
  return [...object.entries.values()].find((entry) => mayMean(entry) && meantKey(object, entry.key, known) === key);
}

/** The object without the keys that nothing can be said about: what is left are `known` keys, also misspelt ones. */
export function recognisable(object: ObjectNode, known: readonly string[]): ObjectNode {
  const entries = [...object.entries].filter(([key]) => known.includes(key) || meantKey(object, key, known) !== undefined);
  return { ...object, entries: new Map(entries) };
}
