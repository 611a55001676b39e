import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { newPath, openAt } from './opening.ts';
import { away, endingOf, everything, firstOf, legOf, sent } from './stories.ts';

describe('a leg that is moved', () => {
  it('keeps its keys, its failures, its reports and its place in the counts', async () => {
    const journal = await openAt(await newPath());
    await journal.outbox.publish([legOf('a', { businessKeys: { order: '12007' } }), legOf('b', { businessKeys: { order: '12007' } })]);
    const job = firstOf((await journal.outbox.claim({ ...everything, limit: 1 })).jobs);
    await journal.outbox.settle(endingOf(job, { outcome: 'again', dueIn: 0, failure: away, attempts: 1 }));
    await journal.outbox.report({ about: 'a', id: 'r-1', kind: 'delayed' });
    const key = { direction: 'out', entry: 'erp', id: 'a' } as const;
    expect(await journal.desk.move([key], 'elsewhere', { who: 'test' })).toEqual([key]);
    const found = await journal.desk.list({ businessKey: { name: 'order', value: '12007' } });
    expect(found.rows.map(({ seq, entry, id }) => [seq, entry, id])).toEqual([
      [3, 'elsewhere', 'a'],
      [2, 'erp', 'b'],
    ]);
    expect(await journal.desk.show({ ...key, entry: 'elsewhere' })).toMatchObject({
      attempts: 1,
      failures: [{ code: 'WB_AWAY' }],
      reports: [{ id: 'r-1' }],
    });
    expect(await journal.desk.counts()).toMatchObject([
      { entry: 'elsewhere', waiting: 1 },
      { entry: 'erp', waiting: 1 },
    ]);
    const moved = firstOf((await journal.outbox.claim({ ...everything, entry: 'elsewhere' })).jobs);
    expect(await journal.outbox.settle(endingOf(moved, sent))).toEqual({ outcome: 'recorded' });
    await journal.outbox.publish([legOf('c')]);
    expect((await journal.desk.list({})).rows[0]).toMatchObject({ seq: 4, id: 'c' });
  });
});

describe('a message that was edited and dropped', () => {
  it('leaves no body behind', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([{ ...legOf('a'), uncomposed: { ...away, kind: 'invalid' } }]);
    const key = { direction: 'out', entry: 'erp', id: 'a' } as const;
    const bodies = () => {
      const database = new DatabaseSync(path, { timeout: 10_000 });
      const { n } = database.prepare('SELECT count(*) AS n FROM body').get() ?? {};
      database.close();
      return n;
    };
    expect(await journal.desk.edit(key, Uint8Array.of(1), { who: 'test' })).toBe(true);
    expect(bodies()).toBe(2);
    await journal.desk.drop([key], { who: 'test' });
    expect(bodies()).toBe(0);
  });
});

describe('a replay that moves its messages', () => {
  it('leaves what is no longer parked where it is', async () => {
    const journal = await openAt(await newPath());
    const by = { who: 'test' };
    await journal.outbox.publish(['a', 'b'].map((id) => ({ ...legOf(id), uncomposed: { ...away, kind: 'invalid' as const } })));
    const keys = ['a', 'b'].map((id) => ({ direction: 'out' as const, entry: 'erp', id }));
    const { id } = await journal.replays.begin({ request: 'one', by, of: { keys }, to: 'elsewhere' });
    await journal.desk.replay(keys.slice(0, 1), by);
    expect((await journal.replays.advance(id, by))?.replay).toMatchObject({ state: 'done', replayed: 1, skipped: 1 });
    const { rows } = await journal.desk.list({ direction: 'out' });
    expect(Object.fromEntries(rows.map((row) => [row.id, row.entry]))).toEqual({ a: 'erp', b: 'elsewhere' });
  });
});
