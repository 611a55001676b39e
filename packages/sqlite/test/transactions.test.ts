import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AnyService } from '../src/serving/service.ts';
import { Transactions } from '../src/serving/transactions.ts';
import { openFile } from '../src/thread.ts';
import { newPath } from './opening.ts';
import { errors, format, meanings } from './tickets/tickets.ts';

type Kinds = AnyService['kinds'];

/** What is done to a file of tickets. Each operation answers how its connection syncs: 2 is FULL, 1 is NORMAL. */
async function setUp(more: Kinds = {}) {
  const path = await newPath();
  const database = openFile(format, { path, busyTimeout: 40 });
  onTestFinished(() => database.close());
  const add = database.prepare('INSERT INTO ticket (name) VALUES (?)');
  const syncs = () => Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']);
  const names = () =>
    database
      .prepare('SELECT name FROM ticket ORDER BY id')
      .all()
      .map(({ name }) => String(name));
  const put = (name: unknown) => (add.run(String(name)), syncs());
  const looked: unknown[] = [];
  const take = (group: unknown) => {
    looked.push(group);
    const [found] = names().filter((name) => name.startsWith(String(group)));
    if (found !== undefined) database.prepare('DELETE FROM ticket WHERE name = ?').run(found);
    return found;
  };
  const service: AnyService = {
    database,
    kinds: {
      light: 'light',
      list: 'read',
      take: { look: (group) => names().some((name) => name.startsWith(String(group))), group: String },
      ...more,
    },
    operations: {
      put,
      light: put,
      take,
      changed: (group) => names().some((name) => name.startsWith(String(group))) || undefined,
      list: names,
      refuse(name) {
        put(name);
        throw errors.WB_TICKET_REFUSED('No.');
      },
    },
  };
  const transactions = new Transactions(service, meanings, path);
  let number = 0;
  /** The answers by the numbers of the calls, which begin with 1. */
  const run = (...calls: readonly (readonly [name: string, ...args: unknown[]])[]) => {
    const answers = transactions.run(
      calls.map(([name, ...args]) => ({ number: ++number, name, args })),
      true,
    );
    return new Map(answers?.numbers.map((one, place) => [one, answers.values[place]]));
  };
  return { path, database, transactions, run, names, looked };
}

describe('a file that was opened', () => {
  it('syncs every commit, down to the disk on systems where that is another step', async () => {
    const { database } = await setUp();
    const asked = ['synchronous', 'fullfsync', 'checkpoint_fullfsync'].map(
      (name) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0],
    );
    expect(asked).toEqual([2, 1, 1]);
  });
});

describe('a transaction', () => {
  it('is synced when it promises something, also after one that does not, and one that does not is not', async () => {
    const { transactions, run, database } = await setUp();
    const syncs = () => Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']);
    const seen = [
      run(['put', 'a']).get(1),
      run(['light', 'b']).get(2),
      run(['put', 'c']).get(3),
      transactions.light(syncs),
      run(['put', 'd']).get(4),
    ];
    expect(seen).toEqual([2, 1, 2, 1, 2]);
  });

  it('is synced as a whole when one of its calls promises something', async () => {
    const { run } = await setUp();
    expect([...run(['light', 'a'], ['put', 'b'], ['light', 'c']).values()]).toEqual([2, 2, 2]);
  });

  it('keeps nothing of a call that is refused, and all of its neighbours', async () => {
    const { run, names } = await setUp();
    const answers = run(['put', 'a'], ['refuse', 'b'], ['put', 'c'], ['put', 'a'], ['put', 'd']);
    expect([names(), [...answers.values()]]).toEqual([
      ['a', 'c', 'd'],
      [2, undefined, 2, undefined, 2],
    ]);
  });

  it('does not wait for a lock itself, and leaves the patience of its connection as it was', async () => {
    const { path, database, transactions } = await setUp();
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const call = { number: 1, name: 'put', args: ['a'] };
    expect(transactions.run([call], false)).toBeUndefined();
    expect(database.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 40 });
    other.exec('ROLLBACK');
    expect(transactions.run([call], false)?.numbers).toEqual([1]);
  });
});

describe('calls that wait', () => {
  it('are answered in the order of their coming, by whatever is written', async () => {
    const { run } = await setUp();
    expect(run(['take', 'x'], ['take', 'x']).size).toBe(0);
    expect([...run(['put', 'x1'])]).toEqual([
      [3, 2],
      [1, 'x1'],
    ]);
    expect([...run(['put', 'x2'])]).toEqual([
      [4, 2],
      [2, 'x2'],
    ]);
  });

  it('may only watch, and are answered by what is written', async () => {
    const { run } = await setUp({ changed: 'watch' });
    expect(run(['changed', 'x'], ['changed', 'x']).size).toBe(0);
    expect([...run(['put', 'y1'])]).toEqual([[3, 2]]);
    expect([...run(['put', 'x1'])]).toEqual([
      [4, 2],
      [1, true],
      [2, true],
    ]);
  });

  it('are tried once for those that are alike, and for each of the others', async () => {
    const { run, looked } = await setUp();
    run(['take', 'x'], ['take', 'x'], ['take', 'y'], ['take', 'x']);
    looked.length = 0;
    expect([...run(['put', 'y1']).values()]).toEqual([2, 'y1']);
    expect(looked).toEqual(['x', 'y']);
  });

  it('go on waiting when the file is locked', async () => {
    const { path, transactions, run } = await setUp();
    run(['take', 'x']);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(transactions.run([{ number: 99, name: 'put', args: ['x1'] }], true)?.numbers).toEqual([99]);
    other.exec('ROLLBACK');
    expect([...run(['put', 'x2']).values()]).toEqual([2, 'x2']);
  });

  it('are answered with the error that their look meets', async () => {
    const look = () => {
      throw new Error('It cannot be looked at.');
    };
    const { transactions } = await setUp({ take: { look } });
    const call = { number: 1, name: 'take', args: ['x'] };
    expect(transactions.run([call], true)?.numbers).toEqual([]);
    expect(transactions.waiting.isAnyReady()).toBe(true);
  });
});
