import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { anna, comparable, failureOf, legIdsOf, legOf, messageOf, only, outKey, parked, sent } from '../fixtures.ts';

/** Another message under an id that its destination knows. */
const known = legOf('erp', 'l-1', { message: messageOf('l-1', 'another'), trace: 'of another', event: 'order.changed' });

export function askAboutPublishing(ask: Ask): void {
  group('what is published', () => {
    askWhatIsRecorded(ask);
    askAboutIds(ask);
    askAboutUncomposed(ask);
  });
  group('a leg whose id is known at its destination', () => {
    askAboutKnownLegs(ask);
  });
}

function askWhatIsRecorded(ask: Ask): void {
  ask('is handed out as it was recorded', async (bench) => {
    const leg = legOf('erp', 'l-1', { orderKey: 'k' });
    expect(await bench.journal.outbox.publish([leg])).toBe(true);
    const { jobs, dueIn } = await bench.claimLegs();
    const { leg: got, token: _, publishedAt, ...job } = only(jobs);
    const { message, ...facts } = got;
    expect(comparable(message)).toEqual(comparable(leg.message));
    expect(JSON.parse(JSON.stringify(facts))).toEqual(JSON.parse(JSON.stringify({ ...leg, message: undefined })));
    expect(job).toEqual({ attempts: 0, unresolved: 0, recipients: undefined });
    expect(publishedAt).toBe((await bench.showLeg('l-1'))?.recordedAt);
    expect(dueIn).toBeUndefined();
  });

  ask('goes to its own destination, in the order of recording, as many as asked for', async (bench) => {
    await bench.journal.outbox.publish([legOf('erp', 'a'), legOf('files', 'x'), legOf('erp', 'b')]);
    await bench.publish(['c']);
    const first = await bench.claimLegs({ limit: 2 });
    expect([legIdsOf(first.jobs), first.dueIn]).toEqual([['a', 'b'], 0]);
    expect(legIdsOf((await bench.claimLegs({ limit: 2 })).jobs)).toEqual(['c']);
    expect(legIdsOf((await bench.claimLegs({ entry: 'files' })).jobs)).toEqual(['x']);
  });

  ask('shows what was recorded of it', async (bench) => {
    await bench.publish(['l-1'], { orderKey: 'k' });
    expect(await bench.showLeg('l-1')).toMatchObject({
      direction: 'out',
      entry: 'erp',
      id: 'l-1',
      state: 'waiting',
      attempts: 0,
      event: 'order.created',
      type: 'Report_NC_PurchaseOrder@1.0',
      store: '10151',
      cause: 'm-1',
      trace: 'trace-l-1',
      orderKey: 'k',
      businessKeys: { order: '12007' },
      failures: [],
      reports: [],
    });
  });
}

function askAboutIds(ask: Ask): void {
  const publish = { id: 'p-1' };

  ask('has no second effect with an id that was seen before', async ({ journal }) => {
    expect(await journal.outbox.publish([legOf('erp', 'l-1')], publish)).toBe(true);
    expect(await journal.outbox.publish([legOf('erp', 'l-2')], publish)).toBe(false);
    expect(await journal.outbox.publish([legOf('erp', 'l-3')], { id: 'p-2' })).toBe(true);
    expect(legIdsOf((await journal.outbox.claim({ entry: 'erp', limit: 9 })).jobs)).toEqual(['l-1', 'l-3']);
  });

  ask('is remembered by its id also when nobody wants it', async ({ journal }) => {
    expect(await journal.outbox.publish([], publish)).toBe(true);
    expect(await journal.outbox.publish([legOf('erp', 'l-1')], publish)).toBe(false);
  });
}

