import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.ts';
import { larkfield, place, stockOf } from './support/buyers.ts';
import { seededStore } from './support/fixture.ts';
import { type Journal, runUntil } from './support/killed.ts';

const child = fileURLToPath(new URL('./buyers-crash-child.ts', import.meta.url));
const told = ['order.created', 'purchase-order.confirmed', 'release.shipped', 'purchase-order.shipped', 'purchase-order.invoiced'];

describe('a process that is killed while it works on orders of a buyer', () => {
  it('leaves each order placed, confirmed, shipped and invoiced once, and each document told once', async () => {
    const { store, path } = await seededStore();
    store.buyers.add(larkfield);
    store.close();
    const orders = Array.from({ length: 6 }, (_, index) => `PO-${index}`);

    const journal: Journal = new Map();
    let kills = 0;
    for (let lines = 1; !(await runUntil(child, lines, path, orders, journal)); lines += 8) expect(++kills).toBeLessThan(20);

    expect(kills).toBeGreaterThan(3);
    expect(journal.size).toBe(orders.length * 5);
    const after = openStore({ path });
    const events = [...journal.values()].flat();
    expect(events.map((event) => event.split('/')[0])).toEqual(orders.flatMap(() => told));
    expect(new Set(events).size).toBe(events.length);
    for (const orderId of orders) {
      const { documents, confirmations, shipments, invoices } = after.buyers.order({ ...place, orderId });
      expect([documents.length, confirmations.length, shipments.length, invoices.length]).toEqual([1, 1, 1, 1]);
    }
    expect(stockOf(after)).toBe('4976');
    after.close();
  });
});
