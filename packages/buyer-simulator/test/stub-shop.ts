import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CartLine } from '@waybill/commerce';
import { browserForm, type CxmlDocument, type PunchoutCart, readDocument, writeDocument, writeResponse } from '@waybill/cxml';
import { onTestFinished } from 'vitest';
import { type Buyer, type BuyerOptions, startBuyer } from '../src/index.ts';

export const secret = 'example-secret-a';

/** A shop that lets everybody in, and keeps what came. */
export class StubShop {
  readonly texts: string[] = [];
  readonly url: string;
  /** Status of what is no setup request. */
  status = { code: 200, text: 'OK' };
  /** Instead of an answer of cXML. */
  page: string | undefined;

  constructor(url: string) {
    this.url = url;
  }

  documents(): readonly CxmlDocument[] {
    return this.texts.map((text) => readDocument(text));
  }

  answer(text: string): string {
    this.texts.push(text);
    if (this.page !== undefined) return this.page;
    const head = { payloadId: `${this.texts.length}@shop.test`, timestamp: '2026-11-27T10:00:00-05:00' };
    if (!text.includes('<PunchOutSetupRequest')) return writeResponse({ ...head, status: this.status });
    const startPage = `https://shop.test/start/${this.texts.length}`;
    return writeResponse({ ...head, status: { code: 200, text: 'OK' }, content: { type: 'PunchOutSetupResponse', input: { startPage } } });
  }
}

export async function startShop(): Promise<StubShop> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.setHeader('Content-Type', 'text/xml').end(shop.answer(Buffer.concat(parts).toString())));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  const shop = new StubShop(`http://127.0.0.1:${(server.address() as AddressInfo).port}/cxml`);
  return shop;
}

/** A buyer, and a shop where it buys; both end with the test. */
export async function startBoth(options: BuyerOptions = {}): Promise<{ readonly buyer: Buyer; readonly shop: StubShop }> {
  const shop = await startShop();
  const buyer = await startBuyer({ shop: shop.url, secret, ...options });
  onTestFinished(() => buyer.close());
  return { buyer, shop };
}

export function line(partId: string, quantity = '2', amount = '4.25'): CartLine {
  return {
    quantity,
    partId,
    auxiliaryId: `${partId}-1`,
    description: `Part ${partId}`,
    language: 'en-US',
    unit: 'EA',
    price: { amount, currency: 'USD' },
    classifications: [{ domain: 'UNSPSC', code: '31171504' }],
  };
}

export interface CartToPost {
  readonly lines?: readonly CartLine[];
  readonly cookie?: string;
  readonly status?: number;
  readonly payloadId?: string;
  readonly form?: 'cxml-urlencoded' | 'cxml-base64';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a cart as a browser does that came from the shop. */
export async function postCart(
  buyer: Buyer,
  id: string,
  given: CartToPost = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { lines = [line('ROPE-8')], cookie = buyer.requisition(id).session.cookie, status, form = 'cxml-urlencoded', headers } = given;
  const cart: PunchoutCart = { cookie, operationAllowed: 'edit', total: { amount: '8.50', currency: 'USD' }, lines };
  const parties = { from: [{ domain: 'DUNS', identity: '2' }], to: [{ domain: 'DUNS', identity: '1' }] };
  const head = { payloadId: given.payloadId ?? `cart-${id}@shop.test`, timestamp: '2026-11-27T10:00:00-05:00', parties };
  const text = writeDocument(
    'PunchOutOrderMessage',
    cart,
    status === undefined ? head : { ...head, status: { code: status, text: 'No Content' } },
  );
  const { name, value } = browserForm(text, form);
  const response = await fetch(`${buyer.url}cart?requisition=${id}&site=7`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://shop.test', ...headers },
    body: new URLSearchParams({ [name]: value }).toString(),
  });
  return { status: response.status, text: await response.text() };
}

export function outcomes(buyer: Buyer, id: string): readonly string[] {
  return buyer.requisition(id).posts.map(({ outcome }) => outcome);
}
