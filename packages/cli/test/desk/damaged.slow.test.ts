import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { finish, park, Stage } from './stage.ts';

/** A journal with two parked messages and one that is done. */
async function filled(): Promise<Stage> {
  const stage = await Stage.make();
  await stage.journal(async (journal) => {
    for (const id of ['a', 'b']) await park(journal, id);
    await finish(journal, 'c');
  });
  return stage;
}

function damage({ folder }: Stage, sql: string): void {
  const database = new DatabaseSync(join(folder, 'journal.db'), { timeout: 10_000 });
  database.exec(sql);
  database.close();
}

describe('waybill journal check', () => {
  it('says that a journal is in order', async () => {
    const stage = await filled();
    expect(await stage.waybill('journal', 'check')).toMatchObject({ code: 0, out: expect.stringContaining('is in order: 3 messages') });
    expect(await stage.json('journal', 'check')).toMatchObject({ ok: true, messages: 3, faults: [] });
  });

  it('counts one message as one', async () => {
    const stage = await Stage.make();
    await stage.journal((journal) => park(journal, 'a'));
    expect((await stage.waybill('journal', 'check')).out).toContain('is in order: 1 message, and');
    expect((await stage.waybill('journal', 'salvage', '--into', join(stage.folder, 'new.db'), '--yes')).out).toContain(
      'new.db has 1 message as it was.',
    );
  });

  it('tells why a file cannot be opened, in the words of the system', async () => {
    const stage = await Stage.make();
    await mkdir(join(stage.folder, 'journal.db'));
    const { err } = await stage.waybill('journal', 'check');
    expect(err).toMatch(/^WB_JOURNAL_CANNOT_OPEN .*\n {2}why {3}.+ is a folder, not a file\.\n {2}hint {2}/);
    expect((await stage.waybill('status')).err).toMatch(/WB_JOURNAL_CANNOT_OPEN .*\n {2}why {3}.+ is a folder, not a file\.\n {2}hint {2}/);
  });

  it('names a header that was set back as damage, which salvaging mends', async () => {
    const stage = await filled();
    damage(stage, 'PRAGMA user_version = 0');
    for (const command of [['journal', 'check'], ['status']]) expect((await stage.waybill(...command)).err).toContain('WB_JOURNAL_DAMAGED');
    expect((await stage.waybill('journal', 'salvage', '--into', join(stage.folder, 'new.db'), '--yes')).out).toContain(
      'new.db has 3 messages as they were.',
    );
  });

  it('says what is damaged, of which messages, and what to do', async () => {
    const stage = await filled();
    damage(stage, "UPDATE body SET body = x'00' WHERE place = 4");
    const { code, out } = await stage.waybill('journal', 'check');
    expect(code).toBe(1);
    expect(out).toContain('The bodies, or the replies, of these messages are not what was written.');
    expect(out).toContain('inbound  orders  b');
    expect(out).toContain('waybill journal salvage --into FILE');
    expect(await stage.json('journal', 'check')).toMatchObject({
      ok: false,
      faults: [{ messages: [{ entry: 'orders', id: 'b' }], count: 1 }],
    });
  });

  it('ends with 2 where the journal cannot be read', async () => {
    const stage = await Stage.make();
    expect(await stage.waybill('journal', 'check')).toMatchObject({ code: 2, err: expect.stringContaining('WB_JOURNAL_NOT_THERE') });
    await stage.write('journal.db', 'no database');
    expect(await stage.waybill('journal', 'check', '--json')).toMatchObject({
      code: 2,
      out: expect.stringContaining('WB_JOURNAL_NOT_A_JOURNAL'),
    });
  });
});

describe('waybill journal salvage', () => {
  it('makes a new journal and says what is doubtful in it', async () => {
    const stage = await filled();
    damage(stage, "UPDATE body SET body = x'00' WHERE place = 4");
    const into = join(stage.folder, 'new.db');
    const { code, out } = await stage.waybill('journal', 'salvage', '--into', into, '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('inbound  orders  b')]);
    const moved = await Stage.make({ journal: { use: 'sqlite', path: into } });
    expect(await moved.json('journal', 'check')).toMatchObject({ ok: true, messages: 3 });
    expect(await moved.lines('messages', 'records')).toMatchObject([{ did: 'salvage', by: { who: 'anna' }, ids: ['b'] }]);
  });

  it('asks before, and overwrites nothing', async () => {
    const stage = await filled();
    const into = join(stage.folder, 'new.db');
    expect(await stage.waybill('journal', 'salvage', '--into', into)).toMatchObject({
      code: 2,
      err: expect.stringContaining('WB_CLI_NOT_CONFIRMED'),
    });
    const there = await stage.write('there.db', '');
    expect(await stage.waybill('journal', 'salvage', '--into', there, '--yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there already'),
    });
    expect(await stage.read('there.db')).toBe('');
  });
});
