import { join } from 'node:path';
import { type OrderStatusInput, orderUpdateStatus } from '@waybill/commerce';
import { handle } from '@waybill/contract/application';
import { createKernel } from '@waybill/kernel';
import pack from '@waybill/pack-fulfillment';
import { openStore, seedStore, storeApplication } from '@waybill/reference-store';
import { memoryJournalPlugin, memoryTransport, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { composed } from '../src/back-end-messages.ts';

const statusOf = (input: OrderStatusInput, id: string) =>
  composed('Update_WCS_OrderStatus@3.0', { command: orderUpdateStatus.name, input }, id);

describe('two statuses of one order, the second of which names it by the number at the back end only', () => {
  it('are worked on one after the other, although the store learns the number from the first', async () => {
    const store = openStore({ path: join(await temporaryFolder(), 'store.db') });
    await seedStore(store, { password: 'kestrel-4410' });
    const { keyOf } = storeApplication(store);
    const gate = Promise.withResolvers<void>();
    const worked: (string | undefined)[] = [];
    const serve = handle(orderUpdateStatus, async ({ orderId, comment }) => {
      if (orderId === '12007') await gate.promise;
      worked.push(comment);
    });
    const memory = memoryTransport();
    const kernel = createKernel({
      application: { handlers: [serve], ...(keyOf && { keyOf }) },
      plugins: [memory.transport, pack, memoryJournalPlugin],
      manifest: {
        plugins: [],
        journal: { use: 'memory' },
        connections: { far: { transport: 'memory' } },
        inbound: { status: { connection: 'far', queue: 'IN', order: { by: 'key' }, concurrency: 4 } },
        log: { level: 'error' },
      },
    });
    const done = (count: number) =>
      new Promise<void>((resolve) => {
        const end = kernel.observe(() => worked.length >= count && (end(), resolve()));
      });
    await kernel.start();
    const other = done(1);
    memory.put('IN', statusOf({ orderId: '12007', merchantOrderNumber: 'SO-1', status: 'C', comment: 'first' }, 'm1'));
    memory.put('IN', statusOf({ merchantOrderNumber: 'SO-1', status: 'S', comment: 'second' }, 'm2'));
    memory.put('IN', statusOf({ orderId: '12011', status: 'C', comment: 'of another order' }, 'm3'));
    await other;
    expect(worked).toEqual(['of another order']);
    const all = done(3);
    gate.resolve();
    await all;
    expect(worked).toEqual(['of another order', 'first', 'second']);
    await kernel.stop();
    store.close();
  });
});
