import { DatabaseSync } from 'node:sqlite';
import type { InboxJob, Journal } from '@waybill/contract';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newSteps } from './in-process.ts';
import { away, endingOf, everything, firstOf, legOf, messageOf, storedOf } from './stories.ts';

async function steps() {
  const made = await newSteps();
  onTestFinished(async () => {
    await made.journal.close();
    await made.dispose();
  });
  return made;
}

const claim = async (journal: Journal, limit: number, run = 1): Promise<readonly InboxJob[]> =>
  (await journal.inbox.claim({ entry: 'orders', limit, run })).jobs;
const idsOf = (jobs: readonly InboxJob[]): readonly string[] => jobs.map(({ id }) => id);
const releaseOf = ({ id, token }: InboxJob) => ({ ...storedOf(id), token, ending: { outcome: 'released' } as const });

async function store(journal: Journal, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await journal.inbox.store({ ...storedOf(id), ...(id.length > 1 ? { orderKey: id[0] } : {}) });
}

describe('a claim', () => {
  it('takes no more than was asked for, of one key and of all', async () => {
    const { journal } = await steps();
    await store(journal, 'a1', 'a2', 'a3', 'b1', 'b2');
    expect(idsOf(await claim(journal, 3, 2))).toEqual(['a1', 'a2', 'b1']);
  });

  it('that is filled by what stands behind one head takes no other one', async () => {
    const { journal } = await steps();
    await store(journal, 'a1', 'a2', 'b1');
    expect(idsOf(await claim(journal, 2, 2))).toEqual(['a1', 'a2']);
  });

  it('takes no more bytes than were asked for, of heads and of what stands behind them, and nothing smaller in place of that', async () => {
    const { journal } = await steps();
    for (const [id, size] of Object.entries({ a: 3_000_000, b: 6_000_000, c: 2_000_000, d: 1_000_000 }))
      await journal.inbox.store(storedOf(id, size));
    await journal.outbox.publish(
      ['e1', 'e2', 'e3'].map((id, place) => legOf(id, { orderKey: 'e', message: messageOf(id, [6_000_000, 4_000_001, 1][place]) })),
    );
    const bytes = 10_000_000;
    expect(idsOf((await journal.inbox.claim({ entry: 'orders', limit: 9, bytes })).jobs)).toEqual(['a', 'b']);
    const { jobs, dueIn } = await journal.outbox.claim({ entry: 'erp', limit: 9, run: 9, bytes });
    expect([jobs.map(({ leg }) => leg.message.id), dueIn]).toEqual([['e1'], undefined]);
    expect(idsOf((await journal.inbox.claim({ entry: 'orders', limit: 9, bytes })).jobs)).toEqual(['c', 'd']);
  });

  it('takes one that is larger than what was asked for, when it is the first', async () => {
    const { journal } = await steps();
    for (const [id, size] of Object.entries({ a: 10, b: 3_000_000, c: 0 })) await journal.inbox.store(storedOf(id, size));
    const bytes = 1_000;
    for (const id of ['a', 'b', 'c']) expect(idsOf((await journal.inbox.claim({ entry: 'orders', limit: 9, bytes })).jobs)).toEqual([id]);
  });

  it('takes nothing that another one has in hand behind a head that came back', async () => {
    const { journal, reopen } = await steps();
    await store(journal, 'a1', 'a2', 'a3');
    const [head] = await claim(journal, 2, 2);
    if (head) await journal.inbox.settle(releaseOf(head));
    const other = await reopen();
    onTestFinished(() => other.close());
    expect(idsOf(await claim(other, 9, 9))).toEqual(['a1']);
  });

  it('takes what may have ended a process alone: neither behind others, nor others behind it', async () => {
    const { journal, reopen, crash, advance } = await steps();
    await store(journal, '1');
    await advance(10);
    await store(journal, '2');
    const dying = await reopen();
    const [first] = await claim(dying, 2);
    if (first) await dying.inbox.settle(releaseOf(first));
    await crash(dying);
    await advance(10);
    await store(journal, '3');
    // Whoever opens it next frees what the dead one had.
    const next = await reopen();
    onTestFinished(() => next.close());
    expect(idsOf(await claim(next, 9))).toEqual(['1']);
    const suspects = await claim(next, 9);
    expect(suspects.map(({ id, unresolved }) => [id, unresolved])).toEqual([['2', 1]]);
    expect(idsOf(await claim(next, 9))).toEqual(['3']);
  });
});

