import type { MessageField } from '@waybill/contract';
import type { AnyTextType, Facets } from '@waybill/values';

/** A line of the table of a message, with what its words say, for a machine: suites make messages of it that break a rule. */
export interface DescribedField extends MessageField {
  readonly holds: FieldContent;
  /** True: how often it stands there, and where, follows from its neighbours as well: it is one of several, or they come again together. */
  readonly free?: true;
  /** How many characters of a record of fixed width it takes; 0: none. Added by formats that have such records. */
  readonly width?: number;
}

/** What stands at the place of a field. */
export type FieldContent =
  /** A text that has to fit each of the rules that hold beside it. Without rules: any text. */
  | { readonly kind: 'text'; readonly rules: readonly TextRule[] }
  /** A text that never varies. */
  | { readonly kind: 'fixed'; readonly text: string }
  /** The fields below it, and no text of its own. */
  | { readonly kind: 'fields' }
  | { readonly kind: 'nothing' }
  /** Names that no table knows. */
  | { readonly kind: 'any names' };

export interface TextRule {
  readonly facets: Facets;
  /** Holds beside this value of an attribute alone. Undefined: always. */
  readonly beside?: { readonly attribute: string; readonly is: string; readonly preset: boolean };
}

export const textOf = (...types: readonly AnyTextType[]): FieldContent => ({
  kind: 'text',
  rules: types.map(({ facets }) => ({ facets })),
});
