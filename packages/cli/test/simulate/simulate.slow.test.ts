import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { eventually, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import type { Program } from '../../../../test/house/commands.ts';
import { folderWith, guides, plugins, root, start, waybill } from '../waybill.ts';

const dist = (...path: readonly string[]): string => JSON.stringify(join(root, ...path, 'dist', 'index.js'));
const author = JSON.stringify(join(root, 'packages', 'contract', 'dist', 'application-author.js'));

/** A store that notes what it is told, and places an order, asks a back end and a distributor when it starts, as \`STORE\` says. */
const app = `
  import { appendFileSync } from 'node:fs';
  import * as commerce from ${dist('packages', 'commerce')};
  import { defineApplication, handle } from ${author};
  import { inspectMessage } from ${dist('packages', 'plugin-host')};
  import fulfillment from ${dist('plugins', 'pack-fulfillment')};

  const note = (what) => appendFileSync('noted.jsonl', JSON.stringify(what) + '\\n');
  const inbound = fulfillment.messages.flatMap(({ commands = [] }) => commands);
  const commands = [...new Map(inbound.map((command) => [command.name, command])).values()];
  const dataOf = (name) => {
    const body = Buffer.from(fulfillment.messages.find((type) => type.name === name).sample());
    return inspectMessage([fulfillment], { id: 'sample', createdAt: 0, properties: {}, body }).read().input;
  };
  const serve = (command) => handle(command, (input, { entry, messageType }) => {
    note({ entry, messageType, command: command.name, orderId: input.orderId, requestId: input.requestId });
    return command.name === 'pick-batch.generate' ? { pickBatchId: '7', more: false } : undefined;
  });
  async function ask(publisher, store) {
    const answer = await publisher.request(commerce.inventoryAvailabilityRequested, dataOf('Request_WCS_BE_ProductInventory'), { store });
    note({ store, answer });
  }
  async function trade(publisher) {
    const order = { storeId: '10101', ...dataOf('Report_NC_PurchaseOrder') };
    for (const store of ['by-queue', 'by-http', 'by-file']) await publisher.publish(commerce.orderCreated, order, { store });
    const quotation = { storeId: '10101', orderId: '12007', ...dataOf('priceAndAvailabilityRequest') };
    await publisher.publish(commerce.orderQuotationRequested, quotation);
    await Promise.all(['by-queue', 'by-http'].map((store) => ask(publisher, store)));
  }
  export default defineApplication({
    handlers: commands.map(serve),
    started: (publisher) => {
      if (process.env.STORE !== 'quiet') trade(publisher).catch((error) => note({ error: String(error) }));
    },
  });
`;

function manifest(ports: { readonly store: number; readonly backEnd: number }) {
  const order = { event: 'order.created', message: 'Report_NC_PurchaseOrder@1.0' };
  const availability = { event: 'inventory.availability-requested', message: 'Request_WCS_BE_ProductInventory@1.0' };
  return {
    name: 'store',
    plugins: plugins('journal-sqlite', 'transport-queue', 'transport-http', 'transport-file', 'pack-fulfillment', 'pack-legacy'),
    app: './app.js',
    journal: { use: 'sqlite', path: './data/journal.db' },
    connections: {
      queues: { transport: 'queue', path: './data/queues.db' },
      web: { transport: 'http', listen: { port: ports.store }, url: `http://localhost:${ports.backEnd}/api` },
      exchange: { transport: 'file', path: './exchange' },
    },
    inbound: {
      'queue-status': { connection: 'queues', queue: 'STATUS.IN', order: { by: 'key' } },
      'web-status': { connection: 'web', path: '/messages', auth: 'none' },
      'file-status': { connection: 'exchange', folder: 'in', pattern: 'status-*', settle: '0ms' },
    },
    outbound: {
      orders: { connection: 'queues', queue: 'ORDERS.OUT' },
      'web-orders': { connection: 'web', path: '/orders?by=web' },
      'order-files': { connection: 'exchange', folder: 'orders', name: '{type}-{id}.txt' },
      availability: { connection: 'queues', queue: 'AVAILABILITY.OUT' },
      'web-availability': { connection: 'web', path: '/availability' },
      quotations: { connection: 'exchange', folder: 'quotations' },
    },
    routes: [
      { ...order, to: ['orders'], store: 'by-queue' },
      { ...order, to: ['web-orders'], store: 'by-http' },
      { ...order, message: 'OrderCreate@01', to: ['order-files'], store: 'by-file' },
      { ...availability, to: ['availability'], store: 'by-queue' },
      { ...availability, to: ['web-availability'], store: 'by-http' },
      { event: 'order.quotation-requested', message: 'priceAndAvailabilityRequest', to: ['quotations'] },
    ],
    log: { level: 'warn' },
  };
}

/** Two ports that nobody uses, below those that the system gives to outgoing connections. */
async function freePorts(): Promise<{ readonly store: number; readonly backEnd: number }> {
  const store = 10_000 + 2 * Math.floor(10_000 * Math.random());
  const servers = [store, store + 1].map((port) => createServer().listen(port, '127.0.0.1'));
  const opened = await Promise.allSettled(servers.map((server) => once(server, 'listening')));
  for (const server of servers) server.close();
  return opened.every(({ status }) => status === 'fulfilled') ? { store, backEnd: store + 1 } : freePorts();
}

async function storeFolder(store: 'trades' | 'quiet'): Promise<string> {
  const ports = await freePorts();
  return folderWith({
    'waybill.json': manifest(ports),
    'app.js': store === 'quiet' ? `process.env.STORE = 'quiet';\n${app}` : app,
  });
}

interface Noted {
  readonly entry?: string;
  readonly command?: string;
  readonly store?: string;
}

async function notedIn(folder: string, isEnough: (noted: readonly Noted[]) => boolean, what: string): Promise<readonly Noted[]> {
  const look = async (): Promise<readonly Noted[] | undefined> => {
    const text = await readFile(join(folder, 'noted.jsonl'), { encoding: 'utf8', flag: 'a+' });
    const noted = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Noted]));
    return isEnough(noted) ? noted : undefined;
  };
  return eventually(look, { what, within: 30_000 });
}

