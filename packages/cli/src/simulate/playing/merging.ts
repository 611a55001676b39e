import { type Check, checkFor } from '@waybill/plugin-host';

type Node = Readonly<Record<string, unknown>>;

/** What can stand at one place: as the schema of the answer says it, as that of the request does, and what the plain sample has there. */
export interface Place {
  readonly own: Node;
  readonly asked: Node;
  readonly plain: unknown;
}

/**
 * What of the sample is left out where the request does not say it and the message can do without: `unsaid` is what the request could
 * have said, `all` is everything. With `nothing`, no fields but lists are added to it either.
 */
export type LeftOut = 'nothing' | 'unsaid' | 'all';

/** The sample with what the request says in its fields of the same name, where they can hold it. A list has an item for each of the request. */
export function merged(place: Place, sample: unknown, request: unknown, leftOut: LeftOut): unknown {
  if (Array.isArray(sample) && Array.isArray(request)) return mergedList(place, sample, request, leftOut);
  if (isNode(sample)) return mergedObject(place, sample, isNode(request) ? request : {}, leftOut);
  return request !== undefined && fits(place.own, request) ? request : sample;
}

function mergedList({ own, asked, plain }: Place, sample: readonly unknown[], request: readonly unknown[], leftOut: LeftOut): unknown {
  const first: unknown = Array.isArray(plain) ? plain[0] : undefined;
  const items = sample.length === 0 && first !== undefined ? [first] : sample;
  if (!isNode(own['items']) || items.length === 0 || request.length === 0) return sample;
  const place = { own: own['items'], asked: isNode(asked['items']) ? asked['items'] : {}, plain: first };
  return request.map((one, index) => merged(place, items[index % items.length], one, leftOut));
}

function mergedObject({ own, asked, plain }: Place, sample: Node, request: Node, leftOut: LeftOut): Node {
  const required = Array.isArray(own['required']) ? (own['required'] as readonly unknown[]) : [];
  const spare = isNode(plain) ? plain : {};
  const keys = new Set([...Object.keys(sample), ...Object.keys(request)]);
  const entries = Array.from(keys, (key): readonly [string, unknown] => {
    const [child, question] = [propertyOf(own, key), propertyOf(asked, key)];
    const isGiven = Object.hasOwn(request, key);
    const isLeftOut = leftOut === 'all' || (leftOut === 'unsaid' && question !== undefined);
    if (child === undefined) return [key, sample[key]];
    if (!isGiven && !required.includes(key) && isLeftOut) return [key, undefined];
    const place = { own: child, asked: question ?? {}, plain: spare[key] };
    if (Object.hasOwn(sample, key)) return [key, merged(place, sample[key], request[key], leftOut)];
    if (Array.isArray(spare[key])) return [key, merged(place, spare[key], request[key], leftOut)];
    return [key, leftOut !== 'nothing' && fits(child, request[key]) ? request[key] : undefined];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export interface Ending {
  readonly status: 'OK' | 'ERROR';
  /** What went wrong. */
  readonly code?: string;
}

/** The value with this ending in all places that can tell of one; the same value where there is none. */
export function telling(node: Node, value: unknown, ending: Ending): unknown {
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

function propertyOf({ properties }: Node, key: string): Node | undefined {
  const found = isNode(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  return isNode(found) ? found : undefined;
}

/** Whether the word is one of those that the schema lists. */
function allows(node: Node, word: string): boolean {
  const { const: only, enum: words, anyOf } = node;
  if (only === word || (Array.isArray(words) && words.includes(word))) return true;
  return Array.isArray(anyOf) && anyOf.some((one) => isNode(one) && allows(one, word));
}

const checks = new WeakMap<Node, Check>();

function fits(node: Node, value: unknown): boolean {
  const check = checks.get(node) ?? checkFor(node);
  checks.set(node, check);
  return check(value) === undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
