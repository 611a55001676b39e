import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { again, comparable, done, idsOf, legIdsOf, legOf, messageOf, only, parked } from '../fixtures.ts';

export function askAboutSharing(ask: Ask): void {
  group('a journal that is opened again', () => {
    askWhatIsRemembered(ask);
  });
  group('a journal that two have open', () => {
    askAboutTwo(ask);
    askAboutWaking(ask);
  });
}

async function fill(bench: Bench): Promise<void> {
  await bench.settle('done', { outcome: 'done', legs: [legOf('erp', 'l-1')], reply: messageOf('r-1') });
  await bench.store('stored', { orderKey: 'k' });
  await bench.store('behind', { orderKey: 'k' });
  await bench.settle('failed', again(1, 0));
  await bench.settle('parked', parked('parked', { blocks: true }));
  await bench.journal.outbox.publish([], { id: 'p-1' });
  await bench.journal.outbox.report({ about: 'far-1', id: 'report-1', kind: 'bounced' });
}

function askWhatIsRemembered(ask: Ask): void {
  ask('remembers everything', async (bench) => {
    await fill(bench);
    const [rows, counts] = [await bench.journal.desk.list({}), await bench.journal.desk.counts()];
    await bench.journal.close();
    const later = await bench.reopen();
    expect(await later.journal.desk.list({})).toEqual(rows);
    expect(await later.journal.desk.counts()).toEqual(counts);
    const found = await later.find('done');
    expect(found.state === 'done' && comparable(found.reply)).toEqual(comparable(messageOf('r-1')));
    expect(await later.find('failed')).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(await later.find('parked')).toMatchObject({ state: 'parked', reason: 'no such order' });
    expect(await later.journal.outbox.publish([legOf('erp', 'l-2')], { id: 'p-1' })).toBe(false);
    expect(idsOf((await later.claim()).jobs)).toEqual(['stored']);
    const leg = only((await later.claimLegs()).jobs);
    await later.endLeg(leg, { outcome: 'sent', archive: false, receipts: ['far-1'] });
    expect((await later.showLeg('l-1'))?.reports).toMatchObject([{ id: 'report-1' }]);
    await later.journal.close();
    expect(await (await bench.reopen()).journal.outbox.unraised(10)).toMatchObject([{ leg: { id: 'l-1' }, report: { id: 'report-1' } }]);
  });

  ask('has ended the claims of the one that was closed, uncounted, and the waits go on', async (bench) => {
    await bench.publish(['l-1', 'l-2']);
    await bench.store('m-1');
    const [, second] = (await bench.claimLegs()).jobs;
    await bench.claim();
    if (second) await bench.endLeg(second, again(1, 500));
    await bench.journal.close();
    const later = await bench.reopen();
    const { jobs, dueIn = 0 } = await later.claimLegs();
    expect(jobs).toMatchObject([{ leg: { message: { id: 'l-1' } }, unresolved: 0 }]);
    expect([dueIn > 300, dueIn <= 500]).toEqual([true, true]);
    expect((await later.claim()).jobs).toMatchObject([{ id: 'm-1', unresolved: 0 }]);
    expect(later.journal.followsCrash).toBe(false);
  });
}

function askAboutTwo(ask: Ask): void {
  ask('shows each what the other has done', async (bench) => {
    const other = await bench.reopen();
    await bench.settle('m-1', done);
    expect(await other.find('m-1')).toMatchObject({ state: 'done' });
    expect(await other.settle('m-1', done)).toMatchObject({ outcome: 'known', state: { state: 'done' } });
    await bench.store('m-2', { orderKey: 'k' });
    expect(await other.isBlocked('m-3', 'k')).toBe(true);
  });

  ask('hands nothing out to both', async (bench) => {
    const other = await bench.reopen();
    await bench.publish(Array.from({ length: 40 }, (_, index) => `l-${index}`));
    const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? bench : other).claimLegs({ limit: 3 })));
    const ids = claims.flatMap((claimed) => legIdsOf(claimed.jobs));
    expect([ids.length, new Set(ids).size]).toEqual([40, 40]);
  });

  ask('keeps the order of a key for both together', async (bench) => {
    const other = await bench.reopen();
    for (const id of ['a-1', 'a-2']) await bench.store(id, { orderKey: 'a' });
    const first = only((await bench.claim()).jobs);
    expect((await other.claim()).jobs).toEqual([]);
    await bench.end(first, done);
    expect(idsOf((await other.claim()).jobs)).toEqual(['a-2']);
  });

  ask('lets nobody end the claim of the other', async (bench) => {
    const other = await bench.reopen();
    await bench.store('m-1');
    const job = only((await bench.claim()).jobs);
    expect(await other.end({ ...job, token: { ...job.token, owner: job.token.owner + 1 } }, done)).toEqual({ outcome: 'not-yours' });
    expect(await bench.end(job, done)).toEqual({ outcome: 'recorded' });
  });

  ask('keeps the claims of one when the other is closed', async (bench) => {
    const other = await bench.reopen();
    await bench.publish(['l-1']);
    await bench.claimLegs();
    await other.journal.close();
    expect((await (await bench.reopen()).claimLegs()).jobs).toEqual([]);
  });
}

function askAboutWaking(ask: Ask): void {
  ask('wakes the one when the other has put work there, as long as it watches', async (bench) => {
    const other = await bench.reopen();
    for (const put of [
      () => other.store('m-1'),
      () => other.publish(['l-1']),
      () => other.settle('m-2', { outcome: 'done', legs: [legOf('erp', 'l-2')] }),
    ]) {
      const woken = Promise.withResolvers<void>();
      const end = bench.journal.watch(() => woken.resolve());
      await put();
      await bench.within(woken.promise, 'being woken');
      end();
    }
  });

  ask('wakes all who watch', async (bench) => {
    const other = await bench.reopen();
    const woken = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    for (const { resolve } of woken) bench.journal.watch(resolve);
    await other.store('m-1');
    for (const { promise } of woken) await bench.within(promise, 'being woken');
  });

  ask('wakes nobody who watches no longer', async (bench) => {
    const other = await bench.reopen();
    let woken = 0;
    const end = bench.journal.watch(() => {
      woken += 1;
    });
    await other.store('m-1');
    await bench.eventually(async () => woken > 0, 'being woken');
    end();
    const before = woken;
    await other.store('m-2');
    await bench.stays(() => woken === before, 'nobody woken');
  });

  ask('wakes the one when the claims of the other come free', async (bench) => {
    const other = await bench.reopen();
    await bench.publish(['l-1']);
    await other.claimLegs();
    const woken = Promise.withResolvers<void>();
    bench.journal.watch(() => woken.resolve());
    await other.journal.close();
    await bench.within(woken.promise, 'being woken');
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1']);
  });
}
