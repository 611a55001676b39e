import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Markup } from '@waybill/markup';
import type { OpenSession, PunchoutService } from '@waybill/procurement';
import type { Accounts } from './carts/accounts.ts';
import { type CartTable, most } from './carts/cart-table.ts';
import type { Catalog } from './catalog/catalog.ts';
import { readForm } from './form.ts';
import { cartPage } from './pages/cart-page.ts';
import { catalogPage, productPage } from './pages/catalog-page.ts';
import type { Visit } from './pages/layout.ts';
import { messagePage } from './pages/message-page.ts';
import type { Shopfront } from './storefront.ts';

export interface PageParts {
  readonly punchout: PunchoutService;
  readonly catalog: Catalog;
  readonly carts: CartTable;
  readonly accounts: Accounts;
  readonly shopfront: Shopfront;
  /** What people are shown of a buyer. */
  readonly buyerTitle: (buyer: string) => string;
}

/** The pages of the shop. All of them belong to a session; who has none is told how to come. */
export async function servePages(parts: PageParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const session = parts.punchout.sessionOf(request);
  if (!session)
    return send(
      response,
      404,
      messagePage('This shop is for procurement systems', 'Start shopping in yours: it brings you here, and takes your cart back.'),
    );
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
  if (request.method === 'POST') return change(parts, session, pathname, request, response);
  const visit = visitOf(parts, session);
  const { frameAncestors: ancestors } = session;
  const [, first, part] = pathname.split('/');
  if (pathname === '/') return send(response, 200, catalogPage(productsFor(parts.catalog, searchParams.get('search')), visit), ancestors);
  if (pathname === '/cart') return send(response, 200, cartPage(parts.shopfront.shown(session), visit), ancestors);
  const product = first === 'products' ? parts.catalog.find(decoded(part)) : undefined;
  if (product) return send(response, 200, productPage(product, visit), ancestors);
  return send(response, 404, messagePage('There is no such page', 'Go back to the shop.'), ancestors);
}

async function change(
  parts: PageParts,
  session: OpenSession,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await readForm(request);
  if (!form || !session.accepts(form.get('form')))
    return send(response, 403, messagePage('This form is out of date', 'Go back, load the page anew, and try again.'));
  const product = parts.catalog.find(form.get('partNumber') ?? '');
  const quantity = quantityIn(form.get('quantity'));
  const isOpen = session.operation !== 'inspect';
  if (isOpen && product && quantity !== undefined) {
    const { partNumber } = product;
    if (path === '/cart/add' && quantity > 0) parts.carts.add(session.id, { partNumber, quantity: String(quantity) });
    if (path === '/cart/change') parts.carts.set(session.id, partNumber, quantity);
  }
  response.writeHead(303, { location: session.address('/cart'), 'cache-control': 'no-store' }).end();
}

function visitOf({ carts, accounts, buyerTitle }: PageParts, session: OpenSession): Visit {
  const { id, operation: mode, test, user, buyer, formToken: token, address, actions } = session;
  return {
    places: {
      home: address('/'),
      cart: address('/cart'),
      product: (partNumber) => address(`/products/${encodeURIComponent(partNumber)}`),
      add: address('/cart/add'),
      change: address('/cart/change'),
      out: actions,
    },
    token,
    buyer: buyerTitle(buyer),
    user: accounts.nameOf(user),
    mode,
    test,
    lines: carts.linesOf(id).length,
  };
}

function productsFor(catalog: Catalog, search: string | null) {
  return search === null ? catalog.all() : catalog.search(search);
}

/** A path that nobody wrote may hold a `%` that stands for nothing. */
function decoded(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function quantityIn(text: string | null): number | undefined {
  const number = Number(text);
  return text !== null && /^[0-9]{1,4}$/.test(text) && number <= most ? number : undefined;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

function send(response: ServerResponse, status: number, page: Markup, ancestors = "frame-ancestors 'none'"): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': `${policy}; ${ancestors}`,
  });
  response.end(page.text);
}
