import { chmod, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Child } from './child.ts';
import { openAt, temporaryFolder } from './opening.ts';
import { finishedOf, keptOf, legOf, start } from './stories.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'journal.db');
});
afterEach(() => folder.remove());

describe('a path', () => {
  it('may lead through folders that do not exist yet', async () => {
    const journal = await openAt(join(folder.path, 'a', 'b', 'journal.db'));
    await journal.close();
    expect((await stat(join(folder.path, 'a', 'b', 'journal.db'))).isFile()).toBe(true);
  });
  it('may not be a folder', async () => {
    await expect(openAt(folder.path)).rejects.toMatchObject({ code: 'WB_JOURNAL_CANNOT_OPEN', retryable: false });
  });
  it('may not lead through a file', async () => {
    await writeFile(path, '');
    await expect(openAt(join(path, 'journal.db'))).rejects.toMatchObject({ code: 'WB_JOURNAL_CANNOT_OPEN' });
  });
  it('may be an empty file', async () => {
    await writeFile(path, '');
    const journal = await openAt(path);
    expect(await journal.finish(finishedOf('m-1'))).toBe(true);
    await journal.close();
  });
});

describe('a file that is no journal', () => {
  it('is refused and left as it is when it is no database', async () => {
    const text = 'Dear reader, this is a letter and not a database.\n'.repeat(100);
    await writeFile(path, text);
    await expect(openAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_A_JOURNAL', retryable: false });
    expect(await readFile(path, 'utf8')).toBe(text);
  });
  it('is refused and left as it is when another program keeps its data in it', async () => {
    withDatabase(path, (database) => database.exec('CREATE TABLE customer (id INTEGER); PRAGMA user_version = 1'));
    const before = await readFile(path);
    await expect(openAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_A_JOURNAL' });
    expect((await readFile(path)).equals(before)).toBe(true);
  });
  it('is refused when a newer version has written it', async () => {
    await (await openAt(path)).close();
    withDatabase(path, (database) => database.exec('PRAGMA user_version = 3'));
    await expect(openAt(path)).rejects.toMatchObject({ code: 'WB_JOURNAL_SCHEMA_NEWER', retryable: false });
  });
});

describe('a file that is damaged', () => {
  it('is reported as damaged by the step that runs into it', async () => {
    const journal = await openAt(path);
    await Promise.all(Array.from({ length: 500 }, (_, index) => journal.finish({ ...finishedOf(`m-${index}`), archive: keptOf('a') })));
    await journal.close();
    await overwrite(path, 4096, 40 * 4096);
    const damaged = openAt(path).then(async (again) => {
      try {
        return await again.find({ entry: 'orders', id: 'm-77' });
      } finally {
        await again.close().catch(() => undefined);
      }
    });
    await expect(damaged).rejects.toMatchObject({ code: 'WB_JOURNAL_DAMAGED', retryable: false });
  });
});

describe('a file that this process may not write to', () => {
  // Nobody's rights end here; those of the superuser, who may run the tests, do not.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it('is refused as read-only', async () => {
    await (await openAt(path)).close();
    await chmod(path, 0o444);
    await chmod(folder.path, 0o555);
    expect(await new Child('tell-what-fails.ts', [path], asNobody).ends()).toEqual(['WB_JOURNAL_READ_ONLY false']);
  });
  it('is refused as one that cannot be opened where nothing may be created', async () => {
    await chmod(folder.path, 0o555);
    expect(await new Child('tell-what-fails.ts', [path], asNobody).ends()).toEqual(['WB_JOURNAL_CANNOT_OPEN false']);
    expect(await new Child('tell-what-fails.ts', [join(folder.path, 'new', 'journal.db')], asNobody).ends()).toEqual([
      'WB_JOURNAL_CANNOT_OPEN false',
    ]);
  });
});

describe('a journal without space', () => {
  it('refuses what does not fit any more, keeps what it has, and goes on when there is space again', async () => {
    const journal = await openAt(path, { maxSize: 256 * 1024 });
    const finish = (id: string): Promise<boolean> => journal.finish({ ...finishedOf(id), archive: keptOf(id, 20_000) });
    const recorded: string[] = [];
    const fill = async (): Promise<never> => {
      for (;;) {
        const id = `m-${recorded.length}`;
        await finish(id);
        recorded.push(id);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'WB_JOURNAL_FULL', retryable: true });
    expect(recorded.length).toBeGreaterThan(3);
    expect(await journal.list({})).toHaveLength(recorded.length);
    expect(await journal.forget(start + 1)).toBe(recorded.length);
    expect(await finish('one more')).toBe(true);
    await journal.close();
  });
  it('reports what the system does not let it write, and has kept what it promised', async () => {
    const lines = await new Child('tell-what-fails.ts', [path, '10000'], { before: 'ulimit -f 2000' }).ends();
    const promised = lines.slice(0, -1);
    expect(lines.at(-1)).toBe('WB_JOURNAL_IO_FAILED true');
    expect(promised.length).toBeGreaterThan(3);
    const journal = await openAt(path);
    const states = await Promise.all(promised.map((id) => journal.find({ entry: 'orders', id })));
    expect(states.every(({ state }) => state === 'done')).toBe(true);
    await journal.close();
  });
});

describe('a step that the database does not take', () => {
  it('is refused as a whole, and its neighbours are recorded', async () => {
    const journal = await openAt(path);
    const bad = { ...finishedOf('bad'), legs: [legOf('l-1'), { ...legOf('l-2'), trace: null as unknown as string }] };
    const outcomes = await Promise.allSettled([journal.finish(finishedOf('m-1')), journal.finish(bad), journal.finish(finishedOf('m-2'))]);
    expect(outcomes).toMatchObject([{ value: true }, { reason: { code: 'WB_JOURNAL_FAILED', retryable: false } }, { value: true }]);
    expect((await journal.list({})).map(({ id }) => id)).toEqual(['m-2', 'm-1']);
    await journal.close();
  });
});

describe('a journal that another process keeps locked', () => {
  it('gives up after the busy timeout, to be tried again', async () => {
    const journal = await openAt(path, { busyTimeout: 20 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(journal.finish(finishedOf('m-1'))).rejects.toMatchObject({ code: 'WB_JOURNAL_BUSY', retryable: true });
    expect(await journal.find({ entry: 'orders', id: 'm-1' })).toEqual({ state: 'unknown' });
    other.exec('ROLLBACK');
    expect(await journal.finish(finishedOf('m-1'))).toBe(true);
    other.close();
    await journal.close();
  });
});

describe('opening', () => {
  it('ends when it is no longer wanted', async () => {
    const { default: sqlite } = await import('../src/index.ts');
    const { silentLog } = await import('./opening.ts');
    const stop = new AbortController();
    const context = { name: 'journal', log: silentLog, signal: stop.signal, folder: folder.path };
    const opening = sqlite.open({ path, busyTimeout: 5000 }, context);
    stop.abort(new Error('the kernel stops'));
    await expect(opening).rejects.toThrow('the kernel stops');
  });
  it('can be done by many at once on a new file', async () => {
    await mkdir(folder.path, { recursive: true });
    const journals = await Promise.all(Array.from({ length: 6 }, () => openAt(path)));
    const answers = await Promise.all(journals.map((journal) => journal.finish(finishedOf('m-1'))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    await Promise.all(journals.map((journal) => journal.close()));
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
