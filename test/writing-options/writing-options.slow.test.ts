import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { orderCreated, orderQuotationRequested } from '@waybill/commerce';
import { createKernel, type Manifest, type Observation } from '@waybill/kernel';
import legacy from '@waybill/pack-legacy';
import { eventually, makeFolder, recordingLog, removeFolder } from '@waybill/testing';
import { decode } from '@waybill/text';
import { openQueues } from '@waybill/transport-queue';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/generate/workspace.ts';

// What outbound entries set for packs, as the far side gets it: bytes on local queues.

const password = 'shearwater-5';

function manifest(encoding: string): Manifest {
  return {
    name: 'writing-options',
    plugins: ['@waybill/journal-sqlite', '@waybill/transport-queue', '@waybill/pack-fulfillment', '@waybill/pack-legacy'],
    journal: { use: 'sqlite', path: './journal.db' },
    connections: { far: { transport: 'queue', path: './queues.db' } },
    outbound: {
      mainframe: { connection: 'far', queue: 'MAINFRAME', packs: { legacy: { encoding } } },
      plain: { connection: 'far', queue: 'PLAIN' },
      distributor: {
        connection: 'far',
        queue: 'DISTRIBUTOR',
        packs: { fulfillment: { encoding: 'utf-16', credentials: { logonId: 'harbourpine', password } } },
      },
    },
    routes: [
      { event: 'order.created', message: 'OrderCreate', to: ['mainframe', 'plain'] },
      { event: 'order.quotation-requested', message: 'priceAndAvailabilityRequest', to: ['distributor'] },
    ],
  };
}

async function world() {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const queues = await openQueues({ path: join(folder, 'queues.db') });
  onTestFinished(() => queues.close());
  return { folder, queues };
}

async function running(folder: string, encoding: string) {
  const { log, lines } = recordingLog();
  const kernel = createKernel({ manifest: manifest(encoding), folder, log });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  await kernel.start();
  onTestFinished(() => kernel.stop({ grace: 5_000 }));
  const sent = (count: number) =>
    eventually(() => seen.filter(({ outcome }) => outcome === 'sent').length >= count, { what: `${count} messages sent`, within: 30_000 });
  return { kernel, lines, sent };
}

/** An order whose customer has a letter that the code pages of the West lack. */
function order() {
  const type = legacy.messages.find(({ event }) => event?.name === orderCreated.name);
  const body = Buffer.from(type?.sample?.() ?? '');
  const message = { id: 'm', createdAt: 0, body, encoding: 'utf-8', properties: {} };
  const options = { units: 'characters', lowValues: 'refuse', endsEarly: false, customerStore: false, widths: {} } as const;
  const { input } = legacy.read({ name: 'OrderCreate', version: '01' }, message, options);
  return { ...(input as object), merchantOrderNumber: 'Ł-88120' } as never;
}

describe('a message for an entry with options', () => {
  it('is parked where its code page lacks a character, and replayed in the one that the entry has by then', async () => {
    const { folder, queues } = await world();
    const before = await running(folder, 'cp500');
    await before.kernel.publish(orderCreated, order());
    await before.sent(1);
    const { rows } = await before.kernel.desk.list({ state: 'parked' });
    expect(rows).toMatchObject([{ entry: 'mainframe', code: 'WB_RECORD_UNENCODABLE' }]);
    await before.kernel.stop();
    expect(await queues.browse('MAINFRAME')).toEqual([]);
    const plain = Buffer.from((await queues.fetch('PLAIN'))?.body ?? []).toString();
    const { kernel, sent } = await running(folder, 'cp870');
    await kernel.desk.replay(rows, { who: 'test' });
    await sent(1);
    const taken = await queues.fetch('MAINFRAME');
    expect(taken?.contentType).toBe('text/plain; charset=cp870');
    expect(decode(taken?.body ?? Buffer.of(), 'cp870')).toBe(plain);
    expect(plain).toContain('Ł-88120');
  });

  it('carries the credentials of the entry in its encoding, and they are in no line of the log and no longer in the journal', async () => {
    const { folder, queues } = await world();
    const { kernel, lines, sent } = await running(folder, 'utf-8');
    const line = { product: { globalId: 'HP-LAMP-02', distributorIds: ['NL-7702'] }, lineNumber: '1', quantity: '6' };
    const asked = { requestId: '90117', distributorId: 'NLD', storeId: '10151', orderId: '12011', lines: [line] };
    await kernel.publish(orderQuotationRequested, asked);
    await sent(1);
    const text = new TextDecoder('utf-16be').decode((await queues.fetch('DISTRIBUTOR'))?.body);
    expect(text).toContain('<?xml version="1.0" encoding="UTF-16"?>');
    expect(text).toMatch(/<userId>harbourpine<\/userId>\s*<password>shearwater-5<\/password>/);
    expect(JSON.stringify(lines)).not.toContain(password);
    const [row] = (await kernel.desk.list({})).rows;
    expect((await kernel.desk.show(row as never))?.message).toBeUndefined();
  });
});
