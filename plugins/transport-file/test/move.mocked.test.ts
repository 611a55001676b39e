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
    const named = heard.findIndex((what) => /^rename \.waybill-\S+ order\.xml$/.test(what));
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

describe('files that are kept under one name', () => {
  it.each(['there are hard links', 'there are none'])('replace none, though they come at the same time (%s)', async (links) => {
    lacking(links === 'there are none' ? { noLinks: 'EISDIR', ignoresCase: true } : {});
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'rejected'));
    const files = Array.from({ length: 20 }, (_, number) => join(folder, `${number}`));
    for (const file of files) await writeFile(file, file);
    await Promise.all(files.map((file, number) => moveInto(file, join(folder, 'rejected'), number % 2 === 0 ? 'a.xml' : 'A.xml')));
    const kept = await readdir(join(folder, 'rejected'));
    const texts = await Promise.all(kept.map((name) => readFile(join(folder, 'rejected', name), 'utf8')));
    expect(texts.toSorted()).toEqual(files.toSorted());
  });

  it('leave no empty file behind when they cannot be moved', async () => {
    lacking({ noLinks: 'EISDIR', refuses: () => 'EBUSY' });
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'rejected'));
    await writeFile(join(folder, 'a.xml'), 'one');
    await expect(moveInto(join(folder, 'a.xml'), join(folder, 'rejected'), 'a.xml')).rejects.toMatchObject({ code: 'EBUSY' });
    expect([await readdir(folder), await readdir(join(folder, 'rejected'))]).toEqual([['a.xml', 'rejected'], []]);
  });
});

describe('a file in hand that is open elsewhere when its message is settled', () => {
  it('is settled a moment later, and the listener goes on', async () => {
    const world = await openWorld({ done: 'done' });
    await world.write('a.xml');
    const desk = await world.listen();
    const held = await desk.next();
    let tries = 0;
    lacking({ noLinks: 'EISDIR', refuses: (from) => (from.endsWith('a.xml') && ++tries < 3 ? 'EBUSY' : undefined) });
    held.accept();
    await world.write('b.xml');
    (await desk.next()).accept();
    await desk.stop();
    expect([desk.all.length, await world.names('done')]).toEqual([2, ['a.xml', 'b.xml']]);
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
