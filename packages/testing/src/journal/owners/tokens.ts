import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { again, done, idsOf, keptOf, legIdsOf, legOf, only, parked, released, sent } from '../fixtures.ts';

export function askAboutTokens(ask: Ask): void {
  group('a claim', () => {
    askAboutRepeats(ask);
    askAboutOthers(ask);
    askAboutDeliveries(ask);
  });
}

function askAboutRepeats(ask: Ask): void {
  ask('that was ended is recorded again when the same is told again, and counted once', async (bench) => {
    await bench.store('m-1');
    const job = only((await bench.claim()).jobs);
    await bench.end(job, again(1, 500));
    await bench.pass(400);
    expect(await bench.end(job, again(1, 500))).toEqual({ outcome: 'recorded' });
    expect(await bench.show('m-1')).toMatchObject({ attempts: 1, failures: [{ code: 'WB_COMMAND_FAILED' }] });
    await bench.pass(100);
    expect(idsOf((await bench.claim()).jobs)).toEqual(['m-1']);
  });

  ask('that ended as done is recorded again, and its legs are there once', async (bench) => {
    await bench.store('m-1');
    const job = only((await bench.claim()).jobs);
    const ending = { outcome: 'done', legs: [legOf('erp', 'l-1')] } as const;
    expect(await bench.end(job, ending)).toEqual({ outcome: 'recorded' });
    expect(await bench.end(job, ending)).toEqual({ outcome: 'recorded' });
    expect(await bench.end(job, again(1, 0))).toMatchObject({ outcome: 'known', state: { state: 'done' } });
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1']);
  });

  ask('that ended as parked is recorded again, and known when it is told otherwise', async (bench) => {
    await bench.store('m-1');
    const job = only((await bench.claim()).jobs);
    for (const _ of [1, 2]) expect(await bench.end(job, parked('m-1'))).toEqual({ outcome: 'recorded' });
    expect(await bench.end(job, done)).toMatchObject({ outcome: 'known', state: { state: 'parked' } });
    expect((await bench.show('m-1'))?.failures).toHaveLength(1);
  });

  ask('of a leg is recorded again when the same is told again', async (bench) => {
    for (const [id, ending] of [
      ['l-1', again(1, 60_000)],
      ['l-2', parked('l-2')],
      ['l-3', sent],
    ] as const) {
      await bench.publish([id]);
      const job = only((await bench.claimLegs()).jobs);
      for (const _ of [1, 2]) expect(await bench.endLeg(job, ending)).toEqual({ outcome: 'recorded' });
      expect((await bench.showLeg(id))?.failures).toHaveLength(ending === sent ? 0 : 1);
    }
  });
}

function askAboutOthers(ask: Ask): void {
  ask('that has ended is not the newest any more', async (bench) => {
    await bench.store('m-1');
    const first = only((await bench.claim()).jobs);
    await bench.end(first, released);
    for (const ending of [done, again(1, 0), parked('m-1')]) expect(await bench.end(first, ending)).toEqual({ outcome: 'not-yours' });
    const second = only((await bench.claim()).jobs);
    for (const ending of [done, again(1, 0), parked('m-1')]) expect(await bench.end(first, ending)).toEqual({ outcome: 'not-yours' });
    expect((await bench.claim()).jobs).toEqual([]);
    expect(await bench.find('m-1')).toMatchObject({ state: 'stored', attempts: 0 });
    expect(await bench.end(second, done)).toEqual({ outcome: 'recorded' });
  });

  ask('of a leg that has ended is not the newest any more', async (bench) => {
    await bench.publish(['l-1']);
    const first = only((await bench.claimLegs()).jobs);
    await bench.endLeg(first, released);
    const second = only((await bench.claimLegs()).jobs);
    for (const ending of [sent, again(1, 0), parked('l-1')]) expect(await bench.endLeg(first, ending)).toEqual({ outcome: 'not-yours' });
    expect((await bench.claimLegs()).jobs).toEqual([]);
    expect(await bench.showLeg('l-1')).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(await bench.endLeg(second, sent)).toEqual({ outcome: 'recorded' });
  });

  ask('of a message that the journal does not know is not the newest', async (bench) => {
    await bench.store('m-1');
    const job = only((await bench.claim()).jobs);
    expect(await bench.end({ ...job, id: 'unknown' }, done)).toEqual({ outcome: 'not-yours' });
    expect(await bench.find('unknown')).toEqual({ state: 'unknown' });
  });
}

function askAboutDeliveries(ask: Ask): void {
  ask('is nobody else’s to end', async (bench) => {
    await bench.store('m-1');
    const job = only((await bench.claim()).jobs);
    for (const ending of [
      again(1, 0),
      again(1, 0, keptOf('m-1')),
      parked('m-1'),
      { outcome: 'done', legs: [legOf('erp', 'l-1')] } as const,
    ]) {
      expect(await bench.settle('m-1', ending)).toEqual({ outcome: 'not-yours' });
    }
    expect(await bench.find('m-1')).toMatchObject({ state: 'stored', attempts: 0 });
    expect(await bench.end(job, { outcome: 'done', legs: [legOf('erp', 'l-2')] })).toEqual({ outcome: 'recorded' });
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-2']);
  });
}
