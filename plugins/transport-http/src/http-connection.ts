import { readFile } from 'node:fs/promises';
import type { Log } from '@waybill/contract';
import { errors } from './errors.ts';
import { AddressTable } from './receiving/address-table.ts';
import { type Address, type OwnServer, openServer } from './receiving/server.ts';
import type { Site } from './settings.ts';

/**
 * A connection over HTTP, with the server of its inbound entries. The first inbound entry opens the server, not the connection
 * itself: when a destination is down, the kernel opens the connection anew, while inbound entries go on using the server of
 * the old one.
 */
export class HttpConnection {
  readonly site: Site;
  readonly #log: Log;
  readonly #mounted: AddressTable | undefined;
  #opening: Promise<AddressTable> | undefined;
  #server: OwnServer | undefined;

  /** `mounted`: the addresses of an express app that receives in place of a server. */
  constructor(site: Site, log: Log, mounted?: AddressTable) {
    this.site = site;
    this.#log = log;
    this.#mounted = mounted;
  }

  /** Where the server listens, once an inbound entry was opened. */
  get address(): Address | undefined {
    return this.#server?.address;
  }

  /** Where inbound entries register their addresses. Throws WB_HTTP_NO_LISTEN or WB_HTTP_CANNOT_LISTEN. */
  async addresses(): Promise<AddressTable> {
    if (this.#mounted) return this.#mounted;
    this.#opening ??= this.#open();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** The certificates to trust: those that Node trusts and those of `ca`. Undefined without `ca`, which means those of Node. Throws WB_HTTP_CA. */
  async trusted(): Promise<readonly string[] | undefined> {
    const { ca } = this.site;
    if (ca === undefined) return undefined;
    try {
      // Loaded here and not at the start: most connections never need these 150 certificates. Those that Node trusts by itself are
      // more than the ones that it brings along: NODE_EXTRA_CA_CERTS and --use-system-ca add to them.
      const { getCACertificates } = process.getBuiltinModule('node:tls');
      return [...getCACertificates('default'), ...certificatesIn(await readFile(ca, 'utf8'))];
    } catch (cause) {
      throw errors.WB_HTTP_CA(`Cannot read the certificates in ${ca}: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    await this.#server?.close();
  }

  async #open(): Promise<AddressTable> {
    const { listen } = this.site;
    if (!listen) throw errors.WB_HTTP_NO_LISTEN('The connection of an inbound entry has no "listen" block.');
    const table = new AddressTable();
    this.#server = await openServer(listen, table, this.#log);
    return table;
  }
}

/** Throws when there is none, or one that cannot be read: TLS itself passes over both, and then finds every server unknown. */
function certificatesIn(text: string): readonly string[] {
  const certificates = text.match(/-----BEGIN (?<label>[A-Z0-9 ]*CERTIFICATE)-----[^]*?-----END \k<label>-----/g) ?? [];
  if (certificates.length === 0) throw new Error('the file holds no certificate in the form of PEM.');
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  return certificates.map((certificate) => new X509Certificate(certificate).toString());
}
