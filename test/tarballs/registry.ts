import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Tarball, Tarballs } from './pack.ts';

/** A registry for our own packages, on loopback. It answers what npm asks when it installs: versions of a package, and tarballs. */
export class Registry {
  readonly #server = createServer((request, response) => void this.#answer(request.url ?? '', response));
  /** npm remembers what an address answered, and an address may be that of an earlier registry. */
  readonly #path = `/${randomUUID()}/`;
  readonly #versions = new Map<string, Map<string, Tarball>>();

  static async open(): Promise<Registry> {
    const registry = new Registry();
    await new Promise<void>((resolve, reject) => {
      registry.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#path}`;
  }

  /** From now on, each tarball is the latest of its package. */
  publish(tarballs: Tarballs): void {
    for (const tarball of tarballs.values()) {
      const versions = this.#versions.get(tarball.name) ?? new Map<string, Tarball>();
      this.#versions.set(tarball.name, versions.set(tarball.json.version, tarball));
    }
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(url: string, response: ServerResponse): Promise<void> {
    const [name = '', version] = decodeURIComponent(url.slice(this.#path.length)).split('/-/');
    const versions = this.#versions.get(name);
    const tarball = versions?.get(version ?? '');
    if (tarball) response.end(await readFile(tarball.file));
    // The next release is published within the same run, and npm would not look again.
    else if (versions && version === undefined)
      response.setHeader('cache-control', 'no-store').end(JSON.stringify(this.#packument(name, versions)));
    else response.writeHead(404).end('{}');
  }

  #packument(name: string, versions: ReadonlyMap<string, Tarball>): object {
    const entries = [...versions].map(([version, { json, integrity }]) => {
      const tarball = `${this.url}${name}/-/${version}`;
      return [version, { ...json, dist: { tarball, integrity } }] as const;
    });
    return { name, 'dist-tags': { latest: entries.at(-1)?.[0] }, versions: Object.fromEntries(entries) };
  }
}
