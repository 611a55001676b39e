import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands, orderCreated } from '@waybill/commerce';
import { handle } from '@waybill/contract/application';
import { resolveSettings } from '@waybill/contract/host';
import journal from '@waybill/journal-sqlite';
import { createKernel, createLog } from '@waybill/kernel';
import fulfillment from '@waybill/pack-fulfillment';
import file from '@waybill/transport-file';
import http from '@waybill/transport-http';
import { freePort } from './free-port.ts';
import { orderStatus } from './http/message.ts';

export interface FilesEntered {
  /** From the HTTP body of one warm message to the end of its settlement. */
  readonly inbound: readonly string[];
  /** From one warm `publish` to the end of its send to a file. */
  readonly outbound: readonly string[];
}

/** The source files of Waybill with a function that ran for one message, in the main thread, by V8's own coverage. */
export async function filesEntered(): Promise<FilesEntered> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const port = await freePort();
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'sqlite', path: './journal.db' },
      connections: { web: { transport: 'http', listen: { port } }, files: { transport: 'file', path: './out' } },
      inbound: { status: { connection: 'web', path: '/status', auth: 'none', credentials: 'ignore' } },
      outbound: { orders: { connection: 'files', name: '{id}.xml' } },
      routes: [{ event: orderCreated.name, message: 'Report_NC_PurchaseOrder', to: ['orders'] }],
    },
    folder,
    plugins: [journal, http, file, fulfillment],
    handlers: commands.map((command) => handle(command, () => undefined as never)),
    // As in a running kernel: a log of tests would be one more file.
    log: createLog({ level: 'warn' }),
  });
  let sent = Promise.withResolvers<void>();
  kernel.observe(({ outcome }) => {
    if (outcome === 'sent') sent.resolve();
  });
  const receive = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/status`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: orderStatus,
    });
    await answer.arrayBuffer();
  };
  const order = sampleOrder();
  const publish = async () => {
    sent = Promise.withResolvers();
    await kernel.publish(orderCreated, order);
    await sent.promise;
  };
  try {
    await kernel.start();
    for (let warm = 0; warm < 20; warm++) await receive();
    for (let warm = 0; warm < 20; warm++) await publish();
    return { inbound: await ranDuring(receive), outbound: await ranDuring(publish) };
  } finally {
    await kernel.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The data of the event that the sample of the purchase order tells of. */
function sampleOrder(): never {
  const type = fulfillment.messages.find(({ name }) => name === 'Report_NC_PurchaseOrder');
  if (!type?.sample) throw new TypeError('The pack has no sample of a purchase order.');
  const message = { id: 'sample', body: Buffer.from(type.sample()), createdAt: 0, properties: {}, encoding: 'utf-8' };
  return fulfillment.read(type, message, resolveSettings(fulfillment.options ?? {}, {}, { folder: '' }) as never).input as never;
}

async function ranDuring(step: () => Promise<void>): Promise<readonly string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await step();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return [...new Set(result.flatMap(entered))].toSorted();
}

/** The source files of a bundle whose functions ran. */
function entered({ url, functions }: Profiler.ScriptCoverage): readonly string[] {
  if (!/\/(?:packages|plugins)\/[^/]+\/dist\//.test(url)) return [];
  // The bundler writes before the code of each source file where it comes from.
  const starts = [...readFileSync(fileURLToPath(url), 'utf8').matchAll(/^\/\/ (?:packages|plugins)\/([^/\n]+)\/src\/(.+)\.ts$/gm)];
  const ran = functions.filter(({ functionName, ranges }) => functionName !== '' && ranges.some(({ count }) => count > 0));
  return ran.map(({ functionName, ranges }) => {
    const source = starts.findLast(({ index }) => index <= (ranges[0]?.startOffset ?? 0));
    if (!source) throw new TypeError(`Nothing in ${url} says where ${functionName} comes from.`);
    return source.slice(1).join('/');
  });
}
