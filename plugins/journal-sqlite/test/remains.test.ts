import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import sqlite from '../src/index.ts';
import { newPath, openAt } from './opening.ts';
import { everything, messageOf, storedOf } from './stories.ts';

const context = { name: 'journal', folder: '/', signal: new AbortController().signal } as never;

const copied = (path: string, copy: string): void => {
  for (const end of ['', '-wal', '-told']) copyFileSync(`${path}${end}`, `${copy}${end}`);
};

/**
 * A journal as several killed processes leave it: one was killed between writing a long commit to the log and showing it to the others, one of
 * which then wrote a short commit over its beginning, and was told of it.
 */
async function withRemains(): Promise<string> {
  const [path, long, left] = [await newPath(), await newPath(), await newPath()];
  const journal = await openAt(path);
  for (const id of ['a', 'b']) await journal.inbox.store(storedOf(id));
  copied(path, long);
  const other = new DatabaseSync(long);
  onTestFinished(() => other.close());
  other.exec("PRAGMA wal_autocheckpoint = 0; UPDATE body SET body = randomblob(30000); DELETE FROM message WHERE id = 'a'");
  const remains = readFileSync(`${long}-wal`);
  await journal.inbox.store(storedOf('c'));
  // As if its process had ended, too.
  const beside = new DatabaseSync(path);
  beside.exec('DELETE FROM opening');
  copied(path, left);
  beside.close();
  const log = readFileSync(`${left}-wal`);
  expect(remains.length).toBeGreaterThan(log.length);
  writeFileSync(`${left}-wal`, Buffer.concat([log, remains.subarray(log.length)]));
  return left;
}

it('what a killed process has left in the log, of which nobody was told, is no damage', async () => {
  const path = await withRemains();
  expect(await sqlite.check?.({ path, busyTimeout: 5_000 }, context)).toMatchObject({ faults: [], messages: 3 });
  const journal = await openAt(path);
  const { jobs } = await journal.inbox.claim({ ...everything, entry: 'orders' });
  expect(jobs.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

it('what a killed process has left in the log, of which nobody was told, is not taken over by a salvage', async () => {
  const path = await withRemains();
  const into = await newPath();
  expect(await sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into, by: { who: 'test' } })).toMatchObject({
    whole: 3,
    lost: [],
  });
  const { jobs } = await (await openAt(into)).inbox.claim({ ...everything, entry: 'orders' });
  expect(jobs.map(({ message }) => message.body)).toEqual(['a', 'b', 'c'].map((id) => messageOf(id).body));
});
