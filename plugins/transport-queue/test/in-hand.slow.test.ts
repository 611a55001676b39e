import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Delivery, Settlement } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { openFile } from '@waybill/sqlite/thread';
import { eventually, silentLog, stays } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import transport, { type Queues } from '../src/index.ts';
import type { Source } from '../src/settings.ts';
import { queueFile } from '../src/thread/queue-file.ts';
import { queueService } from '../src/thread/queue-service.ts';
import { codeOf, newMessage, newPath, open, takeBackAll, textOf } from './helpers.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const megabyte = 1024 ** 2;

async function openWith(sizes: readonly number[]) {
  const path = await newPath();
  const queues = await open({ path });
  for (const [place, size] of sizes.entries()) await queues.put('IN', newMessage(String(place).padEnd(size, '.')));
  return { path, queues };
}

/** Takes what has room at once in a thousand bytes. */
async function take(queues: Queues, inHandBytes = 1_000) {
  const unit = await queues.get('IN', { waitMs: 0, inHandBytes });
  return unit && { unit, place: textOf(unit.message)?.[0] };
}

async function openListener(queues: Queues, source: object) {
  const context = { name: 'test', log: silentLog, signal: new AbortController().signal, folder: '/' };
  const endpoint = resolveSettings(transport.receive?.endpoint ?? {}, { queue: 'IN', ...source }, { folder: '/' }) as Source;
  const listener = await transport.receive?.open(queues, endpoint, {
    ...context,
    concurrency: 8,
    order: 'parallel',
    stateOf: async () => undefined,
    tell: () => undefined,
    report: async () => undefined,
    undeliverable: async () => undefined,
  });
  if (!listener) throw new Error('does not receive');
  return listener;
}

describe('the messages that a listener has in hand', () => {
  it.each([
    ['two, where two have room', { inHandBytes: '1300B' }, 600, 2],
    ['one, where not even that has room', { inHandBytes: '1B' }, 600, 1],
    ['as many as it has places, where all have room', {}, 600, 8],
    ['three of nine megabytes, with the default settings', {}, 9 * megabyte, 3],
  ])('are %s', async (_, source, size, together) => {
    const { queues } = await openWith(Array.from({ length: together + 1 }, () => size));
    const [gate, stop] = [Promise.withResolvers<void>(), new AbortController()];
    let [inside, most, done] = [0, 0, 0];
    const deliver = async (): Promise<Settlement> => {
      inside += 1;
      most = Math.max(most, inside);
      await gate.promise;
      inside -= 1;
      done += 1;
      return { outcome: 'accepted' };
    };
    const running = (await openListener(queues, source)).run(deliver, stop.signal);
    await eventually(() => inside === together, { what: 'as many as have room' });
    await stays(() => inside === together, { what: 'nothing more in hand' });
    gate.resolve();
    await eventually(() => done === together + 1, { what: 'all messages' });
    stop.abort();
    await running;
    expect(most).toBe(together);
    expect(await queues.browse('IN')).toEqual([]);
  });
});

describe('a listener that waits for messages', () => {
  it('keeps no body of those that it had', async () => {
    const { queues } = await openWith(Array.from({ length: 8 }, () => 100_000));
    const [gate, stop] = [Promise.withResolvers<void>(), new AbortController()];
    const bodies: WeakRef<Uint8Array>[] = [];
    const deliver = async ({ message }: Delivery): Promise<Settlement> => {
      bodies.push(new WeakRef(message.body));
      await gate.promise;
      return { outcome: 'accepted' };
    };
    const running = (await openListener(queues, {})).run(deliver, stop.signal);
    await eventually(() => bodies.length === 8, { what: 'a message in each place' });
    gate.resolve();
    const left = () => {
      collectGarbage();
      return bodies.filter((body) => body.deref()).length;
    };
    expect(await eventually(() => left() === 0, { what: 'the bodies to be gone' })).toBe(true);
    stop.abort();
    await running;
  });
});

describe('a get with a bound of bytes', () => {
  it.each([
    ['commit', '1'],
    ['backout', '0'],
    ['release', '0'],
  ] as const)('waits until the one in hand has ended by %s', async (end, next) => {
    const { queues } = await openWith([600, 600]);
    const first = await take(queues);
    const waiting = queues.get('IN', { inHandBytes: 1_000 });
    expect(await take(queues)).toBeUndefined();
    await first?.unit[end]();
    expect(textOf((await waiting)?.message)?.[0]).toBe(next);
  });

  it('takes one that is larger, alone, and nothing smaller in its place', async () => {
    const { queues } = await openWith([10, 5_000, 10]);
    const places: (string | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      const taken = await take(queues);
      places.push(taken?.place, (await take(queues))?.place);
      await taken?.unit.commit();
    }
    expect(places).toEqual(['0', undefined, '1', undefined, '2', undefined]);
  });

  it('counts what is in hand of this queue only, and in these queues only', async () => {
    const { path, queues } = await openWith([600, 600]);
    await queues.put('OTHER', newMessage('x'.repeat(900)));
    await queues.get('OTHER', { inHandBytes: 1_000 });
    const others = await open({ path });
    expect([(await take(others))?.place, (await take(queues))?.place]).toEqual(['0', '1']);
  });

  it('counts what was got without a bound, and holds up nobody who has none', async () => {
    const { queues } = await openWith([600, 600]);
    const first = await queues.get('IN');
    const waiting = queues.get('IN', { inHandBytes: 1_000 });
    const second = await queues.get('IN');
    expect([first, second].map((unit) => textOf(unit?.message)?.[0])).toEqual(['0', '1']);
    await second?.backout();
    expect(await take(queues)).toBeUndefined();
    await first?.commit();
    expect(textOf((await waiting)?.message)?.[0]).toBe('1');
  });

  it('counts what is still in hand because the step that ended it was undone', async () => {
    const settings = { path: await newPath(), limit: 1_000, maxDepth: 10, create: true, lease: 3_000, uuid: 'u' };
    const database = openFile(queueFile, settings);
    onTestFinished(() => database.close());
    const { operations, undone } = queueService(database, settings);
    const take = () => operations.take({ queue: 'IN', inOrder: false, behindOthers: false, final: false, inHandBytes: 1_000 });
    for (const body of [Buffer.alloc(600), Buffer.alloc(600)]) operations.put({ queue: 'IN', head: '{}', body, priority: 0 });
    const first = take();
    expect(take()).toBeUndefined();
    database.exec('BEGIN');
    if (first) operations.commit(first, [], undefined);
    database.exec('ROLLBACK');
    undone?.();
    expect(take()).toBeUndefined();
    if (first) operations.commit(first, [], undefined);
    expect(take()?.number).toBe(2);
  });

  it('does not count what was given to others', async () => {
    const { path, queues } = await openWith([600, 600]);
    const lost = await take(queues);
    takeBackAll(path);
    expect(await codeOf(lost?.unit.commit() ?? Promise.resolve())).toBe('WB_QUEUE_UNIT_LOST');
    const again = await take(queues);
    expect(again?.place).toBe('0');
    expect(await take(queues)).toBeUndefined();
    await again?.unit.commit();
    expect((await take(queues))?.place).toBe('1');
  });
});
