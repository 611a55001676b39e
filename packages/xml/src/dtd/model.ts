/** How often a part of a content model may occur: once, at most once, any number of times, at least once. */
export type DtdOccurs = '1' | '?' | '*' | '+';

/** A child element, or a group in brackets. A sequence has one part or more, a choice two or more. */
export type DtdPart =
  | { readonly kind: 'element'; readonly name: string; readonly occurs: DtdOccurs }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly DtdPart[]; readonly occurs: DtdOccurs };

export type DtdGroup = Exclude<DtdPart, { readonly kind: 'element' }>;

/** What an element may hold: nothing, anything, text, text mixed with the named elements, or elements in the order of a group. */
export type DtdContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'any' }
  | { readonly kind: 'text' }
  | { readonly kind: 'mixed'; readonly names: readonly string[] }
  | { readonly kind: 'children'; readonly group: DtdGroup };

export type DtdAttributeType =
  | { readonly kind: 'CDATA' | 'ID' | 'IDREF' | 'IDREFS' | 'ENTITY' | 'ENTITIES' | 'NMTOKEN' | 'NMTOKENS' }
  | { readonly kind: 'enumeration'; readonly words: readonly string[] };

/** What holds when the attribute is left out, and whether it has one value only. */
export type DtdPresence =
  | { readonly kind: 'required' }
  | { readonly kind: 'implied' }
  | { readonly kind: 'fixed'; readonly value: string }
  | { readonly kind: 'default'; readonly value: string };

export interface DtdAttribute {
  readonly name: string;
  readonly type: DtdAttributeType;
  readonly presence: DtdPresence;
}

export interface DtdElement {
  readonly name: string;
  readonly content: DtdContent;
  /** In the order of their declaration. */
  readonly attributes: readonly DtdAttribute[];
  /** Where the declaration stands, for people: `Order_30.dtd:12:1`, or a path. It is not printed. */
  readonly at?: string | undefined;
}

/** A general entity that stands for text. The five that XML knows by itself are not listed. */
export interface DtdEntity {
  readonly name: string;
  readonly text: string;
}

/** What a DTD says about documents, as plain data, in the order of the declarations. */
export interface Dtd {
  readonly elements: readonly DtdElement[];
  readonly entities: readonly DtdEntity[];
}

/** Something that a DTD says, or a sample cannot say, and that is therefore not in the model. */
export interface DtdNote {
  /** `Order_30.dtd:12:1`, or the name of an element, `Order`, or of its attribute, `Order@number`. */
  readonly at: string;
  readonly message: string;
}
