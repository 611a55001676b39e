import type { TSchema } from '@waybill/contract';
import { errors } from '../../errors.ts';

/** As much of JSON Schema as the schema of the mail document uses. */
interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly contentEncoding?: 'base64';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Node[];
}

/**
 * Throws WB_EMAIL_DOCUMENT with the path of the first value that is not as `schema` says. A walk of our own: it says what is wrong in words that a
 * person can use, and a compiled validator costs each start more than this costs all mails of an hour.
 */
export function checkDocument(schema: TSchema, value: unknown): void {
  checkNode(schema, value, '');
}

function checkNode(node: Node, value: unknown, at: string): void {
  if (node.anyOf) checkNode(branchFor(node.anyOf, value, at), value, at);
  else if ('const' in node) expect(value === node.const, at, `has to be ${JSON.stringify(node.const)}`);
  else if (node.type === 'string') checkText(node, value, at);
  else if (node.type === 'array') checkList(node, value, at);
  else checkObject(node, value, at);
}

/** A union is of constants, or of values that differ in their kind. */
function branchFor(branches: readonly Node[], value: unknown, at: string): Node {
  const found = branches.find((branch) => ('const' in branch ? branch.const === value : branch.type === kindOf(value)));
  if (found) return found;
  const words = branches.map((branch) => ('const' in branch ? JSON.stringify(branch.const) : wordFor(branch.type)));
  throw wrong(at, `has to be ${words.join(' or ')}`);
}

function checkText(node: Node, value: unknown, at: string): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, contentEncoding } = node;
  if (typeof value !== 'string') throw wrong(at, 'has to be text');
  expect(value.length >= minLength, at, 'is empty');
  expect(value.length <= maxLength, at, `has ${value.length} characters, and may have ${maxLength}`);
  expect(value.isWellFormed(), at, 'has half a character (a lone surrogate)');
  if (pattern !== undefined) expect(patternOf(pattern).test(value), at, 'is not of the form that is asked for');
  if (contentEncoding !== undefined)
    expect(isBase64(value), at, 'is not base64: its length has to be a multiple of 4, without line breaks');
}

/** Looks for a character that has no place: a pattern of the whole would keep a way back for each of millions of characters. */
function isBase64(text: string): boolean {
  const end = text.indexOf('=');
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text) && (end === -1 || (end >= text.length - 2 && text.endsWith('=')));
}

function checkList({ maxItems = Number.POSITIVE_INFINITY, items = {} }: Node, value: unknown, at: string): void {
  if (!Array.isArray(value)) throw wrong(at, 'has to be a list');
  expect(value.length <= maxItems, at, `has ${value.length} items, and may have ${maxItems}`);
  value.forEach((item: unknown, index) => {
    checkNode(items, item, `${at}[${index}]`);
  });
}

function checkObject({ properties = {}, patternProperties = {}, required = [], maxProperties }: Node, value: unknown, at: string): void {
  if (kindOf(value) !== 'object') throw wrong(at, 'has to be an object');
  const entries = Object.entries(value as object);
  if (maxProperties !== undefined)
    expect(entries.length <= maxProperties, at, `has ${entries.length} entries, and may have ${maxProperties}`);
  const missing = required.find((key) => !Object.hasOwn(value as object, key));
  if (missing !== undefined) throw wrong(below(at, missing), 'is missing');
  for (const [key, one] of entries) {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const node = own ?? Object.entries(patternProperties).find(([pattern]) => patternOf(pattern).test(key))?.[1];
    if (node === undefined) throw wrong(at, `has ${JSON.stringify(key.slice(0, 80))}, which is not known there`, Object.keys(properties));
    checkNode(node, one, below(at, key));
  }
}

function expect(holds: boolean, at: string, what: string): void {
  if (!holds) throw wrong(at, what);
}

function wrong(at: string, what: string, known: readonly string[] = []): Error {
  const hint = known.length > 0 ? `What may stand there: ${known.join(', ')}.` : undefined;
  return errors.WB_EMAIL_DOCUMENT(`The mail document is wrong: ${at === '' ? 'it' : at} ${what}.`, { at: at || undefined, hint });
}

function below(at: string, key: string): string {
  const name = /^[A-Za-z][A-Za-z0-9-]{0,80}$/.test(key) ? key : JSON.stringify(key.slice(0, 80));
  return at === '' ? name : `${at}.${name}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

function wordFor(type: string | undefined): string {
  if (type === 'string') return 'text';
  return type === 'array' ? 'a list' : 'an object';
}

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known;
}
