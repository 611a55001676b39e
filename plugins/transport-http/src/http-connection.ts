import { readFile } from 'node:fs/promises';
import { type Log, TransportError } from '@waybill/contract';
import type { Pool } from 'undici';
import { Inbox } from './inbox.ts';
import { type Address, type OwnServer, openServer } from './server.ts';
import type { Site } from './settings.ts';

/**
 * A server for the inbound entries of a connection and pools of client connections for its outbound ones. Both are
 * opened by the first entry that needs them: a destination that is down makes the kernel open the connection anew,
 * and that must not touch the server of the old one, which inbound entries go on using.
 */
export class HttpConnection {
  readonly site: Site;
  readonly #log: Log;
  readonly #mounted: Inbox | undefined;
  readonly #pools = new Map<string, Promise<Pool>>();
  #opening: Promise<Inbox> | undefined;
  #server: OwnServer | undefined;

  /** `mounted`: the inbox of an express app that receives in place of a server. */
  constructor(site: Site, log: Log, mounted?: Inbox) {
    this.site = site;
    this.#log = log;
    this.#mounted = mounted;
  }

  /** Where the server listens, once an inbound entry was opened. */
  get address(): Address | undefined {
    return this.#server?.address;
  }

  /** Where inbound entries find their requests. Rejects with WB_HTTP_NO_LISTEN or WB_HTTP_CANNOT_LISTEN. */
  async inbox(): Promise<Inbox> {
    if (this.#mounted) return this.#mounted;
    this.#opening ??= this.#open();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** The client connections to a host. Rejects with WB_HTTP_CA. */
  pool(origin: string): Promise<Pool> {
    const known = this.#pools.get(origin);
    if (known) return known;
    const pool = this.#openPool(origin);
    this.#pools.set(origin, pool);
    pool.catch(() => this.#pools.delete(origin));
    return pool;
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
      throw new TransportError('WB_HTTP_CA', `Cannot read the certificates in ${ca}.`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    const pools = await Promise.allSettled(this.#pools.values());
    await Promise.all([this.#server?.close(), ...pools.map((pool) => (pool.status === 'fulfilled' ? pool.value.destroy() : undefined))]);
  }

  async #open(): Promise<Inbox> {
    const { listen } = this.site;
    if (!listen) throw new TransportError('WB_HTTP_NO_LISTEN', 'The connection of an inbound entry has no "listen" block.');
    const inbox = new Inbox();
    this.#server = await openServer(listen, inbox, this.#log);
    return inbox;
  }

  async #openPool(origin: string): Promise<Pool> {
    const { connections, connectTimeout, answerTimeout } = this.site;
    const ca = await this.trusted();
    // Loaded by the first message that is sent: it takes longer than everything else at the start of a connection.
    const undici = await import('undici');
    return new undici.Pool(origin, {
      connections,
      headersTimeout: answerTimeout,
      bodyTimeout: answerTimeout,
      connect: { timeout: connectTimeout, ...(ca ? { ca: [...ca] } : {}) },
    });
  }
}
