import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { openQueues } from '../src/index.ts';
import { codeOf, newMessage, newPath, open, textOf } from './helpers.ts';

describe('the file of the queues', () => {
  it('is made together with its folder', async () => {
    const queues = await open({ path: join(await temporaryFolder(), 'new', 'folder', 'queues.db') });
    expect(await codeOf(queues.put('A', newMessage()))).toBe('fulfilled');
  });

  it('is not made where nothing may be created', async () => {
    expect(await codeOf(openQueues({ path: await newPath(), create: false }))).toBe('WB_QUEUE_FILE_CANNOT_OPEN');
  });

  it('cannot be in a place that is a file', async () => {
    const path = await newPath();
    await writeFile(path, '');
    expect(await codeOf(openQueues({ path: join(path, 'queues.db') }))).toBe('WB_QUEUE_FILE_CANNOT_OPEN');
  });

  it('cannot be a folder', async () => {
    expect(await codeOf(openQueues({ path: await temporaryFolder() }))).toBe('WB_QUEUE_FILE_CANNOT_OPEN');
  });

  it('is refused when it is no database', async () => {
    const path = await newPath();
    await writeFile(path, 'Dear Sir or Madam,\n'.repeat(500));
    expect(await codeOf(openQueues({ path }))).toBe('WB_QUEUE_FILE_DAMAGED');
  });

  it('is refused, and left as it is, when it is the database of something else', async () => {
    const path = await newPath();
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE customer (id INTEGER)');
    expect(await codeOf(openQueues({ path }))).toBe('WB_QUEUE_FILE_FOREIGN');
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    db.close();
  });

  it('is refused when a later version wrote it', async () => {
    const path = await newPath();
    await (await openQueues({ path })).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(await codeOf(openQueues({ path }))).toBe('WB_QUEUE_FILE_NEWER');
  });

  it('that fails under way ends what was asked for with an error that says to open it again', async () => {
    const path = await newPath();
    const queues = await open({ path });
    const db = new DatabaseSync(path);
    db.exec('DROP TABLE body');
    db.close();
    await expect(queues.put('A', newMessage())).rejects.toMatchObject({ code: 'WB_QUEUE_FILE_FAILED', connectionLost: true });
  });

  it('that is locked by another program for long refuses what is put, and keeps those who wait', async () => {
    const path = await newPath();
    const queues = await open({ path });
    const waiting = queues.get('A');
    await queues.depth('A');
    const db = new DatabaseSync(path);
    db.exec('BEGIN IMMEDIATE');
    await expect(queues.put('A', newMessage())).rejects.toMatchObject({ code: 'WB_QUEUE_BUSY', retryable: true });
    db.exec('ROLLBACK');
    db.close();
    await queues.put('A', newMessage('<AtLast/>'));
    expect(textOf((await waiting)?.message)).toBe('<AtLast/>');
  });
});
