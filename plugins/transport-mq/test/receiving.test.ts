import type { Delivery } from '@waybill/contract';
import { eventually, settled, stays } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { idOfText } from '../src/headers/ids.ts';
import { reason } from './fake/queue-manager.ts';
import { accepted, plain, retry, TestWorld, textOf } from './world.ts';

const none = (world: TestWorld, queue = 'IN') => eventually(() => world.texts(queue).length === 0, { what: `nothing on ${queue}` });

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
    expect(world.handles.length).toBe(3);
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

  it('burns no backout of what stands behind a message that is settled after the stop', async () => {
    const world = new TestWorld();
    for (const text of ['<InHand/>', '<Behind/>']) world.manager.store(plain('IN', text));
    const { promise, resolve } = Promise.withResolvers<typeof accepted>();
    const inHand = Promise.withResolvers<void>();
    const { over, stop } = await world.receive(() => (inHand.resolve(), promise), {}, { concurrency: 1 });
    await inHand.promise;
    stop();
    resolve(accepted);
    await over;
    expect(world.manager.queue('IN').messages.map(({ bytes, backouts }) => [String(bytes), backouts])).toEqual([['<Behind/>', 0]]);
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
