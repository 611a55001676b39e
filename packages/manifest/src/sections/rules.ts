import type { TransportCard } from '@waybill/contract/host';
import type { CheckedPlugin } from '../checked.ts';
import type { Spot } from '../problem.ts';
import { type EntryNode, keyPath, type ManifestNode, type ObjectNode } from '../read/node.ts';
import { entryFor } from '../values/check-value.ts';
import { asSchema, type Schema } from '../values/setting-schema.ts';
import type { Context, NamedPart } from './section.ts';

/** Something that may be alike to others of its kind: a connection among those of a transport, an entry among those of a connection. */
export interface Rival {
  readonly part: NamedPart;
  readonly node: ObjectNode;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Finds those of `rivals` that have the same values under all of `keys` as one before them. `told` says it in a sentence.
 * What has problems under one of the keys is not compared, nor what gives none of them.
 */
export function checkUnique(
  rivals: readonly Rival[],
  keys: readonly string[],
  code: 'WB_CONNECTION_TAKEN' | 'WB_ENDPOINT_TAKEN',
  told: (later: Rival, first: Rival) => string,
  { checking }: Context,
): void {
  if (keys.length === 0) return;
  const seen = new Map<string, Rival>();
  for (const rival of rivals) {
    const taken = takenBy(rival, keys, checking.findings);
    if (taken === undefined) continue;
    const first = seen.get(taken);
    seen.set(taken, first ?? rival);
    if (first === undefined) continue;
    const { path, spot } = placeIn(rival, keys);
    checking.find(code, told(rival, first), path, spot, `Change ${oneOf(keys)} of one of the two.`);
  }
}

/** What a rival takes for itself, as a text to compare; undefined where nothing can be compared. */
function takenBy({ part, values }: Rival, keys: readonly string[], findings: Context['checking']['findings']): string | undefined {
  const touched = (at: string) => findings.some(({ path }) => isInside(path, at) || (isInside(at, path) && isInside(path, part.path)));
  if (keys.some((key) => touched(keyPath(part.path, key)))) return undefined;
  const taken = keys.map((key) => valueAt(values, key));
  // With 0 the system chooses: two that leave it the choice get two different ones.
  if (taken.includes(0) || taken.every((value) => value === undefined)) return undefined;
  return JSON.stringify(taken);
}

function isInside(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

/** The first of `keys` that is written in the manifest; else the whole. */
function placeIn({ part, node }: Rival, keys: readonly string[]): { readonly path: string; readonly spot: Spot } {
  for (const key of keys) {
    const entry = entryAt(node, key, undefined);
    if (entry) return { path: keyPath(part.path, key), spot: entry.value.spot };
  }
  return { path: part.path, spot: part.owner };
}

function oneOf(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(' or ');
}

/** `"path" and "method"`, for a sentence. */
export function listKeys(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(' and ');
}

/** As much of a connection as is needed to see what it gives. */
interface Giving {
  readonly name: string;
  readonly node: ObjectNode | undefined;
  readonly transport: CheckedPlugin<TransportCard> | undefined;
}

/** Finds an entry whose connection does not say what the transport needs for it. */
export function checkNeeds(
  needs: readonly string[],
  { name, node, transport }: Giving,
  connection: EntryNode | undefined,
  part: NamedPart,
  { checking }: Context,
): void {
  if (node === undefined || transport === undefined) return;
  const { name: kind, connection: settings } = transport.card;
  for (const key of needs.filter((one) => entryAt(node, one, asSchema(settings)) === undefined)) {
    const message = `Connection "${name}" has no "${key}", which the ${kind} transport needs for this entry.`;
    const description = schemaAt(asSchema(settings), key)?.description;
    const hint = `Add "${key}" to connections.${name}${description === undefined ? '.' : `: ${description}`}`;
    const place = connection ?? { key: 'connection', value: { spot: part.owner } };
    checking.find('WB_ENDPOINT_NEEDS_SETTING', message, keyPath(part.path, place.key), place.value.spot, hint);
  }
}

function valueAt(values: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, step) => (isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined), values);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The entry of a dotted key; with a schema also where the key is misspelt, which is found elsewhere. */
function entryAt(node: ManifestNode, key: string, schema: Schema | undefined): EntryNode | undefined {
  if (node.kind !== 'object') return undefined;
  const [step = '', ...rest] = key.split('.');
  const entry = schema ? entryFor(node, step, Object.keys(schema.properties ?? {})) : node.entries.get(step);
  return entry === undefined || rest.length === 0 ? entry : entryAt(entry.value, rest.join('.'), schema?.properties?.[step]);
}

function schemaAt(schema: Schema, key: string): Schema | undefined {
  return key.split('.').reduce<Schema | undefined>((node, step) => node?.properties?.[step], schema);
}
