import { describe, expect, it } from 'vitest';
import { Ring } from '../src/memory/lists/ring.ts';
import { type Entry, MemoryQueue } from '../src/memory/transport/queue.ts';
import { memoryTransport } from '../src/memory/transport/transport.ts';
import { systemClock, testClock } from '../src/tools/clock.ts';
import { newMessage, Rig } from '../src/transport/rig.ts';
import { harnessFor } from './memory-harness.ts';

describe('a ring', () => {
  it('keeps the order at both ends while it grows and wraps', () => {
    const ring = new Ring<number>();
    const model: number[] = [];
    for (let step = 0; step < 5_000; step++) {
      // A fixed walk that grows, shrinks and wraps: three kinds of step in changing proportion.
      const kind = (step * 7_919 + Math.floor(step / 500) * 13) % 5;
      if (kind < 2 || step % 1_000 < 300) {
        ring.push(step);
        model.push(step);
      } else if (kind === 2) {
        ring.unshift(step);
        model.unshift(step);
      } else {
        ring.shift();
        model.shift();
      }
      expect([ring.size, ring.first()]).toEqual([model.length, model[0]]);
    }
  });
});

describe('a queue in memory', () => {
  it('takes messages back to where they were, in whatever turn they come', () => {
    const queue = new MemoryQueue(systemClock);
    const message = (id: string) => ({ id, body: new Uint8Array(0), createdAt: 0, properties: {} });
    for (const id of ['0', '1', '2', '3', '4']) queue.put(message(id));
    const taken = Array.from({ length: 4 }, () => queue.take() as Entry);
    for (const back of [[3], [1], [0, 2]]) queue.putBack(back.flatMap((index) => taken[index] ?? []));
    const again = Array.from({ length: 5 }, () => queue.take());
    expect(again.map((entry) => entry?.message.id)).toEqual(['0', '1', '2', '3', '4']);
    expect(again.map((entry) => entry?.attempts)).toEqual([2, 2, 2, 2, 1]);
  });
});

describe('the in-memory transport', () => {
  it('lets a test take what was sent, one by one or all at once', async () => {
    const memory = memoryTransport();
    const taking = memory.take('OUT');
    for (const body of ['<A/>', '<B/>', '<C/>']) memory.put('OUT', { body });
    expect(Buffer.from((await taking).body).toString()).toBe('<A/>');
    expect(memory.size('OUT')).toBe(2);
    expect(memory.takeAll('OUT').map((message) => Buffer.from(message.body).toString())).toEqual(['<B/>', '<C/>']);
    await expect(memory.take('OUT', 20)).rejects.toThrow('timed out waiting for a message on the queue "OUT"');
  });

  it('shares nothing with another one', () => {
    const [one, other] = [memoryTransport(), memoryTransport()];
    one.put('IN', { body: '<A/>' });
    expect([one.size('IN'), other.size('IN')]).toEqual([1, 0]);
  });

  it('gives a message up after so many hand-outs', async () => {
    const memory = memoryTransport({ giveUpAfter: 2, name: 'limited' });
    const rig = await Rig.open(memory.transport, harnessFor(memory));
    const desk = await rig.listen();
    await rig.put(newMessage('<Deadly/>'));
    for (const attempt of [1, 2]) {
      const held = await desk.next();
      expect(held.delivery).toMatchObject({ attempt, giveUpAfter: 2 });
      held.retry(0);
    }
    const { queue } = rig.world.inbound as { queue: string };
    expect(Buffer.from((await memory.take(`${queue}.given-up`)).body).toString()).toBe('<Deadly/>');
    await rig.close();
  });

  it('holds a message back on the clock that it is given', async () => {
    const clock = testClock();
    const day = 86_400_000;
    const memory = memoryTransport({ clock, redelivers: { upTo: day }, name: 'patient' });
    const rig = await Rig.open(memory.transport, harnessFor(memory));
    const desk = await rig.listen();
    await rig.put(newMessage('<Later/>'));
    (await desk.next()).retry(day);
    await clock.advance(day - 1);
    expect(desk.all.length).toBe(1);
    await clock.advance(1);
    expect(desk.all.map(({ text }) => text)).toEqual(['<Later/>', '<Later/>']);
    desk.all[1]?.accept();
    await rig.close();
    expect(clock.sleeping).toBe(0);
  });

  it('waits for a reply on the clock that it is given, and says when a message was put by it', async () => {
    const clock = testClock();
    const memory = memoryTransport({ clock });
    expect(memory.put('IN', { body: '<Now/>' }).createdAt).toBe(clock.now());
    const rig = await Rig.open(memory.transport, harnessFor(memory));
    const sender = await rig.openSender();
    const outcomes: unknown[] = [];
    const asking = sender.request?.(newMessage(), { signal: new AbortController().signal, timeout: 60_000 });
    asking?.catch((error: unknown) => outcomes.push(error));
    await clock.advance(59_999);
    expect(outcomes).toEqual([]);
    await clock.advance(1);
    expect(outcomes).toMatchObject([{ code: 'WB_MEMORY_TIMEOUT', outcome: 'unknown' }]);
    await rig.close();
    expect(clock.sleeping).toBe(0);
  });

  it('tells whoever puts a message and waits how it was settled', async () => {
    const memory = memoryTransport({ waits: true });
    const rig = await Rig.open(memory.transport, harnessFor(memory));
    const desk = await rig.listen();
    const { queue } = rig.world.inbound as { queue: string };
    const exchange = memory.exchange(queue, { body: '<Question/>' });
    (await desk.next()).reject('forbidden');
    expect(await exchange).toMatchObject({ outcome: 'rejected', fault: { kind: 'forbidden' } });
    await rig.close();
  });

  it('refuses options of a send that the contract does not have, whatever their value', async () => {
    const memory = memoryTransport();
    const rig = await Rig.open(memory.transport, harnessFor(memory));
    const sender = await rig.openSender();
    const options = { signal: new AbortController().signal, unit: undefined };
    await expect(sender.send(newMessage(), options)).rejects.toMatchObject({ code: 'WB_MEMORY_UNKNOWN_OPTION', retryable: false });
    expect(await rig.taken()).toEqual([]);
    await rig.close();
  });
});
