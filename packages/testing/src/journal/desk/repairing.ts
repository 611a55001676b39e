import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { again, anna, done, idsOf, inKey, legIdsOf, only, outKey, parked, sent } from '../fixtures.ts';

export function askAboutRepairing(ask: Ask): void {
  group('a parked message that is replayed', () => {
    askAboutReplay(ask);
  });
  group('a parked message that is edited', () => {
    askAboutEditing(ask);
  });
  group('a message that is moved', () => {
    askAboutMoving(ask);
  });
  group('a parked message that is dropped', () => {
    askAboutDropping(ask);
  });
}

function askAboutReplay(ask: Ask): void {
  ask('is due at once with all its attempts before it, and keeps the history of its failures', async (bench) => {
    await bench.settle('m-1', parked('m-1', { attempts: 5 }));
    await bench.pass(100);
    expect(await bench.journal.desk.replay([inKey('m-1')], anna)).toEqual([inKey('m-1')]);
    expect(only((await bench.claim()).jobs)).toMatchObject({ id: 'm-1', attempts: 0, principal: { name: 'erp' } });
    const shown = await bench.show('m-1');
    expect(shown).toMatchObject({ state: 'stored', attempts: 0, failures: [{ reason: 'no such order' }] });
    expect((shown?.changedAt ?? 0) - (shown?.recordedAt ?? 0)).toBeGreaterThanOrEqual(100);
  });

  ask('can be a leg, too', async (bench) => {
    await bench.publish(['l-1']);
    await bench.endLeg(only((await bench.claimLegs()).jobs), parked('l-1', { attempts: 3 }));
    expect(await bench.journal.desk.replay([outKey('l-1')], anna)).toEqual([outKey('l-1')]);
    const job = only((await bench.claimLegs()).jobs);
    expect(job.attempts).toBe(0);
    expect(await bench.endLeg(job, sent)).toEqual({ outcome: 'recorded' });
  });

  ask('is one of many that are replayed together; those that are not parked are not among the answers', async (bench) => {
    for (const id of ['a', 'b']) await bench.settle(id, parked(id));
    await bench.settle('done', done);
    await bench.store('stored');
    const keys = ['a', 'done', 'unknown', 'b', 'a', 'stored'].map((id) => inKey(id));
    expect(await bench.journal.desk.replay(keys, anna)).toEqual([inKey('a'), inKey('b')]);
    expect(await bench.journal.desk.replay(keys, anna)).toEqual([]);
    expect(idsOf((await bench.claim()).jobs).toSorted()).toEqual(['a', 'b', 'stored']);
  });

  ask('can be given up again', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    await bench.journal.desk.replay([inKey('m-1')], anna);
    await bench.end(only((await bench.claim()).jobs), parked('m-1', { reason: 'still not' }));
    expect(await bench.show('m-1')).toMatchObject({
      state: 'parked',
      attempts: 1,
      failures: [{ reason: 'no such order' }, { reason: 'still not' }],
    });
  });
}

function askAboutEditing(ask: Ask): void {
  ask('has the new body from then on, and everything else as it was', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    expect(await bench.journal.desk.edit(inKey('m-1'), Uint8Array.of(1, 2, 3), anna)).toBe(true);
    expect(await bench.show('m-1')).toMatchObject({ state: 'parked', message: { id: 'm-1', contentType: 'text/xml; charset=utf-8' } });
    await bench.journal.desk.replay([inKey('m-1')], anna);
    const job = only((await bench.claim()).jobs);
    expect([[...job.message.body], job.digest, job.message.properties['empty']]).toEqual([[1, 2, 3], 'digest-m-1', '']);
  });

  ask('keeps the body that came, through further edits, its replay and its end', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    const came = (await bench.show('m-1'))?.message?.body;
    expect((await bench.show('m-1'))?.original).toBeUndefined();
    await bench.journal.desk.edit(inKey('m-1'), Uint8Array.of(1), anna);
    await bench.journal.desk.edit(inKey('m-1'), Uint8Array.of(2), anna);
    const bodies = async (entry?: string) => {
      const shown = await bench.show('m-1', entry);
      return [shown?.message && [...shown.message.body], shown?.original && [...shown.original]];
    };
    expect(await bodies()).toEqual([[2], [...(came ?? [])]]);
    await bench.journal.desk.move([inKey('m-1')], 'invoices', anna);
    expect(await bodies('invoices')).toEqual([[2], [...(came ?? [])]]);
    await bench.journal.desk.move([inKey('m-1', 'invoices')], 'orders', anna);
    await bench.journal.desk.replay([inKey('m-1')], anna);
    await bench.end(only((await bench.claim()).jobs), done);
    expect(await bodies()).toEqual([undefined, [...(came ?? [])]]);
  });

  ask('loses its first body with the row', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    await bench.journal.desk.edit(inKey('m-1'), Uint8Array.of(1), anna);
    await bench.journal.desk.drop([inKey('m-1')], anna);
    await bench.settle('m-1', parked('m-1'));
    expect((await bench.show('m-1'))?.original).toBeUndefined();
  });

  ask('can be a leg, and nothing else than what is parked', async (bench) => {
    await bench.publish(['l-1', 'l-2']);
    const [job] = (await bench.claimLegs()).jobs;
    if (job) await bench.endLeg(job, parked('l-1'));
    await bench.settle('done', done);
    const edit = (key: ReturnType<typeof inKey>) => bench.journal.desk.edit(key, Uint8Array.of(9), anna);
    expect(await Promise.all([outKey('l-1'), outKey('l-2'), inKey('done'), inKey('unknown')].map(edit))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await bench.journal.desk.replay([outKey('l-1')], anna);
    expect([...only((await bench.claimLegs()).jobs).leg.message.body]).toEqual([9]);
  });
}

