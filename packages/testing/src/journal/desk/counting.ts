import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { again, anna, done, factsOf, failureOf, inKey, legOf, only, outKey, parked, sent } from '../fixtures.ts';

export function askAboutCounting(ask: Ask): void {
  group('the counts', () => {
    askAboutCounts(ask);
  });
  group('keys that are blocked', () => {
    askAboutBlocked(ask);
  });
}

async function countsOf({ journal }: Bench): Promise<readonly string[]> {
  const counts = await journal.desk.counts();
  return counts.map(({ direction, entry, waiting, parked: given }) => `${direction} ${entry}: ${waiting} wait, ${given} parked`).toSorted();
}

function askAboutCounts(ask: Ask): void {
  ask('tell how much of each entry waits and is parked, and name no entry that has nothing', async (bench) => {
    expect(await countsOf(bench)).toEqual([]);
    await bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'a'), legOf('erp', 'b'), legOf('files', 'a')] });
    await bench.store('m-3');
    await bench.settle('m-4', again(1, 0));
    await bench.settle('m-5', parked('m-5'), { entry: 'invoices' });
    await bench.endLeg(only((await bench.claimLegs({ limit: 1 })).jobs), parked('a'));
    await bench.endLeg(only((await bench.claimLegs({ entry: 'files' })).jobs), sent);
    expect(await countsOf(bench)).toEqual(['in invoices: 0 wait, 1 parked', 'in orders: 1 wait, 0 parked', 'out erp: 1 wait, 1 parked']);
  });

  ask('follow everything that happens to a message', async (bench) => {
    const seen: (readonly string[])[] = [];
    const look = async (): Promise<unknown> => seen.push(await countsOf(bench));
    await bench.store('m-1');
    await look();
    const job = only((await bench.claim()).jobs);
    await look();
    await bench.end(job, parked('m-1'));
    await look();
    await bench.journal.desk.replay([inKey('m-1')], anna);
    await look();
    await bench.end(only((await bench.claim()).jobs), parked('m-1'));
    await bench.journal.desk.move([inKey('m-1')], 'invoices', anna);
    await look();
    await bench.journal.desk.drop([inKey('m-1', 'invoices')], anna);
    await look();
    const waits = ['in orders: 1 wait, 0 parked'];
    expect(seen).toEqual([waits, waits, ['in orders: 0 wait, 1 parked'], waits, ['in invoices: 0 wait, 1 parked'], []]);
  });

  ask('follow a leg that is sent at once, and one that could not be composed', async (bench) => {
    const token = await bench.journal.outbox.begin(legOf('erp', 'l-1'));
    await bench.publish(['l-2'], { uncomposed: failureOf() });
    expect(await countsOf(bench)).toEqual(['out erp: 1 wait, 1 parked']);
    if (token) await bench.journal.outbox.settle({ entry: 'erp', id: 'l-1', token, ending: { outcome: 'failed', failure: failureOf() } });
    await bench.journal.desk.drop([outKey('l-2')], anna);
    expect(await countsOf(bench)).toEqual([]);
  });

  ask('are exact after a thousand messages at the same moment', async (bench) => {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => bench.store(`m-${index}`)));
    const { jobs } = await bench.claim({ limit: 700 });
    await Promise.all(jobs.map((job, index) => bench.end(job, index % 2 === 0 ? done : parked(job.id))));
    expect(await countsOf(bench)).toEqual(['in orders: 300 wait, 350 parked']);
  });

  ask('tell when the oldest of those that wait was recorded', async (bench) => {
    await bench.settle('parked', parked('parked'));
    await bench.pass(100);
    await bench.store('a');
    const first = only((await bench.claim()).jobs);
    await bench.pass(100);
    await bench.store('b');
    const oldest = async (): Promise<number | undefined> => only(await bench.journal.desk.counts()).oldest;
    expect(await oldest()).toBe((await bench.show('a'))?.recordedAt);
    await bench.end(first, done);
    expect(await oldest()).toBe((await bench.show('b'))?.recordedAt);
    await bench.journal.desk.replay([inKey('parked')], anna);
    expect(await oldest()).toBe((await bench.show('parked'))?.recordedAt);
  });
}

function askAboutBlocked(ask: Ask): void {
  const blockedOf = async ({ journal }: Bench, limit?: number): Promise<readonly string[]> =>
    (await journal.desk.blocked({ limit })).map(
      ({ direction, entry, orderKey, head, state, waiting }) => `${direction} ${entry} ${orderKey}: ${waiting} behind ${head} (${state})`,
    );

  ask('are those with something behind a parked one, or one that waits for its retry, the longest first', async (bench) => {
    for (const key of ['a', 'b', 'c', 'd']) for (const number of [1, 2, 3]) await bench.store(`${key}-${number}`, { orderKey: key });
    await bench.store('e-1', { orderKey: 'e' });
    const jobs = new Map((await bench.claim()).jobs.map((job) => [job.id, job]));
    const end = async (id: string, ending: Parameters<Bench['end']>[1]): Promise<void> => {
      const job = jobs.get(id);
      if (job) await bench.end(job, ending);
      await bench.pass(10);
    };
    await end('b-1', parked('b-1', { blocks: true }));
    await end('a-1', again(1, 60_000));
    await end('c-1', parked('c-1'));
    await end('e-1', again(1, 60_000));
    expect(await blockedOf(bench)).toEqual(['in orders b: 2 behind b-1 (parked)', 'in orders a: 2 behind a-1 (stored)']);
    expect(await blockedOf(bench, 1)).toEqual(['in orders b: 2 behind b-1 (parked)']);
    const [first] = await bench.journal.desk.blocked();
    expect(first?.since).toBe((await bench.show('b-1'))?.changedAt);
    await bench.journal.desk.drop([inKey('b-1')], anna);
    await bench.pass(60_000);
    expect(await blockedOf(bench)).toEqual([]);
  });

  ask('can be those of a destination, and of messages that their transport has', async (bench) => {
    for (const id of ['l-1', 'l-2']) await bench.publish([id], { orderKey: 'k' });
    await bench.endLeg(only((await bench.claimLegs()).jobs), again(1, 60_000));
    await bench.settle('m-1', again(1, 60_000), factsOf('m-1', { orderKey: 'k' }));
    await bench.store('m-2', { orderKey: 'k' });
    expect((await blockedOf(bench)).toSorted()).toEqual(['in orders k: 1 behind m-1 (waiting)', 'out erp k: 1 behind l-1 (waiting)']);
  });
}
