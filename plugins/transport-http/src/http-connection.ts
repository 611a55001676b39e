import { readFile } from 'node:fs/promises';
import type { Log } from '@waybill/contract';
import { errors } from './errors.ts';
import { AddressTable } from './receiving/address-table.ts';
import { type Address, type OwnServer, openServer } from './receiving/server.ts';
import type { Site } from './settings.ts';

/**
 * Holds the server for the inbound entries of a connection. It is opened by the first of them: a destination that is down
 * makes the kernel open the connection anew, and that must not touch the server of the old one, which inbound entries go
 * on using.
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

  /** Where inbound entries register their addresses. Rejects with WB_HTTP_NO_LISTEN or WB_HTTP_CANNOT_LISTEN. */
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

  /** The certificates to trust; undefined means those of Node. Rejects with WB_HTTP_CA. */
  async trusted(): Promise<readonly string[] | undefined> {
    const { ca } = this.site;
    if (ca === undefined) return undefined;
    try {
      // Not imported: they are 150 texts that most connections never look at.
      const { rootCertificates } = process.getBuiltinModule('node:tls');
      return [...rootCertificates, await readFile(ca, 'utf8')];
    } catch (cause) {
      throw errors.WB_HTTP_CA(`Cannot read the certificates in ${ca}.`, { cause });
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
