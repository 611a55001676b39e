import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from '@waybill/testing';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Where shop and buyer are, the same over a restart. */
export interface Addresses {
  readonly documents: string;
  readonly shop: string;
  readonly buyerPort: number;
  readonly secret: string;
  readonly data: string;
}

/** The example in a process of its own, as somebody starts it. */
export class ShopProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #written = '';

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (this.#written += String(text)));
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject).on('close', resolve);
    });
  }

  /** The shop alone, for a buyer of the test. */
  static alone({ documents, shop, buyerPort, secret, data }: Addresses, more: Readonly<Record<string, string>> = {}): ShopProcess {
    const env = {
      PUNCHOUT_PORT: new URL(documents).port,
      PUNCHOUT_SHOP: shop,
      PUNCHOUT_BUYER: `http://localhost:${buyerPort}`,
      PUNCHOUT_SECRET: secret,
      ...more,
    };
    return new ShopProcess(['--alone', '--data', data], env);
  }

  /** All that it has written. */
  get written(): string {
    return this.#written;
  }

  /** What stands behind the words of a line, once it is there. */
  async told(words: string): Promise<string> {
    const find = () => this.#written.split('\n').find((line) => line.includes(words));
    const line = await eventually(() => find(), { what: `"${words}" in ${this.#written}`, within: 30_000 });
    return line.slice(line.indexOf(words) + words.length).trim();
  }

  /** Ends it with this signal, and waits for the end; its exit code. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#ended;
  }

  get over(): Promise<number | null> {
    return this.#ended;
  }
}

/** Ports that are free at the moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as { readonly port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
