import { unitKeyword } from '@waybill/contract';
import { readBytes, readDuration } from '@waybill/contract/host';

/** A settings schema as JSON Schema, as far as its sanity is concerned. */
interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: unknown;
  readonly [unitKeyword]?: string;
}

/** What is wrong with a settings schema, in words; empty when nothing is. */
export function faultsOf(schema: unknown, at: string): readonly string[] {
  const node = schema as Node;
  return [
    ...(node.properties && node.additionalProperties !== false ? [`${at} accepts unknown keys`] : []),
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => faultsOfSetting(child, `${at}.${key}`)),
    ...(node.anyOf ?? []).flatMap((branch) => faultsOf(branch, at)),
    ...(node.items ? faultsOf(node.items, `${at}[]`) : []),
  ];
}

function faultsOfSetting(node: Node, at: string): readonly string[] {
  // A constant tells variants of a union apart: it is its own description.
  const described = node.const !== undefined || (node.description ?? '').trim().length > 0;
  const sound = node.default === undefined || accepts(node, node.default);
  return [
    ...(described ? [] : [`${at} has no description`]),
    ...(sound ? [] : [`${at} does not accept its own default ${JSON.stringify(node.default)}`]),
    ...faultsOf(node, at),
  ];
}

function accepts(node: Node, value: unknown): boolean {
  if (node.anyOf) return node.anyOf.some((branch) => accepts(branch, value));
  if (node.const !== undefined) return node.const === value;
  if (node.enum && !node.enum.includes(value)) return false;
  if (typeof value === 'string') return (node.type ?? 'string') === 'string' && acceptsText(node, value);
  if (typeof value === 'number') return acceptsNumber(node, value);
  if (typeof value === 'boolean') return node.type === 'boolean';
  return node.type === (Array.isArray(value) ? 'array' : 'object');
}

function acceptsText(node: Node, text: string): boolean {
  if (node.pattern !== undefined && !new RegExp(node.pattern).test(text)) return false;
  if (text.length < (node.minLength ?? 0)) return false;
  if (node[unitKeyword] === 'duration') return readDuration(text) !== undefined;
  return node[unitKeyword] !== 'bytes' || readBytes(text) !== undefined;
}

function acceptsNumber(node: Node, value: number): boolean {
  if (node.type !== 'number' && !(node.type === 'integer' && Number.isInteger(value))) return false;
  return value >= (node.minimum ?? Number.NEGATIVE_INFINITY) && value <= (node.maximum ?? Number.POSITIVE_INFINITY);
}
