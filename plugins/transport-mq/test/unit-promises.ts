import { expect, it } from 'vitest';
import { all, failureOf, type HandleWorld, type Opened, textOf } from './handle-world.ts';
import { plain } from './world.ts';

/** What belongs to one unit of work, and what comes with its end. */
export function askAboutUnits(world: HandleWorld, opened: Opened): void {
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
