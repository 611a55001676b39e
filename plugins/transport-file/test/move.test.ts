import { copyFile, link, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, vi } from 'vitest';
import { moveInto, moveUnlessTaken } from '../src/move.ts';
import { lacking } from './poor-file-system.ts';
import { openWorld } from './world.ts';

vi.mock('node:fs/promises', async (original) => (await import('./poor-file-system.ts')).poorFileSystem(await original()));

describe('another disk for what is done with', () => {
  it('gets a copy that is durable before the file goes, with its time', async () => {
    const heard: string[] = [];
    const world = await openWorld({ done: 'done' });
    lacking({ otherDisk: join(world.folder, 'done'), hears: (...what) => heard.push(what.join(' ')) });
    await world.write('order.xml');
    const { mtimeMs } = await stat(join(world.folder, 'order.xml'));
    const desk = await world.listen();
    (await desk.next()).accept();
    await desk.stop();
    expect([await world.names(), await readdir(join(world.folder, 'done'))]).toEqual([['done', 'rejected'], ['order.xml']]);
    expect(await readFile(join(world.folder, 'done', 'order.xml'), 'utf8')).toBe('<order.xml/>');
    expect(Math.abs((await stat(join(world.folder, 'done', 'order.xml'))).mtimeMs - mtimeMs)).toBeLessThan(1);
    const synced = heard.findIndex((what) => what.startsWith('sync .waybill-'));
    const named = heard.findIndex((what) => /^link \.waybill-\S+ order\.xml$/.test(what));
    expect([synced >= 0, synced < named, named < heard.findLastIndex((what) => /^unlink \S+-order\.xml$/.test(what))]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('has one copy after a crash between copying and removing, and two of two files', async () => {
    const folder = await temporaryFolder();
    for (const name of ['in', 'done']) await mkdir(join(folder, name));
    lacking({ otherDisk: join(folder, 'done') });
    await writeFile(join(folder, 'in', 'order.xml'), 'one');
    await moveInto(join(folder, 'in', 'order.xml'), join(folder, 'done'), 'order.xml');
    // As if the process had died before it removed the file.
    await copyFile(join(folder, 'done', 'order.xml'), join(folder, 'in', 'order.xml'));
    const { mtime } = await stat(join(folder, 'done', 'order.xml'));
    await utimes(join(folder, 'in', 'order.xml'), mtime, mtime);
    expect(await moveInto(join(folder, 'in', 'order.xml'), join(folder, 'done'), 'order.xml')).toBe('order.xml');
    expect([await readdir(join(folder, 'in')), await readdir(join(folder, 'done'))]).toEqual([[], ['order.xml']]);
    await writeFile(join(folder, 'in', 'order.xml'), 'two');
    expect(await moveInto(join(folder, 'in', 'order.xml'), join(folder, 'done'), 'order.xml')).toBe('order~2.xml');
  });
});

describe('a crash between linking a file and unlinking it', () => {
  it('leaves two names of one file, and the move is finished', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.xml'), 'one');
    await link(join(folder, 'a.xml'), join(folder, 'b.xml'));
    expect(await moveUnlessTaken(join(folder, 'a.xml'), join(folder, 'b.xml'))).toBe(true);
    expect(await readdir(folder)).toEqual(['b.xml']);
  });
});

describe('a file that is sent', () => {
  it('is durable before it has its name, and the name before there is a note of it', async () => {
    const heard: string[] = [];
    const { rig, folder } = await openWorld();
    const { signal } = new AbortController();
    const sender = await rig.openSender();
    lacking({ hears: (...what) => heard.push(what.join(' ')) });
    await sender.send({ id: '1', body: Buffer.from('<Order/>'), createdAt: 1_000, type: 'Order', properties: {} }, { signal });
    const draft = /^link (\S+) Order-1\.xml$/.exec(heard.find((what) => what.startsWith('link')) ?? '')?.[1];
    const noted = heard.findIndex((what) => what.startsWith('appendFile'));
    const order = [`sync ${draft}`, `link ${draft} Order-1.xml`, `sync ${basename(folder)}`].map((what) => heard.indexOf(what));
    expect([...order, noted]).toEqual([...order, noted].toSorted((a, b) => a - b));
    expect(Math.min(...order, noted)).toBeGreaterThanOrEqual(0);
  });
});
