import { type TObject, type TProperties, type TSchema, type TString, type TUnsafe, Type } from '@waybill/contract';

/** An object whose unknown keys are errors: a misspelt field is refused, never lost. */
export function closed<Properties extends TProperties>(properties: Properties, description: string): TObject<Properties> {
  return Type.Object(properties, { description, additionalProperties: false });
}

/** What identifies something. Ids are text, whatever a database makes of them: no 64-bit number is rounded on the way. */
export function id(description: string): TString {
  return Type.String({ description, minLength: 1 });
}

/** Text for people, possibly empty. */
export function text(description: string): TString {
  return Type.String({ description });
}

/** One of a few codes. */
export function code<const Codes extends readonly string[]>(description: string, codes: Codes): TUnsafe<Codes[number]> {
  return Type.Unsafe<Codes[number]>({ type: 'string', enum: codes, description });
}

export function flag(description: string): ReturnType<typeof Type.Boolean> {
  return Type.Boolean({ description });
}

const date = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
const time = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?';

/** A point in time as ISO 8601 text. Without an offset it is in UTC. */
export function instant(description: string): TString {
  return Type.String({
    description,
    pattern: `^${date}T${time}(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?$`,
    examples: ['2026-03-14T16:20:05Z', '2026-03-14T16:20:05.000000'],
  });
}

/** A calendar day as ISO 8601 text. */
export function day(description: string): TString {
  return Type.String({ description, pattern: `^${date}$`, examples: ['2026-03-14'] });
}

/** A field that may be missing. */
export const optional = Type.Optional;

export function list<Schema extends TSchema>(items: Schema, description: string): ReturnType<typeof Type.Array<Schema>> {
  return Type.Array(items, { description });
}

/** As `list`, with at least one. */
export function some<Schema extends TSchema>(items: Schema, description: string): ReturnType<typeof Type.Array<Schema>> {
  return Type.Array(items, { description, minItems: 1 });
}
