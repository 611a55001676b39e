import type { CartLine } from '@waybill/commerce';
import {
  type Cart,
  multiply,
  type PunchoutSession,
  type Question,
  type Requisitioner,
  type Storefront,
  sumOfQuotients,
} from '@waybill/procurement';
import { errors } from '@waybill/reference-store';
import type { Accounts } from './carts/accounts.ts';
import { type CartTable, most, type WantedLine } from './carts/cart-table.ts';
import { type Catalog, lineOf, type Product } from './catalog/catalog.ts';
import type { ShownCart } from './pages/cart-page.ts';

/** What the PunchOut service asks the shop for. */
export class Shopfront implements Storefront {
  readonly #catalog: Catalog;
  readonly #carts: CartTable;
  readonly #accounts: Accounts;
  readonly cartPage = '/cart';

  constructor(catalog: Catalog, carts: CartTable, accounts: Accounts) {
    this.#catalog = catalog;
    this.#carts = carts;
    this.#accounts = accounts;
  }

  registerUser(requisitioner: Requisitioner, { buyer }: { readonly buyer: string }): string {
    return this.#accounts.register(requisitioner, buyer);
  }

  /** Throws WB_STORE_PRODUCT_UNKNOWN and WB_STORE_QUANTITY_NOT_POSITIVE: better now than when somebody has shopped for an hour. */
  openCart({ id }: PunchoutSession, lines: readonly CartLine[]): void {
    for (const line of lines.map((each) => this.#wanted(each))) this.#carts.add(id, line);
  }

  cartOf({ id, protocol }: PunchoutSession): Cart {
    const lines = this.#carts.linesOf(id).map((line) => ({ line, product: this.#product(line.partNumber) }));
    // A buyer of OCI asks for a product again by what its line was known by: there it is the part number.
    const known = protocol === 'oci' ? ({ partNumber }: WantedLine) => partNumber : ({ auxiliaryId }: WantedLine) => auxiliaryId;
    return cartWith(lines.map(({ line, product }) => lineOf(product, line.quantity, known(line))));
  }

  firstPage({ operation, selected, search }: PunchoutSession): string {
    if (operation === 'edit' || (operation === 'inspect' && !selected)) return '/cart';
    if (selected && this.#catalog.find(selected.partId)) return `/products/${encodeURIComponent(selected.partId)}`;
    return search === undefined ? '/' : `/?search=${encodeURIComponent(search)}`;
  }

  /** Of OCI: one product with its price of today, or those that have all the words. */
  find(question: Question): Cart {
    if (question.asks === 'search')
      return cartWith(this.#catalog.search(question.words).map((product) => lineOf(product, '1', product.partNumber)));
    const product = this.#catalog.find(question.productId);
    return cartWith(product ? [lineOf(product, question.quantity, product.partNumber)] : []);
  }

  /** The cart as the page of the shop has it. */
  shown({ id }: PunchoutSession): ShownCart {
    const lines = this.#carts.linesOf(id).map(({ partNumber, quantity }) => {
      const product = this.#product(partNumber);
      return { product, quantity, total: multiply(product.price, quantity) };
    });
    const total = sumOfQuotients(
      lines.map((line) => ({ number: line.total, by: '1' })),
      2,
    );
    return { lines, total, currency: lines[0]?.product.currency ?? 'CAD' };
  }

  #wanted({ partId, quantity, auxiliaryId, number }: CartLine): WantedLine {
    const product = this.#catalog.find(partId ?? '');
    const place = number === undefined ? 'A line' : `Line ${number}`;
    if (!product) throw errors.WB_STORE_PRODUCT_UNKNOWN(`${place}: the shop does not sell ${partId ?? 'what has no part number'}.`);
    if (!/^[1-9][0-9]{0,3}$/.test(quantity))
      throw errors.WB_STORE_QUANTITY_NOT_POSITIVE(`${place}: ${quantity} of ${product.name}; the most is ${most}.`);
    return { partNumber: product.partNumber, quantity, ...(auxiliaryId === undefined ? {} : { auxiliaryId }) };
  }

  #product(partNumber: string): Product {
    const product = this.#catalog.find(partNumber);
    if (!product) throw errors.WB_STORE_PRODUCT_UNKNOWN(`The shop does not sell ${partNumber} any more.`);
    return product;
  }
}

function cartWith(lines: readonly CartLine[]): Cart {
  return { currency: lines[0]?.price?.currency ?? 'CAD', lines };
}
