import type { Delivery } from '@waybill/contract';
import { eventually, settled } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { newMessage, plain, rejected, TestWorld } from './world.ts';

const none = (world: TestWorld, queue = 'IN') => eventually(() => world.texts(queue).length === 0, { what: `nothing on ${queue}` });

describe('a rejected message', () => {
  it('is copied to the backout queue of its queue, with its ids and without a header', async () => {
    const world = new TestWorld();
    world.manager.queue('IN').backoutQueue = 'IN.BACKOUT';
    const put = plain('IN', '<Bad/>');
    world.manager.store(put);
    await world.receive(async () => rejected);
    await none(world);
    const [copy] = world.manager.queue('IN.BACKOUT').messages;
    expect([copy?.bytes.toString(), copy?.msgId, copy?.format, copy?.expiry]).toEqual(['<Bad/>', put.msgId, 'MQSTR', undefined]);
  });

  it('goes nowhere where its queue has no backout queue, or the entry wants no copy', async () => {
    const world = new TestWorld();
    world.manager.deadLetterQueue = 'DEAD';
    world.manager.store(plain('IN', '<Bad/>'));
    await world.receive(async () => rejected);
    await none(world);
    expect(world.texts('DEAD')).toEqual([]);
    const other = new TestWorld();
    other.manager.queue('IN').backoutQueue = 'IN.BACKOUT';
    other.manager.store(plain('IN', '<Bad/>'));
    await other.receive(async () => rejected, { rejected: 'removed' });
    await none(other);
    expect(other.texts('IN.BACKOUT')).toEqual([]);
  });

  it('goes to the dead-letter queue with a header, where the entry wants that', async () => {
    const world = new TestWorld();
    world.manager.deadLetterQueue = 'DEAD';
    world.manager.store(plain('IN', '<Bad/>', { ccsid: 500 }));
    await world.receive(async () => rejected, { rejected: 'dead-letter-queue' });
    await none(world);
    const [copy] = world.manager.queue('DEAD').messages;
    expect([
      copy?.format,
      copy?.bytes.toString('latin1', 0, 4),
      copy?.bytes.toString('latin1', 12, 14),
      copy?.bytes.readInt32LE(112),
    ]).toEqual(['MQDEAD', 'DLH ', 'IN', 500]);
    expect(copy?.bytes.toString('latin1', 172)).toBe('<Bad/>');
  });

  it('that is larger than the entry takes is copied whole, to the dead-letter queue where there is no other', async () => {
    const world = new TestWorld();
    world.manager.deadLetterQueue = 'DEAD';
    const large = 'x'.repeat(100_000);
    world.manager.store(plain('IN', large));
    const deliveries: Delivery[] = [];
    await world.receive(async (delivery) => {
      deliveries.push(delivery);
      return rejected;
    });
    await none(world);
    expect([deliveries[0]?.defect?.code, deliveries[0]?.message.body.length]).toEqual(['WB_MQ_TOO_LARGE', 0]);
    expect(world.texts('DEAD').map((text) => text.slice(172) === large)).toEqual([true]);
  });

  it('that is too large stays where it is, with all that is behind it, where there is no queue for it', async () => {
    const world = new TestWorld();
    world.manager.store(plain('IN', 'x'.repeat(100_000)));
    const { over } = await world.receive(async () => rejected);
    await expect(settled(over, { what: 'the end' })).rejects.toMatchObject({
      code: 'WB_MQ_TOO_LARGE',
      retryable: true,
      retryAfter: 30_000,
    });
    expect(world.texts('IN')).toHaveLength(1);
  });

  it('is done with although it cannot be copied: the kernel has it', async () => {
    const world = new TestWorld();
    world.manager.queue('IN').backoutQueue = 'GONE';
    world.manager.store(plain('IN', '<Bad/>'));
    await world.receive(async () => rejected);
    await none(world);
    expect(world.lines.map(({ text }) => text)).toEqual(['a rejected message could not be copied']);
  });

  it('is answered, and copied, in one unit', async () => {
    const world = new TestWorld();
    world.manager.queue('IN').backoutQueue = 'IN.BACKOUT';
    world.manager.commitTrouble = 'backed-out';
    world.manager.store(plain('IN', '<Bad/>', { kind: 'request', replyTo: { queue: 'ANSWERS', manager: '' } }));
    const { over } = await world.receive(async () => ({ ...rejected, reply: newMessage('<No/>') }));
    await expect(settled(over, { what: 'the end' })).rejects.toMatchObject({ code: 'WB_MQ_BACKED_OUT', retryable: true });
    expect([world.texts('IN'), world.texts('ANSWERS'), world.texts('IN.BACKOUT')]).toEqual([['<Bad/>'], [], []]);
    world.manager.commitTrouble = 'none';
    await world.receive(async () => ({ ...rejected, reply: newMessage('<No/>') }));
    await none(world);
    expect([world.texts('ANSWERS'), world.texts('IN.BACKOUT')]).toEqual([['<No/>'], ['<Bad/>']]);
  });
});

describe('a reply', () => {
  const request = (more = {}) => plain('IN', '<Question/>', { kind: 'request', replyTo: { queue: 'ANSWERS', manager: 'QM1' }, ...more });

  it('to a program without headers has none, and the code page of the question', async () => {
    const world = new TestWorld();
    world.manager.store(request({ ccsid: 819, persistent: false, priority: 7 }));
    await world.receive(async () => ({ outcome: 'accepted', reply: newMessage('<Größe/>') }));
    const [reply] = await eventually(() => world.manager.queue('ANSWERS').messages.length > 0 && world.manager.queue('ANSWERS').messages, {
      what: 'the reply',
    });
    const asked = [reply?.format, reply?.ccsid, reply?.bytes.toString('latin1'), reply?.persistent, reply?.priority, reply?.kind];
    expect(asked).toEqual(['MQSTR', 819, '<Größe/>', false, 7, 'reply']);
  });

  it('that may not go there is handed back, and its message is done with', async () => {
    const world = new TestWorld();
    world.manager.store(request());
    await world.receive(async () => ({ outcome: 'accepted', reply: newMessage() }), { replyQueues: ['OTHER'] });
    await none(world);
    expect([world.undelivered, world.texts('ANSWERS')]).toEqual([['ANSWERS?plain=1 WB_MQ_REPLY_REFUSED'], []]);
  });

  it('to a queue that is gone is handed back with the reason', async () => {
    const world = new TestWorld();
    world.manager.store(request({ replyTo: { queue: 'GONE', manager: '' } }));
    await world.receive(async () => ({ outcome: 'accepted', reply: newMessage() }));
    await none(world);
    expect(world.undelivered).toEqual(['GONE?plain=1 WB_MQ_CONFIGURATION']);
  });
});