interface Summary {
  readonly messages: readonly { readonly message: string; readonly p50?: number }[];
}

/** The last line that a program wrote which was asked to end. */
async function summaryOf(program: Program): Promise<Summary> {
  program.signal('SIGINT');
  expect(await program.end()).toBe(0);
  return summaryIn(program.written);
}

function summaryIn(written: string): Summary {
  const line = written.split('\n').find((one) => one.startsWith('{"summary"')) ?? '{}';
  return (JSON.parse(line) as { readonly summary: Summary }).summary;
}

const steps = ['order.confirm-status', 'order.ship-status', 'order.invoice-status'];

describe('a store and what waybill simulate plays', () => {
  it('trade over queues, HTTP and files: requests are answered, and the status of orders follows', async () => {
    const folder = await storeFolder('trades');
    const far = start(['simulate', '--json'], folder);
    await far.line('"running"');
    const store = start(['run'], folder);
    const noted = await notedIn(folder, (all) => all.length >= 12, 'three times three states, a quotation and two answers');
    const from = (entry: string) => noted.filter((one) => one.entry === entry).map(({ command }) => command);
    expect(from('queue-status')).toEqual(steps);
    expect(from('web-status')).toEqual(steps);
    expect(from('file-status').filter((command) => command === 'order.update-status')).toHaveLength(3);
    expect(from('file-status')).toContain('order.record-quotation');
    const item = { orderId: '12011', orderItemId: '45020', partNumber: 'HP-LAMP-02', requestedQuantity: '6', reply: { status: 'OK' } };
    for (const by of ['by-queue', 'by-http'])
      expect(noted).toContainEqual({ store: by, answer: { items: [expect.objectContaining(item)] } });
    expect(await summaryOf(far)).toMatchObject({
      messages: expect.arrayContaining([
        expect.objectContaining({ message: 'Report_NC_PurchaseOrder@1.0', received: 2, sent: 0, refused: 0 }),
        expect.objectContaining({ message: 'OrderCreate@01', received: 1 }),
        expect.objectContaining({ message: 'Request_WCS_BE_ProductInventory@1.0', received: 2, answered: 2, refused: 0 }),
        expect.objectContaining({ message: 'Update_WCS_OrderStatus@3.0', received: 0, sent: 6, refused: 0 }),
      ]) as unknown,
    });
    // What was taken from folders can be looked at.
    expect(readdirSync(join(folder, 'exchange', 'orders', 'taken'))).toHaveLength(1);
    store.signal('SIGTERM');
    expect(await store.end()).toBe(0);
  });

  it('let it be tried under load: so many samples at a rate, with the times to their replies', async () => {
    const folder = await storeFolder('quiet');
    const store = start(['run'], folder);
    const load = [
      '--send',
      'Update_NC_ProductInventory',
      '--send',
      'Create_WCS_PickBatch',
      '--rate',
      '200',
      '--count',
      '40',
      '--seed',
      '7',
    ];
    const { code, stdout, stderr } = await waybill(['simulate', '--json', ...load], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { messages } = summaryIn(stdout);
    expect(messages).toMatchObject([
      { message: 'Update_NC_ProductInventory@1.0', sent: 20, refused: 0 },
      { message: 'Create_WCS_PickBatch@1.0', sent: 20, answered: 20, refused: 0 },
    ]);
    expect(messages.map(({ p50 }) => p50)).toEqual([undefined, expect.any(Number)]);
    await notedIn(folder, (all) => all.length === 40, 'every sample at the store');
    store.signal('SIGTERM');
    expect(await store.end()).toBe(0);
  });
});

describe('the shop of the page', () => {
  it('hears what the page says', async () => {
    const folder = await temporaryFolder();
    await cp(join(guides, 'simulate'), folder, { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const far = start(['simulate'], folder);
    await far.line('Ctrl-C ends it');
    const shop = start(['run'], folder);
    await shop.line('order 12007 has the status I');
    const page = readFileSync(join(root, 'docs', 'simulate.md'), 'utf8');
    const [, told = 'nothing'] = /```\n(in stock[\s\S]*?)```/.exec(page) ?? [];
    const heard = shop.written.split('\n').filter((line) => /^(in stock|order)/.test(line));
    expect(heard).toEqual(told.trimEnd().split('\n'));
    far.signal('SIGINT');
    expect(await far.end()).toBe(0);
    expect(far.written).toMatch(/^Update_WCS_OrderStatus@3.0 +0 +3 +0 +0 +0$/m);
    shop.signal('SIGTERM');
    expect(await shop.end()).toBe(0);
  });
});
