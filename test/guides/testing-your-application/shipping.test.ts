import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp, shipped } from './set-up.ts';

describe('an order that was shipped', () => {
  it('has the new status', async () => {
    const { queues, orders } = await setUp();
    orders.add('12007');
    queues.put('STATUS', { body: shipped('12007') });
    await eventually(() => orders.changes === 1, { what: 'the change' });
    expect(await orders.statusOf('12007')).toBe('S');
  });

  it('makes the shop ask how much is left', async () => {
    const { queues, orders } = await setUp();
    orders.add('12007');
    queues.put('STATUS', { body: shipped('12007') });
    const question = await queues.take('QUESTIONS');
    expect(question.type).toBe('Request_WCS_BE_ProductInventory');
    expect(Buffer.from(question.body).toString()).toContain('TEAPOT-7');
  });
});
