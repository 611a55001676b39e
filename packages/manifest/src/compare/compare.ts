import { type JsonSchema, maskTagged, resolveSettings } from '@waybill/contract/host';
import { asSchema, type Schema } from '../values/setting-schema.ts';
import { type Part, type PartKind, partsOf, type Values, valuesOf, type WrittenManifest } from './parts.ts';

/** What is different in a part of two manifests. */
export interface ManifestChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** `manifest` stands for the keys beside the sections. */
  readonly part: PartKind;
  /** Of a connection or an entry its name, of a plugin its package, of a route event and message; empty where there is only one. */
  readonly name: string;
  /** Of what was changed: each setting that is different. */
  readonly settings: readonly SettingChange[];
}

export interface SettingChange {
  /** Dotted: `retry.first`. */
  readonly path: string;
  /** As JSON, with defaults; a secret is `"***"`. Missing: not set, and without a default. */
  readonly before?: string;
  readonly after?: string;
}

/**
 * What is different between two manifests without errors, part by part. Compared is what is written, with defaults: a default that is
 * written out changes nothing, nor does another way to write the same length of time. What a placeholder stands for is not looked at.
 */
export function compareManifests(before: WrittenManifest, after: WrittenManifest): readonly ManifestChange[] {
  const [old, next] = [before, after].map((one) => new Map(partsOf(one).map((part) => [`${part.kind} ${part.name}`, part])));
  const removed = [...(old?.entries() ?? [])].flatMap(([key, part]) => (next?.has(key) ? [] : [changeOf('removed', part)]));
  const others = [...(next?.entries() ?? [])].flatMap(([key, part]) => {
    const was = old?.get(key);
    if (was === undefined) return [changeOf('added', part)];
    const settings = differences(was, part);
    return settings.length === 0 ? [] : [changeOf('changed', part, settings)];
  });
  return [...removed, ...others];
}

function changeOf(change: ManifestChange['change'], { kind: part, name }: Part, settings: readonly SettingChange[] = []): ManifestChange {
  return { change, part, name, settings };
}

/** A setting: `value` tells whether two are the same, `shown` is for people. */
interface Leaf {
  readonly value: string;
  readonly shown: string;
}

function differences(before: Part, after: Part): readonly SettingChange[] {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), next.get(path)];
    if (was?.value === is?.value) return [];
    return [{ path, ...(was ? { before: was.shown } : {}), ...(is ? { after: is.shown } : {}) }];
  });
}

function leavesOf({ schema, written }: Part): ReadonlyMap<string, Leaf> {
  const whole = filled(schema, written) as Values;
  const settings = { ...schema } as JsonSchema;
  const resolved = resolveSettings(settings, whole, { folder: '/' });
  const shown = maskTagged(settings, whole, ['secret']);
  return new Map(leaves(whole, valuesOf(resolved), valuesOf(shown), ''));
}

function leaves(whole: Values, resolved: Values, shown: Values, prefix: string): readonly (readonly [path: string, leaf: Leaf])[] {
  return Object.entries(whole).flatMap(([key, value]): readonly (readonly [string, Leaf])[] => {
    const path = `${prefix}${key}`;
    if (Object.keys(valuesOf(value)).length > 0) return leaves(valuesOf(value), valuesOf(resolved[key]), valuesOf(shown[key]), `${path}.`);
    return value === undefined ? [] : [[path, { value: JSON.stringify(resolved[key]), shown: JSON.stringify(shown[key]) }]];
  });
}

/** What is written, with the defaults of what is not. */
function filled(schema: Schema, written: unknown): unknown {
  const given = written === undefined ? schema.default : written;
  if (schema.properties === undefined || typeof given !== 'object' || given === null) return given;
  const own = Object.entries(schema.properties).map(([key, child]) => [key, filled(asSchema(child), valuesOf(given)[key])] as const);
  return { ...given, ...Object.fromEntries(own.filter(([, value]) => value !== undefined)) };
}