function askAboutMoving(ask: Ask): void {
  ask('is handed out at its new entry, in its state, as the newest there', async (bench) => {
    await bench.publish(['l-1', 'l-2'], {}, 'old');
    await bench.publish(['l-3']);
    await bench.endLeg(only((await bench.claimLegs({ entry: 'old', limit: 1 })).jobs), parked('l-1'));
    const keys = ['l-1', 'l-2'].map((id) => outKey(id, 'old'));
    expect(await bench.journal.desk.move(keys, 'erp', anna)).toEqual(keys);
    expect(await bench.showLeg('l-1', 'old')).toBeUndefined();
    expect(await bench.showLeg('l-1')).toMatchObject({ state: 'parked', attempts: 1, failures: [{ reason: 'no such order' }] });
    const { rows } = await bench.journal.desk.list({ entry: 'erp' });
    expect(rows.map(({ id }) => id)).toEqual(['l-2', 'l-1', 'l-3']);
    const { jobs } = await bench.claimLegs();
    expect(jobs.map(({ leg }) => [leg.message.id, leg.entry])).toEqual([
      ['l-3', 'erp'],
      ['l-2', 'erp'],
    ]);
    await bench.journal.desk.replay([outKey('l-1')], anna);
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1']);
  });

  ask('can be an inbound one, and is known at its new entry', async (bench) => {
    await bench.store('m-1', {}, 'old');
    expect(await bench.journal.desk.move([inKey('m-1', 'old')], 'orders', anna)).toEqual([inKey('m-1', 'old')]);
    expect((await bench.journal.inbox.find({ entry: 'old', id: 'm-1' })).known).toEqual({ state: 'unknown' });
    expect(await bench.find('m-1')).toMatchObject({ state: 'stored', digest: 'digest-m-1' });
    expect(only((await bench.claim()).jobs)).toMatchObject({ entry: 'orders', id: 'm-1', principal: { name: 'erp' } });
  });

  ask('stays where it is when it is done, in somebody’s hands, kept by its transport, or known there', async (bench) => {
    await bench.settle('done', done, { entry: 'old' });
    await bench.store('held', {}, 'old');
    await bench.claim({ entry: 'old' });
    await bench.settle('waiting', again(1, 0), { entry: 'old' });
    await bench.store('known', {}, 'old');
    await bench.store('known');
    const keys = ['done', 'held', 'waiting', 'known', 'unknown'].map((id) => inKey(id, 'old'));
    expect(await bench.journal.desk.move(keys, 'orders', anna)).toEqual([]);
    expect((await bench.journal.desk.list({ entry: 'old' })).rows).toHaveLength(4);
  });
}

function askAboutDropping(ask: Ask): void {
  ask('is gone for good, and so is the memory of it', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    expect(await bench.journal.desk.drop([inKey('m-1')], anna)).toEqual([inKey('m-1')]);
    expect(await bench.journal.desk.drop([inKey('m-1')], anna)).toEqual([]);
    expect(await bench.show('m-1')).toBeUndefined();
    expect(await bench.find('m-1')).toEqual({ state: 'unknown' });
    expect(await bench.settle('m-1', done)).toEqual({ outcome: 'recorded' });
  });

  ask('is left alone when it is not parked', async (bench) => {
    await bench.settle('done', done);
    await bench.store('stored');
    await bench.publish(['l-1']);
    expect(await bench.journal.desk.drop([inKey('done'), inKey('stored'), outKey('l-1'), inKey('unknown')], anna)).toEqual([]);
    expect((await bench.journal.desk.list({})).rows).toHaveLength(3);
  });
}
