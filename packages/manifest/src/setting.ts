import { duration, type LengthOfTime, path, settings, Type } from '@waybill/contract';
import type { Schema } from './values/setting-schema.ts';

declare const written: unique symbol;

/** A schema that knows, for the compiler, how its value is written in a manifest, and whether it may be missing there. */
export interface Setting<Value = unknown, Missing extends boolean = boolean> extends Schema {
  readonly [written]: { readonly value: Value; readonly missing: Missing };
}

/** Settings that stand in one object; other keys are errors. */
export interface Group<Properties extends Settings, Missing extends boolean = false> extends Setting<WrittenGroup<Properties>, Missing> {
  readonly properties: Properties;
}

type Settings = Readonly<Record<string, Setting>>;

/** What may be written for a setting: with its unit, and without what has a default. */
export type Written<Of extends Setting> = Of[typeof written]['value'];

type WrittenGroup<Properties extends Settings> = {
  readonly [Key in keyof Properties as Properties[Key] extends Setting<unknown, true> ? never : Key]: Written<Properties[Key]>;
} & {
  readonly [Key in keyof Properties as Properties[Key] extends Setting<unknown, true> ? Key : never]?: Written<Properties[Key]> | undefined;
};

/** A text with `${env:NAME}` or `${file:path}` in it: it may stand wherever a single value does. */
export type Placeholder = `${string}\${${string}}${string}`;

/** For people. */
interface About {
  readonly description: string;
  readonly examples: readonly unknown[];
}

interface WithDefault<Value> extends About {
  readonly default: Value;
}

/** A setting of a form of its own. */
export function setting<Value, Missing extends boolean = false>(schema: object): Setting<Value, Missing> {
  return schema as Setting<Value, Missing>;
}

/** The same setting where it may be missing without having a default. */
export function optional<Value>(one: Setting<Value>): Setting<Value, true> {
  return Type.Optional(one) as unknown as Setting<Value, true>;
}

export function text(about: About): Setting<string, false> {
  return setting({ type: 'string', minLength: 1, ...about });
}

export function texts(about: About): Setting<readonly string[], false> {
  return setting({ type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true, ...about });
}

export function place(about: About & { readonly examples: readonly string[] }): Setting<string, false> {
  return setting(path(about));
}

/** One of several words; the first of them is the default. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
  description: string,
  fallback: Words[number] = words[0],
): Setting<Words[number] | Placeholder, true> {
  const [example] = words.filter((one) => one !== fallback);
  return setting({ type: 'string', enum: words, default: fallback, description, examples: [example] });
}

export function flag(description: string, fallback: boolean): Setting<boolean | Placeholder, true> {
  return setting({ type: 'boolean', default: fallback, description, examples: [!fallback] });
}

/** A whole number from 1 to 1000. */
export function amount(about: WithDefault<number>): Setting<number | Placeholder, true>;
export function amount(about: About): Setting<number | Placeholder, false>;
export function amount(about: About): Setting<number | Placeholder> {
  return setting({ type: 'integer', minimum: 1, maximum: 1000, ...about });
}

interface AboutLength {
  readonly description: string;
  readonly examples: readonly LengthOfTime[];
}

export function length(about: AboutLength & { readonly default: LengthOfTime }): Setting<LengthOfTime | Placeholder, true>;
export function length(about: AboutLength): Setting<LengthOfTime | Placeholder, false>;
export function length(about: AboutLength): Setting<LengthOfTime | Placeholder> {
  return setting(duration(about));
}

export function group<Properties extends Settings>(properties: Properties, about?: About): Group<Properties> {
  return { ...settings(properties as Parameters<typeof settings>[0]), ...about } as unknown as Group<Properties>;
}

/** A group that may be missing: all that is in it has a default. */
export function defaults<Properties extends Settings>(
  properties: Properties,
  about: { readonly description: string; readonly examples: readonly [Partial<WrittenGroup<Properties>>] },
): Group<Properties, true> {
  return { ...group(properties), default: {}, ...about } as unknown as Group<Properties, true>;
}
