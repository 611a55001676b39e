import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '@waybill/contract';
import { eventually, recordingLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, vi } from 'vitest';
import { moveUnlessTaken } from '../src/move.ts';
import { lacking } from './poor-file-system.ts';
import { claimed, nameOf, openWorld } from './world.ts';

vi.mock('node:fs/promises', async (original) => (await import('./poor-file-system.ts')).poorFileSystem(await original()));

const message = (id: string): Message => ({ id, body: Buffer.from('<Order/>'), createdAt: 1_000, type: 'Order', properties: {} });
const { signal } = new AbortController();

describe('a disk that ignores case', () => {
  it('loses neither of two files whose names differ only in case, and hands the newer one out after the older', async () => {
    lacking({ ignoresCase: true });
    const world = await openWorld();
    await world.write('status-a.xml', '<First/>');
    const desk = await world.listen({ concurrency: 2 });
    const first = await desk.next();
    await world.write('status-A.xml', '<Second/>');
    await world.write('status-b.xml');
    const other = await desk.next();
    expect(nameOf(other)).toBe('status-b.xml');
    desk.askToStop();
    for (const held of [first, other]) held.settle({ outcome: 'released' });
    await desk.ending();
    const later = await world.listen();
    later.automatically((held) => held.accept());
    await eventually(() => later.all.length === 3, { what: 'all files' });
    expect(later.all.map((held) => [nameOf(held), held.text])).toEqual([
      ['status-a.xml', '<First/>'],
      ['status-b.xml', '<status-b.xml/>'],
      ['status-A.xml', '<Second/>'],
    ]);
    expect(later.all[0]?.id).toBe(first.id);
  });

  it('is read with patterns that ignore it, too', async () => {
    lacking({ ignoresCase: true });
    const world = await openWorld();
    await world.write('ORDER.XML');
    expect(nameOf(await (await world.listen()).next())).toBe('ORDER.XML');
  });

  it('gets two files for two messages whose ids differ only in case', async () => {
    lacking({ ignoresCase: true });
    const world = await openWorld();
    const sender = await world.rig.openSender();
    for (const id of ['m-1', 'M-1']) await sender.send(message(id), { signal });
    expect(await world.names()).toEqual(['Order-%4D-1.xml', 'Order-m-1.xml']);
  });
});

describe('a disk without hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES', 'EXDEV', 'EINVAL', 'EISDIR', 'EUNKNOWN'])(
    'has its files moved all the same: %s',
    async (noLinks) => {
      lacking({ noLinks });
      const world = await openWorld();
      await mkdir(join(world.folder, 'rejected'));
      await writeFile(join(world.folder, 'rejected', 'order.xml'), 'an older one');
      await world.write('order.xml');
      const desk = await world.listen();
      (await desk.next()).reject();
      await desk.stop();
      expect(await world.names('rejected')).toEqual(['order.xml', 'order~2.xml']);
      await (await world.rig.openSender()).send(message('1'), { signal });
      expect(await world.names()).toEqual(['Order-1.xml', 'rejected']);
    },
  );

  it.each(['ENOSPC', 'EIO', 'EROFS'])('is not what a fault of the disk is taken for: %s', async (noLinks) => {
    lacking({ noLinks });
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a'), '');
    await expect(moveUnlessTaken(join(folder, 'a'), join(folder, 'b'))).rejects.toMatchObject({ code: noLinks });
    expect(await readdir(folder)).toEqual(['a']);
  });
});

