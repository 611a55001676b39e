import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder, removeFolder } from '@waybill/testing';

const run = promisify(execFile);
const openssl = async (...words: readonly string[]): Promise<void> => void (await run('openssl', words));

/**
 * Names whose last two words differ: to a browser, each is a site of its own. (Ports of one name are the same site, and prove nothing about cookies.) The
 * browsers of these tests find all of them on this machine.
 */
export const siteNames = ['shop.example-a.test', 'buyer.other.test', 'hub.third.test'] as const;
export type SiteName = (typeof siteNames)[number];

/** What programs need to serve the sites by TLS, and to trust them. */
export interface Certificates {
  /** The files and their texts, in PEM. */
  readonly keyFile: string;
  readonly certFile: string;
  readonly key: string;
  readonly cert: string;
  /** Of who vouches for them. */
  readonly ca: string;
  readonly caFile: string;
  /** Removes the files. */
  readonly remove: () => Promise<void>;
}

/** Makes an authority and one certificate of it for all sites. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await makeFolder();
  const at = (name: string): string => join(folder, name);
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const names = [...siteNames, '127.0.0.1'].map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
  await openssl('req', '-x509', ...fresh, '-days', '30', '-subj', '/CN=Authority of a test', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  await openssl('req', ...fresh, '-subj', '/CN=Sites of a test', '-keyout', at('site.key'), '-out', at('site.csr'));
  await writeFile(at('names'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
  const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '30', '-extfile', at('names')];
  await openssl('x509', '-req', '-in', at('site.csr'), ...by, '-out', at('site.pem'));
  const [key, cert, ca] = await Promise.all(['site.key', 'site.pem', 'ca.pem'].map((name) => readFile(at(name), 'utf8')));
  return {
    keyFile: at('site.key'),
    certFile: at('site.pem'),
    caFile: at('ca.pem'),
    key: key ?? '',
    cert: cert ?? '',
    ca: ca ?? '',
    remove: () => removeFolder(folder),
  };
}

/** A request to one of the sites, with its body. */
export interface Asked {
  readonly site: string;
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Serves all sites on one port: what comes in is told apart by its host. */
export class Sites {
  /** In the order in which they came. */
  readonly asked: Asked[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `answer` is called with each request when its body is here. */
  static async open({ key, cert }: Certificates, answer: (asked: Asked, response: ServerResponse) => void): Promise<Sites> {
    const server = createServer({ key, cert }, (request, response) => void sites.#take(request, response, answer));
    const sites = new Sites(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return sites;
  }

  /** The address of a page. */
  at(site: SiteName, path = '/'): string {
    return `https://${site}:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse, answer: (asked: Asked, response: ServerResponse) => void): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = 'GET', url = '/', headers } = request;
    const asked = { site: headers.host?.split(':')[0] ?? '', path: url, method, headers, body: Buffer.concat(parts).toString() };
    this.asked.push(asked);
    answer(asked, response);
  }
}
