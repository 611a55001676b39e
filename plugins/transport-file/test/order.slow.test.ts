import { appendFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { eventually, recordingLog } from '@waybill/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { claimed, nameOf, openWorld, type World } from './world.ts';

/** Goes on appending to a file until the test ends, or the function is called. */
function keepWriting(world: World, name: string): () => void {
  const writing = setInterval(() => void appendFile(join(world.folder, name), '<More/>'), 20);
  onTestFinished(() => clearInterval(writing));
  return () => clearInterval(writing);
}

describe('a file that is still being written', () => {
  it('is taken when it has been left alone for the time to settle, and nothing overtakes it', async () => {
    const world = await openWorld({ settle: '700ms' });
    await world.write('b.xml');
    await utimes(join(world.folder, 'b.xml'), 1, 1);
    await world.write('a.xml', '<Parts>');
    const desk = await world.listen();
    for (let part = 0; part < 20; part++) {
      await appendFile(join(world.folder, 'a.xml'), `<Part number="${part}"/>`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await appendFile(join(world.folder, 'a.xml'), '</Parts>');
    const first = await desk.next();
    expect(nameOf(first)).toBe('a.xml');
    expect(first.text).toMatch(/^<Parts>.*<\/Parts>$/);
    first.accept();
    expect(nameOf(await desk.next())).toBe('b.xml');
  });

  it('does not hold up others when several are worked on at a time', async () => {
    const world = await openWorld({ settle: '100ms' });
    await world.write('a.xml');
    keepWriting(world, 'a.xml');
    await world.write('b.xml');
    expect(nameOf(await (await world.listen({ concurrency: 2 })).next())).toBe('b.xml');
  });

  it('is not taken half, although its writer sets an old time after each part', async () => {
    const world = await openWorld({ settle: '500ms' });
    const desk = await world.listen();
    for (let part = 0; part < 10; part++) {
      await appendFile(join(world.folder, 'a.xml'), `<Part number="${part}"/>`);
      await utimes(join(world.folder, 'a.xml'), 1, 1);
      await setTimeout(20);
    }
    expect((await desk.next()).text).toMatch(/^<Part number="0"\/>.*<Part number="9"\/>$/);
  });

  it('is waited for ten times as long while it is empty, as servers make it before the first bytes come', async () => {
    const world = await openWorld({ settle: '60ms' });
    await world.write('a.xml', '');
    const desk = await world.listen({ concurrency: 2 });
    await world.write('b.xml');
    (await desk.next()).accept();
    await world.write('c.xml');
    expect(nameOf(await desk.next())).toBe('c.xml');
    await world.write('a.xml', '<Late/>');
    expect((await desk.next()).text).toBe('<Late/>');
  });

  it('is ready in the end although the clock of its disk is ahead', async () => {
    const world = await openWorld({ settle: '50ms' });
    await world.write('a.xml');
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(join(world.folder, 'a.xml'), tomorrow, tomorrow);
    expect(nameOf(await (await world.listen()).next())).toBe('a.xml');
  });
});

describe('a file that holds up those after it', () => {
  it('is told of after a while, until it is ready', async () => {
    const world = await openWorld({ settle: '100ms' });
    await world.write('a.xml');
    await world.write('b.xml');
    const told: (readonly (string | undefined)[])[] = [];
    const stopWriting = keepWriting(world, 'a.xml');
    const { log, lines } = recordingLog();
    const desk = await world.listen({ order: 'serial', log, tell: (...state) => told.push(state) });
    await eventually(() => told.length === 1, { what: 'the listener to tell' });
    expect(lines).toMatchObject([{ level: 'warn', fields: { file: 'a.xml' }, text: expect.stringContaining('wait for it') as string }]);
    expect(told[0]?.[0]).toBe('paused');
    expect(told[0]?.[1]).toContain('a.xml');
    expect(desk.all.length).toBe(0);
    stopWriting();
    expect(nameOf(await desk.next())).toBe('a.xml');
    expect(told.slice(1)).toEqual([['receiving', undefined]]);
  });
});

describe('files that have to come in order', () => {
  it('are handed over in order, also when several are worked on at a time', async () => {
    const world = await openWorld();
    const names = Array.from({ length: 60 }, (_, number) => `${String(number).padStart(2, '0')}.xml`);
    // Large and small ones in turn: those after a large one are read sooner than it.
    for (const [index, name] of names.entries()) await world.write(name, index % 3 === 0 ? 'x'.repeat(3_000_000) : '<Small/>');
    const desk = await world.listen({ order: 'key', concurrency: 8 });
    // Four are in hand from the fourth on.
    desk.automatically(() => desk.all.at(-4)?.accept());
    await eventually(() => desk.all.length === names.length, { what: 'all files' });
    expect(desk.all.map(nameOf)).toEqual(names);
    expect(desk.most).toBe(4);
  });

  it('wait for one that has to be tried again, whatever the concurrency is', async () => {
    const world = await openWorld();
    await world.write('a.xml');
    const desk = await world.listen({ order: 'serial', concurrency: 4 });
    await world.write('b.xml');
    const first = await desk.next();
    first.retry(300);
    const second = await desk.next();
    expect(nameOf(second)).toBe('a.xml');
    expect(second.at - first.at).toBeGreaterThanOrEqual(299);
    second.accept();
    expect(nameOf(await desk.next())).toBe('b.xml');
  });
});

describe('a new file with the name of one in hand', () => {
  it('waits until that one is done with', async () => {
    const world = await openWorld();
    await world.write('order.xml', '<Old/>');
    const desk = await world.listen({ concurrency: 2 });
    const old = await desk.next();
    await world.write('order.xml', '<New/>');
    old.retry(0);
    const again = await desk.next();
    expect([again.id, again.text]).toEqual([old.id, '<Old/>']);
    again.accept();
    expect((await desk.next()).text).toBe('<New/>');
  });

  it('does not replace it when the listener stops with both', async () => {
    const world = await openWorld();
    await world.write('order.xml', '<Old/>');
    const desk = await world.listen();
    const old = await desk.next();
    await world.write('order.xml', '<New/>');
    desk.askToStop();
    old.retry(0);
    await desk.ending();
    const later = await world.listen();
    later.automatically((held) => held.accept());
    await eventually(() => later.all.length === 2, { what: 'both files' });
    expect(later.all.map((held) => held.text).toSorted()).toEqual(['<New/>', '<Old/>']);
    expect(later.all.map((held) => held.id)).toContain(old.id);
  });
});

describe('a file that is given back unlooked-at', () => {
  it('comes again in its old place', async () => {
    const world = await openWorld();
    await world.write('a.xml');
    await world.write('b.xml');
    const desk = await world.listen();
    const first = await desk.next();
    first.settle({ outcome: 'released' });
    const second = await desk.next();
    expect([nameOf(second), second.id]).toEqual(['a.xml', first.id]);
    second.accept();
    expect(nameOf(await desk.next())).toBe('b.xml');
  });

  it('comes to the next listener with its id, before those that came later with lesser names', async () => {
    const world = await openWorld();
    await world.write('b.xml', '<Old/>');
    const desk = await world.listen();
    const held = await desk.next();
    desk.askToStop();
    held.settle({ outcome: 'released' });
    await desk.ending();
    await world.write('a.xml');
    await world.write('b.xml', '<New/>');
    const later = await world.listen();
    later.automatically((one) => one.accept());
    await eventually(() => later.all.length === 3, { what: 'all files' });
    expect(later.all.map((one) => one.text)).toEqual(['<Old/>', '<a.xml/>', '<New/>']);
    expect(later.all[0]?.id).toBe(held.id);
  });
});

describe('a retried file', () => {
  it('stays claimed while it waits, and comes to the next listener without the rest of the wait', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const { mtimeMs } = await stat(join(world.folder, 'order.xml'));
    const desk = await world.listen();
    const held = await desk.next();
    held.retry(3_600_000);
    expect(await world.names()).toEqual(['rejected']);
    await desk.stop();
    const again = await (await world.listen()).next();
    expect([again.id, again.delivery.message.createdAt]).toEqual([held.id, Math.floor(mtimeMs)]);
  });

  it('is another message when somebody wrote to it while it waited', async () => {
    const world = await openWorld();
    await world.write('order.xml', '<Ha');
    const desk = await world.listen();
    const half = await desk.next();
    await appendFile(await claimed(world, 'order.xml'), 'lf/>');
    half.retry(0);
    const whole = await desk.next();
    expect(whole.text).toBe('<Half/>');
    expect(whole.id).not.toBe(half.id);
  });

  it('does not hold up others when several are worked on at a time', async () => {
    const world = await openWorld();
    await world.write('a.xml');
    const desk = await world.listen({ concurrency: 2 });
    (await desk.next()).retry(3_600_000);
    await world.write('b.xml');
    expect(nameOf(await desk.next())).toBe('b.xml');
  });
});

describe('a listener of files in order whose process has stood still', () => {
  /** Moves the clock of the process as if it had been suspended for so long. */
  function standStill(milliseconds: number): void {
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds);
    onTestFinished(() => void vi.restoreAllMocks());
  }

  it('claims nothing until its kernel had time to find out who receives now', async () => {
    const world = await openWorld();
    await world.write('a.xml');
    const desk = await world.listen({ order: 'serial' });
    (await desk.next()).accept();
    standStill(5_000);
    await world.write('b.xml');
    await setTimeout(1_500);
    expect(await world.names()).toContain('b.xml');
    expect(nameOf(await desk.next())).toBe('b.xml');
  });
});
