import { DatabaseSync } from 'node:sqlite';
import { openFile } from '@waybill/sqlite/thread';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writingService } from '../src/worker/journal-service.ts';
import { journalFile } from '../src/worker/schema.ts';
import { newSteps } from './in-process.ts';
import { newPath } from './opening.ts';
import { away, endingOf, everything, finishedOf, firstOf, keptOf, legOf, messageOf, storedOf } from './stories.ts';

const who = { who: 'test' };
const failed = { failure: away, attempts: 1 };

async function steps() {
  const made = await newSteps();
  onTestFinished(async () => {
    await made.journal.close();
    await made.dispose();
  });
  /** How many rows each table has, of those that have any. What processes and people leave is left out. */
  const left = (): Readonly<Record<string, number>> => {
    const database = new DatabaseSync(made.path, { timeout: 10_000 });
    const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    const counts = names.map(({ name }) => {
      const { n } = database.prepare(`SELECT count(*) AS n FROM ${String(name)}`).get() ?? {};
      return [String(name), Number(n)] as const;
    });
    database.close();
    const others = ['clock', 'entry', 'owner', 'opening', 'presence', 'control_record', 'pause', 'lease'];
    return Object.fromEntries(counts.filter(([name, count]) => count > 0 && !others.includes(name)));
  };
  return { ...made, left };
}

type Steps = Awaited<ReturnType<typeof steps>>;

/** One row of everything: of a message that has failed, was replied to and has keys, and of a leg with reports and a receipt. */
async function fill({ journal }: Steps): Promise<void> {
  const message = { ...storedOf('m-1'), businessKeys: { order: '1' }, orderKey: 'k' };
  await journal.inbox.store(message);
  const [job] = (await journal.inbox.claim({ entry: 'orders', limit: 1 })).jobs;
  await journal.inbox.settle({ ...message, token: job?.token, ending: { outcome: 'again', ...failed, dueIn: 0 } });
  await journal.outbox.publish([legOf('l-1', { businessKeys: { order: '1' } })], { id: 'p-1' });
  const leg = firstOf((await journal.outbox.claim(everything)).jobs);
  await journal.outbox.settle(endingOf(leg, { outcome: 'again', ...failed, dueIn: 0, receipts: ['ref-1'] }));
  await journal.outbox.report({ about: 'l-1', id: 'r-1', kind: 'delayed' });
}

