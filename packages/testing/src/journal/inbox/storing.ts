import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { again, comparable, done, factsOf, idsOf, keptOf, messageOf, only, parked, released } from '../fixtures.ts';

export function askAboutStoring(ask: Ask): void {
  group('a message that is stored', () => {
    askWhatIsAnswered(ask);
  });
  group('an entry that claims what is stored', () => {
    askAboutClaiming(ask);
    askAboutEnding(ask);
  });
}

function askWhatIsAnswered(ask: Ask): void {
  ask('is answered with what was known before, and stored', async (bench) => {
    expect(await bench.store('m-1')).toEqual({ state: 'unknown' });
    const stored = { state: 'stored', attempts: 0, unresolved: 0, digest: 'digest-m-1', trace: 'trace-m-1' };
    expect(await bench.find('m-1')).toEqual(stored);
    expect(await bench.store('m-1')).toEqual(stored);
    expect((await bench.claim()).jobs).toHaveLength(1);
  });

  ask('stays as it was when it is known already, also with another body', async (bench) => {
    await bench.settle('done', done);
    await bench.store('stored');
    await bench.settle('parked', parked('parked'));
    for (const id of ['done', 'stored', 'parked']) {
      const before = await bench.journal.inbox.store({
        entry: 'orders',
        id,
        ...factsOf(id, { digest: 'another' }),
        ...keptOf(id, 'another'),
      });
      expect(before).toMatchObject({ state: id, digest: `digest-${id}` });
      expect(await bench.find(id)).toEqual(before);
    }
    expect(only((await bench.claim()).jobs).message.body).toHaveLength(256);
  });

  ask('goes on counting where its transport had it before', async (bench) => {
    await bench.settle('m-1', again(2, 60_000));
    expect(await bench.store('m-1')).toMatchObject({ state: 'waiting', attempts: 2 });
    expect(only((await bench.claim()).jobs)).toMatchObject({ id: 'm-1', attempts: 2 });
  });
}

function askAboutClaiming(ask: Ask): void {
  ask('gets them as they were stored', async (bench) => {
    await bench.store('m-1', { orderKey: 'k' });
    const { message, principal, token, ...job } = only((await bench.claim()).jobs);
    expect(comparable(message)).toEqual(comparable(messageOf('m-1')));
    expect(principal).toEqual(keptOf('m-1').principal);
    expect(token).toMatchObject({ owner: expect.any(Number) as number, version: expect.any(Number) as number });
    expect(job).toEqual({ entry: 'orders', id: 'm-1', ...factsOf('m-1', { orderKey: 'k' }), attempts: 0, unresolved: 0 });
  });

  ask('gets its own in the order of recording, as many as asked for', async (bench) => {
    for (const id of ['a', 'b', 'c']) await bench.store(id);
    await bench.store('x', {}, 'invoices');
    const first = await bench.claim({ limit: 2 });
    expect([idsOf(first.jobs), first.dueIn]).toEqual([['a', 'b'], 0]);
    const second = await bench.claim({ limit: 2 });
    expect([idsOf(second.jobs), second.dueIn]).toEqual([['c'], undefined]);
    expect(idsOf((await bench.claim({ entry: 'invoices' })).jobs)).toEqual(['x']);
  });

  ask('gets each once although many ask at the same moment, and for as long as it is not settled', async (bench) => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => bench.store(`m-${index}`)));
    const claims = await Promise.all(Array.from({ length: 20 }, () => bench.claim({ limit: 5 })));
    const ids = claims.flatMap(({ jobs }) => idsOf(jobs));
    expect([ids.length, new Set(ids).size]).toEqual([50, 50]);
    await bench.pass(60_000);
    expect(await bench.claim()).toEqual({ jobs: [], dueIn: undefined });
  });

  ask('learns when the next one is due', async (bench) => {
    await bench.settle('later', again(1, 900, keptOf('later')));
    await bench.settle('sooner', again(1, 300, keptOf('sooner')));
    const { dueIn = 0 } = await bench.claim();
    expect([dueIn > 200, dueIn <= 300]).toEqual([true, true]);
    await bench.pass(300);
    const { jobs, dueIn: next = 0 } = await bench.claim();
    expect([idsOf(jobs), next > 500, next <= 600]).toEqual([['sooner'], true, true]);
  });

  ask('gets what falls due together in the order of recording', async (bench) => {
    await bench.settle('a', again(1, 900, keptOf('a')));
    await bench.settle('b', again(1, 300, keptOf('b')));
    await bench.pass(1000);
    expect(idsOf((await bench.claim()).jobs)).toEqual(['a', 'b']);
  });
}

function askAboutEnding(ask: Ask): void {
  ask('gets what it has given back at once, and nothing is counted', async (bench) => {
    await bench.store('m-1');
    const [job] = (await bench.claim()).jobs;
    expect(job && (await bench.end(job, released))).toEqual({ outcome: 'recorded' });
    expect(only((await bench.claim()).jobs)).toMatchObject({ id: 'm-1', attempts: 0, unresolved: 0 });
  });

  ask('gets what failed when its time comes, with one attempt more', async (bench) => {
    await bench.store('m-1');
    for (const attempts of [1, 2, 3]) {
      const [job] = (await bench.claim()).jobs;
      expect(job && (await bench.end(job, again(attempts, 100)))).toEqual({ outcome: 'recorded' });
      expect((await bench.claim()).jobs).toEqual([]);
      await bench.pass(100);
      expect(await bench.find('m-1')).toMatchObject({ state: 'stored', attempts, unresolved: 0 });
    }
    expect((await bench.show('m-1'))?.failures).toHaveLength(3);
  });

  ask('gets nothing more of what is done', async (bench) => {
    await bench.store('m-1');
    const [job] = (await bench.claim()).jobs;
    expect(job && (await bench.end(job, { outcome: 'done', legs: [], archive: keptOf('m-1') }))).toEqual({ outcome: 'recorded' });
    expect(await bench.claim()).toEqual({ jobs: [], dueIn: undefined });
    expect(await bench.show('m-1')).toMatchObject({ state: 'done', message: { id: 'm-1' } });
  });
}
