import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp, shipped } from './set-up.ts';
import { Orders } from './shop.ts';

describe('a message that comes twice under one id', () => {
  it('has one effect, and one question follows from it', async () => {
    const { queues, orders, kernel } = await setUp();
    orders.add('12007');
    const outcomes: string[] = [];
    kernel.observe(({ direction, outcome }) => direction === 'in' && outcomes.push(outcome));
    for (const outcome of ['done', 'duplicate']) {
      queues.put('STATUS', { id: 'message-1', body: shipped('12007') });
      await eventually(() => outcomes.includes(outcome), { what: `a message that is ${outcome}` });
    }
    expect([outcomes, orders.changes]).toEqual([['done', 'duplicate'], 1]);
    await eventually(() => queues.size('QUESTIONS') === 1, { what: 'the question' });
  });
});

describe('a handler that was cut off after its effect', () => {
  it('runs again with the same message id, and the shop changes the order once', async () => {
    const { queues, orders } = await setUp();
    orders.add('12007');
    const ids: string[] = [];
    const cutOff = Promise.withResolvers<void>();
    orders.record = async (messageId, orderId, status) => {
      ids.push(messageId);
      await Orders.prototype.record.call(orders, messageId, orderId, status);
      // The first time, the handler is never heard of again.
      if (ids.length === 1) await cutOff.promise;
    };
    queues.put('STATUS', { id: 'message-1', body: shipped('12007') });
    await eventually(() => orders.changes === 1, { what: 'the effect' });
    queues.takeBack('STATUS');
    cutOff.resolve();
    await eventually(() => ids.length === 2, { what: 'the second run' });
    expect([ids, orders.changes]).toEqual([['message-1', 'message-1'], 1]);
    await queues.take('QUESTIONS');
  });
});
