import { appendFile, mkdir, readdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, recordingLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Claim } from '../src/receiving/claiming/claim.ts';
import { readClaimed } from '../src/receiving/claiming/claimed-file.ts';
import { Room } from '../src/receiving/room.ts';
import { claimed, nameOf, openWorld, type World } from './world.ts';

const isGone = (world: World, name: string) =>
  eventually(async () => !(await world.names()).includes(name), { what: `${name} to be claimed` });

describe('a file that is dropped again', () => {
  it('is a new message when it is moved back from the rejected files', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const desk = await world.listen();
    const first = await desk.next();
    first.reject();
    const kept = join(world.folder, 'rejected', 'order.xml');
    // Where there are no hard links, an empty file keeps the name for a moment.
    await eventually(async () => (await readFile(kept, 'utf8').catch(() => '')) === first.text, { what: 'the file to be rejected' });
    await rename(kept, join(world.folder, 'order.xml'));
    const second = await desk.next();
    expect(second.text).toBe(first.text);
    expect(second.id).not.toBe(first.id);
  });

  it('is a new message when a tool copies it with the same times, and the disk gives it the same number', async () => {
    const world = await openWorld();
    const desk = await world.listen();
    const ids = new Set<string | undefined>();
    for (let time = 0; time < 5; time++) {
      await writeFile(join(world.folder, 'draft'), '<Order/>');
      await utimes(join(world.folder, 'draft'), 1_000_000, 1_000_000);
      await rename(join(world.folder, 'draft'), join(world.folder, 'order.xml'));
      const held = await desk.next();
      ids.add(held.id);
      held.accept();
      await isGone(world, 'order.xml');
    }
    expect(ids.size).toBe(5);
  });
});

describe('the same file for another listener', () => {
  it('is a new message when the one before was settled', async () => {
    const world = await openWorld();
    const ids = new Set<string | undefined>();
    for (let time = 0; time < 2; time++) {
      await world.write('order.xml');
      const desk = await world.listen();
      const held = await desk.next();
      ids.add(held.id);
      held.accept();
      await desk.stop();
    }
    expect(ids.size).toBe(2);
  });
});

describe('files that come back unsettled', () => {
  it('keep their order over several listeners', async () => {
    const world = await openWorld();
    const given: (string | undefined)[][] = [];
    for (const names of [['b.xml', 'c.xml'], ['a.xml'], []]) {
      for (const name of names) await world.write(name);
      const desk = await world.listen({ order: 'key', concurrency: 3 });
      await eventually(() => desk.all.length === Math.min(3, given.length + 2), { what: 'all files' });
      given.push(desk.all.map(nameOf));
      desk.askToStop();
      for (const held of desk.all) held.settle({ outcome: 'released' });
      await desk.ending();
    }
    expect(given).toEqual([
      ['b.xml', 'c.xml'],
      ['b.xml', 'c.xml', 'a.xml'],
      ['b.xml', 'c.xml', 'a.xml'],
    ]);
  });
});

describe('a file that comes back unsettled', () => {
  it('keeps its id whatever the times and the number that the disk tells of it', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const desk = await world.listen();
    const first = await desk.next();
    const path = await claimed(world, 'order.xml');
    // As after a copy of the whole disk.
    await writeFile(`${path}.new`, await readFile(path));
    await rename(`${path}.new`, path);
    desk.askToStop();
    first.settle({ outcome: 'released' });
    await desk.ending();
    expect((await (await world.listen()).next()).id).toBe(first.id);
  });

  it('comes to the listener whose pattern it matches, and the others say where it is', async () => {
    const world = await openWorld({ pattern: 'a*.xml' });
    await world.write('a.xml');
    const desk = await world.listen();
    const held = await desk.next();
    desk.askToStop();
    held.settle({ outcome: 'released' });
    await desk.ending();
    const other = await openWorld({ pattern: 'b*.xml' }, {}, world.folder);
    const { log, lines } = recordingLog();
    const others = await other.listen({ log });
    await eventually(() => lines.length > 0, { what: 'the other listener to tell' });
    expect(lines).toMatchObject([{ level: 'info', fields: { folder: expect.stringContaining('claims') as string } }]);
    expect((await (await world.listen()).next()).id).toBe(held.id);
    expect(others.all).toEqual([]);
  });
});

