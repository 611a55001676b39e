import { eventually, stays } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MqHandle, MqPut } from '../src/handle/handle.ts';
import { MqFailure } from '../src/handle/mq-failure.ts';
import { plain } from './world.ts';

/** A queue manager and handles to it. */
export interface HandleWorld {
  open(): Promise<MqHandle>;
  /** Makes a queue that no other test uses. */
  queue(attributes?: { readonly backoutThreshold?: number; readonly backoutQueue?: string }): Promise<string>;
  put(queue: string, text: string, more?: Partial<MqPut>): Promise<void>;
  /** Lets nobody get from a queue any more. */
  inhibit(queue: string): Promise<void>;
  /** What is on a queue and in nobody's unit. */
  texts(queue: string): Promise<readonly string[]>;
}

const all = { maxBytes: 100_000, waitMs: 0 };
const textOf = (got: { readonly bytes: Buffer } | undefined): string | undefined => got?.bytes.toString();

async function failureOf(promise: Promise<unknown>): Promise<MqFailure> {
  const failure: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof MqFailure) return failure;
  throw new Error('expected an MqFailure', { cause: failure });
}

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

type Opened = (queue: string, how?: 'shared' | 'exclusive') => Promise<MqHandle>;

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

function askAboutUnits(world: HandleWorld, opened: Opened): void {
  it('has a message to itself until it commits or backs out, and a backout is counted', async () => {
    const queue = await world.queue();
    await world.put(queue, 'A');
    const [one, other] = [await opened(queue), await opened(queue)];
    expect((await one.get(all))?.backouts).toBe(0);
    expect(await other.get(all)).toBeUndefined();
    await one.backout();
    const again = await other.get(all);
    expect([textOf(again), again?.backouts]).toEqual(['A', 1]);
    await other.commit();
    expect([await one.get(all), await world.texts(queue)]).toEqual([undefined, []]);
  });

  it('makes what it puts visible with its commit, together with the removal of what it got', async () => {
    const [queue, out] = [await world.queue(), await world.queue()];
    await world.put(queue, 'A');
    const handle = await opened(queue);
    await handle.get(all);
    const ids = await handle.commit([plain(out, 'B'), plain(out, 'C')]);
    expect([ids.map(({ length }) => length), await world.texts(out), await world.texts(queue)]).toEqual([[24, 24], ['B', 'C'], []]);
  });

  it('whose put is refused says which, commits nothing, and has what came before that in its unit', async () => {
    const [queue, out] = [await world.queue(), await world.queue()];
    await world.put(queue, 'A');
    const handle = await opened(queue);
    await handle.get(all);
    const { verb, reason, place } = await failureOf(handle.commit([plain(out, 'B'), plain('NOT.THERE', 'C')]));
    expect([verb, reason, place]).toEqual(['put', 2085, 1]);
    expect(await world.texts(out)).toEqual([]);
    await handle.commit();
    expect([await world.texts(out), await world.texts(queue)]).toEqual([['B'], []]);
  });

  it('forgets what it has put when it backs out', async () => {
    const [queue, out] = [await world.queue(), await world.queue()];
    await world.put(queue, 'A');
    const handle = await opened(queue);
    await handle.get(all);
    await failureOf(handle.commit([plain(out, 'B'), plain('NOT.THERE', 'C')]));
    await handle.backout();
    expect([await world.texts(out), await world.texts(queue)]).toEqual([[], ['A']]);
  });

  it('brings the next message with its commit where it is asked to, into the next unit', async () => {
    const [queue, out] = [await world.queue(), await world.queue()];
    for (const text of ['A', 'B']) await world.put(queue, text);
    const [handle, other] = [await opened(queue), await opened(queue)];
    await handle.get(all);
    await handle.commit([plain(out, 'R')], all);
    expect([await world.texts(out), await other.get(all)]).toEqual([['R'], undefined]);
    const got = await handle.get({ ...all, signal: AbortSignal.abort() });
    expect([textOf(got), got?.backouts]).toEqual(['B', 0]);
    await handle.commit([], all);
    expect([await handle.get(all), await world.texts(queue)]).toEqual([undefined, []]);
  });

  it('that has brought the next message with its commit gives it back when it backs out', async () => {
    const queue = await world.queue();
    for (const text of ['A', 'B']) await world.put(queue, text);
    const handle = await opened(queue);
    await handle.get(all);
    await handle.commit([], all);
    await handle.backout();
    const again = await handle.get(all);
    expect([textOf(again), again?.backouts]).toEqual(['B', 1]);
  });

  it('commits where nothing can be got any more, and says so when it is asked to get', async () => {
    const queue = await world.queue();
    for (const text of ['A', 'B']) await world.put(queue, text);
    const handle = await opened(queue);
    await handle.get(all);
    await world.inhibit(queue);
    await handle.commit([], all);
    expect(await world.texts(queue)).toEqual(['B']);
    expect((await failureOf(handle.get(all))).reason).toBe(2016);
  });

  it('whose put is refused has got nothing else', async () => {
    const queue = await world.queue();
    for (const text of ['A', 'B']) await world.put(queue, text);
    const [handle, other] = [await opened(queue), await opened(queue)];
    await handle.get(all);
    await failureOf(handle.commit([plain('NOT.THERE', 'C')], all));
    expect(textOf(await other.get(all))).toBe('B');
    await handle.commit();
    expect(await handle.get(all)).toBeUndefined();
  });

  it('copies the message in hand as it came', async () => {
    const [queue, out] = [await world.queue(), await world.queue()];
    const correlId = Buffer.alloc(24, 3);
    await world.put(queue, 'A', { correlId, ccsid: 500 });
    const [handle, other] = [await opened(queue), await opened(out)];
    const got = await handle.get(all);
    await handle.commit([{ copyTo: out, withHeader: false, from: queue }]);
    const copy = await other.get(all);
    expect([textOf(copy), copy?.ccsid, copy?.correlId, copy?.msgId]).toEqual(['A', 500, correlId, got?.msgId]);
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
