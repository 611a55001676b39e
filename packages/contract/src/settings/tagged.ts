import type { TSchema } from 'typebox';
import { unitKeyword } from './schema.ts';

/** What a schema can say of a value beside its form: see `secret` and `personal`. */
export type Tag = 'secret' | 'personal';

type Node = Readonly<Record<string, unknown>>;
type Leaf = (value: unknown) => unknown;

/** What stands in place of a value that is not shown. */
export const masked = '***';

/** A copy of `value` in which everything that `schema` tags so is replaced by `***`. What the schema does not describe stays. */
export function maskTagged(schema: TSchema, value: unknown, tags: readonly Tag[]): unknown {
  return mapTagged(schema as Node, value, { tags, leaf: () => masked });
}

/** Every text and number of `value` that `schema` tags so, each once. */
export function taggedValues(schema: TSchema, value: unknown, tags: readonly Tag[]): readonly string[] {
  const found = new Set<string>();
  const leaf: Leaf = (one) => {
    if (typeof one === 'string' || typeof one === 'number') found.add(String(one));
    return one;
  };
  mapTagged(schema as Node, value, { tags, leaf });
  return [...found];
}

function mapTagged(node: Node, value: unknown, how: { readonly tags: readonly Tag[]; readonly leaf: Leaf }): unknown {
  if (value === undefined || value === null) return value;
  if (how.tags.some((tag) => node[unitKeyword] === tag)) return mapLeaves(value, how.leaf);
  const whole = branchesOf(node).reduce<unknown>((before, branch) => mapTagged(branch, before, how), value);
  if (Array.isArray(whole)) {
    const { items } = node;
    return isNode(items) ? whole.map((item: unknown) => mapTagged(items, item, how)) : whole;
  }
  if (typeof whole !== 'object' || whole === null) return whole;
  return mapValues(whole, (key, one) => {
    const child = childOf(node, key);
    return child ? mapTagged(child, one, how) : one;
  });
}

function mapLeaves(value: unknown, leaf: Leaf): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mapLeaves(item, leaf));
  if (typeof value === 'object' && value !== null) return mapValues(value, (_key, one) => mapLeaves(one, leaf));
  return value === undefined || value === null ? value : leaf(value);
}

/** The object with other values; a key named `__proto__` stays a key. */
function mapValues(value: object, change: (key: string, one: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(key, one)]));
}

function branchesOf(node: Node): readonly Node[] {
  return ['anyOf', 'allOf', 'oneOf'].flatMap((keyword) => node[keyword] ?? []).filter(isNode);
}

function childOf({ properties, patternProperties, additionalProperties }: Node, key: string): Node | undefined {
  if (isNode(properties) && Object.hasOwn(properties, key)) return isNode(properties[key]) ? properties[key] : undefined;
  const patterns = isNode(patternProperties) ? Object.entries(patternProperties) : [];
  const found = patterns.find(([pattern]) => new RegExp(pattern, 'u').test(key))?.[1] ?? additionalProperties;
  return isNode(found) ? found : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
