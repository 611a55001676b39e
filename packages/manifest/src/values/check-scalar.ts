import { type Unit, unitKeyword } from '@waybill/contract';
import { readBytes, readDuration } from '@waybill/contract/host';
import { suggestion } from '../did-you-mean.ts';
import type { ManifestNode, Scalar, ScalarNode } from '../read/node.ts';
import type { Checking, Schema } from './setting-schema.ts';

const unitHints: Readonly<Record<Unit, string | undefined>> = {
  duration: 'Write a whole number and its unit: 250ms, 30s, 5m, 2h or 7d.',
  bytes: 'Write a whole number and its unit: 512B, 64KB, 10MB or 1GB.',
  path: undefined,
  secret: 'Write ${env:NAME} or ${file:path}.',
};

/** The JSON Schema type of a value. */
export function kindOf(node: ManifestNode): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'array' : 'object';
  if (node.value === null) return 'null';
  return Number.isSafeInteger(node.value) ? 'integer' : typeof node.value;
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  null: 'null',
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
};

export function nameOfType(type: string): string {
  return kinds[type] ?? type;
}

/** `a text`, for a sentence about what stands there. */
export function describeKind(node: ManifestNode): string {
  return node.kind === 'scalar' && typeof node.value === 'boolean' ? String(node.value) : nameOfType(kindOf(node));
}

/** Accepts a text out of `${…}` where a number or a boolean belongs: the environment holds nothing but texts. */
export function hasType(types: readonly string[], node: ManifestNode, checking: Checking): boolean {
  const kind = kindOf(node);
  if (types.includes(kind) || (kind === 'integer' && types.includes('number'))) return true;
  if (node.kind !== 'scalar' || node.written === undefined) return false;
  const value = types.map((type) => fromText(type, String(node.value))).find((candidate) => candidate !== undefined);
  if (value === undefined) return false;
  checking.converted.set(node, value);
  return true;
}

function fromText(type: string, text: string): Scalar | undefined {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  return type === 'number' || (type === 'integer' && Number.isSafeInteger(value)) ? value : undefined;
}

export function wrongType(schema: Schema, types: readonly string[], node: ManifestNode, path: string, checking: Checking): void {
  const unit = schema[unitKeyword];
  const wanted = unit === 'duration' ? 'a length of time' : unit === 'bytes' ? 'an amount of data' : types.map(nameOfType).join(' or ');
  const hint = types.includes('object') ? objectHint(schema) : ((unit && unitHints[unit]) ?? typeHint(types, node));
  checking.find('WB_MANIFEST_WRONG_TYPE', `${subject(path)} must be ${wanted}, not ${describeKind(node)}.`, path, node.spot, hint);
}

/** The longest example that is shown in a hint. */
const longestExample = 120;

function objectHint({ examples }: Schema): string {
  const example = JSON.stringify(examples?.[0]) as string | undefined;
  return example !== undefined && example.length <= longestExample ? `Write an object: ${example}.` : 'Write an object: { … }.';
}

function typeHint(types: readonly string[], node: ManifestNode): string | undefined {
  if (node.kind === 'scalar' && node.value === null) return 'Write a value, or leave the key out.';
  if (types.includes('array') && node.kind === 'scalar') return 'Put it in brackets: [ … ].';
  if (node.kind !== 'scalar' || node.written !== undefined) return undefined;
  const { value } = node;
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return `Put it in quotes: "${value}".`;
  const meant = typeof value === 'string' ? types.find((type) => fromText(type, value) !== undefined) : undefined;
  return meant === undefined ? undefined : `Write it without quotes: ${String(value)}.`;
}

/** Finds a value that is not among `choices`. `further`: what else may stand there, in words. */
export function choose(
  choices: readonly unknown[],
  node: ManifestNode,
  path: string,
  checking: Checking,
  further: readonly string[] = [],
): void {
  if (node.kind === 'scalar' && choices.includes(node.value)) return;
  const texts = listChoices([...choices.map((choice) => JSON.stringify(choice)), ...further]);
  if (node.kind !== 'scalar' || !choices.some((choice) => typeof choice === typeof node.value)) {
    checking.find('WB_MANIFEST_WRONG_TYPE', `"${path}" must be ${texts}, not ${describeKind(node)}.`, path, node.spot);
    return;
  }
  const near = typeof node.value === 'string' ? suggestion(node.value, choices.map(String)) : undefined;
  checking.find('WB_MANIFEST_BAD_VALUE', `"${path}" is ${shown(node)}; it must be ${texts}.`, path, node.spot, near);
}

