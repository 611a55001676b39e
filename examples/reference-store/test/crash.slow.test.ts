import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore, seeded } from '../src/index.ts';
import { seededStore } from './support/fixture.ts';
import { type Journal, runUntil } from './support/killed.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

describe('a process that is killed while it works', () => {
  it('leaves each message done once and each event published once, however often it is started again', async () => {
    const { store, path } = await seededStore();
    const orders = Array.from({ length: 12 }, () =>
      store.placeOrder({ storeId: seeded.storeId, customerId: seeded.customerId, items: [{ partNumber: 'HP-LAMP-02', quantity: '1' }] }),
    ).map(({ orderId }) => orderId);
    store.close();

    const journal: Journal = new Map();
    let kills = 0;
    // The kill comes after an odd number of lines, so while a message is being worked on; each start gets a little further.
    for (let lines = 1; !(await runUntil(child, lines, path, orders, journal)); lines += 6) expect(++kills).toBeLessThan(20);

    expect(kills).toBeGreaterThan(3);
    expect(journal.size).toBe(orders.length * 2);
    const after = openStore({ path });
    expect(after.effects().map(({ messageId, what }) => `${messageId} ${what}`)).toEqual(
      orders.flatMap((order) => [
        `order.confirm-status:${order} order ${order} status C`,
        `order.ship-status:${order} order ${order} status S`,
        `order.ship-status:${order} release ${order}/1 shipped`,
      ]),
    );
    for (const order of orders) expect(after.order(order)).toMatchObject({ backEndStatus: 'S', versions: 1 });
    expect([...journal.values()].flat()).toEqual(orders.map((order) => `release-${order}-1-shipped`));
    after.close();
  });
});
