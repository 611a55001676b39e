import { eventually, stays } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MqHandle } from '../src/handle/handle.ts';
import { all, failureOf, type HandleWorld, type Opened, textOf } from './handle-world.ts';
import { askAboutUnits } from './unit-promises.ts';
import { plain } from './world.ts';

/** Asks what the listener and the sender build on: the same of the fake and of the real package. */
export function askAboutHandles(world: HandleWorld): void {
  const opened = async (queue: string, how: 'shared' | 'exclusive' = 'shared'): Promise<MqHandle> => {
    const handle = await world.open();
    onTestFinished(() => handle.close());
    await handle.open(queue, how);
    return handle;
  };

  describe('a handle', () => {
    askAboutGetting(world, opened);
    askAboutUnits(world, opened);
    askAboutEnds(world, opened);
    askAboutQueues(world, opened);
  });
}

function askAboutGetting(world: HandleWorld, opened: Opened): void {
  it('gets by priority, then in the order in which messages were put, and nothing where there is nothing', async () => {
    const queue = await world.queue();
    for (const [text, priority] of [
      ['A', 1],
      ['B', 5],
      ['C', 1],
    ] as const)
      await world.put(queue, text, { priority });
    const handle = await opened(queue);
    const texts: (string | undefined)[] = [];
    for (let count = 0; count < 4; count++) {
      texts.push(textOf(await handle.get(all)));
      await handle.commit();
    }
    expect(texts).toEqual(['B', 'A', 'C', undefined]);
  });

  it('waits for a message that comes later, and for one with the right correlation id only', async () => {
    const queue = await world.queue();
    const handle = await opened(queue);
    const correlId = Buffer.alloc(24, 7);
    const getting = handle.get({ ...all, waitMs: 30_000, correlId });
    await world.put(queue, 'other');
    await world.put(queue, 'mine', { correlId });
    expect(textOf(await getting)).toBe('mine');
  });

  it('that waits ends when it is told to, and leaves what comes then where it is, uncounted', async () => {
    const queue = await world.queue();
    const handle = await opened(queue);
    const stop = new AbortController();
    const getting = handle.get({ ...all, waitMs: 30_000, signal: stop.signal });
    await stays(() => true, { what: 'a moment', within: 50 });
    stop.abort();
    await world.put(queue, 'A');
    expect(await getting).toBeUndefined();
    expect((await handle.get({ ...all, waitMs: 10_000 }))?.backouts).toBe(0);
  });

  it('tells of a message that is larger than was asked for, without its bytes, and has it in its unit', async () => {
    const queue = await world.queue();
    await world.put(queue, 'x'.repeat(200_000));
    const handle = await opened(queue);
    const got = await handle.get(all);
    expect([got?.bytes.length, got?.length]).toEqual([0, 200_000]);
    await handle.backout();
    expect((await world.texts(queue)).map(({ length }) => length)).toEqual([200_000]);
  });
}

function askAboutEnds(world: HandleWorld, opened: Opened): void {
  for (const end of ['close', 'kill'] as const) {
    it(`backs out what it has in hand at its ${end}, and says that it is gone`, async () => {
      const [queue, out] = [await world.queue(), await world.queue()];
      await world.put(queue, 'A');
      const handle = await opened(queue);
      await handle.get(all);
      await failureOf(handle.commit([plain(out, 'B'), plain('NOT.THERE', 'C')]));
      await handle[end]();
      await handle.gone;
      await eventually(async () => (await world.texts(queue)).length === 1, { what: 'the message on its queue' });
      expect(await world.texts(out)).toEqual([]);
      expect((await failureOf(handle.get(all))).verb).toBe('host');
    });
  }

  it('that is killed while it waits ends its call', async () => {
    const handle = await opened(await world.queue());
    const getting = failureOf(handle.get({ ...all, waitMs: 30_000 }));
    handle.kill();
    expect((await getting).verb).toBe('host');
  });
}

function askAboutQueues(world: HandleWorld, opened: Opened): void {
  it('holds a queue alone, or shares it, and is refused where another one holds it', async () => {
    const queue = await world.queue();
    const first = await opened(queue, 'exclusive');
    const second = await world.open();
    onTestFinished(() => second.close());
    for (const how of ['shared', 'exclusive'] as const) expect((await failureOf(second.open(queue, how))).reason).toBe(2042);
    await first.close();
    await eventually(() => second.open(queue, 'exclusive'), { what: 'the queue to be free' });
  });

  it('knows what the administrator has said about a queue, and which queues are not there', async () => {
    const backout = await world.queue();
    const queue = await world.queue({ backoutThreshold: 3, backoutQueue: backout });
    const handle = await opened(queue);
    expect(await handle.inquire(queue)).toMatchObject({ backoutThreshold: 3, backoutQueue: backout });
    expect((await failureOf(handle.inquire('NOT.THERE'))).reason).toBe(2085);
    await handle.check({ queue, manager: '' });
    expect((await failureOf(handle.check({ queue: 'NOT.THERE', manager: '' }))).reason).toBe(2085);
    expect((await failureOf(handle.open('NOT.THERE', 'shared'))).reason).toBe(2085);
  });

  it('can be asked whether it is still there, and keeps its unit', async () => {
    const queue = await world.queue();
    await world.put(queue, 'A');
    const handle = await opened(queue);
    await handle.get(all);
    await handle.ping();
    await handle.commit();
    expect(await world.texts(queue)).toEqual([]);
  });
}
