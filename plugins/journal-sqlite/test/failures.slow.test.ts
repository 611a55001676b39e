import { chmod, open, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { silentLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import sqlite from '../src/index.ts';
import { Child } from './child.ts';
import { newPath, openAt } from './opening.ts';
import { everything, finishedOf, keptOf, legOf, storedOf } from './stories.ts';

describe('a path', () => {
  it('may lead through folders that do not exist yet', async () => {
    const path = join(await temporaryFolder(), 'a', 'b', 'journal.db');
    await openAt(path);
    expect((await stat(path)).isFile()).toBe(true);
  });

  it('may not be a folder', async () => {
    await expect(openAt(await temporaryFolder())).rejects.toMatchObject({ code: 'WB_JOURNAL_CANNOT_OPEN', retryable: false });
  });

  it('may not lead through a file', async () => {
    const path = await newPath();
    await writeFile(path, '');
    await expect(openAt(join(path, 'journal.db'))).rejects.toMatchObject({ code: 'WB_JOURNAL_CANNOT_OPEN' });
  });

  it('may be an empty file', async () => {
    const path = await newPath();
    await writeFile(path, '');
    expect(await (await openAt(path)).inbox.settle(finishedOf('m-1'))).toEqual({ outcome: 'recorded' });
  });
});

describe('a file that is no journal', () => {
  it('is refused and left as it is when it is no database', async () => {
    const path = await newPath();
    const text = 'Dear reader, this is a letter and not a database.\n'.repeat(100);
    await writeFile(path, text);
    await expect(openAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_A_JOURNAL', retryable: false });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('is refused and left as it is when another program keeps its data in it', async () => {
    const path = await newPath();
    withDatabase(path, (database) => database.exec('CREATE TABLE customer (id INTEGER); PRAGMA user_version = 1'));
    const before = await readFile(path);
    await expect(openAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_A_JOURNAL' });
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('is refused when a newer version has written it', async () => {
    const path = await newPath();
    await (await openAt(path)).close();
    withDatabase(path, (database) => database.exec('PRAGMA user_version = 5'));
    await expect(openAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_SCHEMA_NEWER', retryable: false });
  });
});

describe('a file that is damaged', () => {
  it('is reported as damaged by the step that runs into it', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await Promise.all(Array.from({ length: 500 }, (_, index) => journal.inbox.settle(finishedOf(`m-${index}`, [], keptOf('a')))));
    await journal.close();
    await overwrite(path, 4096, 60 * 4096);
    const damaged = openAt(path).then((again) => again.inbox.find({ entry: 'orders', id: 'm-77' }));
    await expect(damaged).rejects.toMatchObject({ code: 'WB_JOURNAL_DAMAGED', kind: 'unavailable', retryable: false });
  });

  it('that has lost a body parks the message, and hands out the others', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a'), legOf('b')]);
    withDatabase(path, (database) => database.exec('DELETE FROM body WHERE place = 2'));
    expect((await journal.outbox.claim(everything)).jobs.map(({ leg }) => leg.message.id)).toEqual(['b']);
    expect(await journal.desk.show({ direction: 'out', entry: 'erp', id: 'a' })).toMatchObject({
      state: 'parked',
      code: 'WB_JOURNAL_BODY_MISSING',
      failures: [{ code: 'WB_JOURNAL_BODY_MISSING', kind: 'invalid' }],
    });
  });
});

describe('a file that this process may not write to', () => {
  // Nobody's rights end here; those of the superuser, who may run the tests, do not.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it('is refused as read-only', async () => {
    const path = await newPath();
    await (await openAt(path)).close();
    await chmod(path, 0o444);
    await chmod(dirname(path), 0o555);
    expect(await new Child('tell-what-fails.ts', [path], asNobody).ends()).toEqual(['WB_JOURNAL_READ_ONLY false']);
  });

  it('is refused as one that cannot be opened where nothing may be created', async () => {
    const path = await newPath();
    await chmod(dirname(path), 0o555);
    expect(await new Child('tell-what-fails.ts', [path], asNobody).ends()).toEqual(['WB_JOURNAL_CANNOT_OPEN false']);
    const below = join(dirname(path), 'new', 'journal.db');
    expect(await new Child('tell-what-fails.ts', [below], asNobody).ends()).toEqual(['WB_JOURNAL_CANNOT_OPEN false']);
  });
});

describe('a journal without space', () => {
  it('refuses what does not fit any more, keeps what it has, and goes on when there is space again', async () => {
    const journal = await openAt(await newPath(), { maxSize: 384 * 1024 });
    const finish = (id: string) => journal.inbox.settle(finishedOf(id, [], keptOf(id, 20_000)));
    const recorded: string[] = [];
    const fill = async (): Promise<never> => {
      for (;;) {
        const id = `m-${recorded.length}`;
        await finish(id);
        recorded.push(id);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'WB_JOURNAL_FULL', kind: 'unavailable', retryable: true });
    expect(recorded.length).toBeGreaterThan(3);
    expect((await journal.desk.list({})).rows).toHaveLength(recorded.length);
    let forgotten = 0;
    for (let isMore = true; isMore; ) {
      const { rows, more } = await journal.desk.forget(0);
      forgotten += rows;
      isMore = more || forgotten < recorded.length;
    }
    expect(forgotten).toBe(recorded.length);
    expect(await finish('one more')).toEqual({ outcome: 'recorded' });
  });

  it('reports what the system does not let it write, and has kept what it promised', async () => {
    const path = await newPath();
    const lines = await new Child('tell-what-fails.ts', [path, '10000'], { before: 'ulimit -f 2000' }).ends();
    const promised = lines.slice(0, -1);
    expect(lines.at(-1)).toBe('WB_JOURNAL_IO_FAILED true');
    expect(promised.length).toBeGreaterThan(3);
    const journal = await openAt(path);
    const states = await Promise.all(promised.map((id) => journal.inbox.find({ entry: 'orders', id })));
    expect(states.every(({ known }) => known.state === 'done')).toBe(true);
  });
});

describe('a step that the database does not take', () => {
  it('is refused as a whole, and its neighbours are recorded, and the counts are right', async () => {
    const journal = await openAt(await newPath());
    const { ending, ...facts } = finishedOf('bad');
    const legs = [legOf('l-1'), legOf('l-2', { trace: null as unknown as string })];
    const bad = { ...facts, ending: { ...ending, legs } } as typeof facts & { readonly ending: typeof ending };
    const steps = [finishedOf('m-1', ['l-0']), bad, finishedOf('m-2')];
    const outcomes = await Promise.allSettled(steps.map((step) => journal.inbox.settle(step)));
    expect(outcomes).toMatchObject([
      { value: { outcome: 'recorded' } },
      { reason: { code: 'WB_JOURNAL_FAILED', retryable: false } },
      { value: { outcome: 'recorded' } },
    ]);
    expect((await journal.desk.list({})).rows.map(({ id }) => id)).toEqual(['m-2', 'l-0', 'm-1']);
    expect(await journal.desk.counts()).toMatchObject([{ entry: 'erp', waiting: 1 }]);
  });
});

describe('a journal that another process keeps locked', () => {
  it('gives up after the busy timeout, to be tried again', async () => {
    const path = await newPath();
    const journal = await openAt(path, { busyTimeout: 20 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(journal.inbox.settle(finishedOf('m-1'))).rejects.toMatchObject({ code: 'WB_JOURNAL_BUSY', retryable: true });
    expect((await journal.inbox.find({ entry: 'orders', id: 'm-1' })).known).toEqual({ state: 'unknown' });
    other.exec('ROLLBACK');
    expect(await journal.inbox.settle(finishedOf('m-1'))).toEqual({ outcome: 'recorded' });
    other.close();
  });
});

describe('opening', () => {
  it('ends when it is no longer wanted', async () => {
    const stop = new AbortController();
    const context = { name: 'journal', log: silentLog, signal: stop.signal, folder: '/' };
    const opening = sqlite.open({ path: await newPath(), busyTimeout: 5_000 }, context);
    stop.abort(new Error('the kernel stops'));
    await expect(opening).rejects.toThrow('the kernel stops');
  });

  it('can be done by many at once on a new file', async () => {
    const path = await newPath();
    const journals = await Promise.all(Array.from({ length: 6 }, () => openAt(path)));
    await Promise.all(journals.map((journal) => journal.inbox.store(storedOf('m-1'))));
    expect((await journals[0]?.desk.list({}))?.rows).toHaveLength(1);
  });
});

function withDatabase(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file);
  work(database);
  database.close();
}

async function overwrite(file: string, from: number, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(new Uint8Array(length).fill(0xa5), 0, length, from);
  await handle.close();
}
