import type { MessagePackDefinition, MessageType, TSchema } from '@waybill/contract';
import { type Check, checkFor, inspectMessage } from '@waybill/plugin-host';
import type { Said } from './far-pack.ts';

type Node = Readonly<Record<string, unknown>>;

/** What the sample of a message says, without a seed the plain one; undefined where its pack makes none. */
export function sampleOf(pack: MessagePackDefinition, type: MessageType, seed: number | undefined): Said | undefined {
  const text = type.sample?.(seed);
  if (text === undefined) return undefined;
  const message = { id: 'sample', createdAt: 0, body: Buffer.from(text), properties: {} };
  const read = inspectMessage([pack], message)?.read();
  // Who sends it is known to nobody here, so that its credentials could only be wrong.
  return read && { command: read.command, input: read.input };
}

/** What a message of `type` says, of which `said` is a sample, to whoever has sent `request`. */
export interface Occasion {
  readonly type: MessageType;
  readonly said: Said;
  readonly request: unknown;
  /** What a request can say. */
  readonly schema: TSchema | undefined;
}

/**
 * The answer: what the request says stands in the answer as well, wherever that has a field of the same name which can hold it, and the
 * rest is as in the sample, without what the request could have said and did not. A list of the answer has an item for each of the request.
 * Where the message can tell of a failure, it tells of none.
 */
export function answerTo({ type, said, request, schema }: Occasion): Said {
  const own = inputOf(type, said);
  const input = merged({ own, asked: (schema ?? {}) as Node }, said.input, request, { isBare: false });
  return { command: said.command, input: telling(own, input, { status: 'OK' }) };
}

/**
 * The answer that tells of a failure: the field `status` of the message says ERROR, and what neither the request says nor the message
 * needs is left out. Undefined where the message has no such field.
 */
export function refusalOf({ type, said, request, schema }: Occasion): Said | undefined {
  const own = inputOf(type, said);
  const bare = merged({ own, asked: (schema ?? {}) as Node }, said.input, request, { isBare: true });
  const input = telling(own, bare, { status: 'ERROR', code: 'SIMULATED' });
  return input === bare ? undefined : { command: said.command, input };
}

function inputOf({ commands = [] }: MessageType, { command }: Said): Node {
  return (commands.find(({ name }) => name === command)?.input ?? {}) as Node;
}

interface Manner {
  /** What the message can do without, and the request does not say, is left out. */
  readonly isBare: boolean;
}

/** What can stand at one place of the answer, and of the request. */
interface Schemas {
  readonly own: Node;
  readonly asked: Node;
}

function merged(schemas: Schemas, sample: unknown, request: unknown, manner: Manner): unknown {
  if (Array.isArray(sample) && Array.isArray(request)) return mergedList(schemas, sample, request, manner);
  if (isNode(sample)) return mergedObject(schemas, sample, isNode(request) ? request : {}, manner);
  return request !== undefined && fits(schemas.own, request) ? request : sample;
}

function mergedList({ own, asked }: Schemas, sample: readonly unknown[], request: readonly unknown[], manner: Manner): readonly unknown[] {
  if (!isNode(own['items']) || sample.length === 0 || request.length === 0) return sample;
  const schemas = { own: own['items'], asked: isNode(asked['items']) ? asked['items'] : {} };
  return request.map((one, index) => merged(schemas, sample[index % sample.length], one, manner));
}

function mergedObject({ own, asked }: Schemas, sample: Node, request: Node, manner: Manner): Node {
  const required = Array.isArray(own['required']) ? (own['required'] as readonly unknown[]) : [];
  const keys = new Set([...Object.keys(sample), ...Object.keys(request)]);
  const entries = Array.from(keys, (key): readonly [string, unknown] => {
    const [child, question] = [propertyOf(own, key), propertyOf(asked, key)];
    if (!Object.hasOwn(sample, key)) return [key, child && fits(child, request[key]) ? request[key] : undefined];
    const isLeftOut = !Object.hasOwn(request, key) && !required.includes(key) && (manner.isBare || question !== undefined);
    if (isLeftOut) return [key, undefined];
    return [key, child ? merged({ own: child, asked: question ?? {} }, sample[key], request[key], manner) : sample[key]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function propertyOf({ properties }: Node, key: string): Node | undefined {
  const found = isNode(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  return isNode(found) ? found : undefined;
}

interface Ending {
  readonly status: 'OK' | 'ERROR';
  /** What went wrong. */
  readonly code?: string;
}

/** The value with this ending in all places that can tell of one; the same value where there is none. */
function telling(node: Node, value: unknown, ending: Ending): unknown {
  const { items, properties } = node;
  if (Array.isArray(value) && isNode(items)) {
    const all = value.map((one: unknown) => telling(items, one, ending));
    return all.every((one, index) => one === value[index]) ? value : all;
  }
  if (!isNode(value) || !isNode(properties)) return value;
  if (isNode(properties['status']) && allows(properties['status'], 'OK') && allows(properties['status'], 'ERROR')) {
    const { code: _, ...rest } = value;
    const isTold = isNode(properties['code']) && ending.code !== undefined && fits(properties['code'], ending.code);
    return { ...rest, status: ending.status, ...(isTold ? { code: ending.code } : {}) };
  }
  const entries = Object.entries(value).map(
    ([key, one]) => [key, isNode(properties[key]) ? telling(properties[key], one, ending) : one] as const,
  );
  return entries.every(([key, one]) => one === value[key]) ? value : Object.fromEntries(entries);
}

/** Whether the word is one of those that the schema lists. */
function allows(node: Node, word: string): boolean {
  const { const: only, enum: words, anyOf } = node;
  if (only === word || (Array.isArray(words) && words.includes(word))) return true;
  return Array.isArray(anyOf) && anyOf.some((one) => isNode(one) && allows(one, word));
}

const checks = new WeakMap<Node, Check>();

function fits(node: Node, value: unknown): boolean {
  const check = checks.get(node) ?? checkFor(node as unknown as TSchema);
  checks.set(node, check);
  return check(value) === undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
