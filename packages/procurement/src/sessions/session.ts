import type { CartNote, CartSession, ReturnForm } from '../carts/cart.ts';

/** What a session is for, as reference/procurement-messages.md, section 3.5 has it. An OCI call shops (`create`) or looks at one product (`inspect`). */
export type SessionOperation = 'create' | 'edit' | 'inspect' | 'source';

/** One visit of a requisitioner, from the set-up to the return of the cart. The application keeps its cart under `id`. */
export interface PunchoutSession {
  /** Names the session inside the application: in its tables, and in auxiliary ids. Whoever knows it cannot enter the session. */
  readonly id: string;
  /** The buyer, by the name that the partners have for it. */
  readonly buyer: string;
  readonly protocol: 'cxml' | 'oci';
  readonly operation: SessionOperation;
  /** The account of the requisitioner, as `Storefront.registerUser` has named it. */
  readonly user: string;
  /** True: nothing is taken from the stock, and nothing is shipped. */
  readonly test: boolean;
  /** The product that the buyer wants to see first. */
  readonly selected?: { readonly partId: string; readonly auxiliaryId?: string };
  /** The words that the buyer wants looked for first. */
  readonly search?: string;
  /** Whither the cart goes, and what it has to bring back. Missing: nothing goes back. */
  readonly back?: CartSession;
}

/** How a session was brought to its end: with the cart, with the order to delete all lines at the buyer, or without a change. */
export type Verb = 'return' | 'empty' | 'leave';

/** What the browser carries to the buyer. It is written once; every later look shows the same. */
export interface Returned {
  readonly verb: Verb;
  /** Undefined where the buyer has given no address: there is nothing to post. */
  readonly form?: ReturnForm;
  readonly warnings: readonly CartNote[];
}

/**
 * - waiting: the start address is out, and nobody has used it.
 * - open: somebody shops.
 * - returned: the cart, or word that there is none, is written. What was written stays as it is.
 */
export type SessionState = 'waiting' | 'open' | 'returned';
