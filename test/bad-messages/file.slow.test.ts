import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { faults } from './faults.ts';
import { arrival, filesLeft, lay, parkedFile } from './files.ts';
import { refusedInquiry } from './misplaced.ts';
import { inquiry, orderStatus } from './samples.ts';
import { expectNoSecrets } from './saying.ts';
import { callsFor, sharedWorld } from './world.ts';

const world = sharedWorld();

describe('in a folder', () => {
  it.each([...faults, refusedInquiry].map((fault, index) => [fault.what, fault, `bad-${index}.xml`] as const))(
    '%s is parked, and the file lies among the rejected ones',
    async (_what, { body, code, at, byHandler }, name) => {
      await lay(world(), name, body);
      const rejected = await arrival(world(), 'rejected', name);
      expect((await readFile(rejected)).equals(Buffer.from(body))).toBe(true);
      expect(await filesLeft(world())).toEqual([]);
      const entry = await parkedFile(world(), name);
      expect(entry).toMatchObject({ state: 'parked', code, failures: [{ code }] });
      expect(Buffer.from(entry?.message?.body ?? []).equals(Buffer.from(body))).toBe(true);
      expect(entry?.reason).toMatch(at);
      expectNoSecrets(entry?.reason ?? '');
      expect(callsFor(world(), entry?.id ?? '')).toHaveLength(byHandler ? 1 : 0);
    },
  );

  it.each([
    ['an order status', orderStatus],
    ['an inquiry, although nobody can be answered', inquiry],
  ])('a right message after all that is handled: %s', async (_what, body) => {
    await lay(world(), 'good.xml', body);
    await arrival(world(), 'done', 'good.xml');
    expect(await parkedFile(world(), 'good.xml')).toBeUndefined();
    expect(world().kernel.status()).toMatchObject({ state: 'running', degraded: false });
  });
});
