import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { findChromium } from '../../../../test/vehicles/chromium.ts';
import type { World } from './world.ts';

/** A real browser at the store and at the buyer, under their real names. */
export class Visit {
  readonly world: World;
  readonly #server: Server;
  readonly #folder: string;
  readonly #browser: Browser;
  /** How often the buyer got a cart. */
  posts = 0;
  /** How long the buyer takes to answer, in milliseconds. */
  answersAfter = 0;
  #framed = '';

  private constructor(
    world: World,
    { server, folder, browser }: { readonly server: Server; readonly folder: string; readonly browser: Browser },
  ) {
    this.world = world;
    this.#server = server;
    this.#folder = folder;
    this.#browser = browser;
  }

  static async open(world: World): Promise<Visit> {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-visit-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=example', '-days', '1'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject], {
      stdio: 'ignore',
    });
    let visit: Visit | undefined;
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) =>
      visit?.answer(request, response),
    );
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error('No Chromium is here, and this case needs one.');
    const browser = await launch({
      executablePath,
      acceptInsecureCerts: true,
      args: ['--no-sandbox', `--host-resolver-rules=MAP *.example 127.0.0.1:${port}`, '--disable-background-networking'],
    });
    visit = new Visit(world, { server, folder, browser });
    return visit;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise<void>((closed) => void this.#server.close(() => closed()));
    rmSync(this.#folder, { recursive: true });
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.host?.startsWith('shop.')) return this.world.serve(request, response);
    if (request.method === 'POST' && request.url?.startsWith('/punchout/return') === true) {
      this.posts += 1;
      request.resume();
      setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html>thank you'), this.answersAfter);
      return;
    }
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!DOCTYPE html><iframe width="800" height="600" src="${this.#framed}"></iframe>`);
  }

  /** Opens the store, at the top or in a frame of the buyer. */
  async shop(start: string, isFramed: boolean): Promise<Page> {
    const page = await this.#browser.newPage();
    this.#framed = start;
    await page.goto(isFramed ? 'https://buy.larkfield.example/' : start, { waitUntil: 'networkidle0' });
    return page;
  }

  /** The page of the return as it comes over the wire, of a session with one line. */
  async returnPage(start: string): Promise<readonly [Headers, string]> {
    const browser = this.world.browser();
    const shop = await browser.open(start);
    this.world.add('BRG-6204', 1);
    const ending = shop.forms.find(({ action }) => action.endsWith('/-/return'));
    if (ending === undefined) throw new Error('The page of the store has no form.');
    const { headers, html } = await browser.submit(ending);
    return [headers, html];
  }

  /** Long enough for whatever would go by itself. */
  async rest(): Promise<void> {
    await pause(1_500 + this.answersAfter);
  }
}
