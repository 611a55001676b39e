import type { CartLine } from '@waybill/commerce';
import type { Cart } from '../carts/cart.ts';
import type { Requisitioner } from '../partners/requisitioner.ts';
import type { PunchoutSession } from '../sessions/session.ts';

/** Who asks for products without a session. */
export interface Asker {
  readonly buyer: string;
  readonly user: string;
  readonly test: boolean;
}

/**
 * Of OCI. VALIDATE: one product by the id that its line had (`EXT_PRODUCT_ID`), since a template or an old cart is used again. BACKGROUND_SEARCH: products by words.
 */
export type Question =
  | { readonly asks: 'product'; readonly productId: string; readonly quantity: string }
  | { readonly asks: 'search'; readonly words: string; readonly vendor?: string };

/**
 * What the application does for the service: catalog, cart and users are its own. What these throw, a `CommandError` above all, refuses the set-up with its message,
 * or shows a page that says that something went wrong. A process may die at any time: what is called before it did may be called again for another session.
 */
export interface Storefront {
  /**
   * Finds the account of a requisitioner, or makes it when the requisitioner comes for the first time. Called with every set-up. The account has no password and
   * logs on by PunchOut only. Its key is `requisitioner.account`: the same id of another buyer is another person. Resolves with what the application calls the account.
   */
  registerUser(requisitioner: Requisitioner, about: { readonly buyer: string; readonly test: boolean }): Promise<string> | string;
  /**
   * Begins the cart of a session, under `session.id`, before the buyer is told where to start: this is the last place to refuse. `lines` are what the buyer holds, of
   * an edit or an inspect; each keeps its `auxiliaryId` until it is returned. Otherwise there are none.
   */
  openCart(session: PunchoutSession, lines: readonly CartLine[]): Promise<void> | void;
  /** The cart of a session as it is to be returned: one currency, lines in their order, prices without tax and shipping. Called when the requisitioner returns it. */
  cartOf(session: PunchoutSession): Promise<Cart> | Cart;
  /** The path of the first page: of the product that was asked for, of the results of a search, of the cart in an edit. Default `/`. */
  firstPage?(session: PunchoutSession): Promise<string> | string;
  /** The path of the cart, to which pages of the service lead back. Default `/`. */
  readonly cartPage?: string;
  /** Answers VALIDATE and BACKGROUND_SEARCH of OCI with lines as they would stand in a cart. Missing: these calls are refused. */
  find?(question: Question, asker: Asker): Promise<Cart> | Cart;
}
