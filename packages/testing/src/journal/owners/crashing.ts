import { expect } from 'vitest';
import { type Ask, type Bench, group, type Opened } from '../bench.ts';
import { again, anna, done, factsOf, idsOf, inbound, inKey, keptOf, legOf, only, parked, sent } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';

export function askAboutCrashes(ask: Ask, { reopen, crash, suspend }: JournalSubject): void {
  if (reopen && crash) {
    group('a journal that somebody had open who has crashed', () => {
      askAboutUnresolved(ask);
      askAboutBegun(ask);
      askWhoFollows(ask);
    });
  }
  if (reopen && suspend) {
    group('a journal that somebody has open who is suspended', () => {
      askAboutSuspended(ask);
    });
  }
}

/** Lets an opening crash, and lets the time pass after which its claims are free. */
async function crash(bench: Bench, opened: Opened): Promise<void> {
  await bench.crash(opened);
  await bench.pass(3_500);
}

function askAboutUnresolved(ask: Ask): void {
  ask('hands out what that one had, and says that its outcome is not known', async (bench) => {
    const other = await bench.reopen();
    await other.store('m-1');
    await other.publish(['l-1']);
    expect([only((await other.claim()).jobs).unresolved, only((await other.claimLegs()).jobs).unresolved]).toEqual([0, 0]);
    await crash(bench, other);
    const job = await bench.eventually(async () => (await bench.claim()).jobs[0], 'the message');
    const leg = await bench.eventually(async () => (await bench.claimLegs()).jobs[0], 'the leg');
    expect([job.attempts, job.unresolved, leg.attempts, leg.unresolved]).toEqual([0, 1, 0, 1]);
    await bench.end(job, again(1, 0));
    await bench.endLeg(leg, again(1, 0));
    const [next, nextLeg] = [only((await bench.claim()).jobs), only((await bench.claimLegs()).jobs)];
    expect([next.attempts, next.unresolved, nextLeg.attempts, nextLeg.unresolved]).toEqual([1, 1, 1, 1]);
  });

  ask('counts each hand-out that ended so, until a replay', async (bench) => {
    await bench.store('m-1');
    for (const unresolved of [0, 1, 2]) {
      const other = await bench.reopen();
      const job = await bench.eventually(async () => (await other.claim()).jobs[0], 'the message');
      expect(job.unresolved).toBe(unresolved);
      await crash(bench, other);
    }
    const job = await bench.eventually(async () => (await bench.claim()).jobs[0], 'the message');
    await bench.end(job, parked('m-1', { attempts: 0 }));
    await bench.journal.desk.replay([inKey('m-1')], anna);
    expect(only((await bench.claim()).jobs)).toMatchObject({ attempts: 0, unresolved: 0 });
  });

  ask('frees a run, and hands out its rows alone from then on, in order', async (bench) => {
    const other = await bench.reopen();
    for (const id of ['a-1', 'a-2', 'a-3']) await other.store(id, { orderKey: 'a' });
    expect(idsOf((await other.claim({ run: 3 })).jobs)).toEqual(['a-1', 'a-2', 'a-3']);
    await crash(bench, other);
    const first = await bench.eventually(async () => (await bench.claim({ run: 3 })).jobs[0], 'the head');
    expect(first.id).toBe('a-1');
    expect((await bench.claim({ run: 3 })).jobs).toEqual([]);
    await bench.end(first, done);
    expect(idsOf((await bench.claim({ run: 3 })).jobs)).toEqual(['a-2']);
  });

  ask('hands out alone what that one had, neither with each other nor with what is new', async (bench) => {
    const other = await bench.reopen();
    for (const id of ['m-1', 'm-2']) await other.store(id);
    await other.publish(['l-1', 'l-2']);
    expect([(await other.claim({ limit: 9 })).jobs.length, (await other.claimLegs({ limit: 9 })).jobs.length]).toEqual([2, 2]);
    await crash(bench, other);
    await bench.store('m-3');
    await bench.publish(['l-3']);
    const claimed: string[][] = [];
    await bench.eventually(async () => {
      for (const { jobs } of [await bench.claim({ limit: 9 }), await bench.claimLegs({ limit: 9 })]) {
        const ids = jobs.map((job) => ('leg' in job ? job.leg.message.id : job.id));
        if (ids.length > 0) claimed.push(ids);
      }
      return claimed.length === 6;
    }, 'all of them');
    expect(claimed.flat().toSorted()).toEqual(['l-1', 'l-2', 'l-3', 'm-1', 'm-2', 'm-3']);
  });
}

