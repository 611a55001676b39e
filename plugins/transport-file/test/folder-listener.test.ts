import { mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, stays, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { nameOf, openWorld } from './world.ts';

describe('which files a listener reads', () => {
  it('are those whose names match the pattern, and no hidden ones', async () => {
    const world = await openWorld({ pattern: 'order-?*.xml' });
    for (const name of ['order-.xml', 'order-1.xml', 'order-1.xml.part', '.order-2.xml', 'my-order-3.xml', 'orderA1.xml'])
      await world.write(name);
    const desk = await world.listen();
    expect(nameOf(await desk.next())).toBe('order-1.xml');
    desk.automatically((held) => held.accept());
    await desk.stop();
    expect(await world.names()).toEqual(['my-order-3.xml', 'order-.xml', 'order-1.xml.part', 'orderA1.xml', 'rejected']);
  });

  it('are plain files: no folders, and no links, wherever they lead', async () => {
    const world = await openWorld();
    const elsewhere = await temporaryFolder();
    await writeFile(join(elsewhere, 'secret.xml'), '<Secret/>');
    await symlink(join(elsewhere, 'secret.xml'), join(world.folder, 'a-link.xml'));
    await mkdir(join(world.folder, 'b-folder.xml'));
    await world.write('c-file.xml');
    const desk = await world.listen();
    const held = await desk.next();
    expect(nameOf(held)).toBe('c-file.xml');
    held.accept();
    await desk.stop();
    expect(await world.names()).toEqual(['a-link.xml', 'b-folder.xml', 'rejected']);
  });

  it('come by name, unless the time of change decides', async () => {
    const byName = await openWorld();
    const byTime = await openWorld({ by: 'time' });
    for (const world of [byName, byTime]) {
      for (const [name, second] of [
        ['c.xml', 10],
        ['a.xml', 30],
        ['b.xml', 20],
      ] as const) {
        await world.write(name);
        await utimes(join(world.folder, name), second, second);
      }
    }
    const [names, times] = [await byName.listen(), await byTime.listen()];
    for (const desk of [names, times]) desk.automatically((held) => held.accept());
    await eventually(() => names.all.length === 3 && times.all.length === 3, { what: 'six deliveries' });
    expect(names.all.map(nameOf)).toEqual(['a.xml', 'b.xml', 'c.xml']);
    expect(times.all.map(nameOf)).toEqual(['c.xml', 'b.xml', 'a.xml']);
  });

  it('are told by the operating system, long before the time to look', async () => {
    const world = await openWorld({ every: '1h', lease: '1h' });
    const desk = await world.listen();
    await world.write('first.xml');
    (await desk.next()).accept();
    await world.write('second.xml');
    expect(nameOf(await desk.next())).toBe('second.xml');
  });
});

describe('a message from a file', () => {
  it('tells the name of the file, when it was last written and what its ending says about it', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    await utimes(join(world.folder, 'order.xml'), 1_000_000, 1_000_000);
    const { message } = (await (await world.listen()).next()).delivery;
    expect([message.contentType, message.createdAt]).toEqual(['application/xml', 1_000_000_000]);
    expect(message.properties).toEqual({ 'file-name': 'order.xml', 'file-modified': '1970-01-12T13:46:40.000Z' });
  });

  it('has another id when the same name comes again with other bytes, all else being equal', async () => {
    const world = await openWorld();
    const desk = await world.listen();
    const ids = new Set<string | undefined>();
    for (const text of ['<A/>', '<B/>']) {
      await writeFile(join(world.folder, '.draft'), text);
      await utimes(join(world.folder, '.draft'), 1_000_000, 1_000_000);
      await rename(join(world.folder, '.draft'), join(world.folder, 'order.xml'));
      const held = await desk.next();
      ids.add(held.id);
      held.accept();
      await eventually(async () => !(await world.names()).includes('order.xml'), { what: 'the file to be gone' });
    }
    expect(ids.size).toBe(2);
  });
});