describe('a file with the longest name there is', () => {
  it('is claimed, keeps its id and its name over a stop, and goes', async () => {
    const name = `${'n'.repeat(251)}.xml`;
    const world = await openWorld({ done: 'done' });
    await world.write(name, '<Order/>');
    const desk = await world.listen();
    const held = await desk.next();
    desk.askToStop();
    held.settle({ outcome: 'released' });
    await desk.ending();
    const later = await world.listen();
    const again = await later.next();
    expect([again.id, nameOf(again), again.text]).toEqual([held.id, name, '<Order/>']);
    again.accept();
    await later.stop();
    expect([await world.names(), await world.names('done')]).toEqual([['done', 'rejected'], [name]]);
    expect(await readdir(join(world.folder, '.waybill', 'claims'))).toEqual([]);
  });
});

describe('what is written to a file after it was read', () => {
  it('is never deleted: the file is kept, and somebody is told', async () => {
    const world = await openWorld();
    const { log, lines } = recordingLog();
    await world.write('order.xml', '<Order/>');
    const desk = await world.listen({ log });
    const held = await desk.next();
    await appendFile(await claimed(world, 'order.xml'), '<!-- and more -->');
    held.accept();
    await desk.stop();
    expect(await readFile(join(world.folder, 'rejected', 'order.xml'), 'utf8')).toBe('<Order/><!-- and more -->');
    expect(lines).toMatchObject([{ level: 'warn', fields: { file: 'order.xml', kept: 'order.xml', message: held.id, read: 8 } }]);
  });

  it('is kept also when size and times say that nothing has changed', async () => {
    const world = await openWorld();
    await world.write('order.xml', '<Order/>');
    await utimes(join(world.folder, 'order.xml'), 1_000_000, 1_000_000);
    const desk = await world.listen();
    const held = await desk.next();
    const path = await claimed(world, 'order.xml');
    await writeFile(path, '<Other/>');
    await utimes(path, 1_000_000, 1_000_000);
    held.accept();
    await desk.stop();
    expect(await readFile(join(world.folder, 'rejected', 'order.xml'), 'utf8')).toBe('<Other/>');
  });

  it('is kept beside an older file of the same name, not among those that are done with', async () => {
    const world = await openWorld({ done: 'done' });
    const desk = await world.listen();
    for (const text of ['<First/>', '<Second/>']) {
      await world.write('order.xml', text);
      const held = await desk.next();
      await appendFile(await claimed(world, 'order.xml'), ' ');
      held.accept();
      await isGone(world, 'order.xml');
    }
    await desk.stop();
    expect([await world.names('done'), await world.names('rejected')]).toEqual([[], ['order.xml', 'order~2.xml']]);
  });

  it('does not matter when only the times have changed', async () => {
    const world = await openWorld();
    await world.write('order.xml');
    const desk = await world.listen();
    const held = await desk.next();
    await utimes(await claimed(world, 'order.xml'), 5, 5);
    held.accept();
    await desk.stop();
    expect([await world.names(), await world.names('rejected')]).toEqual([['rejected'], []]);
  });
});

describe('a file of exactly the limit', () => {
  it('is accepted, and one of a byte more is too large', async () => {
    const world = await openWorld({ limit: '10B' });
    await world.write('a.xml', '<a>45678/>');
    await world.write('b.xml', '<b>456789/>');
    const desk = await world.listen();
    const fits = await desk.next();
    expect([fits.text, fits.delivery.defect]).toEqual(['<a>45678/>', undefined]);
    fits.accept();
    expect((await desk.next()).delivery.defect).toMatchObject({ code: 'WB_FILE_TOO_LARGE' });
  });
});

describe('a claim whose file is a link', () => {
  it.runIf(process.platform !== 'win32')('is not followed', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await symlink(join(folder, 'secret.txt'), join(folder, 'order.xml'));
    const reading = await readClaimed(join(folder, 'order.xml'), Claim.after(0, 'order.xml'), { limit: 100, room: new Room(100) });
    expect(reading).toMatchObject({ kind: 'defective', message: { body: new Uint8Array(0) }, defect: { code: 'WB_FILE_UNREADABLE' } });
  });
});

describe('a link in place of one of our folders', () => {
  it.each(['.waybill', 'done', 'rejected'])('is refused when it leads out of the connection: %s', async (name) => {
    const world = await openWorld({ done: 'done' });
    await symlink(await temporaryFolder(), join(world.folder, name));
    await expect(world.listen()).rejects.toMatchObject({ code: 'WB_FILE_OUTSIDE' });
  });

  it('is used when it leads to another place inside', async () => {
    const world = await openWorld({ done: 'done' });
    await mkdir(join(world.folder, 'archive'));
    await symlink(join(world.folder, 'archive'), join(world.folder, 'done'));
    await world.write('order.xml');
    const desk = await world.listen();
    (await desk.next()).accept();
    await desk.stop();
    expect((await stat(join(world.folder, 'archive', 'order.xml'))).isFile()).toBe(true);
  });
});
