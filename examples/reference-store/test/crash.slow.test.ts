import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore, seeded } from '../src/index.ts';
import { seededStore } from './support/fixture.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

/** What a kernel's journal would know: which messages are done, and what left with them. */
type Journal = Map<string, readonly string[]>;

/** Runs the child until it has said `lines` lines, then kills it; answers whether it came to its end. */
async function runUntil(lines: number, path: string, orders: readonly string[], journal: Journal): Promise<boolean> {
  const running = spawn(process.execPath, ['--experimental-strip-types', child, path, ...orders], { stdio: ['pipe', 'pipe', 'inherit'] });
  running.stdin.on('error', () => undefined);
  const exit = event(running, 'exit');
  let said = 0;
  for await (const line of createInterface(running.stdout)) {
    const [word, id = '', ...events] = line.split(' ');
    if (word === 'done') journal.set(id, events.filter(Boolean));
    running.stdin.write('.');
    if (++said === lines) running.kill('SIGKILL');
  }
  const [code] = (await exit) as [number | null];
  return code === 0;
}

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
    for (let lines = 1; !(await runUntil(lines, path, orders, journal)); lines += 6) expect(++kills).toBeLessThan(20);

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
