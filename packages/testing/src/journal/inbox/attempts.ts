import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { again, comparable, done, factsOf, failureOf, idsOf, keptOf, messageOf, only, parked, released } from '../fixtures.ts';

export function askAboutAttempts(ask: Ask): void {
  group('an attempt that failed', () => {
    askAboutCounting(ask);
    askAboutKeeping(ask);
  });
  group('a message that is given up', () => {
    askAboutParking(ask);
  });
  group('a message that was begun', () => {
    askAboutBeginning(ask);
  });
}

function askAboutCounting(ask: Ask): void {
  ask('is counted, with its reason, and the transport hands the message out again', async (bench) => {
    expect(await bench.settle('m-1', again(1, 500))).toEqual({ outcome: 'recorded' });
    const state = { state: 'waiting', attempts: 1, unresolved: 0, digest: 'digest-m-1', trace: 'trace-m-1' };
    expect(await bench.find('m-1')).toEqual(state);
    await bench.pass(1000);
    expect(await bench.claim()).toEqual({ jobs: [], dueIn: undefined });
    const shown = await bench.show('m-1');
    expect(shown).toMatchObject({ state: 'waiting', attempts: 1, code: 'WB_COMMAND_FAILED', reason: 'the database is locked' });
    expect(shown?.failures).toEqual([{ ...failureOf(), at: shown?.recordedAt }]);
  });

  ask('is counted once when it is told again, and one more when it was another one', async (bench) => {
    await bench.settle('m-1', again(1, 0));
    expect(await bench.settle('m-1', again(1, 0))).toEqual({ outcome: 'recorded' });
    expect(await bench.find('m-1')).toMatchObject({ attempts: 1 });
    await bench.settle('m-1', again(2, 0));
    expect(await bench.find('m-1')).toMatchObject({ attempts: 2 });
    expect((await bench.show('m-1'))?.failures).toHaveLength(2);
  });

  ask('keeps the trace of the first one', async (bench) => {
    await bench.settle('m-1', again(1, 0));
    await bench.settle('m-1', again(2, 0), { trace: 'another' });
    expect(await bench.find('m-1')).toMatchObject({ trace: 'trace-m-1' });
  });
}

function askAboutKeeping(ask: Ask): void {
  ask('lets the journal keep the message and hand it out when its time comes, with everything that is known of it', async (bench) => {
    await bench.settle('m-1', again(1, 1000, keptOf('m-1')), factsOf('m-1', { orderKey: 'k' }));
    expect(await bench.find('m-1')).toMatchObject({ state: 'stored', attempts: 1 });
    const { jobs, dueIn } = await bench.claim();
    expect(jobs).toEqual([]);
    expect(dueIn).toBeGreaterThan(900);
    expect(dueIn).toBeLessThanOrEqual(1000);
    await bench.pass(1000);
    const { message, principal, ...job } = only((await bench.claim()).jobs);
    expect(comparable(message)).toEqual(comparable(messageOf('m-1')));
    expect(principal).toEqual(keptOf('m-1').principal);
    expect(job).toMatchObject({ entry: 'orders', id: 'm-1', ...factsOf('m-1', { orderKey: 'k' }), attempts: 1, unresolved: 0 });
  });

  ask('lets the journal keep a message that its transport had before', async (bench) => {
    await bench.settle('m-1', again(1, 0));
    await bench.settle('m-1', again(2, 0, keptOf('m-1')));
    expect(only((await bench.claim()).jobs)).toMatchObject({ id: 'm-1', attempts: 2 });
  });

  ask('leaves a message that is kept with the journal', async (bench) => {
    await bench.store('m-1');
    await bench.end(only((await bench.claim()).jobs), again(1, 1000));
    expect(await bench.find('m-1')).toMatchObject({ state: 'stored', attempts: 1 });
    expect((await bench.claim()).jobs).toEqual([]);
    await bench.pass(1000);
    expect(idsOf((await bench.claim()).jobs)).toEqual(['m-1']);
  });
}

