import { resolveSettings } from '@waybill/contract/host';
import { anyPlugin, type Plugins } from '../plugins/find-plugins.ts';
import type { Spot } from '../problem.ts';
import { type EntryNode, keyPath, type ManifestNode, type ObjectNode, readText } from '../read/node.ts';
import { namePattern } from '../shape/shape.ts';
import { checkForeign } from '../values/foreign-keywords.ts';
import { asSchema, type Checking, plainValue, type Schema } from '../values/setting-schema.ts';

/** What every part of the check needs. */
export interface Context {
  readonly folder: string;
  readonly plugins: Plugins;
  readonly checking: Checking;
}

/** A part of the manifest with its place. */
export interface Part {
  readonly node: ManifestNode;
  readonly path: string;
  /** Where the key of the part stands. */
  readonly owner: Spot;
}

/** A part that has a name of its own. */
export type NamedPart = Part & { readonly name: string };

export function partOf(entry: EntryNode, path: string): Part {
  return { node: entry.value, path: keyPath(path, entry.key), owner: entry.spot };
}

/** The named entries of a section such as `inbound`, their names checked. */
export function namedParts(section: EntryNode | undefined, path: string, checking: Checking): readonly NamedPart[] {
  if (section?.value.kind !== 'object') return [];
  return Array.from(section.value.entries.values(), (entry) => {
    const part = { name: entry.key, ...partOf(entry, path) };
    if (!new RegExp(namePattern, 'u').test(entry.key)) badName(part, checking);
    return part;
  });
}

function badName({ name, path, owner }: NamedPart, checking: Checking): void {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const hint = `Names are made of a to z, 0 to 9 and hyphens${plain === '' ? '' : `: "${plain}"`}.`;
  checking.find('WB_MANIFEST_BAD_VALUE', `"${name}" cannot be a name.`, path, owner, hint);
}

/** The text of an entry, when it is one; what is no text was found before. */
export function textOf(entry: EntryNode | undefined): string | undefined {
  return entry && readText(entry.value);
}

/** The texts of a list with their places. */
export function textsOf(node: ManifestNode | undefined): readonly { readonly text: string; readonly index: number; readonly spot: Spot }[] {
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item, index) => {
    const text = readText(item);
    return text === undefined ? [] : [{ text, index, spot: item.spot }];
  });
}

/** The checked settings of an object as a plugin receives them. */
export function resolved(schema: Schema, node: ObjectNode, { checking, folder }: Context): Readonly<Record<string, unknown>> {
  return resolveSettings(schema, plainValue(node, checking.converted), { folder }) as Readonly<Record<string, unknown>>;
}

/** The settings without the keys of the kernel. */
export function without(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

/** Checks what a plugin's schema says beyond the usual keywords, among the settings of `node` that are the plugin's. */
export function checkBeyond(schema: object, node: ObjectNode, path: string, own: readonly string[], { checking }: Context): void {
  const values = plainValue(node, checking.converted) as Readonly<Record<string, unknown>>;
  checkForeign(asSchema(schema), without(values, own), node, path, checking);
}

/** A hint that fits an unknown name: what it may have meant, where it may come from, or what there is. */
export function hintFor(near: string | undefined, failed: readonly string[], what: string, known: readonly string[]): string | undefined {
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (failed.length > 0) return `It may come from ${failed.map((name) => `"${name}"`).join(' or ')}, which could not be loaded.`;
  if (known.length === 0) return `No plugin in "plugins" provides ${what}.`;
  return known.length <= 12 ? `Known are ${known.join(', ')}.` : undefined;
}

/** Whether a plugin that could not be loaded is, by its name, the one that would provide `name`. */
export function mayBeFrom(name: string, failed: readonly string[]): boolean {
  return failed.some((specifier) => specifier === anyPlugin || specifier.split(/[@/\\.:_-]+/).includes(name));
}