describe('a journal', () => {
  it('that has forgotten everything has nothing left of it, and counts nothing', async () => {
    const all = await steps();
    const { journal, advance, left } = all;
    await fill(all);
    const [job] = (await journal.inbox.claim({ entry: 'orders', limit: 1 })).jobs;
    const ending = { outcome: 'done', reply: messageOf('reply'), legs: [], archive: keptOf('m-1') } as const;
    await journal.inbox.settle({ ...storedOf('m-1'), token: job?.token, ending });
    const leg = firstOf((await journal.outbox.claim(everything)).jobs);
    await journal.outbox.settle(endingOf(leg, { outcome: 'sent', archive: true, receipts: ['far-1'], reply: messageOf('answer') }));
    expect(Object.keys(left()).toSorted()).toEqual(['body', 'business_key', 'failure', 'message', 'publication', 'receipt', 'report']);
    await journal.outbox.publish([], { raises: { entry: 'erp', id: 'l-1', report: 'r-1' } });
    await advance(10);
    while ((await journal.desk.forget(5)).more);
    while ((await journal.desk.forget(5)).more);
    expect(left()).toEqual({});
    expect(await journal.desk.counts()).toEqual([]);
    expect(await journal.outbox.publish([legOf('l-1')], { id: 'p-1' })).toBe(true);
  });

  it('of which everything was dropped has nothing left of it, and what stood behind goes on', async () => {
    const all = await steps();
    const { journal, left } = all;
    await fill(all);
    const [job] = (await journal.inbox.claim({ entry: 'orders', limit: 1 })).jobs;
    await journal.inbox.store({ ...storedOf('m-2'), orderKey: 'k' });
    const parked = { outcome: 'parked', failure: away, attempts: 2, kept: keptOf('m-1'), blocks: true } as const;
    await journal.inbox.settle({ ...storedOf('m-1'), token: job?.token, ending: parked });
    const leg = firstOf((await journal.outbox.claim(everything)).jobs);
    await journal.outbox.settle(endingOf(leg, { outcome: 'parked', failure: away, attempts: 2, blocks: true }));
    const keys = [
      { direction: 'in', entry: 'orders', id: 'm-1' },
      { direction: 'out', entry: 'erp', id: 'l-1' },
    ] as const;
    for (const body of [Uint8Array.of(1), Uint8Array.of(2)]) await journal.desk.edit(keys[0], body, who);
    expect((await journal.desk.show(keys[0]))?.original).toEqual(keptOf('m-1').message.body);
    expect((await journal.inbox.claim({ entry: 'orders', limit: 9 })).jobs).toEqual([]);
    expect(await journal.desk.drop(keys, who)).toHaveLength(2);
    expect(await journal.desk.counts()).toMatchObject([{ entry: 'orders', waiting: 1, parked: 0 }]);
    const [next] = (await journal.inbox.claim({ entry: 'orders', limit: 9 })).jobs;
    expect(next?.id).toBe('m-2');
    await journal.inbox.settle({ ...finishedOf('m-2'), token: next?.token });
    expect(left()).toEqual({ message: 1, publication: 1 });
  });

  it('remembers what was done within the time that it is told, and what is parked for ever', async () => {
    const { journal, advance } = await steps();
    await journal.inbox.settle(finishedOf('old'));
    const parked = { outcome: 'parked', failure: away, attempts: 1, kept: keptOf('parked'), blocks: false } as const;
    await journal.inbox.settle({ ...storedOf('parked'), ending: parked });
    await advance(1_000);
    await journal.inbox.settle(finishedOf('young'));
    await advance(500);
    while ((await journal.desk.forget(1_000)).more);
    expect((await journal.desk.list({})).rows.map(({ id }) => id)).toEqual(['young', 'parked']);
  });
});

describe('the numbers of a journal', () => {
  it('are kept by minute for two days, and by hour for sixty', async () => {
    const { journal, advance } = await steps();
    const minute = 1_700_000_000_000 - (1_700_000_000_000 % 60_000);
    await journal.control.count([{ direction: 'in', entry: 'orders', outcome: 'done', minute, count: 3 }]);
    const counts = async () => {
      while ((await journal.desk.forget(1)).more);
      const spans = await Promise.all((['minute', 'hour'] as const).map((by) => journal.control.tallies({ by, since: 0 })));
      return spans.map((found) => found.length);
    };
    const day = 86_400_000;
    await advance(2 * day - 120_000);
    expect(await counts()).toEqual([1, 1]);
    await advance(240_000);
    expect(await counts()).toEqual([0, 1]);
    await advance(59 * day);
    expect(await counts()).toEqual([0, 0]);
  });
});

describe('a step that promises something', () => {
  it('is on the disk when it is answered', async () => {
    const path = await newPath();
    const database = openFile(journalFile, { path });
    onTestFinished(() => database.close());
    const { kinds } = writingService(database, { path, owner: { uuid: 'u', lease: 3_000 }, clocks: undefined, isDesk: false });
    const promises = ['begin', 'store', 'settleInbox', 'publish', 'beginLeg', 'settleOutbox', 'answered', 'report'] as const;
    const people = ['reveal', 'replay', 'edit', 'move', 'drop', 'pause', 'resume'] as const;
    // Without a word a step is a write, which is synced.
    expect([...promises, ...people].filter((name) => (kinds[name] ?? 'write') !== 'write')).toEqual([]);
  });
});
