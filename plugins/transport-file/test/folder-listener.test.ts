import { appendFile, mkdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
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
        ['c.xml', 1],
        ['a.xml', 3],
        ['b.xml', 2],
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
    const ids = new Set<string>();
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
    const world = await openWorld({ settle: '1h' });
    await world.write('a.xml');
    await world.write('b.xml');
    await utimes(join(world.folder, 'b.xml'), 1, 1);
    expect(nameOf(await (await world.listen({ concurrency: 2 })).next())).toBe('b.xml');
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
    const writing = setInterval(() => void appendFile(join(world.folder, 'a.xml'), '<More/>'), 20);
    onTestFinished(() => clearInterval(writing));
    const desk = await world.listen({ order: 'serial', tell: (...state) => told.push(state) });
    await eventually(() => told.length === 1, { what: 'the listener to tell' });
    expect(told[0]?.[0]).toBe('paused');
    expect(told[0]?.[1]).toContain('a.xml');
    expect(desk.all.length).toBe(0);
    clearInterval(writing);
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
    (await desk.next()).retry(300);
    const second = await desk.next();
    expect(nameOf(second)).toBe('a.xml');
    second.accept();
    expect(nameOf(await desk.next())).toBe('b.xml');
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
    await expect(rig.connect({ path: join(folder, 'a-file') })).rejects.toMatchObject({ code: 'WB_FILE_NO_FOLDER' });
  });

  it('ends with a lost connection when its folder is removed', async () => {
    const world = await openWorld({ folder: 'in' });
    const desk = await world.listen();
    await rm(join(world.folder, 'in'), { recursive: true });
    await expect(desk.ending()).rejects.toMatchObject({ code: 'WB_FILE_NO_FOLDER', connectionLost: true });
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

  it('is where it was when the listener stops', async () => {
    const world = await openWorld();
    await world.write('a.xml');
    const desk = await world.listen();
    const held = await desk.next();
    desk.askToStop();
    held.settle({ outcome: 'released' });
    await desk.ending();
    expect(await world.names()).toEqual(['a.xml', 'rejected']);
  });
});

describe('a retried file', () => {
  it('stays claimed while it waits, and goes back when the listener stops', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const { mtimeMs } = await stat(join(world.folder, 'order.xml'));
    const desk = await world.listen();
    (await desk.next()).retry(3_600_000);
    expect(await world.names()).toEqual(['rejected']);
    await desk.stop();
    expect(await world.names()).toEqual(['order.xml', 'rejected']);
    expect((await stat(join(world.folder, 'order.xml'))).mtimeMs).toBe(mtimeMs);
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