describe('a disk that cannot make names durable', () => {
  it.each([
    ['sync', 'EINVAL'],
    ['sync', 'ENOSYS'],
    ['sync', 'ENOTSUP'],
    ['sync', 'EBADF'],
    ['open', 'EISDIR'],
    ['open', 'EACCES'],
    ['open', 'EPERM'],
  ] as const)('gets each message once (%s answers %s)', async (at, errno) => {
    lacking({ noFolderSync: { at, errno } });
    const world = await openWorld();
    const sender = await world.rig.openSender();
    for (let time = 0; time < 2; time++) {
      await sender.send(message('1'), { signal });
      expect(await world.names()).toEqual(time === 0 ? ['Order-1.xml'] : []);
      await rm(join(world.folder, 'Order-1.xml'), { force: true });
    }
  });

  it('is not what a fault of the disk is taken for', async () => {
    lacking({ noFolderSync: { at: 'sync', errno: 'EIO' } });
    const { rig } = await openWorld();
    const sending = (await rig.openSender()).send(message('1'), { signal });
    await expect(sending).rejects.toMatchObject({ code: 'WB_FILE_IO', outcome: 'unknown' });
  });
});

describe('a disk that gives its files no numbers', () => {
  it('has no file taken for another one', async () => {
    lacking({ numbers: 'none' });
    const folder = await temporaryFolder();
    for (const name of ['a.xml', 'b.xml']) await writeFile(join(folder, name), 'alike');
    expect(await moveUnlessTaken(join(folder, 'a.xml'), join(folder, 'b.xml'))).toBe(false);
    expect(await readdir(folder)).toEqual(['a.xml', 'b.xml']);
  });
});

describe('a disk with coarse times', () => {
  it('keeps what was written to a file after it was read, however alike it is', async () => {
    lacking({ coarse: 2 });
    const world = await openWorld();
    await world.write('order.xml', '<Order/>');
    const desk = await world.listen();
    const held = await desk.next();
    await writeFile(await claimed(world, 'order.xml'), '<Other/>');
    held.accept();
    await desk.stop();
    expect(await readFile(join(world.folder, 'rejected', 'order.xml'), 'utf8')).toBe('<Other/>');
  });
});

describe('a file that is open elsewhere', () => {
  it.each(['EBUSY', 'EPERM', 'EACCES'])('is passed over, told of once and taken later: %s', async (errno) => {
    let isOpen = true;
    let tries = 0;
    lacking({ refuses: (from) => (isOpen && from.endsWith('a.xml') && ++tries > 0 ? errno : undefined) });
    const world = await openWorld();
    for (const name of ['a.xml', 'b.xml', 'c.xml']) await world.write(name);
    const { log, lines } = recordingLog();
    const desk = await world.listen({ log });
    desk.automatically((held) => held.accept());
    await eventually(() => desk.all.length === 2 && tries > 1, { what: 'the others, and another try' });
    expect(lines).toMatchObject([{ level: 'warn', fields: { file: 'a.xml', files: 1, error: errno } }]);
    isOpen = false;
    await eventually(() => desk.all.length === 3, { what: 'the file' });
    expect(desk.all.map(nameOf)).toEqual(['b.xml', 'c.xml', 'a.xml']);
  });

  it('holds up those after it where order counts, and status says so', async () => {
    let isOpen = true;
    lacking({ refuses: (from) => (isOpen && from.endsWith('a.xml') ? 'EBUSY' : undefined) });
    const world = await openWorld();
    for (const name of ['a.xml', 'b.xml']) await world.write(name);
    const told: (readonly (string | undefined)[])[] = [];
    const desk = await world.listen({ order: 'serial', tell: (...state) => told.push(state) });
    await eventually(() => told.length === 1, { what: 'the listener to tell' });
    expect(told[0]).toEqual(['paused', 'The file a.xml cannot be claimed, and those after it wait for it.']);
    expect(desk.all).toEqual([]);
    isOpen = false;
    desk.automatically((held) => held.accept());
    await eventually(() => desk.all.length === 2, { what: 'both files' });
    expect(desk.all.map(nameOf)).toEqual(['a.xml', 'b.xml']);
    await eventually(() => told.length === 2, { what: 'the listener to tell again' });
    expect(told[1]).toEqual(['receiving', undefined]);
  });

  it('is not what a folder is taken for that may not be written to at all', async () => {
    const world = await openWorld();
    const desk = await world.listen();
    lacking({ isReadOnly: true });
    await world.write('a.xml');
    await expect(desk.ending()).rejects.toMatchObject({ code: 'WB_FILE_NOT_ALLOWED' });
  });
});
