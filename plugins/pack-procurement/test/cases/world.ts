import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { procurementDescribe, punchoutSetUp, purchaseOrderSubmit } from '@waybill/commerce';
import { defineTransport } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import journal from '@waybill/journal-sqlite';
import { createKernel, type Kernel } from '@waybill/kernel';
import {
  type Cart,
  definePunchout,
  memoryStorage,
  OrderBook,
  openSessions,
  type Partners,
  type PunchoutService,
  type PunchoutSession,
  type Requisitioner,
  type SessionStore,
} from '@waybill/procurement';
import { recordingLog } from '@waybill/testing';
import http, { type HttpConnection } from '@waybill/transport-http';
import pack from '../../src/index.ts';
import { Browser } from './browser.ts';
import type { Cases } from './case.ts';
import { partnersOf, type Told } from './partners.ts';
import { found, treeOf } from './tree.ts';

/** What the application was given. */
export interface Given {
  readonly command: string;
  readonly input: unknown;
  readonly buyer: string | undefined;
}

/** What a post came to. */
export interface Received {
  readonly status: number;
  readonly text: string;
  /** What the application was given for it. */
  readonly given: Given | undefined;
}

export interface Sending {
  readonly to: string;
  readonly contentType: string;
}

/** Where browsers think that the store is. */
const publicUrl = 'https://shop.harborpine.example/punchout';
const prices: Readonly<Record<string, string>> = { 'BRG-6204': '4.25', 'GLV-300-L': '11.40' };

/** A supplier: partners, sessions, the book of orders, a kernel with journal and HTTP, and a store with two products. */
export class World {
  readonly users: Requisitioner[] = [];
  readonly given: Given[] = [];
  readonly carts = new Map<string, Cart>();
  readonly book = new OrderBook(memoryStorage());
  readonly #folder = mkdtempSync(join(tmpdir(), 'waybill-case-'));
  readonly #log = recordingLog();
  readonly #sessions: SessionStore;
  readonly #service: PunchoutService;
  readonly #store: Server;
  readonly #kernel: Kernel;
  #connection: HttpConnection | undefined;
  /** The session of the page that a browser has seen last. */
  session: PunchoutSession | undefined;

