import { once } from 'node:events';
import { setImmediate as immediately } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { FileThread } from '../src/index.ts';
import { locker, newPath, openTickets } from './opening.ts';
import { linkTo } from './tickets/tickets.ts';

/** Two files whose links share a thread that is seen. */
async function twoFiles({ busyTimeout = 60_000 } = {}) {
  const workers: Worker[] = [];
  const thread = new FileThread('tickets', (entry) => {
    const worker = new Worker(entry);
    workers.push(worker);
    return worker;
  });
  const path = await newPath();
  const open = async (at: string) => openTickets(at, { busyTimeout }, { thread });
  return { path, tickets: await open(path), others: await open(await newPath()), thread, workers };
}

describe('the thread that links share', () => {
  it('is one for all of a process that ask for none of their own', async () => {
    const workers: Worker[] = [];
    const count = (worker: Worker): void => void workers.push(worker);
    process.on('worker', count);
    const [one, other] = await Promise.all([openTickets(await newPath()), openTickets(await newPath())]);
    await Promise.all([one.call('add', ['a']), other.call('add', ['b'])]);
    process.off('worker', count);
    expect([await one.call('list', []), await other.call('list', [])]).toEqual([['a'], ['b']]);
    expect(workers).toHaveLength(1);
  });

  it('ends with the last of them, and is started again by the next one', async () => {
    const { path, tickets, others, thread, workers } = await twoFiles();
    let hasEnded = false;
    workers[0]?.once('exit', () => void (hasEnded = true));
    await tickets.close();
    expect(await others.call('list', [])).toEqual([]);
    expect(hasEnded).toBe(false);
    await others.close();
    expect(hasEnded).toBe(true);
    const again = await openTickets(path, {}, { thread });
    expect(await again.call('list', [])).toEqual([]);
    expect(workers).toHaveLength(2);
  });

  it('goes on for the others when one cannot open its file, or does not want it any more', async () => {
    const { tickets, thread, workers } = await twoFiles();
    await expect(linkTo('/dev/null/tickets.db', {}, { thread }).open()).rejects.toThrow(/cannot-open/);
    const stop = new AbortController();
    const path = await newPath();
    const opening = linkTo(path, {}, { thread }).open(stop.signal);
    stop.abort(new Error('not wanted'));
    await expect(opening).rejects.toThrow('not wanted');
    await tickets.call('add', ['a']);
    expect(await tickets.call('list', [])).toEqual(['a']);
    expect(workers).toHaveLength(1);
  });

  it('ends although an opening was given up', async () => {
    const { path, tickets, others, thread, workers } = await twoFiles();
    await Promise.all([tickets.close(), others.close()]);
    const lock = await locker(path);
    const stop = new AbortController();
    const opening = linkTo(path, {}, { thread }).open(stop.signal);
    const second = workers[1];
    if (second) await once(second, 'online');
    stop.abort(new Error('not wanted'));
    await expect(opening).rejects.toThrow('not wanted');
    const ended = second && once(second, 'exit');
    await lock.unlock();
    await ended;
  });
});

describe('a file that another process keeps locked', () => {
  it('holds up nobody who works on another one', async () => {
    const { path, tickets, others } = await twoFiles();
    const lock = await locker(path);
    const done: string[] = [];
    const held = tickets.call('add', ['held']).then(() => done.push('held'));
    await immediately();
    for (const name of ['a', 'b', 'c']) {
      await others.call('add', [name]);
      done.push(name);
    }
    expect(done).toEqual(['a', 'b', 'c']);
    await lock.unlock();
    await held;
    expect(done).toEqual(['a', 'b', 'c', 'held']);
  });

  it('holds up nobody when it is opened, and is open when it is free', async () => {
    const { path, others, thread } = await twoFiles();
    const lock = await locker(path);
    const opening = openTickets(path, { busyTimeout: 60_000 }, { thread });
    await others.call('add', ['a']);
    await lock.unlock();
    expect(await (await opening).call('list', [])).toEqual([]);
  });

  it('gets all that was called meanwhile when it is free, in order', async () => {
    const { path, tickets, others } = await twoFiles();
    const lock = await locker(path);
    const names = Array.from({ length: 12 }, (_, index) => `ticket-${index}`);
    const order: string[] = [];
    const calls: Promise<unknown>[] = [];
    for (const name of names) {
      calls.push(tickets.call('add', [name]).then(() => order.push(name)));
      calls.push(tickets.call('list', []).then((listed) => order.push(`${listed.length}`)));
      // Each in a batch of its own, as far as batches go over.
      await others.call('list', []);
    }
    expect(order).toEqual([]);
    await lock.unlock();
    await Promise.all(calls);
    expect(order.filter((_, place) => place % 2 === 0)).toEqual(names);
    expect(await tickets.call('list', [])).toEqual(names);
  });

  it('fails what was called when it stays so, in order, and nothing of it is done later', async () => {
    const { path, tickets, others } = await twoFiles({ busyTimeout: 50 });
    const lock = await locker(path);
    const order: string[] = [];
    const failing = ['a', 'b', 'c'].map((name) =>
      tickets.call('add', [name]).catch((error: unknown) => order.push(`${name}: ${String(error)}`)),
    );
    await others.call('list', []);
    const later = tickets.call('add', ['d']).catch((error: unknown) => order.push(`d: ${String(error)}`));
    await Promise.all([...failing, later]);
    expect(order).toEqual(['a', 'b', 'c', 'd'].map((name) => expect.stringMatching(new RegExp(`^${name}: .*busy`))));
    await lock.unlock();
    expect(await tickets.call('list', [])).toEqual([]);
    await tickets.call('add', ['e']);
    expect(await tickets.call('list', [])).toEqual(['e']);
  });
});

describe('an error in the thread', () => {
  it('that is of one service ends that one only, and the next call opens it again', async () => {
    const { tickets, others, workers } = await twoFiles();
    await others.call('add', ['theirs']);
    const theirs = others.wait('await', []);
    expect((await theirs.answer)?.name).toBe('theirs');
    const [spoiling, waiting] = [tickets.call('spoil', []), tickets.wait('await', []).answer];
    await spoiling;
    await expect(waiting).rejects.toThrow('ended: It is spoilt.');
    await tickets.call('add', ['mine']);
    expect((await tickets.wait('await', []).answer)?.name).toBe('mine');
    const claimed = await theirs.answer;
    expect(await others.call('tear', [claimed ?? { name: '', owner: 0 }])).toBe(true);
    expect(workers).toHaveLength(1);
  });

  it('that is nobody’s ends the thread, which all are told, and the next calls start one', async () => {
    const { tickets, others, workers } = await twoFiles();
    const outcomes = Promise.allSettled([tickets.wait('await', []).answer, others.wait('await', []).answer]);
    await tickets.call('crash', []);
    const reason = { message: expect.stringContaining('ended: It has crashed.') };
    expect(await outcomes).toMatchObject([{ reason }, { reason }]);
    await Promise.all([tickets.call('add', ['a']), others.call('add', ['b'])]);
    expect([await tickets.call('list', []), await others.call('list', [])]).toEqual([['a'], ['b']]);
    await eventually(async () => workers.length === 2, { what: 'one more thread' });
  });
});