describe('what a dead process had in hand', () => {
  it('wakes whoever waits for work when it comes free', async () => {
    const { journal, reopen, crash } = await steps();
    await store(journal, '1');
    const dying = await reopen();
    expect(await claim(dying, 1)).toHaveLength(1);
    let woken = 0;
    onTestFinished(journal.watch(() => void (woken += 1)));
    await eventually(() => woken > 0, { what: 'the news of the claim to be over', within: 100 }).catch(() => undefined);
    woken = 0;
    await crash(dying);
    await eventually(() => woken > 0, { what: 'the news' });
    expect(idsOf(await claim(journal, 1))).toEqual(['1']);
  });
});

describe('what is known of recipients', () => {
  it('is kept over attempts that tell of some of them only', async () => {
    const { journal } = await steps();
    await journal.outbox.publish([legOf('l-1')]);
    const told = [
      [
        { address: 'anna', outcome: 'sent' },
        { address: 'bert', outcome: 'later' },
      ],
      [{ address: 'bert', outcome: 'refused' }],
    ] as const;
    for (const recipients of told) {
      const leg = firstOf((await journal.outbox.claim(everything)).jobs);
      await journal.outbox.settle(endingOf(leg, { outcome: 'again', failure: away, attempts: 1, dueIn: 0, recipients }));
    }
    const shown = await journal.desk.show({ direction: 'out', entry: 'erp', id: 'l-1' });
    expect(shown?.recipients?.map(({ address, outcome }) => [address, outcome])).toEqual([
      ['anna', 'sent'],
      ['bert', 'refused'],
    ]);
  });
});

describe('the order key of a message', () => {
  it('stays the one that came first', async () => {
    const { journal } = await steps();
    await store(journal, 'a1', 'a2');
    const [first] = await claim(journal, 1);
    const failure = { code: 'WB_AWAY', kind: 'unavailable', reason: 'Away.' } as const;
    const ending = { outcome: 'again', failure, attempts: 1, dueIn: 60_000 } as const;
    if (first) await journal.inbox.settle({ ...storedOf('a1'), orderKey: 'b', token: first.token, ending });
    expect(await journal.desk.blocked()).toMatchObject([{ orderKey: 'a', head: 'a1', waiting: 1 }]);
  });
});

describe('a message whose body is gone', () => {
  it('is parked: it is not handed out as an empty one', async () => {
    const { journal, path } = await steps();
    await store(journal, '1', '2');
    const database = new DatabaseSync(path, { timeout: 10_000 });
    onTestFinished(() => database.close());
    database.exec('DELETE FROM body WHERE place = 2');
    expect(idsOf(await claim(journal, 9))).toEqual(['2']);
    expect((await journal.desk.list({ state: 'parked' })).rows).toMatchObject([{ id: '1', code: 'WB_JOURNAL_BODY_MISSING' }]);
  });
});

describe('a claim of a line', () => {
  it('waits for the head that somebody has in hand, also when something comes behind it', async () => {
    const { journal } = await steps();
    await store(journal, 'a1');
    expect(await claim(journal, 9, 9)).toHaveLength(1);
    await store(journal, 'a2');
    expect(await claim(journal, 9, 9)).toEqual([]);
  });

  it('ends before what may have ended a process', async () => {
    const { journal, reopen, crash } = await steps();
    await store(journal, 'a1', 'a2', 'a3');
    const dying = await reopen();
    const [first] = await claim(dying, 2, 2);
    if (first) await dying.inbox.settle(releaseOf(first));
    await crash(dying);
    const next = await reopen();
    onTestFinished(() => next.close());
    expect(idsOf(await claim(next, 9, 9))).toEqual(['a1']);
  });

  it('ends before what is to wait', async () => {
    const { journal, advance } = await steps();
    await store(journal, 'a1', 'a2', 'a3');
    const [first, second] = await claim(journal, 2, 2);
    const failure = { code: 'WB_AWAY', kind: 'unavailable', reason: 'Away.' } as const;
    if (first) await journal.inbox.settle(releaseOf(first));
    if (second) {
      const ending = { outcome: 'again', failure, attempts: 1, dueIn: 60_000 } as const;
      await journal.inbox.settle({ ...storedOf('a2'), token: second.token, ending });
    }
    expect(idsOf(await claim(journal, 9, 9))).toEqual(['a1']);
    await advance(60_000);
    expect(await claim(journal, 9, 9)).toEqual([]);
  });
});

describe('an opening that is closed', () => {
  it('leaves no trace of itself', async () => {
    const { journal, reopen, path } = await steps();
    const other = await reopen();
    await other.control.present({});
    await store(other, '1');
    expect(await claim(other, 1)).toHaveLength(1);
    await other.close();
    const database = new DatabaseSync(path, { timeout: 10_000 });
    onTestFinished(() => database.close());
    const counts = ['owner', 'opening', 'presence'].map((table) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
    expect(counts).toEqual([0, 1, 0]);
    expect(idsOf(await claim(journal, 1))).toEqual(['1']);
  });
});