function askAboutUncomposed(ask: Ask): void {
  const uncomposed = failureOf('the price is missing');

  ask('is parked from the start when it could not be composed, and composed anew after a replay', async (bench) => {
    await bench.publish(['l-1'], { uncomposed });
    expect(await bench.claimLegs()).toEqual({ jobs: [], dueIn: undefined });
    const shown = await bench.showLeg('l-1');
    expect(shown).toMatchObject({ state: 'parked', attempts: 0, reason: 'the price is missing', uncomposed: true });
    expect(shown?.failures).toHaveLength(1);
    await bench.journal.desk.replay([outKey('l-1')], anna);
    const [job] = (await bench.claimLegs()).jobs;
    expect(job).toMatchObject({ attempts: 0, leg: { uncomposed } });
    expect(job && (await bench.endLeg(job, sent))).toEqual({ outcome: 'recorded' });
  });

  ask('gives way to what follows under its key when it could not be composed, or holds it up where that is wanted', async (bench) => {
    await bench.publish(['way'], { uncomposed, orderKey: 'k' });
    await bench.publish(['next'], { orderKey: 'k' });
    await bench.publish(['block'], { uncomposed: { ...uncomposed, blocks: true }, orderKey: 'other' });
    await bench.publish(['held'], { orderKey: 'other' });
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['next']);
    await bench.journal.desk.drop([outKey('block')], anna);
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['held']);
  });
}

function askAboutKnownLegs(ask: Ask): void {
  ask('is left as it is when another message comes under its id', async (bench) => {
    await bench.publish(['l-1']);
    expect(await bench.journal.outbox.publish([known], { id: 'p-1' })).toBe(true);
    expect(await bench.settle('m-1', { outcome: 'done', legs: [known] })).toEqual({ outcome: 'recorded' });
    const { leg } = only((await bench.claimLegs()).jobs);
    expect([leg.event, leg.trace, comparable(leg.message)]).toEqual(['order.created', 'trace-l-1', comparable(messageOf('l-1'))]);
  });

  ask('holds up nothing else of its step', async (bench) => {
    await bench.publish(['l-1']);
    const legs = [legOf('files', 'l-1'), known, legOf('erp', 'l-2')];
    expect(await bench.settle('m-1', { outcome: 'done', legs })).toEqual({ outcome: 'recorded' });
    expect(await bench.journal.outbox.publish([known, legOf('erp', 'l-3')])).toBe(true);
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1', 'l-2', 'l-3']);
    expect((await bench.claimLegs({ entry: 'files' })).jobs).toHaveLength(1);
  });

  ask('is no news: without an id of its own, a publication is answered with false when all its legs are known', async ({ journal }) => {
    const legs = [legOf('erp', 'l-1'), legOf('files', 'l-1')];
    expect(await journal.outbox.publish(legs)).toBe(true);
    expect(await journal.outbox.publish(legs)).toBe(false);
    expect(await journal.outbox.publish([known])).toBe(false);
    expect((await journal.desk.list({ direction: 'out' })).rows).toHaveLength(2);
  });

  ask('is recorded once when the step itself holds it twice', async (bench) => {
    await bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'l-1'), known] });
    expect(await bench.publish(['l-2', 'l-2'])).toBe(true);
    const { jobs } = await bench.claimLegs();
    expect(jobs.map(({ leg }) => [leg.message.id, leg.event])).toEqual([
      ['l-1', 'order.created'],
      ['l-2', 'order.created'],
    ]);
  });

  ask('is not handed out again when it was sent, nor taken from who has it, nor revived when it was parked', async (bench) => {
    await bench.publish(['l-1']);
    const [job] = (await bench.claimLegs()).jobs;
    await bench.journal.outbox.publish([known], { id: 'p-1' });
    expect((await bench.claimLegs()).jobs).toEqual([]);
    if (job) await bench.endLeg(job, parked('l-1'));
    await bench.settle('m-1', { outcome: 'done', legs: [known] });
    expect(await bench.showLeg('l-1')).toMatchObject({ state: 'parked', attempts: 1, trace: 'trace-l-1' });
    await bench.publish(['l-2']);
    const [second] = (await bench.claimLegs()).jobs;
    if (second) await bench.endLeg(second, sent);
    await bench.publish(['l-2']);
    await bench.settle('m-2', { outcome: 'done', legs: [legOf('erp', 'l-2')] });
    expect(await bench.claimLegs()).toEqual({ jobs: [], dueIn: undefined });
  });
}
