import { DatabaseSync } from 'node:sqlite';
import type { Journal } from '@waybill/contract';
import { eventually, recordingLog, silentLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import sqlite from '../src/index.ts';
import { Child } from './child.ts';
import { newPath, openAt } from './opening.ts';
import { everything, finishedOf, idsOf, legOf } from './stories.ts';

const context = { name: 'journal', log: silentLog, signal: new AbortController().signal, folder: '/' };

async function idsIn(journal: Journal, direction: 'in' | 'out'): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let before: number | undefined = Number.MAX_SAFE_INTEGER; before !== undefined; ) {
    const page = await journal.desk.list({ direction, before, limit: 1_000 });
    ids.push(...page.rows.map(({ id }) => id));
    before = page.next;
  }
  return ids;
}

describe('a process that is killed while it finishes messages', () => {
  it('has lost none of those that it was promised, nor their legs, and the counts are right, in ten rounds', async () => {
    const path = await newPath();
    const promised: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const child = new Child('finish-until-killed.ts', [path, String(round)]);
      // Killed at a moment that depends on the work: somewhere in the middle of some transaction.
      await child.says(20 + round * 37);
      promised.push(...(await child.kill()));
      const journal = await openAt(path);
      const states = await Promise.all(promised.map((id) => journal.inbox.find({ entry: 'orders', id })));
      expect(promised.filter((_, index) => states[index]?.known.state !== 'done')).toEqual([]);
      const [messages, legs] = [await idsIn(journal, 'in'), await idsIn(journal, 'out')];
      expect(legs.toSorted()).toEqual(messages.map((id) => `leg-${id}`).toSorted());
      expect(await journal.desk.counts()).toMatchObject([{ direction: 'out', entry: 'erp', waiting: legs.length, parked: 0 }]);
      await journal.close();
      expect(integrityOf(path)).toBe('ok');
    }
    expect(promised.length).toBeGreaterThan(10);
  });
});

describe('a process that is killed while it raises reports', () => {
  it('has raised each of those that it was promised, and the others are raised by the next one, once each, in six rounds', async () => {
    const path = await newPath();
    const promised: string[] = [];
    let left = 0;
    for (let round = 0; round < 6; round += 1) {
      const child = new Child('raise-until-killed.ts', [path, String(round)]);
      await child.says(2 + round * 5);
      promised.push(...(await child.kill()));
      const journal = await openAt(path);
      const unraised = await journal.outbox.unraised(1_000);
      left += unraised.length;
      expect(unraised.filter(({ report }) => promised.includes(report.id))).toEqual([]);
      for (const { leg, report } of unraised) {
        const raises = { entry: leg.entry, id: leg.id, report: report.id };
        expect(await journal.outbox.publish([legOf(`news-of-${report.id}`, { entry: 'admin' })], { raises })).toBe(true);
      }
      const reports = (
        await Promise.all((await idsIn(journal, 'out')).map((id) => journal.desk.show({ direction: 'out', entry: 'erp', id })))
      )
        .flatMap((shown) => shown?.reports ?? [])
        .map(({ id }) => `news-of-${id}`);
      const news = (await idsIn(journal, 'out')).filter((id) => id.startsWith('news'));
      expect(news.toSorted()).toEqual(reports.toSorted());
      await journal.close();
      expect(await sqlite.check?.({ path, busyTimeout: 5_000 }, context)).toMatchObject({ faults: [] });
    }
    expect([promised.length > 50, left > 0]).toEqual([true, true]);
  });
});

describe('the claims of a process that was killed', () => {
  it('are free at once for the one that starts next, and counted as unresolved', async () => {
    const path = await newPath();
    const first = await openAt(path);
    await first.outbox.publish([legOf('a'), legOf('b')]);
    await first.close();
    const child = new Child('claim-and-wait.ts', [path]);
    expect(await child.says(1)).toEqual(['a b']);
    await child.kill();
    const { log, lines } = recordingLog();
    const journal = await openAt(path, {}, log);
    expect(journal.followsCrash).toBe(true);
    // One at a time: either may have ended the process.
    for (const id of ['a', 'b']) {
      const { jobs } = await journal.outbox.claim(everything);
      expect(jobs.map(({ leg, unresolved }) => [leg.message.id, unresolved])).toEqual([[id, 1]]);
    }
    expect(lines.map(({ fields }) => fields)).toEqual([{ path, claims: 2 }]);
  });

  it('are free within a second for another one that is busy', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish([legOf('a')]);
    const child = new Child('claim-and-wait.ts', [path]);
    expect(await child.says(1)).toEqual(['a']);
    await journal.outbox.publish([legOf('b')]);
    await child.kill();
    const killed = performance.now();
    const got: string[] = [];
    await eventually(
      async () => {
        await journal.outbox.publish([legOf(`more-${got.length}`)]);
        got.push(...idsOf((await journal.outbox.claim(everything)).jobs));
        return got.includes('a');
      },
      { what: 'the claim of the dead', within: 10_000 },
    );
    expect(performance.now() - killed).toBeLessThan(2_000);
  });

  it('whoever opened the journal after that knows, and the next one does not', async () => {
    const path = await newPath();
    const child = new Child('begin-and-wait.ts', [path]);
    await child.says(1);
    await child.kill();
    const journal = await openAt(path);
    expect(journal.followsCrash).toBe(true);
    await journal.close();
    expect((await openAt(path)).followsCrash).toBe(false);
  });
});

describe('what a process had begun when it was killed', () => {
  it('is an unresolved attempt of a message, and a leg that failed and is not sent again', async () => {
    const path = await newPath();
    const child = new Child('begin-and-wait.ts', [path]);
    expect(await child.says(1)).toEqual(['begun']);
    await child.kill();
    const journal = await openAt(path);
    expect((await journal.inbox.find({ entry: 'orders', id: 'm-1' })).known).toMatchObject({
      state: 'waiting',
      attempts: 0,
      unresolved: 1,
    });
    expect(await journal.desk.show({ direction: 'out', entry: 'erp', id: 'at-once' })).toMatchObject({
      state: 'failed',
      attempts: 1,
      code: 'WB_JOURNAL_SENDER_GONE',
    });
    expect((await journal.outbox.claim(everything)).jobs).toEqual([]);
    expect(await journal.desk.counts()).toEqual([]);
  });
});

describe('two processes with one journal', () => {
  it('send each leg exactly once between them', async () => {
    const path = await newPath();
    const journal = await openAt(path);
    await journal.outbox.publish(Array.from({ length: 200 }, (_, index) => legOf(`common-${index}`)));
    const children = [new Child('claim-and-send.ts', [path, 'left']), new Child('claim-and-send.ts', [path, 'right'])];
    const sent = (await Promise.all(children.map((child) => child.ends()))).flat();
    expect(sent).toHaveLength(400);
    expect(new Set(sent).size).toBe(400);
    expect(await journal.desk.counts()).toEqual([]);
  });

  it('keep what was finished in either of them', async () => {
    const path = await newPath();
    const [one, other] = [await openAt(path), await openAt(path)];
    await one.inbox.settle(finishedOf('m-1'));
    expect((await other.inbox.find({ entry: 'orders', id: 'm-1' })).known).toMatchObject({ state: 'done' });
  });
});

function integrityOf(file: string): unknown {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  const answer = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  database.close();
  return answer;
}
