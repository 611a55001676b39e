import type { Static, TObject, TProperties, TSchema, TUnsafe } from 'typebox';
import { Type } from './type.ts';

// All of TypeBox's types: declarations of plugins name them, and plugins depend on this package only.
export type * from 'typebox';
export { Type };

/** What the helpers below add to a JSON Schema; the kernel converts and masks by it. In the schema of a message it is `secret` or `personal`. */
export const unitKeyword = 'x-waybill';
export type Unit = 'duration' | 'bytes' | 'path' | 'secret';

export interface SettingOptions<Written extends string = string> {
  /** What the setting is for. Mandatory: README tables, cards and editors show it. */
  readonly description: string;
  /** As it is written in a manifest (`'1s'`, `'10MB'`). Without a default, and not optional, the setting is required. */
  readonly default?: Written;
  readonly examples?: readonly Written[];
}

/** A length of time as it is written: a whole number and its unit. */
export type LengthOfTime = `${bigint}${'ms' | 's' | 'm' | 'h' | 'd'}`;
/** An amount of data as it is written; the units are multiples of 1024. */
export type AmountOfData = `${bigint}${'B' | 'KB' | 'MB' | 'GB'}`;

/** Same keys as a plain object schema, but unknown keys are errors. Settings are always closed. */
export function settings<Properties extends TProperties>(
  properties: Properties,
  options: { description?: string } = {},
): TObject<Properties> {
  return Type.Object(properties, { ...options, additionalProperties: false });
}

/** A length of time, written with its unit (`250ms`, `30s`, `5m`, `2h`, `7d`). The plugin gets milliseconds. */
export function duration(options: SettingOptions<LengthOfTime>): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'string', pattern: '^[0-9]+(ms|s|m|h|d)$', [unitKeyword]: 'duration', ...options });
}

/** An amount of data, written with its unit (`512B`, `64KB`, `10MB`, `1GB`; multiples of 1024). The plugin gets bytes. */
export function bytes(options: SettingOptions<AmountOfData>): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'string', pattern: '^[0-9]+(B|KB|MB|GB)$', [unitKeyword]: 'bytes', ...options });
}

/** A place in the file system, relative to the folder of the manifest. The plugin gets an absolute path. */
export function path(options: SettingOptions): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', minLength: 1, [unitKeyword]: 'path', ...options });
}

/**
 * Something nobody may see: never shown in logs, errors or console. As a setting it comes from `${env:…}` or `${file:…}`; as a part of
 * a message it is handed to the application, and stands in the journal as long as the message does. It has no default: everybody would know it.
 */
export function secret(options: Omit<SettingOptions, 'default'> & { readonly default?: never }): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', minLength: 1, [unitKeyword]: 'secret', ...options });
}

/**
 * Marks what tells of a person (a name, an address, a telephone number) in the schema of a command, an event or a reply, with all
 * that lies within. The kernel keeps it out of the texts of failures in logs and journal; `waybill decode --mask` hides it. It
 * changes nothing of what may be said.
 */
export function personal<Schema extends TSchema>(schema: Schema): Schema {
  // With the marks of an optional schema, which are not enumerable.
  const tag = { value: 'personal', enumerable: true, writable: true, configurable: true };
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(schema), [unitKeyword]: tag }) as Schema;
}

/** An exact decimal number as text (`-12.50`): amounts and quantities are never floats. */
export function decimal(options: { description: string; examples?: readonly string[] }): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', pattern: '^[+-]?[0-9]+(\\.[0-9]+)?$', ...options });
}

/** The type of a settings object as a plugin receives it. */
export type Settings<Schema extends TSchema> = Static<Schema>;
