import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp, shipped } from './set-up.ts';

const anHour = 3_600_000;
const by = { who: 'test', why: 'The order is there now.' };

describe('while the database is away', () => {
  it('the message is tried again, for a whole day if need be', async () => {
    const { clock, queues, orders } = await setUp();
    orders.add('12007');
    orders.isAway = true;
    queues.put('STATUS', { body: shipped('12007') });
    for (let hour = 0; hour < 24; hour++) await clock.skip(anHour);
    expect(orders.asked).toBeGreaterThan(12);
    orders.isAway = false;
    await clock.skip(2 * anHour);
    expect([orders.changes, await orders.statusOf('12007')]).toEqual([1, 'S']);
  });
});

describe('a message about an order that is not there', () => {
  it('is parked with the reason, and has its effect when somebody has added the order and replays it', async () => {
    const { queues, orders, kernel } = await setUp();
    queues.put('STATUS', { id: 'message-1', body: shipped('99999') });
    const parked = async () => (await kernel.desk.list({ state: 'parked' })).rows;
    const [row] = await eventually(async () => ((await parked()).length > 0 ? parked() : undefined), { what: 'a parked message' });
    expect(row).toMatchObject({ entry: 'status', id: 'message-1', reason: 'There is no order 99999.' });
    expect(queues.size('QUESTIONS')).toBe(0);

    orders.add('99999');
    await kernel.desk.replay([{ direction: 'in', entry: 'status', id: 'message-1' }], by);
    await eventually(() => orders.changes === 1, { what: 'the effect' });
    expect(await parked()).toEqual([]);
  });
});
