import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, recordingLog } from '@waybill/testing';
import { describe, expect, it, vi } from 'vitest';
import { lacking } from './poor-file-system.ts';
import { nameOf, openWorld } from './world.ts';

vi.mock('node:fs/promises', async (original) => (await import('./poor-file-system.ts')).poorFileSystem(await original()));

describe('a listing', () => {
  it('that shows a file only at the second look leaves it for the next round where order counts', async () => {
    const world = await openWorld();
    for (const name of ['a.xml', 'b.xml']) await world.write(name);
    let looks = 0;
    lacking({ lists: (folder, names) => (folder === world.folder && ++looks === 1 ? names.filter((name) => name !== 'a.xml') : names) });
    const desk = await world.listen();
    desk.automatically((held) => held.accept());
    await eventually(() => desk.all.length === 2, { what: 'both files' });
    expect(desk.all.map(nameOf)).toEqual(['a.xml', 'b.xml']);
  });

  it('that shows a file only at the second look may have missed one before it', async () => {
    const world = await openWorld();
    for (const name of ['a.xml', 'b.xml']) await world.write(name);
    let looks = 0;
    const shown: readonly (readonly string[])[] = [[], ['b.xml']];
    lacking({ lists: (folder, names) => (folder === world.folder ? [...(shown[looks++] ?? names)] : names) });
    const desk = await world.listen();
    desk.automatically((held) => held.accept());
    await eventually(() => desk.all.length === 2, { what: 'both files' });
    expect(desk.all.map(nameOf)).toEqual(['a.xml', 'b.xml']);
  });

  it('is not begun for files that do not match, however often they change', async () => {
    const world = await openWorld({ every: '1h', lease: '1h' });
    await world.write('a.xml');
    const desk = await world.listen();
    (await desk.next()).accept();
    let listings = 0;
    lacking({ lists: (folder, names) => ((listings += folder === world.folder ? 1 : 0), names) });
    for (let time = 0; time < 100; time++) {
      await world.write('other.bak');
      await new Promise((resolve) => setImmediate(resolve));
    }
    const before = listings;
    await world.write('b.xml');
    await desk.next();
    expect(before).toBeLessThan(10);
  });

  it('is followed by a rest of some times its own length, however often a file changes', async () => {
    const world = await openWorld({ every: '1ms', settle: '1h' });
    await world.write('a.xml');
    const ends: number[] = [];
    const rests: number[] = [];
    lacking({
      lists: async (folder, names) => {
        if (folder !== world.folder) return names;
        const before = ends.at(-1);
        if (before !== undefined) rests.push(performance.now() - before);
        const end = performance.now() + 20;
        await eventually(() => performance.now() >= end, { what: 'a slow disk' });
        ends.push(performance.now());
        return names;
      },
    });
    await world.listen({ concurrency: 2 });
    await eventually(() => rests.length >= 5, { what: 'six listings' });
    expect(Math.min(...rests)).toBeGreaterThan(60);
  });
});

describe('an owner that gives its claims up while somebody looks', () => {
  it.each([
    ['between two looks', 'shows both names'],
    ['after both', 'shows both names'],
    ['between two looks', 'shows neither name'],
  ])('has what it had in hand handed out before what came after (%s, where the first %s)', async (moment, shown) => {
    const world = await openWorld();
    await world.write('b.xml');
    const first = await world.listen({ order: 'serial' });
    await first.next();
    const claims = join(world.folder, '.waybill', 'claims');
    const [owner = ''] = await readdir(claims);
    let looks = 0;
    lacking({
      lists: async (folder, names) => {
        if (folder !== claims || !names.includes(owner)) return names;
        if (++looks === (moment === 'after both' ? 2 : 1)) await rename(join(claims, owner), join(claims, `free-${owner}`));
        return shown === 'shows neither name' ? names.filter((name) => name !== owner) : names;
      },
    });
    await world.write('a.xml');
    const second = await world.listen({ order: 'serial' });
    second.automatically((held) => held.accept());
    await eventually(() => second.all.length === 2, { what: 'both files' });
    expect(second.all.map(nameOf)).toEqual(['b.xml', 'a.xml']);
  });
});

describe('a file whose name is not UTF-8', () => {
  it.runIf(process.platform === 'linux')('is told of once, and holds up nobody', async () => {
    const world = await openWorld({ settle: '10ms' });
    await writeFile(Buffer.concat([Buffer.from(join(world.folder, 'a')), Buffer.from([0xfc]), Buffer.from('.xml')]), '<Order/>');
    const { log, lines } = recordingLog();
    const desk = await world.listen({ log, order: 'serial' });
    for (const name of ['b.xml', 'c.xml']) {
      await world.write(name);
      const held = await desk.next();
      expect(nameOf(held)).toBe(name);
      held.accept();
    }
    expect(lines.map(({ level, text }) => [level, text])).toEqual([['warn', expect.stringContaining('not UTF-8')]]);
  });
});
