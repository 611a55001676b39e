import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lostPromises, openFile, Promises } from '../src/thread.ts';
import { format, killedAfter, promises } from './logs.ts';
import { newPath } from './opening.ts';

describe('promises', () => {
  it('count what was changed, not what was looked at', async () => {
    const path = await newPath();
    const database = openFile(format, { path });
    onTestFinished(() => database.close());
    const counted = new Promises(database, path, promises, 'somebody');
    onTestFinished(() => counted.close());
    const commit = (sql: string) => {
      database.exec(`BEGIN; ${sql}`);
      counted.count();
      database.exec('COMMIT');
      counted.note();
    };
    commit("INSERT INTO note VALUES ('a')");
    commit('SELECT 1');
    commit("INSERT INTO note VALUES ('b')");
    expect(database.prepare(promises.read).get()?.['count']).toBe(2);
    expect(lostPromises(database, path, promises)).toBe(0);
    database.exec('UPDATE promise SET count = 1');
    expect(lostPromises(database, path, promises)).toBe(1);
  });

  it('are those of this file alone, also for another connection', async () => {
    const path = await killedAfter(3);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    expect(lostPromises(other, path, promises)).toBe(0);
    other.exec("UPDATE promise SET count = 0, file = '00'");
    expect(lostPromises(other, path, promises)).toBe(0);
  });
});