describe('what is done with', () => {
  it('is deleted when it was accepted, and kept with the rejected files when it was refused', async () => {
    const world = await openWorld();
    await world.write('a.xml');
    await world.write('b.xml');
    const desk = await world.listen();
    (await desk.next()).accept();
    (await desk.next()).reject();
    await desk.stop();
    expect([await world.names(), await world.names('rejected')]).toEqual([['rejected'], ['b.xml']]);
  });

  it('is moved to the folder for what is done, beside others of the same name', async () => {
    const world = await openWorld({ done: 'done' });
    const desk = await world.listen();
    for (const text of ['<First/>', '<Second/>']) {
      await world.write('order.xml', text);
      (await desk.next()).accept();
      await eventually(async () => !(await world.names()).includes('order.xml'), { what: 'the file to be claimed' });
    }
    await desk.stop();
    expect(await world.names('done')).toEqual(['order.xml', 'order~2.xml']);
    expect(await readFile(join(world.folder, 'done', 'order~2.xml'), 'utf8')).toBe('<Second/>');
  });

  it('keeps the bytes of a file that was too large, which were never read', async () => {
    const world = await openWorld({ limit: '10B' });
    await world.write('large.xml', '<TooLargeForThis/>');
    const desk = await world.listen();
    const held = await desk.next();
    expect(held.delivery.defect).toMatchObject({ code: 'WB_FILE_TOO_LARGE', retryable: false });
    expect(held.delivery.message.body.length).toBe(0);
    held.reject();
    await desk.stop();
    expect(await readFile(join(world.folder, 'rejected', 'large.xml'), 'utf8')).toBe('<TooLargeForThis/>');
  });
});

describe('a listener that waits for files', () => {
  it('ends when it is asked to, although it would look again in an hour', async () => {
    const world = await openWorld({ every: '1h', lease: '1h' });
    await world.write('order.xml');
    const desk = await world.listen();
    (await desk.next()).accept();
    await eventually(async () => !(await world.names()).includes('order.xml'), { what: 'the file to be gone' });
    await stays(() => desk.all.length === 1, { what: 'the listener to wait' });
    await desk.stop();
    expect(await readdir(join(world.folder, '.waybill', 'claims'))).toEqual([]);
  });
});

describe('a listener that cannot work', () => {
  it('refuses a folder outside of the connection, also by way of a link', async () => {
    const elsewhere = await temporaryFolder();
    const outside = await openWorld({ folder: '../elsewhere' });
    await expect(outside.listen()).rejects.toMatchObject({ code: 'WB_FILE_OUTSIDE', retryable: false });
    const linked = await openWorld({ folder: 'link' });
    await symlink(elsewhere, join(linked.folder, 'link'));
    await expect(linked.listen()).rejects.toMatchObject({ code: 'WB_FILE_OUTSIDE' });
  });

  it('refuses to move what is done with into the folder it reads from', async () => {
    const world = await openWorld({ done: '.' });
    await expect(world.listen()).rejects.toMatchObject({ code: 'WB_FILE_SAME_FOLDER', retryable: false });
  });

  it('says which folder is missing when it may not create it', async () => {
    const { rig, folder } = await openWorld();
    const missing = join(folder, 'missing');
    await expect(rig.connect({ path: missing, create: false })).rejects.toMatchObject({
      code: 'WB_FILE_NO_FOLDER',
      connectionLost: true,
      message: expect.stringContaining(missing) as string,
    });
    await writeFile(join(folder, 'a-file'), '');
    await expect(rig.connect({ path: join(folder, 'a-file') })).rejects.toMatchObject({
      code: 'WB_FILE_NO_FOLDER',
      hint: 'Name a folder, or move away what has its name.',
    });
  });

  it.runIf(process.platform === 'linux')('says so where no folder can be made', async () => {
    const { rig } = await openWorld();
    await expect(rig.connect({ path: '/proc/nope/inner' })).rejects.toMatchObject({ code: 'WB_FILE_NO_FOLDER' });
  });

  it('ends with a lost connection when its folder is removed', async () => {
    const world = await openWorld({ folder: 'in' });
    const desk = await world.listen();
    await rm(join(world.folder, 'in'), { recursive: true });
    await expect(desk.ending()).rejects.toMatchObject({ code: 'WB_FILE_NO_FOLDER', connectionLost: true });
  });
});
