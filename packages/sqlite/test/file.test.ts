import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { switchToWal } from '../src/file.ts';
import { type FileFormat, faultOf, openFile } from '../src/thread.ts';
import { newPath, openTickets } from './opening.ts';

const first: FileFormat = { applicationId: 77, schema: 'CREATE TABLE note (text TEXT)', migrations: [] };
const third: FileFormat = {
  applicationId: 77,
  schema: "CREATE TABLE note (text TEXT, colour TEXT NOT NULL DEFAULT 'blue', size INTEGER)",
  migrations: ["ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'", 'ALTER TABLE note ADD COLUMN size INTEGER'],
};

function opened(format: FileFormat, path: string): DatabaseSync {
  const database = openFile(format, { path });
  onTestFinished(() => database.close());
  return database;
}

function faultAt(path: string, format = first, create = true): string {
  try {
    opened(format, path);
    return openFile(format, { path, create }) ? 'none' : '';
  } catch (error) {
    return faultOf(error);
  }
}

describe('a file that does not exist', () => {
  it('is made together with its folder, for its owner only', async () => {
    const folder = join(await temporaryFolder(), 'new');
    const path = join(folder, 'notes.db');
    opened(first, path).exec("INSERT INTO note VALUES ('x')");
    const modes = await Promise.all([folder, path, `${path}-wal`].map(async (one) => (await stat(one)).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it('is not made where it may not be', async () => {
    const path = await newPath();
    expect(() => openFile(first, { path, create: false })).toThrow(/no such file/);
  });

  it('is made by one of many that come at once, and found by the others', async () => {
    const path = await newPath();
    const links = await Promise.all(Array.from({ length: 5 }, () => openTickets(path)));
    await Promise.all(links.map((link, index) => link.call('add', [`ticket-${index}`])));
    expect(await links[0]?.call('list', [])).toHaveLength(5);
  });
});

describe('a file of an older version', () => {
  it('is brought up to date, step by step, with what it holds', async () => {
    const path = await newPath();
    const old = openFile(first, { path });
    old.exec("INSERT INTO note VALUES ('kept')");
    old.close();
    expect(opened(third, path).prepare('SELECT * FROM note').get()).toEqual({ text: 'kept', colour: 'blue', size: null });
    expect(opened(third, path).prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
  });

  it('stays as it is when a step of the way fails', async () => {
    const path = await newPath();
    openFile(first, { path }).close();
    const broken = { ...third, migrations: [third.migrations[0] ?? '', 'ALTER TABLE nothing ADD COLUMN size INTEGER'] };
    expect(faultAt(path, broken)).toBe('failed');
    const found = opened(first, path);
    expect(found.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(found.prepare('PRAGMA table_info(note)').all()).toHaveLength(1);
  });
});

describe('a file that is refused', () => {
  it('is one of a later version', async () => {
    const path = await newPath();
    openFile(third, { path }).close();
    expect(faultAt(path)).toBe('newer');
  });

  it('is the database of another program, which is left as it is', async () => {
    const path = await newPath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE customer (id INTEGER); PRAGMA user_version = 1');
    other.close();
    const before = await readFile(path);
    expect(faultAt(path)).toBe('foreign');
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('is one that is no database', async () => {
    const path = await newPath();
    await writeFile(path, 'Dear Sir or Madam,\n'.repeat(500));
    expect(faultAt(path)).toBe('not-a-database');
  });

  it('is one whose header was set back to no version, which is not filled a second time', async () => {
    const path = await newPath();
    openFile(first, { path }).close();
    for (const version of [0, -1]) {
      const other = new DatabaseSync(path);
      other.exec(`PRAGMA user_version = ${version}`);
      other.close();
      expect(() => openFile(third, { path })).toThrow(
        expect.objectContaining({ fault: 'damaged', message: `The header of ${path} says version ${version}, and it has tables.` }),
      );
    }
  });

  it('has a longer path than SQLite opens, and is told so', async () => {
    const folder = await realpath(await temporaryFolder());
    const pathOf = (bytes: number) => {
      const rest = bytes - folder.length - 1;
      return join(folder, ...Array.from({ length: 5 }, () => 'é'.repeat(40)), 'x'.repeat(rest - 5 * 81));
    };
    expect(faultAt(pathOf(504))).toBe('none');
    expect(() => openFile(first, { path: pathOf(505) })).toThrow(
      expect.objectContaining({
        fault: 'cannot-open',
        message: 'The path has 505 bytes from the root on, and SQLite opens none of more than 504.',
      }),
    );
  });

  it('is a folder, or lies below a file', async () => {
    expect(faultAt(await temporaryFolder())).toBe('cannot-open');
    const path = await newPath();
    await writeFile(path, '');
    expect(faultAt(join(path, 'notes.db'))).toBe('cannot-open');
  });

  it('is one on a drive where SQLite keeps another journal mode', () => {
    const database = new DatabaseSync(':memory:');
    onTestFinished(() => database.close());
    expect(() => switchToWal(database, 0)).toThrow(expect.objectContaining({ fault: 'unsuitable' }));
  });
});

describe('the size of a file', () => {
  it('does not pass its limit', async () => {
    const database = openFile(first, { path: await newPath(), maxSize: 64 * 1024 });
    onTestFinished(() => database.close());
    let fault = 'none';
    try {
      for (let count = 0; count < 100; count += 1) database.prepare('INSERT INTO note VALUES (?)').run('x'.repeat(4_000));
    } catch (error) {
      fault = faultOf(error);
    }
    expect(fault).toBe('full');
  });
});
