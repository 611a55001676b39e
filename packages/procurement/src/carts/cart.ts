import type { BuyerAddress, CartLine, Charge, Parties } from '@waybill/commerce';
import type { OciCall } from '../oci/call.ts';

/** A line of a cart. Its number is its place in the cart, from 1, whatever it says itself. */
export type CartItem = CartLine;

/** What somebody has put together, in one currency. */
export interface Cart {
  /** Code of ISO 4217, which every price and charge of the cart has. */
  readonly currency: string;
  readonly lines: readonly CartItem[];
  /** For the whole cart; neither belongs to its total. */
  readonly shipping?: Charge;
  readonly tax?: Charge;
  readonly shipTo?: BuyerAddress;
  /** Pending: it cannot be ordered before the supplier has said so. Default final. */
  readonly quote?: 'final' | 'pending';
  /** Number of the quote or the order at the supplier. */
  readonly quoteId?: string;
  /** Language of the texts of lines that name none, as a tag of BCP 47. */
  readonly language?: string;
}

/**
 * How a session ends. Three different verbs, since the most destructive mistake of the protocol is to take one for another
 * (reference/procurement-messages.md, section 3.6).
 *
 * - return: the buyer gets the lines. Without lines it is refused in a session that edits.
 * - empty: somebody has thrown out everything. In a session that edits, the buyer deletes its lines.
 * - leave: nothing is changed, whatever is in the cart: the session was closed or has ended by itself.
 */
export type Ending =
  | { readonly verb: 'return'; readonly cart: Cart }
  | { readonly verb: 'empty'; readonly currency: string }
  | { readonly verb: 'leave'; readonly currency: string };

/** The session that ends: what its start has told. */
export type CartSession =
  | {
      readonly protocol: 'cxml';
      /** The cookie of the buyer, as it came. */
      readonly cookie: string;
      readonly operation: 'create' | 'edit' | 'inspect' | 'source';
      readonly parties: Parties;
      /** As `checkedReturnAddress` gave it. */
      readonly returnAddress: string;
      readonly test: boolean;
      readonly language?: string;
    }
  | { readonly protocol: 'oci'; readonly call: OciCall };

/** Something about a line, or about the cart where `line` is missing. */
export interface CartNote {
  /** From 1. */
  readonly line?: number;
  /** The field by the name that the protocol has for it: SupplierPartAuxiliaryID, QUANTITY. */
  readonly field: string;
  /** What is the matter, as the end of a sentence that begins with the field. */
  readonly what: string;
}

export interface FormField {
  readonly name: string;
  readonly value: string;
}

/** The form that the browser posts: nothing in it is escaped. */
export interface ReturnForm {
  readonly action: string;
  readonly target: string;
  readonly charset: string;
  readonly fields: readonly FormField[];
}

/** A cart that may go back, or all that keeps it from it. */
export type WrittenCart =
  | {
      readonly outcome: 'written';
      readonly form: ReturnForm;
      /** The document in the form; undefined of OCI. */
      readonly document: string | undefined;
      /** What was changed so that the buyer takes it. */
      readonly warnings: readonly CartNote[];
    }
  | { readonly outcome: 'refused'; readonly problems: readonly CartNote[] };
