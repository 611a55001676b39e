import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CartLine } from '@waybill/commerce';
import type { OpenSession, PunchoutSession, Question, Requisitioner, Storefront } from '../../src/index.ts';

/** A store with carts in memory, and as few pages as a test needs: `/`, `/add?part=&quantity=`, `/clear`. */
export class SmallStore implements Storefront {
  readonly users = new Map<string, Requisitioner>();
  readonly carts = new Map<string, CartLine[]>();
  readonly opened: PunchoutSession[] = [];
  readonly cartPage = '/cart';

  registerUser(requisitioner: Requisitioner): string {
    this.users.set(requisitioner.account, requisitioner);
    return requisitioner.account;
  }

  openCart(session: PunchoutSession, lines: readonly CartLine[]): void {
    this.opened.push(session);
    this.carts.set(session.id, [...lines]);
  }

  cartOf({ id }: PunchoutSession) {
    return { currency: 'EUR', lines: this.carts.get(id) ?? [] };
  }

  firstPage({ selected, search, operation }: PunchoutSession): string {
    if (selected) return `/product/${encodeURIComponent(selected.partId)}`;
    if (search !== undefined) return `/search?q=${encodeURIComponent(search)}`;
    return operation === 'edit' ? '/cart' : '/';
  }

  find(question: Question) {
    const parts = question.asks === 'product' ? [question.productId] : [`${question.words} 1`, `${question.words} 2`];
    const quantity = question.asks === 'product' ? question.quantity : '1';
    return { currency: 'EUR', lines: parts.map((part) => ({ ...lineOf(part, quantity), description: part })) };
  }

  serve(session: OpenSession | undefined, request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://store');
    if (!session) return void response.writeHead(404).end('no session');
    const cart = this.carts.get(session.id) ?? [];
    if (url.pathname === '/add') cart.push(lineOf(url.searchParams.get('part') ?? '', url.searchParams.get('quantity') ?? '1'));
    if (url.pathname === '/clear') cart.length = 0;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const forms = Object.entries(session.actions).map(
      ([verb, action]) =>
        `<form id="${verb}" method="post" action="${action}"><input type="hidden" name="form" value="${session.formToken}"></form>`,
    );
    response.end(
      `<h1>${session.operation} ${url.pathname}</h1><p>${session.user}</p>${cart.map(({ partId }) => `<li>${partId}</li>`).join('')}${forms.join('')}`,
    );
  }
}

export function lineOf(partId: string, quantity = '1'): CartLine {
  return {
    quantity,
    partId,
    shortName: `Part ${partId}`,
    description: `Part ${partId}`,
    language: 'en',
    unit: 'EA',
    price: { amount: '4.25', currency: 'EUR' },
    classifications: [{ domain: 'UNSPSC', code: '31171504' }],
  };
}
