import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Message, Sender } from '@waybill/contract';
import { eventually, stays, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { openWorld } from './world.ts';

const message = (id: string, body = '<Order/>'): Message => ({
  id,
  body: Buffer.from(body),
  createdAt: 1_000,
  type: 'Order',
  properties: {},
});
const send = (sender: Sender, what: Message) => sender.send(what, { signal: new AbortController().signal });

const aDay = 86_400_000;

/** The only folder with notes of files that were sent. */
async function notesIn(folder: string): Promise<string> {
  const sent = join(folder, '.waybill', 'sent');
  const names = await readdir(sent);
  expect(names.length).toBe(1);
  return join(sent, names[0] ?? '');
}

/** As if everything had been sent so many milliseconds earlier. */
async function backdate(folder: string, by: number): Promise<void> {
  const notes = await notesIn(folder);
  const [from = 0, to = 0] = basename(notes).split('-').map(Number);
  await rename(notes, join(folder, '.waybill', 'sent', `${from - by}-${to - by}`));
}

describe('a file that is sent', () => {
  it('is whole whenever somebody sees it', async () => {
    const { rig, folder, names } = await openWorld();
    const sender = await rig.openSender();
    const body = 'x'.repeat(3_000_000);
    const progress = { over: false };
    const sends = Promise.all(Array.from({ length: 8 }, (_, number) => send(sender, message(`m${number}`, body)))).finally(() => {
      progress.over = true;
    });
    const sizes = new Set<number>();
    while (!progress.over) for (const name of await names()) sizes.add((await stat(join(folder, name))).size);
    await sends;
    for (const name of await names()) sizes.add((await stat(join(folder, name))).size);
    expect([...sizes]).toEqual([body.length]);
  });

  it('does not replace a file of somebody else', async () => {
    const { rig, write, folder } = await openWorld();
    const sender = await rig.openSender();
    await write('Order-1.xml', '<SomebodyElse/>');
    await expect(send(sender, message('1'))).rejects.toMatchObject({ code: 'WB_FILE_EXISTS', retryable: false, outcome: 'refused' });
    await write('Order-2.xml', '<Ordex/>');
    await expect(send(sender, message('2'))).rejects.toMatchObject({ code: 'WB_FILE_EXISTS' });
    expect(await readFile(join(folder, 'Order-1.xml'), 'utf8')).toBe('<SomebodyElse/>');
  });

  it('tells in its receipt where it went', async () => {
    const { rig, folder } = await openWorld();
    expect(await send(await rig.openSender(), message('1'))).toEqual({ id: 'Order-1.xml', detail: join(folder, 'Order-1.xml') });
  });

  it('is not there when the time was over before', async () => {
    const { rig, names } = await openWorld();
    const sender = await rig.openSender();
    const sending = sender.send(message('1'), { signal: AbortSignal.abort() });
    await expect(sending).rejects.toMatchObject({ code: 'WB_FILE_TIME_OVER', retryable: true, outcome: 'not-sent' });
    expect(await names()).toEqual([]);
  });

  it('may be there when its folder breaks after it became visible', async () => {
    const { rig, folder, names } = await openWorld();
    const sender = await rig.openSender();
    await rm(join(folder, '.waybill', 'sent'), { recursive: true });
    await expect(send(sender, message('1'))).rejects.toMatchObject({
      code: 'WB_FILE_NO_FOLDER',
      retryable: true,
      outcome: 'unknown',
      connectionLost: false,
    });
    expect(await names()).toEqual(['Order-1.xml']);
  });

  it('is surely not there when its folder was gone before', async () => {
    const { rig, folder } = await openWorld();
    const sender = await rig.openSender();
    await rm(folder, { recursive: true });
    await expect(send(sender, message('1'))).rejects.toMatchObject({
      code: 'WB_FILE_NO_FOLDER',
      outcome: 'not-sent',
      connectionLost: true,
    });
  });

  it('leaves no unfinished file behind, also when it fails', async () => {
    const { rig, write, folder } = await openWorld();
    const sender = await rig.openSender();
    await write('Order-1.xml', '<SomebodyElse/>');
    await expect(send(sender, message('1'))).rejects.toThrow(/Order-1\.xml/);
    await send(sender, message('2'));
    expect(await readdir(join(folder, '.waybill', 'drafts'))).toEqual([]);
  });
});

describe('a message that is sent again', () => {
  it('is not written again when somebody has fetched the file in the meantime', async () => {
    const { rig, folder, names } = await openWorld();
    await send(await rig.openSender(), message('1'));
    await rm(join(folder, 'Order-1.xml'));
    await send(await rig.openSender(), message('1'));
    expect(await names()).toEqual([]);
  });

  it('is written again when it was sent longer ago than is remembered', async () => {
    const { rig, folder, names } = await openWorld({}, { remember: '1h' });
    const sender = await rig.openSender();
    await send(sender, message('1'));
    await rm(join(folder, 'Order-1.xml'));
    await backdate(folder, aDay);
    await send(sender, message('1'));
    expect(await names()).toEqual(['Order-1.xml']);
  });

  it('is known by the file itself when the process died before it could take note', async () => {
    const { rig, folder, names } = await openWorld();
    const sender = await rig.openSender();
    await send(sender, message('1'));
    await rm(await notesIn(folder), { recursive: true });
    await send(sender, message('1'));
    expect(await names()).toEqual(['Order-1.xml']);
  });

  it('is still known after a sweep when it was sent within what is remembered', async () => {
    const { rig, folder, names } = await openWorld({}, { remember: '7d' });
    const first = await rig.openSender();
    await send(first, message('1'));
    await rig.closeSender(first);
    await backdate(folder, 6 * aDay);
    await rm(join(folder, 'Order-1.xml'));
    const sender = await rig.openSender();
    await send(sender, message('2'));
    await rig.closeSender(sender);
    await send(await rig.openSender(), message('1'));
    expect(await names()).toEqual(['Order-2.xml']);
  });

  it('is forgotten in time, so that notes do not pile up', async () => {
    const { rig, folder } = await openWorld({}, { remember: '1h' });
    const sent = join(folder, '.waybill', 'sent');
    await mkdir(join(sent, '1-2'), { recursive: true });
    for (const name of ['00', 'ff']) await writeFile(join(sent, '1-2', name), '');
    await send(await rig.openSender(), message('1'));
    await eventually(async () => !(await readdir(sent)).includes('1-2'), { what: 'the old notes to be gone' });
    const notes = await notesIn(folder);
    expect(basename(notes)).toMatch(/^\d{13}-\d{13}$/);
    await stays(() => existsSync(notes) && readdirSync(notes).length === 1, { what: 'the new note to be kept' });
  });

  it('is remembered for as long as that, also when it was sent at the end of its part of time', async () => {
    const { rig, folder, names } = await openWorld({}, { remember: '40d' });
    await send(await rig.openSender(), message('1'));
    await rm(join(folder, 'Order-1.xml'));
    const [from, to] = [45, 35].map((days) => Date.now() - days * aDay);
    await rename(await notesIn(folder), join(folder, '.waybill', 'sent', `${from}-${to}`));
    await send(await rig.openSender(), message('1'));
    expect(await names()).toEqual([]);
  });

  it('is remembered although a crash cut off the note before its own', async () => {
    const { rig, folder, names } = await openWorld();
    await send(await rig.openSender(), message('1'));
    const notes = await notesIn(folder);
    for (const name of await readdir(notes)) await writeFile(join(notes, name), '\nhalf a no');
    await rm(join(folder, 'Order-1.xml'));
    await send(await rig.openSender(), message('1'));
    expect(await names()).toEqual(['Order-1.xml']);
    await rm(join(folder, 'Order-1.xml'));
    await send(await rig.openSender(), message('1'));
    expect(await names()).toEqual([]);
  });

  it('is remembered whatever else lies among the notes', async () => {
    const { rig, folder, names } = await openWorld();
    const sender = await rig.openSender();
    await writeFile(join(folder, '.waybill', 'sent', '.DS_Store'), '');
    for (let time = 0; time < 2; time++) {
      await send(sender, message('1'));
      await rm(join(folder, 'Order-1.xml'), { force: true });
    }
    expect(await names()).toEqual([]);
  });

  it('is there in the end when its name was taken at first', async () => {
    const { rig, write, folder, names } = await openWorld();
    const sender = await rig.openSender();
    await write('Order-1.xml', '<SomebodyElse/>');
    await expect(send(sender, message('1'))).rejects.toMatchObject({ code: 'WB_FILE_EXISTS' });
    await rm(join(folder, 'Order-1.xml'));
    await send(sender, message('1'));
    expect(await names()).toEqual(['Order-1.xml']);
  });
});

describe('a sender that closes', () => {
  it('does not wait until the notes of 100,000 messages are swept', async () => {
    const { rig, folder } = await openWorld();
    const old = join(folder, '.waybill', 'sent', '1-2');
    await mkdir(old, { recursive: true });
    for (let file = 0; file < 256; file++) await writeFile(join(old, file.toString(16)), '');
    const sender = await rig.openSender();
    await send(sender, message('1'));
    await rig.closeSender(sender);
    expect((await readdir(old)).length).toBeGreaterThan(0);
  });
});

describe('a sender that opens', () => {
  it('removes what a crash left unfinished long ago', async () => {
    const { rig, folder } = await openWorld();
    const drafts = join(folder, '.waybill', 'drafts');
    await mkdir(drafts, { recursive: true });
    for (const name of ['old', 'new']) await writeFile(join(drafts, name), '');
    await utimes(join(drafts, 'old'), 1, 1);
    await rig.openSender();
    expect(await readdir(drafts)).toEqual(['new']);
  });

  it('refuses a folder outside of the connection, also by way of a link', async () => {
    const { rig, folder } = await openWorld();
    await symlink(await temporaryFolder(), join(folder, 'link'));
    const connection = await rig.connect();
    await expect(rig.openSender(connection, { folder: '../elsewhere' })).rejects.toMatchObject({ code: 'WB_FILE_OUTSIDE' });
    await expect(rig.openSender(connection, { folder: 'link' })).rejects.toMatchObject({ code: 'WB_FILE_OUTSIDE' });
  });
});
