import { DatabaseSync } from 'node:sqlite';
import type { Journal } from '@waybill/contract';
import { silentLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import sqlite from '../src/index.ts';
import { fromVersion2, indexes2, tables2 } from '../src/worker/older-schemas.ts';
import { defineSums, summedColumns } from '../src/worker/seals/sealed-tables.ts';
import { newPath, openAt } from './opening.ts';
import { endingOf, everything, legOf } from './stories.ts';

/** The tables of version 1, as that version made them. */
const version1 = `
CREATE TABLE message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, direction INTEGER NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, state INTEGER NOT NULL,
  trace TEXT NOT NULL, recorded_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, type TEXT,
  digest TEXT, event TEXT, store TEXT, cause TEXT, publication TEXT, due_at INTEGER, claimable_at INTEGER, owner INTEGER, code TEXT,
  reason TEXT, detail TEXT, UNIQUE (direction, name, id)
);
CREATE INDEX pending ON message (direction, name, seq, claimable_at, owner) WHERE claimable_at IS NOT NULL;
CREATE INDEX parked ON message (seq) WHERE state = 3;
CREATE INDEX published ON message (publication) WHERE publication IS NOT NULL;
CREATE TABLE body (place INTEGER PRIMARY KEY, meta TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE failure (
  seq INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (seq, number)
) WITHOUT ROWID;
CREATE TABLE publication (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX publication_age ON publication (at);
CREATE TABLE owner (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, process TEXT NOT NULL);
PRAGMA application_id = 1466005826; PRAGMA user_version = 1;`;

const at = 1_700_000_000_000;

/** What a process of version 1 left behind when it was killed: one row of each kind, one of them claimed. */
const content = `
INSERT INTO owner (uuid, process) VALUES ('old', 'gone');
INSERT INTO message (direction, name, id, state, trace, recorded_at, changed_at, attempts, type, digest, due_at, claimable_at, owner, code, reason) VALUES
  (0, 'orders', 'stored', 1, 't-1', ${at}, ${at}, 1, 'T@1', 'd-1', ${at}, ${at + 60_000}, 1, 'WB_X', 'It failed.'),
  (0, 'orders', 'waiting', 0, 't-2', ${at}, ${at}, 2, 'T@1', 'd-2', ${at}, NULL, NULL, 'WB_X', 'It failed.'),
  (0, 'orders', 'done', 2, 't-3', ${at}, ${at + 1}, 0, 'T@1', 'd-3', NULL, NULL, NULL, NULL, NULL),
  (0, 'orders', 'parked', 3, 't-4', ${at}, ${at}, 1, 'T@1', 'd-4', ${at}, NULL, NULL, 'WB_Y', 'It is wrong.');
INSERT INTO message (direction, name, id, state, trace, recorded_at, changed_at, type, event, store, cause, publication, due_at, claimable_at) VALUES
  (1, 'erp', 'leg', 0, 't-3', ${at}, ${at}, 'R@1', 'order.created', '10151', 'done', 'p-1', ${at}, ${at});
INSERT INTO failure VALUES (1, 1, ${at}, 'WB_X', 'It failed.'), (4, 1, ${at}, 'WB_Y', 'It is wrong.');
INSERT INTO body VALUES
  (2, '["stored","T",null,null,"BACK",{"a":"b"},{"name":"erp"}]', x'01ff'),
  (7, '["reply",null,"text/xml",null,null,{}]', x'02'),
  (8, '["parked",null,null,null,null,{}]', x''),
  (10, '["leg",null,null,null,null,{"\\u0000":"\\ud800"}]', x'03');
INSERT INTO publication VALUES ('p-1', ${at});`;

async function migrated(): Promise<Journal> {
  const path = await newPath();
  const database = new DatabaseSync(path);
  database.exec(`${version1}${content}`);
  database.close();
  return openAt(path);
}

describe('a journal of version 1', () => {
  it('hands out what waited, whoever had it in hand', async () => {
    const journal = await migrated();
    const { jobs } = await journal.inbox.claim({ entry: 'orders', limit: 10 });
    expect(jobs).toMatchObject([
      {
        id: 'stored',
        digest: 'd-1',
        trace: 't-1',
        attempts: 1,
        unresolved: 0,
        principal: { name: 'erp' },
        message: { id: 'stored', type: 'T', replyTo: 'BACK', createdAt: at, properties: { a: 'b' }, body: new Uint8Array([1, 255]) },
      },
    ]);
    const legs = await journal.outbox.claim(everything);
    expect(legs.jobs).toMatchObject([
      { leg: { event: 'order.created', type: 'R@1', store: '10151', cause: 'done', message: { properties: { '\u0000': '\ud800' } } } },
    ]);
  });

  it('knows what was done, parked and tried', async () => {
    const { inbox, desk } = await migrated();
    const known = async (id: string) => (await inbox.find({ entry: 'orders', id })).known;
    expect(await known('done')).toMatchObject({
      state: 'done',
      digest: 'd-3',
      reply: { id: 'reply', contentType: 'text/xml', createdAt: at },
    });
    expect(await known('parked')).toMatchObject({ state: 'parked', code: 'WB_Y', kind: 'unavailable', reason: 'It is wrong.' });
    expect(await known('waiting')).toMatchObject({ state: 'waiting', attempts: 2, unresolved: 0, trace: 't-2' });
    expect(await desk.show({ direction: 'in', entry: 'orders', id: 'stored' })).toMatchObject({ failures: [{ at, code: 'WB_X' }] });
    expect(await desk.counts()).toMatchObject([
      { direction: 'in', entry: 'orders', waiting: 1, parked: 1, oldest: at },
      { direction: 'out', entry: 'erp', waiting: 1, parked: 0 },
    ]);
  });

  it('remembers what was published, and goes on with the numbers of its rows', async () => {
    const { inbox, outbox, desk } = await migrated();
    expect(await outbox.publish([], { id: 'p-1' })).toBe(false);
    await inbox.settle({ entry: 'orders', id: 'new', digest: 'd', trace: 't', ending: { outcome: 'done', legs: [] } });
    expect((await desk.list({})).rows.map(({ seq, id }) => [seq, id])).toEqual([
      [6, 'new'],
      [5, 'leg'],
      [4, 'parked'],
      [3, 'done'],
      [2, 'waiting'],
      [1, 'stored'],
    ]);
    expect(await desk.replay([{ direction: 'in', entry: 'orders', id: 'parked' }], { who: 'test' })).toHaveLength(1);
  });

  it('forgets what was done', async () => {
    const { desk } = await migrated();
    expect(await desk.forget(0)).toEqual({ rows: 2, more: false });
    expect((await desk.list({ direction: 'in' })).rows.map(({ id }) => id)).toEqual(['parked', 'stored']);
  });
});

describe('a journal of version 2', () => {
  it('keeps what is parked and what people did, and can replay sets', async () => {
    const path = await newPath();
    const database = new DatabaseSync(path);
    database.exec(`${tables2}${indexes2}
      INSERT INTO message (direction, entry, id, state, trace, digest, recorded_at, changed_at, due_at)
        VALUES (0, 'orders', 'parked', 3, 't', 'd', ${at}, ${at}, ${at});
      INSERT INTO body VALUES (2, '["parked",null,null,null,null,{},null,${at}]', x'01');
      INSERT INTO entry VALUES (0, 'orders', 0, 1, 1);
      INSERT INTO control_record (at, who, did, direction, entry, ids, rows) VALUES (${at}, 'anna', 'edit', 0, 'orders', '["parked"]', 1);
      PRAGMA application_id = 1466005826; PRAGMA user_version = 2;`);
    database.close();
    const { control, desk, inbox, replays } = await openAt(path);
    expect(await control.records()).toEqual([
      { seq: 1, at, by: { who: 'anna' }, did: 'edit', direction: 'in', entry: 'orders', ids: ['parked'], rows: 1 },
    ]);
    expect(await desk.show({ direction: 'in', entry: 'orders', id: 'parked' })).toMatchObject({ state: 'parked', replayed: undefined });
    const by = { who: 'test' };
    const { id } = await replays.begin({ request: 'r', by, of: { query: {} } });
    await replays.advance(id, by);
    expect(await replays.advance(id, by)).toMatchObject({ replay: { state: 'done', replayed: 1 } });
    expect((await inbox.claim({ entry: 'orders', limit: 10 })).jobs).toMatchObject([{ id: 'parked' }]);
  });
});

describe('a journal of version 3', () => {
  /** The row as version 3 wrote it, with its sum, or with a wrong one. */
  async function fileOf3(off = 0): Promise<string> {
    const path = await newPath();
    const database = new DatabaseSync(path);
    defineSums(database);
    database.exec(`${tables2}${indexes2}${fromVersion2()}
      INSERT INTO message (direction, entry, id, state, trace, digest, recorded_at, changed_at, due_at, is_late, event, detail, receipt)
        VALUES (1, 'erp', 'sent', 2, 't', '', ${at}, ${at}, ${at}, 1, 'order.created', 'queue OUT', 'far-1');
      INSERT INTO receipt VALUES ('far-1', 1);
      INSERT INTO report (seq, id, at, report) VALUES (1, 'report-1', ${at}, '{"about":"far-1","id":"report-1","kind":"delayed"}');
      INSERT INTO pending_report (id, about, at, report) VALUES ('report-2', 'far-2', ${at}, '{"about":"far-2","id":"report-2","kind":"bounced"}');
      UPDATE message SET sum = sum_of_message(${summedColumns.map((column) => (column === 'receipts' ? 'receipt' : column)).join(', ')}) + ${off};
      UPDATE report SET sum = sum_of_values(seq, id, at, report);
      UPDATE pending_report SET sum = sum_of_values(id, about, at, report);
      PRAGMA application_id = 1466005826; PRAGMA user_version = 3;`);
    database.close();
    return path;
  }

  const migratedFrom3 = async (off?: number): Promise<Journal> => openAt(await fileOf3(off));

  it('can be salvaged: what is whole stays whole, and is found by its receipt', async () => {
    const [path, broken, into] = [await fileOf3(), await fileOf3(1), await newPath()];
    const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
    const salvage = (from: string, to: string) =>
      sqlite.salvage?.({ path: from, busyTimeout: 5_000 }, context, { into: to, by: { who: 'test' } });
    expect(await salvage(path, into)).toMatchObject({ whole: 1, doubtful: [], lost: [] });
    const { desk, outbox } = await openAt(into);
    expect(await outbox.report({ about: 'far-1', id: 'report-3', kind: 'delivered' })).toMatchObject({ id: 'sent', state: 'done' });
    expect((await desk.show({ direction: 'out', entry: 'erp', id: 'sent' }))?.reports).toHaveLength(2);
    expect(await outbox.unraised(10)).toMatchObject([{ report: { id: 'report-3' } }]);
    expect(await salvage(broken, await newPath())).toMatchObject({ whole: 0, doubtful: [{ id: 'sent' }] });
  });

  it('knows the receipt of what was sent, and what was reported of it, which is not raised again', async () => {
    const { desk, outbox } = await migratedFrom3();
    expect(await outbox.report({ about: 'far-1', id: 'report-3', kind: 'delivered' })).toMatchObject({ id: 'sent', state: 'done' });
    expect((await desk.show({ direction: 'out', entry: 'erp', id: 'sent' }))?.reports).toMatchObject([
      { id: 'report-1', kind: 'delayed' },
      { id: 'report-3', kind: 'delivered' },
    ]);
    expect(await outbox.unraised(10)).toMatchObject([{ leg: { id: 'sent' }, report: { id: 'report-3' } }]);
  });

  it('raises what waited, when its leg is settled', async () => {
    const { outbox } = await migratedFrom3();
    await outbox.publish([legOf('l-1')]);
    const [job] = (await outbox.claim(everything)).jobs;
    const step = job && endingOf(job, { outcome: 'sent', archive: false, receipts: ['ref', 'far-2'] });
    expect(step && (await outbox.settle(step))).toEqual({ outcome: 'recorded', reported: true });
    expect(await outbox.unraised(10)).toMatchObject([{ leg: { id: 'l-1' }, report: { id: 'report-2' } }]);
  });

  it('takes nothing for whole that was not', async () => {
    const { desk } = await migratedFrom3(1);
    expect(await desk.show({ direction: 'out', entry: 'erp', id: 'sent' })).toMatchObject({
      state: 'parked',
      code: 'WB_JOURNAL_ROW_DAMAGED',
    });
  });

  it('is in the form of a new one, and everything in it fits together', async () => {
    const path = await newPath();
    const database = new DatabaseSync(path);
    defineSums(database);
    database.exec(`${tables2}${indexes2}${fromVersion2()} PRAGMA application_id = 1466005826; PRAGMA user_version = 3;`);
    database.close();
    const journal = await openAt(path);
    await journal.close();
    const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };
    expect(await sqlite.check?.({ path, busyTimeout: 5_000 }, context)).toMatchObject({ faults: [] });
  });
});
