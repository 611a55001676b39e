import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Journal, JournalFault } from '@waybill/contract';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import sqlite from '../src/index.ts';
import { newPath, openAt } from './opening.ts';
import { endingOf, everything, factsOf, firstOf, keptOf, legOf, messageOf, sent, storedOf } from './stories.ts';

const context = { name: 'journal', folder: '/', signal: new AbortController().signal } as never;
const damaged = 'WB_JOURNAL_ROW_DAMAGED';
const by = { who: 'test' };

/** Changes the file as a disk does: behind the back of the journal. */
function damage(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

/** A journal with three stored messages, one that is done with a reply, one that is parked, and two legs. */
async function filled(): Promise<{ readonly path: string; readonly journal: Journal }> {
  const path = await newPath();
  const journal = await openAt(path);
  for (const id of ['a', 'b', 'c']) await journal.inbox.store(storedOf(id));
  const done = { outcome: 'done', legs: [legOf('leg-1'), legOf('leg-2')], reply: messageOf('reply') } as const;
  await journal.inbox.settle({ entry: 'orders', id: 'done', ...factsOf('done'), ending: done });
  const failure = { code: 'WB_X', kind: 'invalid', reason: 'It is wrong.' } as const;
  const parked = { outcome: 'parked', failure, attempts: 1, kept: keptOf('parked'), blocks: false } as const;
  await journal.inbox.settle({ entry: 'orders', id: 'parked', ...factsOf('parked'), ending: parked });
  return { path, journal };
}

const claimed = async ({ inbox }: Journal) => (await inbox.claim({ entry: 'orders', limit: 10 })).jobs.map(({ id }) => id);
const check = async (path: string): Promise<readonly JournalFault[]> =>
  (await sqlite.check?.({ path, busyTimeout: 5_000 }, context))?.faults ?? [];

describe('a message that is not what was written', () => {
  it.each([
    ['its row', "UPDATE message SET digest = 'another' WHERE id = 'b'"],
    ['its type', "UPDATE message SET type = NULL WHERE id = 'b'"],
    ['a number that nobody wrote', "UPDATE message SET recorded_at = 9223372036854775807 WHERE id = 'b'"],
    ['its body', "UPDATE body SET body = x'00' WHERE place = 4"],
    ['what stands beside its body', "UPDATE body SET meta = 'x' WHERE place = 4"],
  ])('is parked when it is %s, and the others go on', async (_, sql) => {
    const { path, journal } = await filled();
    damage(path, sql);
    expect(await claimed(journal)).toEqual(['a', 'c']);
    expect(await journal.desk.show({ direction: 'in', entry: 'orders', id: 'b' })).toMatchObject({ state: 'parked', code: damaged });
    expect(await journal.desk.counts()).toContainEqual(expect.objectContaining({ direction: 'in', waiting: 2, parked: 2 }));
  });

  it('is known, and answered by what is wrong instead of its reply', async () => {
    const { path, journal } = await filled();
    damage(path, "UPDATE body SET body = x'00' WHERE place = 9");
    expect((await journal.inbox.find({ entry: 'orders', id: 'done' })).known).toMatchObject({ state: 'parked', code: damaged });
  });

  it('is listed as such, and neither forgotten nor handed out again by a replay', async () => {
    const { path, journal } = await filled();
    damage(path, "UPDATE message SET trace = 'x' WHERE id IN ('done', 'parked')");
    const { rows } = await journal.desk.list({ direction: 'in' });
    expect(rows.filter(({ code }) => code === damaged).map(({ id }) => id)).toEqual(['parked', 'done']);
    expect((await journal.desk.forget(0)).rows).toBe(0);
    expect(await journal.desk.replay([{ direction: 'in', entry: 'orders', id: 'parked' }], by)).toEqual([]);
  });

  it('is recorded as nothing else by whoever has it in hand', async () => {
    const { path, journal } = await filled();
    const job = firstOf((await journal.outbox.claim(everything)).jobs);
    damage(path, "UPDATE message SET event = 'x' WHERE id = 'leg-1'");
    expect(await journal.outbox.settle(endingOf(job, sent))).toEqual({ outcome: 'known', state: 'parked' });
  });
});

describe('what else is not what was written', () => {
  it.each([
    ['a pause', "UPDATE pause SET entry = 'another'", (journal: Journal) => journal.control.paused()],
    ['a record', "UPDATE control_record SET who = 'another'", (journal: Journal) => journal.control.records()],
    ['a failure', "UPDATE failure SET reason = ''", ({ desk }: Journal) => desk.show({ direction: 'in', entry: 'orders', id: 'parked' })],
    ['the clock', 'UPDATE clock SET at = at * 2', ({ inbox }: Journal) => inbox.claim({ entry: 'orders', limit: 1 })],
  ])('is told: %s', async (_, sql, ask) => {
    const { path, journal } = await filled();
    await journal.control.pause({ direction: 'in', entry: 'orders' }, by);
    damage(path, sql);
    await expect(ask(journal)).rejects.toMatchObject({ code: 'WB_JOURNAL_DAMAGED', kind: 'unavailable', retryable: false });
  });

  it('is not made right by a change', async () => {
    const { path, journal } = await filled();
    await journal.control.count([{ direction: 'in', entry: 'orders', minute: 0, outcome: 'done', count: 1 }]);
    damage(path, 'UPDATE tally SET count = 100');
    const more = journal.control.count([{ direction: 'in', entry: 'orders', minute: 0, outcome: 'done', count: 1 }]);
    // The step alone is to blame: the others go on.
    await expect(more).rejects.toMatchObject({ code: 'WB_JOURNAL_DAMAGED', kind: 'invalid', retryable: false });
  });
});

describe('the check of a journal', () => {
  it('finds nothing where everything is what was written, beside the process that has it open', async () => {
    const { path, journal } = await filled();
    await claimed(journal);
    await journal.desk.edit({ direction: 'in', entry: 'orders', id: 'parked' }, new Uint8Array(3), by);
    await journal.control.started('harbour', {});
    expect(await check(path)).toEqual([]);
  });

  it.each([
    ["UPDATE message SET reason = 'x' WHERE id = 'parked'", 'parked'],
    ["UPDATE body SET meta = meta || ' ' WHERE place = 2", 'a'],
    ['DELETE FROM body WHERE place = 2', 'a'],
    ["UPDATE message SET ready_at = NULL WHERE id = 'a'", 'a'],
    ['UPDATE failure SET number = 2', 'parked'],
  ])('finds %s, and names the message', async (sql, id) => {
    const { path } = await filled();
    damage(path, sql);
    const faults = await check(path);
    expect(faults.flatMap(({ messages }) => messages.map((key) => key.id))).toContain(id);
  });

  it.each([
    'UPDATE entry SET waiting = waiting + 1',
    "DELETE FROM sqlite_sequence WHERE name = 'promises'",
    "INSERT INTO business_key VALUES ('order', 'x', 1)",
    'DROP INDEX parked',
    'CREATE TABLE other (x)',
  ])('finds %s', async (sql) => {
    const { path } = await filled();
    damage(path, sql);
    expect(await check(path)).not.toEqual([]);
  });

  it('says that there is no journal', async () => {
    await expect(check(await newPath())).rejects.toMatchObject({ code: 'WB_JOURNAL_NOT_THERE' });
  });
});

describe('a salvage', () => {
  it('takes everything over that is what was written, parks the rest, and is recorded', async () => {
    const { path, journal } = await filled();
    await journal.close();
    damage(path, "UPDATE message SET digest = 'another' WHERE id = 'b'; UPDATE body SET body = x'00' WHERE place = 6");
    const into = await newPath();
    const salvaged = await sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into, by });
    expect(salvaged).toMatchObject({ whole: 5, lost: [] });
    expect(salvaged?.doubtful.map(({ id }) => id).toSorted()).toEqual(['b', 'c']);
    expect(await check(into)).toEqual([]);
    const after = await openAt(into);
    expect(await claimed(after)).toEqual(['a']);
    expect(await after.inbox.find({ entry: 'orders', id: 'done' })).toMatchObject({ known: { state: 'done', reply: { id: 'reply' } } });
    expect((await after.outbox.claim(everything)).jobs).toHaveLength(2);
    expect(await after.control.records()).toMatchObject([{ did: 'salvage', by, ids: ['c', 'b'] }]);
    expect(await after.desk.show({ direction: 'in', entry: 'orders', id: 'b' })).toMatchObject({ state: 'parked', code: damaged });
  });

  it('is refused while a process has the journal open, and where the new one is there already', async () => {
    const { path } = await filled();
    const into = await newPath();
    await expect(sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into, by })).rejects.toMatchObject({
      code: 'WB_JOURNAL_IN_USE',
    });
    expect(existsSync(into)).toBe(false);
    await expect(sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into: path, by })).rejects.toMatchObject({
      code: 'WB_JOURNAL_INTO_EXISTS',
    });
  });

  it('makes the folder of the new file, and says it of that file when it cannot be made', async () => {
    const { path, journal } = await filled();
    await journal.close();
    const below = join(await temporaryFolder(), 'new', 'journal.db');
    expect(await sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into: below, by })).toMatchObject({ whole: 7, lost: [] });
    const wrong = join(path, 'journal.db');
    await expect(sqlite.salvage?.({ path, busyTimeout: 5_000 }, context, { into: wrong, by })).rejects.toMatchObject({
      code: 'WB_JOURNAL_CANNOT_OPEN',
      message: `The journal ${wrong} cannot be opened or created.`,
      cause: { message: expect.stringMatching(/ENOTDIR|EEXIST/) as unknown },
    });
  });
});
