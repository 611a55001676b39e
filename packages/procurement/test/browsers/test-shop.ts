import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CartLine, PunchoutSetUpInput } from '@waybill/commerce';
import { newPayloadId, readDocument, statusErrors, statusOf, timestampOf, writeResponse } from '@waybill/cxml';
import { markup } from '@waybill/markup';
import { recordingLog } from '@waybill/testing';
import type { Certificates } from '../../../../test/vehicles/browsers/sites.ts';
import { definePartners, definePunchout, type OpenSession, openSessions, type PunchoutService } from '../../src/index.ts';
import { lineOf, SmallStore } from '../service/small-store.ts';

const host = 'shop.example-a.test';

/** What a browser has asked of the shop. */
export interface Visit {
  readonly path: string;
  readonly cookie: string | undefined;
}

/** A shop for people: a shelf and a cart, which work without scripts. */
class Shelf extends SmallStore {
  override serve(session: OpenSession | undefined, request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store');
    if (!session) return void response.writeHead(404).end('no session');
    const cart = this.carts.get(session.id) ?? [];
    const part = searchParams.get('part');
    if (pathname === '/add' && part !== null) {
      cart.push(described(part));
      return void response.writeHead(303, { Location: session.address('/cart') }).end();
    }
    if (pathname === '/clear') cart.length = 0;
    const form = (verb: 'return' | 'empty' | 'leave', text: string) =>
      markup`<form method="post" action="${session.actions[verb]}"><input type="hidden" name="form" value="${session.formToken}"><button id="${verb}">${text}</button></form>`;
    const page = markup`<!doctype html><meta charset="utf-8"><title>Shop</title><h1>${pathname === '/cart' ? 'Your cart' : 'The shelf'}</h1>
<p>${session.operation} for ${session.user}</p><ul>${cart.map(({ description }) => markup`<li>${description}</li>`)}</ul>
<p><a id="shelf" href="${session.address('/')}">Shelf</a> <a id="add" href="${session.address('/add?part=ROPE-8')}">Add a rope</a>
<a id="odd" href="${session.address('/add?part=ODD')}">Add something odd</a> <a id="clear" href="${session.address('/clear')}">Clear</a></p>
${form('return', 'Return the cart')}${form('empty', 'Return nothing')}${form('leave', 'Leave')}`;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page.text);
  }
}

export const oddName = '"><script>document.title="changed"</script> Kühlöl & <b>Öfen</b> 漢字';

function described(part: string): CartLine {
  return part === 'ODD' ? { ...lineOf(part), shortName: 'Odd', description: oddName } : lineOf(part, '2');
}

/** The service on a server of its own, by TLS and under a real name; documents come to `/cxml` without a kernel. */
export class TestShop {
  readonly visits: Visit[] = [];
  readonly store = new Shelf();
  readonly #server: Server;
  readonly #sessions = openSessions({ path: ':memory:' });
  #service: PunchoutService | undefined;

  constructor({ key, cert }: Certificates) {
    this.#server = createServer({ key, cert }, (request, response) => {
      this.visits.push({ path: request.url ?? '', cookie: request.headers.cookie });
      if (request.url === '/cxml') return void this.#take(request, response);
      this.#service?.handle(request, response, () => this.store.serve(this.#service?.sessionOf(request), request, response));
    });
  }

  get url(): string {
    return `https://${host}:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Opens it for buyers whose carts go to `buyerUrl`. */
  serveFor(buyerUrl: string, target: '_self' | '_top'): void {
    const { host: returnHost, origin } = new URL(buyerUrl);
    const named = (identity: string) => [{ domain: 'NetworkID', identity }];
    const around = { returnHosts: [returnHost], frameAncestors: [origin] };
    const partners = definePartners({
      supplier: { identities: named('AN11000000321') },
      senders: { larkfield: { identities: named('AN11000000123'), secrets: ['example-secret-a'], speaksFor: ['larkfield'] } },
      buyers: {
        larkfield: { identities: named('AN11000000123'), returnTarget: target, ...around },
        srm: { logon: { user: 'AN11000000123', passwords: ['example-secret-a'] }, ...around },
      },
    });
    const spec = { partners, sessions: this.#sessions, storefront: this.store, log: recordingLog().log, name: 'Harbor Pine' };
    const service = definePunchout({ url: `${this.url}/punchout`, ...spec });
    this.#service = service;
    this.#recognise = async (text) => {
      const { parties, secret, input } = readDocument(text);
      const buyer = parties && (await partners.recognise({ parties, secret }, { entry: 'cxml' }));
      if (!buyer) throw statusErrors.WB_CXML_UNAUTHORIZED('nobody');
      return service.setUp(input as PunchoutSetUpInput, { buyer: buyer.name });
    };
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    await this.#sessions.close();
  }

  #recognise: (text: string) => Promise<{ readonly startPage: string }> = () => Promise.reject(new Error('not open'));

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const now = Date.now();
    const head = { payloadId: newPayloadId(host, now), timestamp: timestampOf(now, 0) };
    const answered = await this.#recognise(Buffer.concat(parts).toString()).then(
      (input) => ({ status: { code: 200, text: 'OK' }, content: { type: 'PunchOutSetupResponse', input } }) as const,
      (error: unknown) => ({ status: statusOf(error as Parameters<typeof statusOf>[0]) }),
    );
    response.setHeader('Content-Type', 'text/xml; charset=UTF-8');
    response.end(writeResponse({ ...head, ...answered }));
  }
}
