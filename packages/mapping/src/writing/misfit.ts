/** What is wrong with a value that has to be written. */
export type MisfitKind =
  /** Something that has to be there is absent. */
  | 'missing'
  /** A value is not what its place takes, or has no place. */
  | 'bad value'
  /** There is more of something than the message takes. */
  | 'too many'
  /** Two things exclude each other. */
  | 'beside';

/** Why a value cannot be written. Formats make an error of their own of it. */
export class Misfit extends Error {
  readonly kind: MisfitKind;
  /** The place on the wire: `Order/Item[2]/Price`, `Order/Item[2]@unit`. */
  readonly wire: string;
  /** The place in the value: `items[1].price`. Empty for the value as a whole. */
  readonly field: string;
  readonly hint: string | undefined;

  constructor(
    kind: MisfitKind,
    message: string,
    place: { readonly wire: string; readonly field: string },
    more: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in more ? { cause: more.cause } : undefined);
    this.kind = kind;
    this.wire = place.wire;
    this.field = place.field;
    this.hint = more.hint;
  }
}
