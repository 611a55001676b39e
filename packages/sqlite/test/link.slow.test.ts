import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileThread } from '../src/index.ts';
import { newPath, openTickets } from './opening.ts';

/** Tickets whose threads are seen. */
async function watched(more: { readonly idle?: number } = {}) {
  const threads: Worker[] = [];
  const thread = new FileThread('tickets', (entry) => {
    const worker = new Worker(entry);
    threads.push(worker);
    return worker;
  });
  const path = await newPath();
  return { path, tickets: await openTickets(path, {}, { thread, ...more }), threads };
}

describe('the calls of a batch', () => {
  it('are done although one of them is refused, and nothing of that one is kept', async () => {
    const tickets = await openTickets(await newPath());
    const outcomes = await Promise.allSettled([
      tickets.call('add', ['a']),
      tickets.call('refuse', ['b']),
      tickets.call('add', ['a']),
      tickets.call('add', ['c']),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'WB_TICKET_REFUSED', kind: 'conflict', hint: 'Choose another name.' } },
      { reason: { code: 'WB_TICKET_FAULT' } },
      { status: 'fulfilled' },
    ]);
    expect(await tickets.call('list', [])).toEqual(['a', 'c']);
  });

  it('are answered in their order, however many they are', async () => {
    const tickets = await openTickets(await newPath());
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 5_000 }, async (_, index) => {
        await tickets.call(index % 10 === 0 ? 'list' : 'add', index % 10 === 0 ? ([] as never) : ([`ticket-${index}`] as never));
        order.push(index);
      }),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(await tickets.call('list', [])).toHaveLength(4_500);
  });

  it('that cannot be copied to the thread are rejected, and the next one is done', async () => {
    const tickets = await openTickets(await newPath());
    await expect(tickets.call('add', [Symbol('a') as unknown as string])).rejects.toMatchObject({ code: 'WB_TICKET_FAULT' });
    await tickets.call('add', ['a']);
    expect(await tickets.call('list', [])).toEqual(['a']);
  });

  it('fail together while another process keeps the file locked, and are done when it does no more', async () => {
    const path = await newPath();
    const tickets = await openTickets(path, { busyTimeout: 20 });
    const locker = new DatabaseSync(path, { timeout: 10_000 });
    onTestFinished(() => locker.close());
    locker.exec('BEGIN IMMEDIATE');
    await expect(tickets.call('add', ['a'])).rejects.toThrow(/busy/);
    expect(await tickets.call('list', [])).toEqual([]);
    locker.exec('ROLLBACK');
    await tickets.call('add', ['a']);
    expect(await tickets.call('list', [])).toEqual(['a']);
  });
});

describe('a call that waits', () => {
  it('is answered by what is written later, here or by another process', async () => {
    const path = await newPath();
    const [one, other] = [await openTickets(path), await openTickets(path)];
    const first = one.wait('await', []);
    await one.call('add', ['mine']);
    expect((await first.answer)?.name).toBe('mine');
    const second = one.wait('await', []);
    await other.call('add', ['theirs']);
    expect((await second.answer)?.name).toBe('theirs');
  });

  it('comes before those that came later', async () => {
    const tickets = await openTickets(await newPath());
    const waiting = [tickets.wait('await', []), tickets.wait('await', [])];
    await tickets.call('list', []);
    const last = tickets.wait('await', []);
    for (const name of ['a', 'b', 'c']) await tickets.call('add', [name]);
    const names = await Promise.all([...waiting, last].map(async ({ answer }) => (await answer)?.name));
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('is answered with undefined when it is cancelled, and takes nothing', async () => {
    const tickets = await openTickets(await newPath());
    const waiting = tickets.wait('await', []);
    await tickets.call('list', []);
    waiting.cancel();
    expect(await waiting.answer).toBeUndefined();
    await tickets.call('add', ['a']);
    expect((await tickets.call('claim', []))?.name).toBe('a');
  });

  it('that is cancelled at once gets what is there', async () => {
    const tickets = await openTickets(await newPath());
    await tickets.call('add', ['a']);
    const waiting = tickets.wait('await', []);
    waiting.cancel();
    expect((await waiting.answer)?.name).toBe('a');
  });

  it('goes on waiting while the file is locked', async () => {
    const path = await newPath();
    const tickets = await openTickets(path, { busyTimeout: 20 });
    const waiting = tickets.wait('await', []);
    const other = new DatabaseSync(path, { timeout: 10_000 });
    onTestFinished(() => other.close());
    other.exec("BEGIN IMMEDIATE; INSERT INTO ticket (name) VALUES ('a')");
    await expect(tickets.call('add', ['b'])).rejects.toThrow(/busy/);
    other.exec('COMMIT');
    expect((await waiting.answer)?.name).toBe('a');
  });

  it('may only watch, and is answered without a transaction', async () => {
    const path = await newPath();
    const [one, other] = [await openTickets(path), await openTickets(path)];
    const waiting = one.wait('changed', []);
    await one.call('list', []);
    await other.call('add', ['a']);
    expect(await waiting.answer).toBe(true);
  });

  it('is rejected when the link is closed', async () => {
    const tickets = await openTickets(await newPath());
    const outcome = Promise.allSettled([tickets.wait('await', []).answer]);
    await tickets.close();
    expect(await outcome).toMatchObject([{ reason: { message: expect.stringContaining('closed') } }]);
    await expect(tickets.call('list', [])).rejects.toThrow(/closed/);
  });
});

describe('a thread that ends unexpectedly', () => {
  it('has what is in its hands rejected, and is followed by another one with the next call', async () => {
    const { tickets, threads } = await watched();
    const outcome = Promise.allSettled([tickets.wait('await', []).answer]);
    await tickets.call('list', []);
    await threads[0]?.terminate();
    expect(await outcome).toMatchObject([{ reason: { message: expect.stringContaining('ended') } }]);
    await tickets.call('add', ['a']);
    expect(await tickets.call('list', [])).toEqual(['a']);
    expect(threads).toHaveLength(2);
  });

  it('leaves its claims to nobody: its follower frees them and goes on under a new number', async () => {
    const { tickets, threads } = await watched();
    await tickets.call('add', ['a']);
    const before = await tickets.call('claim', []);
    await threads[0]?.terminate();
    const after = await tickets.call('claim', []);
    expect(after?.name).toBe('a');
    expect(after?.owner).toBeGreaterThan(before?.owner ?? Number.POSITIVE_INFINITY);
    expect(await tickets.call('tear', [before ?? { name: '', owner: 0 }])).toBe(false);
  });

  it('leaves no claim behind when the link is closed after it', async () => {
    const { path, tickets, threads } = await watched();
    await tickets.call('add', ['a']);
    await tickets.call('claim', []);
    await threads[0]?.terminate();
    await tickets.close();
    expect((await (await openTickets(path)).call('claim', []))?.name).toBe('a');
  });
});

describe('a thread that nobody asks', () => {
  it('ends after the time that it was given, and the next call starts another one', async () => {
    const { tickets, threads } = await watched({ idle: 1 });
    await tickets.call('list', []);
    if (threads[0]) await once(threads[0], 'exit');
    expect(await tickets.call('list', [])).toEqual([]);
    await eventually(async () => threads.length === 2, { what: 'a second thread' });
  });
});