  private constructor(partners: Partners) {
    this.#sessions = openSessions({ path: join(this.#folder, 'sessions.db') });
    this.#service = definePunchout({
      url: publicUrl,
      partners,
      sessions: this.#sessions,
      name: 'Harbor & Pine',
      log: this.#log.log,
      storefront: {
        registerUser: (requisitioner) => {
          this.users.push(requisitioner);
          return requisitioner.account;
        },
        openCart: ({ id }, lines) => void this.carts.set(id, { currency: 'USD', lines }),
        cartOf: ({ id }) => this.carts.get(id) as Cart,
      },
    });
    this.#store = createServer((request, response) => this.serve(request, response));
    this.#kernel = this.#kernelFor(partners);
  }

  static async open(cases: Cases, more: Readonly<Record<string, object>> = {}): Promise<World> {
    const world = new World(partnersOf(cases.json('partners.json') as Told, more));
    await new Promise<void>((listening) => void world.#store.listen(0, '127.0.0.1', listening));
    await world.#kernel.start();
    return world;
  }

  async close(): Promise<void> {
    await this.#kernel.stop({ grace: 1_000 });
    await new Promise<void>((closed) => {
      this.#store.close(() => closed());
      this.#store.closeAllConnections();
    });
    await this.#sessions.close();
    rmSync(this.#folder, { recursive: true });
  }

  async post(body: Uint8Array, { to, contentType }: Sending): Promise<Received> {
    const before = this.given.length;
    const address = `http://127.0.0.1:${this.#connection?.address?.port}/cxml/${to}`;
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': contentType }, body: body as BodyInit });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`The answer has HTTP ${response.status}: ${text}`);
    const status = Number(found(treeOf(text), 'Response/Status/@code')[0]);
    return { status, text, given: status < 300 ? this.given[before] : this.given.slice(before).find((each) => this.#lasting(each)) };
  }

  browser(): Browser {
    return new Browser((address) => this.localOf(address));
  }

  /** Where an address of the store is on this machine. */
  localOf(address: string): string {
    const { port } = this.#store.address() as AddressInfo;
    return address.replace('https://shop.harborpine.example', `http://127.0.0.1:${port}`);
  }

  /** What the store answers to a browser. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    this.#service.handle(request, response, () => this.#page(request, response));
  }

  add(partId: string, quantity: number): void {
    const { id = '' } = this.session ?? {};
    const { currency, lines } = this.carts.get(id) as Cart;
    const goods = { price: { amount: prices[partId] ?? '1.00', currency }, description: `Product ${partId}`, unit: 'EA' };
    const line = { quantity: String(quantity), partId, ...goods, classifications: [{ domain: 'UNSPSC', code: '31171504' }] };
    this.carts.set(id, { currency, lines: [...lines, line] });
  }

  /** Which of these texts are kept somewhere: in a file, also by one who looks at single bytes, or in the log. */
  async leaked(texts: readonly string[]): Promise<readonly string[]> {
    await this.#kernel.stop({ grace: 1_000 });
    const files = readdirSync(this.#folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const kept = [...files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')), JSON.stringify(this.#log.lines)];
    return texts.filter((text) => kept.some((each) => each.includes(text))).map((text) => `"${text}" is kept`);
  }

  /** Something was done when a session or an order is there, not only a handler asked. */
  #lasting({ command }: Given): boolean {
    return command === 'purchase-order.submit' ? false : this.carts.size > 0 || this.users.length > 0;
  }

  #page(request: IncomingMessage, response: ServerResponse): void {
    const session = this.#service.sessionOf(request);
    // A browser asks for an icon as well.
    if (session === undefined) return void response.writeHead(404).end();
    this.session = session;
    const forms = Object.entries(session.actions).map(
      ([verb, action]) =>
        `<form id="${verb}" method="post" action="${action}"><input type="hidden" name="form" value="${session.formToken}"><button>${verb}</button></form>`,
    );
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!DOCTYPE html><title>Store</title>${forms.join('')}`);
  }

  #kernelFor(partners: Partners): Kernel {
    const watched = defineTransport({
      ...http,
      connect: async (site, context) => {
        this.#connection = await http.connect(site, context);
        return this.#connection;
      },
    });
    const entry = (name: string, messages: readonly string[]) => [
      name,
      {
        connection: 'web',
        path: `/cxml/${name}`,
        auth: 'none',
        answers: 'always',
        contentTypes: ['text/*', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/related'],
        messages,
        packs: { procurement: { host: 'shop.harborpine.example' } },
      },
    ];
    const note = (command: string, input: unknown, principal: { readonly name: string } | undefined): string => {
      this.given.push({ command, input, buyer: principal?.name });
      return principal?.name ?? '';
    };
    return createKernel({
      manifest: {
        plugins: [],
        journal: { use: 'sqlite', path: './journal.db' },
        connections: { web: { transport: 'http', listen: { port: 0 } } },
        inbound: Object.fromEntries([
          entry('profile', ['ProfileRequest']),
          entry('setup', ['PunchOutSetupRequest']),
          entry('order', ['OrderRequest']),
        ]),
      } as never,
      folder: this.#folder,
      plugins: [watched, pack, journal],
      application: {
        authenticate: (credentials, about) => partners.authenticate(credentials, about as never),
        handlers: [
          handle(procurementDescribe, (input, { principal }) => {
            note('procurement.describe', input, principal);
            return { effective: '2026-10-01T00:00:00+00:00', transactions: [{ request: 'OrderRequest', url: `${publicUrl}/order` }] };
          }),
          handle(punchoutSetUp, (input, { principal }) => this.#service.setUp(input, { buyer: note('punchout.set-up', input, principal) })),
          handle(purchaseOrderSubmit, (input, { principal }) => {
            const buyer = note('purchase-order.submit', input, principal);
            return this.book.submit(buyer, input, new Date().toISOString()).answer;
          }),
        ],
      },
      log: this.#log.log,
    });
  }
}
