import type { Delivery } from '@waybill/contract';
import { eventually, settled, stays } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { idOfText } from '../src/headers/ids.ts';
import { reason } from './fake/queue-manager.ts';
import { accepted, newMessage, plain, rejected, retry, TestWorld, textOf } from './world.ts';

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
    expect([copy?.format, copy?.bytes.toString('latin1', 0, 4), copy?.bytes.toString('latin1', 12, 14), copy?.bytes.readInt32LE(112)]).toEqual([
      'MQDEAD',
      'DLH ',
      'IN',
      500,
    ]);
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

describe('what is known of a message', () => {
  it('is how often it was backed out, and after how many times it is given up', async () => {
    const world = new TestWorld();
    world.manager.queue('IN').backoutThreshold = 3;
    world.manager.store(plain('IN', '<Again/>'), { backouts: 1 });
    const deliveries: Delivery[] = [];
    await world.receive(async (delivery) => {
      deliveries.push(delivery);
      return accepted;
    });
    await none(world);
    expect(deliveries.map(({ attempt, giveUpAfter }) => [attempt, giveUpAfter])).toEqual([[2, 3]]);
  });

  it('is not how often it may fail, where this user may not ask', async () => {
    const world = new TestWorld();
    world.manager.mayInquire = false;
    world.manager.queue('IN').backoutThreshold = 3;
    world.manager.store(plain('IN', '<Once/>'));
    const deliveries: Delivery[] = [];
    await world.receive(async (delivery) => {
      deliveries.push(delivery);
      return accepted;
    });
    await none(world);
    expect(deliveries.map(({ giveUpAfter }) => giveUpAfter)).toEqual([undefined]);
  });
});

describe('a reply', () => {
  const request = (more = {}) => plain('IN', '<Question/>', { kind: 'request', replyTo: { queue: 'ANSWERS', manager: 'QM1' }, ...more });

  it('to a program without headers has none, and the code page of the question', async () => {
    const world = new TestWorld();
    world.manager.store(request({ ccsid: 819, persistent: false, priority: 7 }));
    await world.receive(async () => ({ outcome: 'accepted', reply: newMessage('<Größe/>') }));
    const [reply] = await eventually(() => world.manager.queue('ANSWERS').messages.length > 0 && world.manager.queue('ANSWERS').messages, { what: 'the reply' });
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

describe('a listener', () => {
  it('keeps the unit for the pause of a retry: nobody else gets the message meanwhile', async () => {
    const world = new TestWorld();
    world.manager.store(plain('IN', '<Later/>'));
    const times: number[] = [];
    await world.receive(async () => {
      times.push(performance.now());
      return times.length === 1 ? retry(200) : accepted;
    });
    await eventually(() => times.length === 1, { what: 'the first delivery' });
    await stays(() => world.manager.next('IN') === undefined, { what: 'nothing for others', within: 150 });
    await none(world);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(197);
  });

  it('opens no more connections than it has messages in hand, and one', async () => {
    const world = new TestWorld();
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    await world.receive(
      async () => {
        await wait;
        return accepted;
      },
      {},
      { concurrency: 3 },
    );
    await stays(() => world.handles.length === 1, { what: 'one connection', within: 50 });
    for (const text of ['A', 'B', 'C', 'D']) world.manager.store(plain('IN', text));
    await eventually(() => world.handles.length === 3, { what: 'three connections' });
    await stays(() => world.handles.length === 3, { what: 'no more than that', within: 50 });
    resolve();
    await none(world);
  });

  it('starts another connection for one whose process has ended, and only its own message comes again', async () => {
    const world = new TestWorld();
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    const deliveries: Delivery[] = [];
    await world.receive(
      async (delivery) => {
        deliveries.push(delivery);
        if (deliveries.length <= 2) await wait;
        return accepted;
      },
      {},
      { concurrency: 2 },
    );
    for (const text of ['A', 'B']) world.manager.store(plain('IN', text));
    await eventually(() => deliveries.length === 2, { what: 'two deliveries' });
    world.handles[0]?.kill();
    await eventually(() => deliveries.length === 3, { what: 'the first one again' });
    resolve();
    await none(world);
    expect(deliveries.map(textOf)).toEqual(['A', 'B', 'A']);
    expect(deliveries[0]?.lost?.aborted).toBe(true);
    expect(deliveries[1]?.lost?.aborted).toBe(false);
  });

  it('ends when a connection dies that has brought nothing: the next one would die as well', async () => {
    const world = new TestWorld();
    const { over } = await world.receive(async () => accepted);
    world.handles[0]?.kill();
    await expect(settled(over, { what: 'the end' })).rejects.toMatchObject({ code: 'WB_MQ_HOST_ENDED', connectionLost: true });
  });

  it('works on with fewer connections where no more are to be had', async () => {
    const world = new TestWorld();
    const { promise: wait, resolve } = Promise.withResolvers<void>();
    let isFirst = true;
    await world.receive(
      async () => {
        if (isFirst) await wait;
        isFirst = false;
        return accepted;
      },
      {},
      { concurrency: 2 },
    );
    world.manager.isFull = true;
    for (const text of ['A', 'B']) world.manager.store(plain('IN', text));
    await eventually(() => world.lines.length === 1, { what: 'a warning' });
    resolve();
    await none(world);
    expect(world.handles.length).toBe(1);
  });

  it('says that it is paused while getting is inhibited, and goes on afterwards', async () => {
    const world = new TestWorld();
    await world.receive(async () => accepted);
    world.manager.queue('IN').isGetInhibited = true;
    world.manager.wake();
    await eventually(() => world.told.at(-1) === 'paused', { what: 'a pause' });
    world.manager.queue('IN').isGetInhibited = false;
    world.manager.store(plain('IN', '<After/>'));
    await none(world);
    expect(world.told).toEqual(['paused', 'receiving']);
  });

  it('burns no backout of what comes when it stops', async () => {
    const world = new TestWorld();
    const { over, stop } = await world.receive(async () => accepted);
    stop();
    world.manager.store(plain('IN', '<After/>'));
    await over;
    expect(world.manager.queue('IN').messages.map(({ backouts }) => backouts)).toEqual([0]);
  });

  it('does not open where there is no such queue', async () => {
    await expect(new TestWorld().listener({ queue: 'NONE' })).rejects.toMatchObject({ code: 'WB_MQ_CONFIGURATION', retryable: false });
  });
});

describe('a report', () => {
  it.each([
    ['arrived', 'delivered'],
    ['taken', 'read'],
    ['expired', 'expired'],
    ['refused', 'bounced'],
    [reason.full, 'bounced'],
  ] as const)('that a message has %s is told as %s, by its id, and is done with', async (feedback, kind) => {
    const world = new TestWorld();
    const reports: object[] = [];
    const about = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
    const report = async (one: object) => void reports.push(one);
    world.manager.store(plain('IN', '', { kind: 'report', correlId: idOfText(about) }), { feedback });
    await world.receive(async () => accepted, {}, { report });
    await none(world);
    expect(reports).toEqual([expect.objectContaining({ about, kind })]);
  });
});
