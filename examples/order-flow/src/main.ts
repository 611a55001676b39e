import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { endsWell, type Paint, traceHeading, traceLine } from '@waybill/cli';
import { isWaybillError } from '@waybill/contract';
import { createKernel } from '@waybill/kernel';
import { makeFolders, variable, variables } from './data-folder.ts';
import { startMailServer } from './mail-server.ts';
import { missing, placeOrder } from './story.ts';

const paint: Paint = (colour, text) => styleText(colour, text, { stream: process.stdout });

/** How long one order may take from end to end, in milliseconds. */
const patience = 60_000;

/** There is a manifest for each. They differ in one connection. */
const transports = ['queue', 'amqp', 'mq'] as const;

const usage = `Plays the way of an order between a store and its back end, and prints every message.

  --once         play one order, then end
  --orders N     play N orders, then end
  --data FOLDER  keep everything there; default: a folder that is removed at the end
  --on TRANSPORT what store and back end are connected by: ${transports.join(', ')}; default: queue
`;

const { values } = parseArgs({
  options: {
    once: { type: 'boolean' },
    orders: { type: 'string' },
    data: { type: 'string' },
    on: { type: 'string', default: 'queue' },
    help: { type: 'boolean' },
  },
});
if (values.help) process.stdout.write(usage);
else process.exitCode = await play();

async function play(): Promise<number> {
  if (!transports.some((each) => each === values.on)) {
    process.stderr.write(`There is no manifest for "${values.on}". Known are ${transports.join(', ')}.\n`);
    return 2;
  }
  const data = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'waybill-order-flow-'));
  makeFolders(data);
  process.env[variables.data] = data;
  process.env[variables.port] ??= String(await freePort());
  process.env[variables.manifest] = values.on === 'queue' ? 'waybill.jsonc' : `waybill.${values.on}.jsonc`;
  process.env[variables.password] ??= randomBytes(12).toString('base64url');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    return await playIn(data, stop.signal);
  } catch (error) {
    process.stderr.write(isWaybillError(error) ? `${error.message}\n${error.hint ?? ''}\n` : `${(error as Error).stack}\n`);
    return 1;
  } finally {
    if (!values.data) rmSync(data, { recursive: true, force: true });
  }
}

async function playIn(data: string, stop: AbortSignal): Promise<number> {
  const mailServer = await startMailServer(data);
  process.env[variables.smtp] = String(mailServer.smtpPort);
  process.stdout.write(`Mails are shown at ${mailServer.pageUrl}\n`);
  try {
    return await playThrough(data, stop);
  } finally {
    await mailServer.close();
  }
}

async function playThrough(data: string, stop: AbortSignal): Promise<number> {
  const { store } = await import('./app.ts');
  const kernel = createKernel({ manifest: fileURLToPath(new URL(`../${variable('manifest')}`, import.meta.url)) });
  let ill = 0;
  kernel.observe((seen) => {
    if (!endsWell(seen)) ill++;
    process.stdout.write(`${traceLine(seen, paint)}\n`);
  });
  process.stdout.write(`${traceHeading}\n`);
  await kernel.start();
  const backEnd = startBackEnd();
  try {
    const orders = values.once ? 1 : Number(values.orders ?? Number.POSITIVE_INFINITY);
    for (let number = 1; number <= orders && !stop.aborted; number++) {
      const orderId = await placeOrder(store, kernel, `flow-${number}`);
      const left = await untilNothingIsMissing(() => missing(store, data, orderId), stop);
      if (left.length > 0 && !stop.aborted) return report(orderId, left);
      process.stdout.write(`Order ${orderId} has reached everybody.\n`);
      if (orders === Number.POSITIVE_INFINITY) await pause(3_000, undefined, { signal: stop }).catch(() => undefined);
    }
    return ill > 0 ? complain(ill) : 0;
  } finally {
    await Promise.all([end(backEnd), kernel.stop()]);
  }
}

function startBackEnd(): ChildProcess {
  const own = import.meta.url.endsWith('.ts') ? './back-end.ts' : './back-end.js';
  return fork(fileURLToPath(new URL(own, import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function untilNothingIsMissing(check: () => readonly string[], stop: AbortSignal): Promise<readonly string[]> {
  const end = Date.now() + patience;
  for (;;) {
    const left = check();
    if (left.length === 0 || stop.aborted || Date.now() > end) return left;
    await pause(20);
  }
}

function report(orderId: string, left: readonly string[]): number {
  process.stderr.write(`Order ${orderId} is not finished after ${patience / 1000} s; missing: ${left.join('; ')}.\n`);
  return 1;
}

function complain(ill: number): number {
  process.stderr.write(`${ill} messages did not end well; see the lines above.\n`);
  return 1;
}

/**
 * A port that nobody uses, below those that the system gives to outgoing connections, or one of them could have it a moment later.
 * Whoever restarts the flow gets another one; nothing but the back end needs to know it.
 */
async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(20_000 * Math.random());
  const server = createServer();
  const free = await new Promise((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return free ? port : freePort();
}