function askAboutBegun(ask: Ask): void {
  ask('counts what that one had begun without a claim', async (bench) => {
    const other = await bench.reopen();
    for (const id of ['m-1', 'm-2', 'm-3']) await other.journal.inbox.begin({ entry: inbound, id }, factsOf(id));
    await other.settle('m-2', again(1, 0));
    await other.settle('m-3', { outcome: 'released' });
    await other.journal.inbox.begin({ entry: inbound, id: 'm-1' }, factsOf('m-1'));
    await crash(bench, other);
    await bench.eventually(async () => (await bench.find('m-1')).state === 'waiting', 'the message');
    const later = await bench.reopen();
    expect(await later.find('m-1')).toMatchObject({ state: 'waiting', attempts: 0, unresolved: 1 });
    expect(await later.find('m-2')).toMatchObject({ state: 'waiting', attempts: 1, unresolved: 0 });
    expect(await later.find('m-3')).not.toMatchObject({ unresolved: 1 });
    expect(await later.settle('m-1', again(1, 0))).toEqual({ outcome: 'recorded' });
    expect(await later.find('m-1')).toMatchObject({ attempts: 1, unresolved: 1 });
  });

  ask('counts nothing of what was begun by one that closed', async (bench) => {
    const other = await bench.reopen();
    await other.journal.inbox.begin({ entry: inbound, id: 'm-1' }, factsOf('m-1'));
    await other.journal.close();
    expect(await bench.find('m-1')).not.toMatchObject({ unresolved: 1 });
  });

  ask('has failed legs that were sent at once, which nobody sends', async (bench) => {
    const [crashed, closed] = [await bench.reopen(), await bench.reopen()];
    await crashed.journal.outbox.begin(legOf('erp', 'crashed'));
    await closed.journal.outbox.begin(legOf('erp', 'closed'));
    await closed.journal.close();
    await crash(bench, crashed);
    for (const id of ['crashed', 'closed']) {
      const shown = await bench.eventually(async () => {
        const leg = await bench.showLeg(id);
        return leg?.state === 'failed' ? leg : undefined;
      }, `the leg of the one that ${id}`);
      expect(shown).toMatchObject({ state: 'failed', attempts: 1 });
      expect(shown.code).toMatch(/^WB_[A-Z0-9_]+$/);
    }
    expect((await bench.claimLegs()).jobs).toEqual([]);
    expect(await bench.journal.outbox.begin(legOf('erp', 'crashed'))).toBeDefined();
  });
}

function askWhoFollows(ask: Ask): void {
  ask('says so to the next one who opens it', async (bench) => {
    expect(bench.journal.followsCrash).toBe(false);
    const other = await bench.reopen();
    expect(other.journal.followsCrash).toBe(false);
    await crash(bench, other);
    await bench.eventually(async () => (await bench.claim()).jobs.length === 0, 'a call');
    const next = await bench.reopen();
    expect(next.journal.followsCrash).toBe(true);
    await next.journal.close();
    expect((await bench.reopen()).journal.followsCrash).toBe(false);
  });
}

function askAboutSuspended(ask: Ask): void {
  ask('leaves that one what it has for a moment', async (bench) => {
    const other = await bench.reopen();
    await other.store('m-1');
    const job = only((await other.claim()).jobs);
    await bench.suspend(other);
    await bench.pass(1_000);
    expect((await bench.claim()).jobs).toEqual([]);
    await bench.resume(other);
    expect(await other.end(job, done)).toEqual({ outcome: 'recorded' });
  });

  ask('hands out what that one has after three seconds, and that one ends nothing of it afterwards', async (bench) => {
    const other = await bench.reopen();
    await other.store('m-1');
    await other.publish(['l-1']);
    const [job, leg] = [only((await other.claim()).jobs), only((await other.claimLegs()).jobs)];
    await bench.suspend(other);
    await bench.pass(3_500);
    const taken = await bench.eventually(async () => (await bench.claim()).jobs[0], 'the message');
    await bench.eventually(async () => (await bench.claimLegs()).jobs[0], 'the leg');
    expect(taken.unresolved).toBe(1);
    await bench.resume(other);
    for (const ending of [done, again(1, 0, keptOf('m-1')), parked('m-1')])
      expect(await other.end(job, ending)).toEqual({ outcome: 'not-yours' });
    for (const ending of [sent, again(1, 0), parked('l-1')]) expect(await other.endLeg(leg, ending)).toEqual({ outcome: 'not-yours' });
    await bench.end(taken, done);
    expect(await other.end(job, done)).toMatchObject({ outcome: 'known', state: { state: 'done' } });
    await other.store('m-2');
    expect(idsOf((await other.claim()).jobs)).toEqual(['m-2']);
  });
}
