import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JournalClock } from '../src/worker/clock.ts';
import { tables } from '../src/worker/schema.ts';
import { defineSums, keepSums } from '../src/worker/seals/sealed-tables.ts';
import { away, endingOf, everything, firstOf, idsOf, legOf, storedOf } from './stories.ts';
import { newSubject } from './subject.ts';

const hour = 3_600_000;

async function subject() {
  const made = await newSubject();
  onTestFinished(async () => {
    await made.journal.close();
    await made.dispose();
  });
  return made;
}

describe('a clock that is set back', () => {
  it('does not make what is stored wait', async () => {
    const { journal, setWallClock } = await subject();
    await journal.inbox.store(storedOf('m-1'));
    setWallClock(-hour);
    await journal.inbox.store(storedOf('m-2'));
    expect((await journal.inbox.claim({ entry: 'orders', limit: 10 })).jobs.map(({ id }) => id)).toEqual(['m-1', 'm-2']);
  });

  it('does not make a retry wait longer than was asked', async () => {
    const { journal, advance, setWallClock } = await subject();
    await journal.outbox.publish([legOf('a')]);
    const job = firstOf((await journal.outbox.claim(everything)).jobs);
    await journal.outbox.settle(endingOf(job, { outcome: 'again', dueIn: 60_000, failure: away, attempts: 1 }));
    setWallClock(-hour);
    expect((await journal.outbox.claim(everything)).dueIn).toBe(60_000);
    await advance(60_000);
    expect(idsOf((await journal.outbox.claim(everything)).jobs)).toEqual(['a']);
  });

  it('between two runs makes nothing wait either', async () => {
    const { journal, reopen, advance, setWallClock } = await subject();
    await journal.outbox.publish([legOf('a')]);
    await advance(5_000);
    await journal.outbox.publish([legOf('b')]);
    await journal.close();
    setWallClock(-hour);
    const later = await reopen();
    onTestFinished(() => later.close());
    expect(idsOf((await later.outbox.claim(everything)).jobs)).toEqual(['a', 'b']);
    await later.outbox.publish([legOf('c')]);
    const times = (await later.desk.list({})).rows.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
  });
});

describe('a clock that is set forward', () => {
  it('lets what waits for its time come, and what comes after it when the clock was put right again', async () => {
    const { journal, setWallClock } = await subject();
    setWallClock(hour);
    await journal.inbox.store(storedOf('m-1'));
    setWallClock(-hour);
    await journal.inbox.store(storedOf('m-2'));
    expect((await journal.inbox.claim({ entry: 'orders', limit: 10 })).jobs).toHaveLength(2);
  });
});

describe('the clock of the journal', () => {
  it('takes over the time of another process that is ahead', () => {
    const database = new DatabaseSync(':memory:');
    onTestFinished(() => database.close());
    defineSums(database);
    database.exec(tables);
    keepSums(database);
    let monotonic = 0;
    const behind = new JournalClock(database, { wall: () => 1_000, monotonic: () => monotonic });
    const ahead = new JournalClock(database, { wall: () => 9_000, monotonic: () => monotonic });
    expect([behind.now(), ahead.now()]).toEqual([1_000, 9_000]);
    ahead.note();
    monotonic = 5;
    expect(behind.now()).toBe(9_000);
  });
});