function listChoices(texts: readonly string[]): string {
  return texts.length < 3 ? texts.join(' or ') : `one of ${texts.join(', ')}`;
}

/** What a sentence is about: the manifest as a whole has no path. */
export function subject(path: string): string {
  return path === '' ? 'The manifest' : `"${path}"`;
}

/** A value in a message: what is written in the manifest, shortened. */
export function shown(node: ScalarNode): string {
  const text = JSON.stringify(node.written ?? node.value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

export function checkScalar(schema: Schema, node: ScalarNode, path: string, checking: Checking): void {
  const value = checking.converted.get(node) ?? node.value;
  if (typeof value === 'number') checkNumber(schema, value, node, path, checking);
  if (typeof value === 'string') checkText(schema, value, node, path, checking);
}

function checkNumber(schema: Schema, value: number, node: ScalarNode, path: string, checking: Checking): void {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf } = schema;
  const objection =
    value < minimum
      ? `at least ${minimum}`
      : value > maximum
        ? `at most ${maximum}`
        : value <= exclusiveMinimum
          ? `greater than ${exclusiveMinimum}`
          : value >= exclusiveMaximum
            ? `less than ${exclusiveMaximum}`
            : multipleOf !== undefined && !Number.isInteger(value / multipleOf)
              ? `a multiple of ${multipleOf}`
              : undefined;
  if (objection) checking.find('WB_MANIFEST_BAD_VALUE', `"${path}" is ${shown(node)}; it must be ${objection}.`, path, node.spot);
}

function checkText(schema: Schema, text: string, node: ScalarNode, path: string, checking: Checking): void {
  const unit = schema[unitKeyword];
  if (unit === 'secret') checkSecret(text, node, path, checking);
  const objection = unitObjection(unit, text) ?? lengthObjection(schema, text) ?? patternObjection(schema, text);
  if (objection === undefined) return;
  const subject = unit === 'secret' ? `"${path}"` : `"${path}" is ${shown(node)}, which`;
  const hint = (unit && unitHints[unit]) ?? example(schema);
  checking.find('WB_MANIFEST_BAD_VALUE', `${subject} ${objection}.`, path, node.spot, hint);
}

function checkSecret(text: string, node: ScalarNode, path: string, checking: Checking): void {
  if (text !== '') checking.secrets.push(text);
  if (node.written !== undefined || !checking.refuseLiteralSecrets) return;
  const message = `"${path}" is a secret and stands in the manifest itself.`;
  checking.find('WB_MANIFEST_LITERAL_SECRET', message, path, node.spot, unitHints.secret);
}

function unitObjection(unit: Unit | undefined, text: string): string | undefined {
  if (unit === 'duration') return Number.isSafeInteger(readDuration(text)) ? undefined : 'is not a length of time';
  if (unit === 'bytes') return Number.isSafeInteger(readBytes(text)) ? undefined : 'is not an amount of data';
  return unit === 'path' && text.includes('\0') ? 'is not a path' : undefined;
}

function lengthObjection({ minLength = 0, maxLength = Infinity }: Schema, text: string): string | undefined {
  const { length } = Array.from(text);
  if (length < minLength) return minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`;
  return length > maxLength ? `must have at most ${maxLength} characters` : undefined;
}

function patternObjection({ pattern }: Schema, text: string): string | undefined {
  return pattern === undefined || matches(pattern, text) ? undefined : `does not have the form ${pattern}`;
}

/** A pattern of a card that is no regular expression matches everything: its author has to correct it, not the integrator. */
export function matches(pattern: string, text: string): boolean {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags).test(text);
    } catch {
      // Without the flag older forms are regular expressions, too.
    }
  }
  return true;
}

function example({ examples }: Schema): string | undefined {
  return examples?.[0] === undefined ? undefined : `For example ${JSON.stringify(examples[0])}.`;
}