function askAboutParking(ask: Ask): void {
  ask('keeps its bytes, the failures in order, and the last of them as the reason', async (bench) => {
    await bench.settle('m-1', again(1, 0));
    await bench.pass(20);
    expect(await bench.settle('m-1', parked('m-1', { attempts: 2 }))).toEqual({ outcome: 'recorded' });
    const state = { state: 'parked', digest: 'digest-m-1', trace: 'trace-m-1', ...failureOf('no such order') };
    expect(await bench.find('m-1')).toEqual(state);
    const shown = await bench.show('m-1');
    expect(shown).toMatchObject({ state: 'parked', attempts: 2, code: 'WB_COMMAND_FAILED', reason: 'no such order' });
    const { recordedAt = 0, changedAt = 0 } = shown ?? {};
    expect(changedAt).toBeGreaterThanOrEqual(recordedAt + 20);
    expect(shown?.failures).toEqual([
      { ...failureOf(), at: recordedAt },
      { ...failureOf('no such order'), at: changedAt },
    ]);
    expect(comparable(shown?.message)).toEqual(comparable(messageOf('m-1')));
  });

  ask('is no longer handed out', async (bench) => {
    await bench.store('m-1');
    await bench.end(only((await bench.claim()).jobs), parked('m-1'));
    await bench.pass(100_000);
    expect(await bench.claim()).toEqual({ jobs: [], dueIn: undefined });
  });

  ask('is given up once', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    const answer = await bench.settle('m-1', parked('m-1', { attempts: 2, reason: 'another' }));
    expect(answer).toMatchObject({ outcome: 'known', state: { state: 'parked', reason: 'no such order' } });
    expect(await bench.settle('m-1', again(2, 0))).toMatchObject({ outcome: 'known', state: { state: 'parked' } });
    expect(await bench.show('m-1')).toMatchObject({ attempts: 1, reason: 'no such order' });
  });

  ask('keeps a reason that was no failure of an attempt', async (bench) => {
    await bench.settle('m-1', again(3, 0));
    await bench.settle('m-1', parked('m-1', { attempts: 3, reason: 'all attempts are spent' }));
    expect(await bench.show('m-1')).toMatchObject({ attempts: 3, reason: 'all attempts are spent' });
    expect((await bench.show('m-1'))?.failures).toHaveLength(2);
  });
}

function askAboutBeginning(ask: Ask): void {
  const key = { entry: 'orders', id: 'm-1' };

  ask('is known, and not handed out by the journal', async (bench) => {
    await bench.journal.inbox.begin(key, factsOf('m-1'));
    expect(await bench.find('m-1')).toMatchObject({ state: 'waiting', attempts: 0, digest: 'digest-m-1', trace: 'trace-m-1' });
    expect(await bench.claim()).toEqual({ jobs: [], dueIn: undefined });
  });

  ask('can be settled in every way', async (bench) => {
    for (const ending of [again(1, 0), again(2, 0, keptOf('m-1'))]) {
      await bench.journal.inbox.begin(key, factsOf('m-1'));
      expect(await bench.settle('m-1', ending)).toEqual({ outcome: 'recorded' });
    }
    await bench.journal.inbox.begin({ entry: 'orders', id: 'm-3' }, factsOf('m-3'));
    expect(await bench.settle('m-3', parked('m-3'))).toEqual({ outcome: 'recorded' });
    await bench.journal.inbox.begin({ entry: 'orders', id: 'm-2' }, factsOf('m-2'));
    expect(await bench.settle('m-2', released)).toEqual({ outcome: 'recorded' });
    expect(await bench.find('m-2')).not.toMatchObject({ attempts: 1 });
    expect(await bench.settle('m-2', done)).toEqual({ outcome: 'recorded' });
  });

  ask('stays as it is when the journal keeps it already', async (bench) => {
    await bench.settle('done', done);
    await bench.store('stored');
    await bench.settle('parked', parked('parked'));
    for (const id of ['done', 'stored', 'parked']) {
      await bench.journal.inbox.begin({ entry: 'orders', id }, factsOf(id));
      expect(await bench.find(id)).toMatchObject({ state: id });
    }
    expect(idsOf((await bench.claim()).jobs)).toEqual(['stored']);
  });
}
