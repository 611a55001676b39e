import { expect } from 'vitest';
import { type Ask, group, type Opened } from '../bench.ts';
import { again, done, factsOf, failureOf, idsOf, legOf, messageOf, only, parked, sent } from '../fixtures.ts';

const keep = 1_000;

/** Forgets until there is nothing more; answers how many rows, and the most that went in one call. */
async function forgetAll({ journal }: Opened): Promise<{ readonly rows: number; readonly most: number }> {
  let [rows, most] = [0, 0];
  for (let calls = 0; calls < 100_000; calls += 1) {
    const portion = await journal.desk.forget(keep);
    rows += portion.rows;
    most = Math.max(most, portion.rows);
    if (!portion.more) return { rows, most };
  }
  throw new Error('forgetting does not end');
}

export function askAboutForgetting(ask: Ask): void {
  group('forgetting', () => {
    askWhatGoes(ask);
    askAboutDuplicates(ask);
    askAboutPortions(ask);
  });
}

function askWhatGoes(ask: Ask): void {
  ask('removes what was done or failed long enough ago, and nothing else', async (bench) => {
    await bench.settle('old', { outcome: 'done', legs: [legOf('erp', 'sent'), legOf('erp', 'waits')], reply: messageOf('r') });
    await bench.endLeg(only((await bench.claimLegs({ limit: 1 })).jobs), { outcome: 'sent', archive: true });
    const token = await bench.journal.outbox.begin(legOf('erp', 'failed'));
    if (token)
      await bench.journal.outbox.settle({ entry: 'erp', id: 'failed', token, ending: { outcome: 'failed', failure: failureOf() } });
    await bench.store('stored');
    await bench.settle('parked', parked('parked'));
    await bench.pass(keep + 100);
    await bench.settle('young', done);
    expect(await forgetAll(bench)).toMatchObject({ rows: 3 });
    expect(await forgetAll(bench)).toMatchObject({ rows: 0 });
    const { rows } = await bench.journal.desk.list({});
    expect(rows.map(({ id }) => id).toSorted()).toEqual(['parked', 'stored', 'waits', 'young']);
    expect(await bench.show('old')).toBeUndefined();
  });

  ask('counts the time from when something was done, not from when it came', async (bench) => {
    await bench.store('m-1');
    await bench.pass(keep + 100);
    await bench.end(only((await bench.claim()).jobs), done);
    expect(await forgetAll(bench)).toMatchObject({ rows: 0 });
    await bench.pass(keep + 100);
    expect(await forgetAll(bench)).toMatchObject({ rows: 1 });
  });

  ask('removes the counts of messages that their transport has not handed out again, and lets what follows go on', async (bench) => {
    await bench.settle('gone', again(1, 0), factsOf('gone', { orderKey: 'k' }));
    await bench.store('behind', { orderKey: 'k' });
    await bench.pass(keep - 100);
    await bench.settle('still-there', again(1, 0));
    await bench.pass(200);
    expect(await forgetAll(bench)).toMatchObject({ rows: 1 });
    expect(await bench.find('gone')).toEqual({ state: 'unknown' });
    expect(await bench.find('still-there')).toMatchObject({ state: 'waiting' });
    expect(idsOf((await bench.claim()).jobs)).toEqual(['behind']);
  });

  ask('removes reports of which nobody knew the message', async (bench) => {
    await bench.journal.outbox.report({ about: 'far-1', id: 'report-1', kind: 'bounced' });
    await bench.pass(keep + 100);
    await bench.journal.outbox.report({ about: 'far-1', id: 'report-2', kind: 'bounced' });
    await forgetAll(bench);
    await bench.publish(['l-1']);
    await bench.endLeg(only((await bench.claimLegs()).jobs), { outcome: 'sent', archive: false, receipts: ['far-1'] });
    expect((await bench.showLeg('l-1'))?.reports.map(({ id }) => id)).toEqual(['report-2']);
  });
}

function askAboutDuplicates(ask: Ask): void {
  ask('ends the suppression of duplicates', async (bench) => {
    await bench.settle('m-1', done);
    await bench.pass(keep + 100);
    await forgetAll(bench);
    expect(await bench.find('m-1')).toEqual({ state: 'unknown' });
    expect(await bench.settle('m-1', done)).toEqual({ outcome: 'recorded' });
  });

  ask('remembers the id of a publication as long as one of its legs, and no longer', async (bench) => {
    const publish = (id: string) => bench.journal.outbox.publish([legOf('erp', `leg-of-${id}`)], { id });
    await publish('p-1');
    await bench.journal.outbox.publish([], { id: 'p-2' });
    await bench.pass(keep + 100);
    await forgetAll(bench);
    expect([await publish('p-1'), await publish('p-2')]).toEqual([false, true]);
    const jobs = (await bench.claimLegs()).jobs;
    for (const job of jobs) await bench.endLeg(job, sent);
    await forgetAll(bench);
    expect(await publish('p-1')).toBe(false);
    await bench.pass(keep + 100);
    await forgetAll(bench);
    expect(await publish('p-1')).toBe(true);
  });
}

function askAboutPortions(ask: Ask): void {
  ask('takes what there is in portions, and says whether there is more', async (bench) => {
    const ids = Array.from({ length: 12_000 }, (_, index) => `m-${index}`);
    for (let from = 0; from < ids.length; from += 1000) await Promise.all(ids.slice(from, from + 1000).map((id) => bench.settle(id, done)));
    await bench.pass(keep + 100);
    await bench.settle('young', done);
    const { rows, most } = await forgetAll(bench);
    expect(rows).toBe(12_000);
    expect(most).toBeLessThan(12_000);
    expect((await bench.journal.desk.list({})).rows.map(({ id }) => id)).toEqual(['young']);
  });
}
