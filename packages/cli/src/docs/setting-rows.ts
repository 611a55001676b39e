import { type Unit, unitKeyword } from '@waybill/contract';
import { type JsonSchema } from '@waybill/contract/host';

/** One setting as a table shows it. */
export interface SettingRow {
  /** Dotted for nested settings: `auth.user`. `routes[].path` for those of a list. */
  readonly name: string;
  /** What may be written: `duration`, `"a" or "b"`, `list of text`. */
  readonly type: string;
  readonly required: boolean;
  /** As it stands in a manifest. */
  readonly default?: string | undefined;
  readonly description: string;
  readonly examples: readonly string[];
}

interface Node extends JsonSchema {
  readonly [unitKeyword]?: Unit;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly additionalProperties?: boolean | Node;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The settings of a schema from a card, in the order of their declaration, nested ones after the one that holds them. */
export function settingRows(schema: JsonSchema): readonly SettingRow[] {
  return propertyRows(schema, '');
}

function propertyRows(schema: Node, prefix: string): readonly SettingRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, node]) => {
    const name = `${prefix}${key}`;
    const required = (schema.required ?? []).includes(key) && node.default === undefined;
    return [row(name, node, required), ...nestedRows(name, node)];
  });
}

function row(name: string, node: Node, required: boolean): SettingRow {
  return {
    name,
    type: typeText(node),
    required,
    default: node.default === undefined ? undefined : JSON.stringify(node.default),
    description: node.description ?? '',
    examples: (node.examples ?? []).map((example) => JSON.stringify(example)),
  };
}

function nestedRows(name: string, node: Node): readonly SettingRow[] {
  if (constantObject(node)) return [];
  if (node.properties) return propertyRows(node, `${name}.`);
  const values = valuesOf(node);
  if (values) return nestedRows(`${name}.*`, values);
  if (node.items) return nestedRows(`${name}[]`, node.items);
  return mergeBranches((node.anyOf ?? []).flatMap((branch) => nestedRows(name, branch)));
}

/** Branches of a union may have settings in common, such as the constant that tells them apart. */
function mergeBranches(rows: readonly SettingRow[]): readonly SettingRow[] {
  const merged = new Map<string, SettingRow>();
  for (const next of rows) {
    const seen = merged.get(next.name);
    merged.set(next.name, seen && seen.type !== next.type ? { ...seen, type: `${seen.type} or ${next.type}` } : (seen ?? next));
  }
  return [...merged.values()];
}

function typeText(node: Node): string {
  if (node[unitKeyword]) return node[unitKeyword];
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (node.anyOf) return [...new Set(node.anyOf.map(typeText))].join(' or ');
  if (node.type === 'array') return `list of ${node.items ? typeText(node.items) : 'anything'}`;
  if (node.type === 'object') return constantObject(node) ?? (valuesOf(node) ? 'object with free keys' : 'object');
  if (node.type === 'integer' || node.type === 'number') return numberText(node);
  return node.type === 'string' ? 'text' : String(node.type ?? 'anything');
}

/** `{ "by": "key" }`, where every key can have one value only. */
function constantObject({ properties = {} }: Node): string | undefined {
  const entries = Object.entries(properties);
  if (entries.length === 0 || entries.some(([, { const: constant }]) => constant === undefined)) return undefined;
  return `{ ${entries.map(([key, { const: constant }]) => `"${key}": ${JSON.stringify(constant)}`).join(', ')} }`;
}

/** What the values of an object with free keys have to be. */
function valuesOf(node: Node): Node | undefined {
  const [pattern] = Object.values(node.patternProperties ?? {});
  return pattern ?? (typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined);
}

function numberText({ type, minimum, maximum }: Node): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  if (minimum !== undefined && maximum !== undefined) return `${word} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${word}, at least ${minimum}`;
  return maximum === undefined ? word : `${word}, at most ${maximum}`;
}
