import { secret, type TObject, type TProperties, type TSchema, type TString, type TUnsafe, Type } from '@waybill/contract';

/** An object whose unknown keys are errors: a misspelt field is refused, never lost. */
export function closed<Properties extends TProperties>(properties: Properties, description: string): TObject<Properties> {
  return Type.Object(properties, { description, additionalProperties: false });
}

/** No control characters but tab and the ends of lines, and no half of a surrogate pair: neither XML nor fixed-width records can hold those. */
const visible = '!-\\ud7ff\\ue000-\\ufffd\\u{10000}-\\u{10ffff}';
const writable = `[\\t\\n\\r ${visible}]`;
const writableText = `^${writable}*$`;
/** With more in it than blanks. */
const writableId = `^[\\t\\n\\r ]*[${visible}]${writable}*$`;
const writablePattern = new RegExp(writableText, 'u');

/** Whether a text can stand in a command or an event. What cannot is best refused where somebody enters it. */
export function isWritable(text: string): boolean {
  return writablePattern.test(text);
}

export const writableName = `^${writable}+$`;

/** What identifies something. Ids are text, whatever a database makes of them: no 64-bit number is rounded on the way. */
export function id(description: string, most?: number): TString {
  return Type.String({ description, minLength: 1, ...atMost(most), pattern: writableId });
}

/** Text for people, possibly empty. Without `most` it may have any length. */
export function text(description: string, most?: number): TString {
  return Type.String({ description, ...atMost(most), pattern: writableText });
}

/** Text that nobody may see. */
export function hidden(description: string, most?: number): TUnsafe<string> {
  return Type.Unsafe<string>({ ...secret({ description }), ...atMost(most), pattern: writableText });
}

function atMost(most: number | undefined): { readonly maxLength?: number } {
  return most === undefined ? {} : { maxLength: most };
}

/** One of a few codes. */
export function code<const Codes extends readonly string[]>(description: string, codes: Codes): TUnsafe<Codes[number]> {
  return Type.Unsafe<Codes[number]>({ type: 'string', enum: codes, description });
}

export function flag(description: string): ReturnType<typeof Type.Boolean> {
  return Type.Boolean({ description });
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
