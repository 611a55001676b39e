import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderCreated } from '@waybill/commerce';
import journal from '@waybill/journal-sqlite';
import { createKernel, type Kernel } from '@waybill/kernel';
import pack from '@waybill/pack-fulfillment';
import { openStore, type Store, seeded, seedStore, storeApplication } from '@waybill/reference-store';
import { temporaryFolder } from '@waybill/testing';
import files from '@waybill/transport-file';
import { afterEach, describe, expect, it } from 'vitest';
import { told } from '../src/back-end-messages.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function storeIn(folder: string): Promise<Store> {
  const store = openStore({ path: join(folder, 'store.db') });
  cleanups.push(() => store.close());
  await seedStore(store, { password: 'kestrel-4410' });
  return store;
}

/** A kernel that writes purchase orders as files. Resolves when each of `sent` messages has become one. */
async function announceWith(store: Store, folder: string, sent: number): Promise<Kernel> {
  const kernel = createKernel({
    folder,
    application: storeApplication(store),
    plugins: [journal, files, pack],
    manifest: {
      plugins: [],
      journal: { use: 'sqlite', path: './journal.db' },
      connections: { exchange: { transport: 'file', path: './exchange' } },
      outbound: { orders: { connection: 'exchange', folder: 'orders' } },
      routes: [{ event: 'order.created', message: 'Report_NC_PurchaseOrder@1.0', to: ['orders'] }],
      log: { level: 'error' },
    },
  });
  cleanups.push(() => kernel.stop());
  const everything = new Promise<void>((resolve) => {
    let left = sent;
    kernel.observe(({ outcome }) => {
      if (outcome === 'sent' && --left === 0) resolve();
    });
  });
  await kernel.start();
  await everything;
  return kernel;
}

function ordersIn(folder: string): readonly OrderCreated[] {
  const files = readdirSync(join(folder, 'exchange', 'orders')).filter((name) => !name.startsWith('.'));
  const bodies = files.map((name) => readFileSync(join(folder, 'exchange', 'orders', name)));
  const messages = bodies.map((body) => ({ id: '', createdAt: 0, properties: {}, body }));
  return messages.map((message) => told('Report_NC_PurchaseOrder@1.0', message) as OrderCreated);
}

describe('three orders, the second with a comment of 300 characters', () => {
  const comment = 'Leave it with the lighthouse keeper, who is never out for long. '.repeat(5).slice(0, 300);

  it('are all sent when the kernel starts, the comment whole, and the kernel runs', async () => {
    const folder = await temporaryFolder();
    const store = await storeIn(folder);
    const place = (remark?: string) =>
      store.placeOrder({
        storeId: seeded.storeId,
        customerId: seeded.customerId,
        items: [{ partNumber: 'HP-LAMP-02', quantity: '1', comment: remark }],
      });
    place();
    place(comment);
    place();
    const kernel = await announceWith(store, folder, 3);
    expect(kernel.state).toBe('running');
    const comments = Object.fromEntries(ordersIn(folder).map(({ orderId, items }) => [orderId, items[0]?.shipTo?.comment]));
    expect(comments).toEqual({ 12012: undefined, 12013: comment, 12014: undefined });
  });
});
