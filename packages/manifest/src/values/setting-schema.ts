import { type Unit, unitKeyword } from '@waybill/contract';
import type { ManifestErrorCode } from '../errors.ts';
import type { Finding, Spot } from '../problem.ts';
import type { ManifestNode, Scalar, ScalarNode } from '../read/node.ts';

/** The part of JSON Schema that settings are written in. */
export interface Schema {
  readonly [unitKeyword]?: Unit;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

export function asSchema(schema: object): Schema {
  return schema;
}

/** What a check has found out. */
export class Checking {
  readonly findings: Finding[] = [];
  /** What does not stop a start. */
  readonly warnings: Finding[] = [];
  /** Values behind settings that are marked as secret. */
  readonly secrets: string[] = [];
  /** `"${env:PORT}"` where a number belongs: the number. */
  readonly converted = new Map<ScalarNode, Scalar>();
  /** False for a manifest that code put together: its secrets are not written anywhere. */
  readonly refuseLiteralSecrets: boolean;

  constructor(refuseLiteralSecrets: boolean) {
    this.refuseLiteralSecrets = refuseLiteralSecrets;
  }

  fork(): Checking {
    return new Checking(this.refuseLiteralSecrets);
  }

  take(other: Checking): void {
    this.findings.push(...other.findings);
    this.warnings.push(...other.warnings);
    this.secrets.push(...other.secrets);
    for (const [node, value] of other.converted) this.converted.set(node, value);
  }

  find(code: ManifestErrorCode, message: string, path: string, spot: Spot, hint?: string): void {
    this.findings.push({ code, message, path, spot, hint });
  }

  warn(code: ManifestErrorCode, message: string, path: string, spot: Spot, hint?: string): void {
    this.warnings.push({ code, message, path, spot, hint });
  }
}

type Plain = Scalar | readonly Plain[] | { readonly [key: string]: Plain };

/** A value as JSON has it, with what was converted while it was checked. */
export function plainValue(node: ManifestNode, converted: Checking['converted']): Plain {
  if (node.kind === 'scalar') return converted.get(node) ?? node.value;
  if (node.kind === 'list') return node.items.map((item) => plainValue(item, converted));
  // Object.fromEntries makes an own property of every key, also of __proto__.
  return Object.fromEntries(Array.from(node.entries.values(), ({ key, value }) => [key, plainValue(value, converted)]));
}
