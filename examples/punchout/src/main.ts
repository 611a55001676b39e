import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { type Buyer, startBuyer } from '@waybill/buyer-simulator';
import { type Paint, traceHeading, traceLine } from '@waybill/cli';
import { isWaybillError } from '@waybill/contract';
import { createKernel, type Kernel } from '@waybill/kernel';
import { variables } from './settings.ts';

const paint: Paint = (colour, text) => styleText(colour, text, { stream: process.stdout });

/** How long a step of the story may take, in milliseconds. */
const patience = 60_000;

const usage = `Runs a shop and a procurement system that buys from it, both on this machine.

  --once         shops, orders, confirms, ships and invoices once without a browser, then ends
  --alone        runs the shop alone: the buyer is somewhere else, at the address in PUNCHOUT_BUYER
  --data FOLDER  keep everything there; default: a folder that is removed at the end
`;

const { values } = parseArgs({
  options: { once: { type: 'boolean' }, alone: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) process.stdout.write(usage);
else process.exitCode = await play();

async function play(): Promise<number> {
  const data = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'waybill-punchout-'));
  const [documents, pages, buyer] = await freePorts(3);
  process.env[variables.data] = data;
  process.env[variables.port] ??= String(documents);
  process.env[variables.shop] ??= `http://localhost:${pages}`;
  process.env[variables.buyer] ??= `http://localhost:${buyer}`;
  process.env[variables.documents] ??= process.env[variables.buyer];
  process.env[variables.secret] ??= randomBytes(18).toString('base64url');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    return await playWith(values.alone ? undefined : await buyerOf(), stop.signal);
  } catch (error) {
    process.stderr.write(isWaybillError(error) ? `${error.message}\n${error.hint ?? ''}\n` : `${(error as Error).stack}\n`);
    return 1;
  } finally {
    if (!values.data) rmSync(data, { recursive: true, force: true });
  }
}

function buyerOf(): Promise<Buyer> {
  const port = Number(new URL(process.env[variables.buyer] ?? '').port);
  const shop = `http://127.0.0.1:${process.env[variables.port]}/cxml`;
  return startBuyer({ port, name: 'localhost', shop, secret: process.env[variables.secret] });
}

async function playWith(buyer: Buyer | undefined, stop: AbortSignal): Promise<number> {
  const kernel = createKernel({ manifest: fileURLToPath(new URL('../waybill.jsonc', import.meta.url)) });
  process.stdout.write(`${traceHeading}\n`);
  kernel.observe((seen) => process.stdout.write(`${traceLine(seen, paint)}\n`));
  await kernel.start();
  const { front, store } = await import('./app.ts');
  const { pagesOf, serve } = await import('./web-server.ts');
  const office = { store, buyers: ['larkfield'], publisher: kernel };
  const pages = await serve(pagesOf(front, office), Number(new URL(process.env[variables.shop] ?? '').port));
  try {
    if (values.once && buyer) await tell(buyer, kernel);
    else await wait(buyer, stop);
    return 0;
  } finally {
    await Promise.all([pages.close(), buyer?.close(), kernel.stop()]);
  }
}

async function tell(buyer: Buyer, kernel: Kernel): Promise<void> {
  const { store } = await import('./app.ts');
  const { playStory } = await import('./story/story.ts');
  await playStory({ buyer, store, publisher: kernel, say: (text) => process.stdout.write(`${text}\n`), until });
}

async function wait(buyer: Buyer | undefined, stop: AbortSignal): Promise<void> {
  const shop = process.env[variables.shop];
  if (buyer) process.stdout.write(`The buyer is at ${buyer.url}\n`);
  process.stdout.write(`The address of the shop for OCI is ${shop}/punchout/oci\nThe office of the shop is at ${shop}/office\n`);
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`After ${patience / 1000} s it did not come about that ${what}.`);
    await pause(20);
  }
}

/** Ports that nobody uses at the moment, all open at once so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
