import type { MessageField, MessageType } from '@waybill/contract';

// What a message type may tell of its fields beside the table for people. The packs of `@waybill/mapping` have it from `fieldsOf`; others
// give it themselves. It is told apart by its form, so that nobody depends on anything for it.

/** A line of the table that says for a machine what may stand there, and what may not. */
export interface ConstrainedField extends MessageField {
  /** Undefined: the suite does not know it, and asks nothing about it. */
  readonly holds?: FieldContent | undefined;
  /** True: how often it stands there, and where, follows from its neighbours as well. */
  readonly free?: boolean | undefined;
  /** How many characters of a record of fixed width it takes; 0: none. Undefined: it stands in no such record, or takes as many as another field says. */
  readonly width?: number | undefined;
}

export type FieldContent =
  /** A text that has to fit each of the rules that hold beside it. */
  | { readonly kind: 'text'; readonly rules: readonly TextRule[] }
  /** A text that never varies. */
  | { readonly kind: 'fixed'; readonly text: string }
  /** The fields below it, and no text of its own. */
  | { readonly kind: 'fields' }
  | { readonly kind: 'nothing' }
  /** Names that no table knows. */
  | { readonly kind: 'any names' };

export interface TextRule {
  readonly facets: TextFacets;
  /** The rule holds beside this value of an attribute alone, for which the attribute may be missing where it is the preset one. */
  readonly beside?: { readonly attribute: string; readonly is: string; readonly preset: boolean } | undefined;
}

/** Facets of `@waybill/values`. Lengths count characters. */
export type TextFacets =
  | { readonly kind: 'text'; readonly min?: number | undefined; readonly max?: number | undefined; readonly trims: boolean }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'flag'; readonly yes: string; readonly no: string }
  | { readonly kind: 'number'; readonly digits: number; readonly scale: number }
  | { readonly kind: 'time'; readonly form: 'date-time' | 'YYYYMMDD' | 'YYYY-MM-DD' | 'HHMMSS' | 'db2' }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly says: string };

export const fieldsOf = ({ fields }: MessageType): readonly ConstrainedField[] => fields?.() ?? [];

/** `1..2` as numbers; `n` is any number. */
export function occurrencesOf({ occurs }: MessageField): { readonly least: number; readonly most: number } {
  const [least = '', most = least] = occurs.split('..');
  return { least: Number(least), most: most === 'n' ? Number.POSITIVE_INFINITY : Number(most) };
}
