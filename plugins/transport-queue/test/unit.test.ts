import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { codeOf, newMessage, newPath, open, takeBackAll, textOf, textsOn } from './helpers.ts';

async function withOneInHand() {
  const path = await newPath();
  const queues = await open({ path });
  for (const text of ['<First/>', '<Second/>']) await queues.put('IN', newMessage(text, { replyTo: 'REPLIES' }));
  const unit = await queues.get('IN');
  if (!unit) throw new Error('nothing on the queue');
  return { path, queues, unit };
}

describe('a unit of work', () => {
  it('hides its message from others and from the depth', async () => {
    const { path, queues } = await withOneInHand();
    const other = await open({ path });
    expect(await queues.depth('IN')).toBe(1);
    expect(textOf((await other.get('IN', { waitMs: 0 }))?.message)).toBe('<Second/>');
    expect(await other.get('IN', { waitMs: 0 })).toBeUndefined();
  });

  it('shows what was put in it and its reply with the commit, not before', async () => {
    const { queues, unit } = await withOneInHand();
    await unit.put('OUT', newMessage('<Put/>'));
    expect(await queues.depth('OUT')).toBe(0);
    await unit.commit(newMessage('<Reply/>'));
    expect(await textsOn(queues, 'OUT')).toEqual(['<Put/>']);
    const [reply] = await queues.browse('REPLIES');
    expect([textOf(reply?.message), reply?.message.correlationId]).toEqual(['<Reply/>', unit.message.id]);
    expect(await textsOn(queues, 'IN')).toEqual(['<Second/>']);
  });

  it('that is backed out puts its message in the old place, counted, and forgets what was put', async () => {
    const { queues, unit } = await withOneInHand();
    await unit.put('OUT', newMessage());
    await unit.backout();
    expect(await queues.depth('OUT')).toBe(0);
    const again = await queues.get('IN');
    expect([textOf(again?.message), again?.attempt]).toEqual(['<First/>', 2]);
  });

  it('is lost when others take its process for dead, and so are all of that process', async () => {
    const { path, queues, unit } = await withOneInHand();
    const second = await queues.get('IN');
    expect([unit.lost.aborted, second?.lost.aborted]).toEqual([false, false]);
    takeBackAll(path);
    await eventually(() => unit.lost.aborted && second?.lost.aborted, { what: 'both units to be lost' });
    expect(await codeOf(unit.commit())).toBe('WB_QUEUE_UNIT_LOST');
    const again = await queues.get('IN');
    expect([textOf(again?.message), again?.attempt, again?.lost.aborted]).toEqual(['<First/>', 2, false]);
    takeBackAll(path);
    await eventually(() => again?.lost.aborted, { what: 'the next unit to be lost, too' });
  });

  it('that has ended takes nothing more', async () => {
    const { unit } = await withOneInHand();
    await unit.commit();
    expect(await codeOf(unit.put('OUT', newMessage()))).toBe('WB_QUEUE_UNIT_ENDED');
    expect(await codeOf(unit.commit())).toBe('WB_QUEUE_UNIT_ENDED');
    expect(await codeOf(unit.backout())).toBe('WB_QUEUE_UNIT_ENDED');
  });

  it('stays open when its reply has no room, and can be backed out', async () => {
    const queues = await open({ path: await newPath(), maxDepth: 1 });
    await queues.put('REPLIES', newMessage());
    await queues.put('IN', newMessage('<Question/>', { replyTo: 'REPLIES' }));
    const unit = await queues.get('IN');
    expect(await codeOf(unit?.commit(newMessage()) ?? Promise.resolve())).toBe('WB_QUEUE_FULL');
    await unit?.backout();
    expect(await textsOn(queues, 'IN')).toEqual(['<Question/>']);
  });

  it('that is open when its connection closes is backed out', async () => {
    const { path, queues, unit } = await withOneInHand();
    await unit.put('OUT', newMessage());
    await queues.close();
    const other = await open({ path });
    expect(await textsOn(other, 'OUT')).toEqual([]);
    const again = await other.get('IN', { waitMs: 0 });
    expect([textOf(again?.message), again?.attempt]).toEqual(['<First/>', 2]);
  });

  it('waits for its retry behind nobody when order does not matter, and holds up those behind it when it does', async () => {
    const { queues, unit } = await withOneInHand();
    await unit.backout(60_000);
    expect(await queues.get('IN', { waitMs: 0, inOrder: true })).toBeUndefined();
    expect(textOf((await queues.get('IN', { waitMs: 0 }))?.message)).toBe('<Second/>');
  });

  it('holds up those behind it for a receiver who takes over from another one, until it has ended', async () => {
    const { path, queues, unit } = await withOneInHand();
    const other = await open({ path });
    const next = { waitMs: 0, inOrder: true, behindOthers: true };
    expect(await other.get('IN', next)).toBeUndefined();
    // Its own are no others: it may take what stands behind them.
    expect(textOf((await queues.get('IN', next))?.message)).toBe('<Second/>');
    await unit.backout();
    expect(textOf((await other.get('IN', next))?.message)).toBe('<First/>');
  });

  it('is there first for whoever waits to take over when its process has ended', async () => {
    const { path, queues } = await withOneInHand();
    const other = await open({ path });
    const taken = other.get('IN', { inOrder: true, behindOthers: true });
    await queues.close();
    expect(textOf((await taken)?.message)).toBe('<First/>');
  });
});
