import { DatabaseSync } from 'node:sqlite';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { inChild, newMessage, newPath, open, textOf, textsOn } from './helpers.ts';

describe('a process that is killed with a unit of work open', () => {
  it('gives its message to another one that runs, in the old place, counted, and nothing of its unit', async () => {
    const path = await newPath();
    const queues = await open({ path });
    for (const text of ['<First/>', '<Second/>']) await queues.put('IN', newMessage(text));
    const holder = await inChild({ path, act: 'hold' });
    expect(await holder.news()).toBe('held');
    await (await queues.get('IN', { waitMs: 0 }))?.commit();
    const waiting = queues.get('IN');
    await holder.kill();
    const unit = await waiting;
    expect([textOf(unit?.message), unit?.attempt]).toEqual(['<First/>', 2]);
    expect(await textsOn(queues, 'OUT')).toEqual([]);
  });

  it('gives its message to the next one that opens the file', async () => {
    const path = await newPath();
    await (await open({ path })).put('IN', newMessage('<Only/>'));
    const holder = await inChild({ path, act: 'hold' });
    await holder.news();
    await holder.kill();
    const later = await open({ path });
    const unit = await later.get('IN', { waitMs: 0 });
    expect([textOf(unit?.message), unit?.attempt]).toEqual(['<Only/>', 2]);
  });

  it('and started again, ten times, moves every message once', { timeout: 120_000 }, async () => {
    const path = await newPath();
    const queues = await open({ path });
    const texts = Array.from({ length: 1_500 }, (_, number) => `<Moved number="${number}"/>`);
    await Promise.all(texts.map((text) => queues.put('IN', newMessage(text))));
    for (let round = 0; round < 10; round++) {
      const mover = await inChild({ path, act: 'move' });
      await mover.news();
      const moved = await queues.depth('OUT');
      // Killed at a moment that depends on the work: somewhere in the middle of some transaction.
      await eventually(async () => (await queues.depth('OUT')) > moved + 10 * round || (await queues.depth('IN')) === 0, {
        what: 'some messages to move',
      });
      await mover.kill();
    }
    await inChild({ path, act: 'move' });
    await eventually(async () => (await queues.depth('OUT')) === texts.length, { what: 'all messages to move', within: 30_000 });
    expect((await textsOn(queues, 'OUT')).toSorted()).toEqual(texts.toSorted());
  });
});

describe('a process that is suspended for longer than its lease', () => {
  it('loses its message to another one, and its commit is refused', async () => {
    const path = await newPath();
    const queues = await open({ path });
    await queues.put('IN', newMessage('<Only/>'));
    const holder = await inChild({ path, act: 'hold', lease: 300 });
    await holder.news();
    holder.child.kill('SIGSTOP');
    const unit = await queues.get('IN');
    expect([textOf(unit?.message), unit?.attempt]).toEqual(['<Only/>', 2]);
    holder.child.kill('SIGCONT');
    holder.child.send('commit');
    expect(await holder.news()).toBe('WB_QUEUE_UNIT_LOST');
    await unit?.commit();
    expect(await textsOn(queues, 'OUT')).toEqual([]);
  });

  it('keeps it as long as it is alive, however short the lease is', async () => {
    const path = await newPath();
    const queues = await open({ path });
    await queues.put('IN', newMessage('<Only/>'));
    const holder = await inChild({ path, act: 'hold', lease: 2_000 });
    await holder.news();
    expect(await queues.get('IN', { waitMs: 3_000 })).toBeUndefined();
    holder.child.send('commit');
    expect(await holder.news()).toBe('committed');
    expect(await textsOn(queues, 'OUT')).toEqual(['<FromUnit/>']);
  });
});

describe('two processes on one file', () => {
  it('wake each other: what one puts, the other gets while it waits', async () => {
    const path = await newPath();
    const queues = await open({ path });
    const waiting = queues.get('IN');
    await inChild({ path, act: 'put' });
    expect(textOf((await waiting)?.message)).toBe('<Put number="0"/>');
  });

  it('never move one message twice', async () => {
    const path = await newPath();
    const queues = await open({ path });
    await Promise.all([inChild({ path, act: 'move' }), inChild({ path, act: 'move' }), inChild({ path, act: 'put', count: 100 })]);
    const texts = Array.from({ length: 300 }, (_, number) => `<Shared number="${number}"/>`);
    await Promise.all(texts.map((text) => queues.put('IN', newMessage(text))));
    await eventually(async () => (await queues.depth('OUT')) === 400, { what: 'all messages to move', within: 30_000 });
    expect(new Set((await queues.browse('OUT', { limit: 1_000 })).map(({ message }) => message.id)).size).toBe(400);
  });

  it('keep a file whole that both of them make', async () => {
    const path = await newPath();
    const puts = await Promise.all([inChild({ path, act: 'put' }), inChild({ path, act: 'put' }), inChild({ path, act: 'put' })]);
    expect(await Promise.all(puts.map((put) => put.news()))).toEqual(['put', 'put', 'put']);
    await Promise.all(puts.map(({ ended }) => ended));
    expect(await (await open({ path })).depth('IN')).toBe(3);
    const db = new DatabaseSync(path, { timeout: 10_000 });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  });
});
