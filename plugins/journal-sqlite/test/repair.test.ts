import { DatabaseSync } from 'node:sqlite';
import { silentLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import sqlite from '../src/index.ts';
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

describe('a leg with several receipts', () => {
  it('is found by each of them after it was moved, and after a salvage with what is to be raised of it', async () => {
    const [path, into] = [await newPath(), await newPath()];
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a')]);
    const job = firstOf((await journal.outbox.claim(everything)).jobs);
    const parked = { outcome: 'parked', failure: away, attempts: 1, blocks: false } as const;
    await journal.outbox.settle(endingOf(job, { ...parked, receipts: ['ref-1', 'far "1" \ud800'] }));
    await journal.desk.move([{ direction: 'out', entry: 'erp', id: 'a' }], 'elsewhere', { who: 'test' });
    expect(await journal.outbox.report({ about: 'far "1" \ud800', id: 'r-1', kind: 'bounced' })).toMatchObject({ entry: 'elsewhere' });
    await journal.close();
    const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
    expect(await sqlite.check?.({ path, busyTimeout: 5_000 }, context)).toMatchObject({ faults: [] });
    await sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into, by: { who: 'test' } });
    expect(await sqlite.check?.({ path: into, busyTimeout: 5_000 }, context)).toMatchObject({ faults: [] });
    const { outbox } = await openAt(into);
    expect(await outbox.report({ about: 'ref-1', id: 'r-2', kind: 'delayed' })).toMatchObject({ entry: 'elsewhere', id: 'a' });
    expect((await outbox.unraised(10)).map(({ report }) => report.id)).toEqual(['r-1', 'r-2']);
  });

  it('is told apart from one whose receipts are not those that it is found by', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a'), legOf('b')]);
    for (const job of (await journal.outbox.claim(everything)).jobs)
      await journal.outbox.settle(
        endingOf(job, { outcome: 'sent', archive: false, receipts: ['ref', 'far'].map((one) => `${one}-${job.leg.message.id}`) }),
      );
    await journal.close();
    const database = new DatabaseSync(path);
    database.exec("DELETE FROM receipt WHERE receipt = 'far-a'; UPDATE receipt SET seq = 1 WHERE receipt = 'ref-b'");
    database.close();
    const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
    const checked = await sqlite.check?.({ path, busyTimeout: 5_000 }, context);
    expect(JSON.stringify(checked?.faults)).toMatch(/found by when something is reported of them is not there.*does not have it/);
  });
});

describe('a report that is not what was written', () => {
  it('is not raised, and holds up no other', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a')]);
    for (const id of ['r-1', 'r-2']) await journal.outbox.report({ about: 'a', id, kind: 'delayed' });
    await journal.close();
    const database = new DatabaseSync(path);
    database.exec("UPDATE report SET report = replace(report, 'delayed', 'bounced') WHERE id = 'r-1'");
    database.close();
    const { outbox } = await openAt(path);
    expect((await outbox.unraised(10)).map(({ report }) => report.id)).toEqual(['r-2']);
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
