import type { OutboxJob, RecipientOutcome } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { again, comparable, failureOf, legIdsOf, legOf, messageOf, only, parked, released, sent } from '../fixtures.ts';

export function askAboutSending(ask: Ask): void {
  group('a leg that was sent', () => {
    askAboutSent(ask);
  });
  group('a leg that was not sent', () => {
    askAboutFailures(ask);
    askAboutRecipients(ask);
  });
  group('a leg that its caller sends at once', () => {
    askAboutBegun(ask);
  });
}

async function claimed(bench: Bench, id = 'l-1'): Promise<OutboxJob> {
  await bench.publish([id]);
  return only((await bench.claimLegs()).jobs);
}

function askAboutSent(ask: Ask): void {
  ask('is done, with what the receipt said, and handed out no more', async (bench) => {
    const job = await claimed(bench);
    await bench.pass(20);
    const ending = { outcome: 'sent', detail: 'queue ORDERS.OUT', receipts: ['far-1'], reply: messageOf('r-1'), archive: false } as const;
    expect(await bench.endLeg(job, ending)).toEqual({ outcome: 'recorded' });
    await bench.pass(100_000);
    expect(await bench.claimLegs()).toEqual({ jobs: [], dueIn: undefined });
    const shown = await bench.showLeg('l-1');
    expect(shown).toMatchObject({ state: 'done', detail: 'queue ORDERS.OUT', message: undefined, code: undefined });
    expect(comparable(shown?.reply)).toEqual(comparable(messageOf('r-1')));
    expect((shown?.changedAt ?? 0) - (shown?.recordedAt ?? 0)).toBeGreaterThanOrEqual(20);
  });

  ask('keeps its body where it is archived', async (bench) => {
    await bench.endLeg(await claimed(bench), { outcome: 'sent', archive: true });
    expect(comparable((await bench.showLeg('l-1'))?.message)).toEqual(comparable(messageOf('l-1')));
  });

  ask('is known when it is settled in another way, and stays done', async (bench) => {
    const job = await claimed(bench);
    await bench.endLeg(job, sent);
    for (const ending of [again(1, 0), parked('l-1'), released]) {
      expect(await bench.endLeg(job, ending)).toEqual({ outcome: 'known', state: 'done' });
    }
    expect(await bench.showLeg('l-1')).toMatchObject({ state: 'done', attempts: 0, failures: [] });
  });
}

function askAboutFailures(ask: Ask): void {
  ask('is tried again when its time comes, and the failed attempt is counted', async (bench) => {
    const job = await claimed(bench);
    expect(await bench.endLeg(job, again(1, 500))).toEqual({ outcome: 'recorded' });
    const { jobs, dueIn = 0 } = await bench.claimLegs();
    expect([jobs, dueIn > 400, dueIn <= 500]).toEqual([[], true, true]);
    await bench.pass(500);
    expect(only((await bench.claimLegs()).jobs)).toMatchObject({ attempts: 1, unresolved: 0, publishedAt: job.publishedAt });
    expect(await bench.showLeg('l-1')).toMatchObject({ attempts: 1, code: 'WB_COMMAND_FAILED', failures: [failureOf()] });
  });

  ask('waits without a count when nothing was tried', async (bench) => {
    const job = await claimed(bench);
    await bench.endLeg(job, { outcome: 'again', dueIn: 500, attempts: 0 });
    expect((await bench.claimLegs()).jobs).toEqual([]);
    await bench.pass(500);
    expect(only((await bench.claimLegs()).jobs)).toMatchObject({ attempts: 0, unresolved: 0 });
    expect((await bench.showLeg('l-1'))?.failures).toEqual([]);
  });

  ask('is handed out at once when it was given back untried', async (bench) => {
    await bench.endLeg(await claimed(bench), released);
    expect(only((await bench.claimLegs()).jobs)).toMatchObject({ attempts: 0, unresolved: 0 });
  });

  ask('is parked with its message and its failures, beside the other legs of its event', async (bench) => {
    await bench.publish(['l-1'], {}, 'files');
    await bench.endLeg(await claimed(bench), again(1, 0));
    const second = only((await bench.claimLegs()).jobs);
    expect(await bench.endLeg(second, parked('l-1', { attempts: 2, reason: 'refused' }))).toEqual({ outcome: 'recorded' });
    await bench.pass(100_000);
    expect(await bench.claimLegs()).toEqual({ jobs: [], dueIn: undefined });
    const shown = await bench.showLeg('l-1');
    expect(shown).toMatchObject({
      state: 'parked',
      attempts: 2,
      reason: 'refused',
      cause: 'm-1',
      failures: [failureOf(), failureOf('refused')],
    });
    expect(comparable(shown?.message)).toEqual(comparable(messageOf('l-1')));
    expect(await bench.endLeg(second, sent)).toEqual({ outcome: 'known', state: 'parked' });
    expect((await bench.claimLegs({ entry: 'files' })).jobs).toHaveLength(1);
  });

  ask('is of no matter when the journal does not know it', async (bench) => {
    const job = await claimed(bench);
    const unknown = { ...job, leg: legOf('erp', 'unknown') };
    expect(await bench.endLeg(unknown, sent)).toEqual({ outcome: 'not-yours' });
    expect((await bench.journal.desk.list({})).rows).toHaveLength(1);
  });
}

function askAboutRecipients(ask: Ask): void {
  const outcome = (address: string, what: RecipientOutcome['outcome'], detail?: string): RecipientOutcome => ({
    address,
    outcome: what,
    detail,
  });

  ask('remembers what became of each recipient, the newest by its address', async (bench) => {
    const first = [outcome('anna', 'sent'), outcome('bert', 'later', 'mailbox full'), outcome('carl', 'later')];
    await bench.endLeg(await claimed(bench), { outcome: 'again', dueIn: 0, attempts: 1, failure: failureOf(), recipients: first });
    const job = only((await bench.claimLegs()).jobs);
    expect(job.recipients).toMatchObject([{ address: 'anna' }, { address: 'bert', detail: 'mailbox full' }, { address: 'carl' }]);
    await bench.endLeg(job, { outcome: 'sent', archive: false, recipients: [outcome('bert', 'sent'), outcome('carl', 'refused')] });
    const { recipients = [] } = (await bench.showLeg('l-1')) ?? {};
    const known = recipients.map((one) => `${one.address} ${one.outcome} ${one.detail ?? ''}`);
    expect(known.toSorted()).toEqual(['anna sent ', 'bert sent ', 'carl refused ']);
  });

  ask('has what was noted of its recipients while it was sent, whoever has it next', async (bench) => {
    const job = await claimed(bench);
    const key = { entry: job.leg.entry, id: job.leg.message.id };
    const note = (token: OutboxJob['token'], recipients: readonly RecipientOutcome[]) =>
      bench.journal.outbox.note({ ...key, token, recipients });
    expect(await note(job.token, [outcome('anna', 'later'), outcome('bert', 'later')])).toEqual({ outcome: 'recorded' });
    expect(await note(job.token, [outcome('anna', 'sent')])).toEqual({ outcome: 'recorded' });
    expect((await bench.claimLegs()).jobs).toEqual([]);
    await bench.endLeg(job, again(1, 0));
    const next = only((await bench.claimLegs()).jobs);
    expect(next).toMatchObject({
      attempts: 1,
      recipients: [
        { address: 'anna', outcome: 'sent' },
        { address: 'bert', outcome: 'later' },
      ],
    });
    expect(await note(job.token, [outcome('bert', 'sent')])).toEqual({ outcome: 'not-yours' });
    await bench.endLeg(next, sent);
    expect(await note(next.token, [outcome('bert', 'refused')])).toEqual({ outcome: 'known', state: 'done' });
    expect((await bench.showLeg('l-1'))?.recipients).toMatchObject([{ outcome: 'sent' }, { outcome: 'later' }]);
  });

  ask('keeps its recipients when it is parked', async (bench) => {
    const recipients = [outcome('anna', 'sent'), outcome('bert', 'refused')];
    await bench.endLeg(await claimed(bench), { outcome: 'parked', failure: failureOf(), attempts: 1, blocks: false, recipients });
    expect((await bench.showLeg('l-1'))?.recipients).toMatchObject([
      { address: 'anna', outcome: 'sent' },
      { address: 'bert', outcome: 'refused' },
    ]);
  });
}

function askAboutBegun(ask: Ask): void {
  const begin = (bench: Bench, id = 'l-1') => bench.journal.outbox.begin(legOf('erp', id, { orderKey: 'k' }));

  ask('is handed out to nobody, and is done when it was sent', async (bench) => {
    const token = await begin(bench);
    expect(await bench.claimLegs()).toEqual({ jobs: [], dueIn: undefined });
    expect(token && (await bench.journal.outbox.settle({ entry: 'erp', id: 'l-1', token, ending: sent }))).toEqual({ outcome: 'recorded' });
    expect(await bench.showLeg('l-1')).toMatchObject({ state: 'done', attempts: 0 });
  });

  ask('begins once, and again when it has failed', async (bench) => {
    const token = await begin(bench);
    expect(await begin(bench)).toBeUndefined();
    const failed = { outcome: 'failed', failure: failureOf('no answer') } as const;
    expect(token && (await bench.journal.outbox.settle({ entry: 'erp', id: 'l-1', token, ending: failed }))).toEqual({
      outcome: 'recorded',
    });
    expect(await bench.showLeg('l-1')).toMatchObject({ state: 'failed', attempts: 1, reason: 'no answer' });
    expect(await bench.claimLegs()).toEqual({ jobs: [], dueIn: undefined });
    const second = await begin(bench);
    expect(second).toBeDefined();
    expect(token && (await bench.journal.outbox.settle({ entry: 'erp', id: 'l-1', token, ending: sent }))).toEqual({
      outcome: 'not-yours',
    });
    expect(second && (await bench.journal.outbox.settle({ entry: 'erp', id: 'l-1', token: second, ending: sent }))).toEqual({
      outcome: 'recorded',
    });
    expect(await begin(bench)).toBeUndefined();
  });

  ask('waits for nobody with its key, and nobody waits for it', async (bench) => {
    await bench.publish(['before'], { orderKey: 'k' });
    expect(await begin(bench)).toBeDefined();
    await bench.publish(['after'], { orderKey: 'k' });
    const [job] = (await bench.claimLegs()).jobs;
    if (job) await bench.endLeg(job, sent);
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['after']);
  });

  ask('gets a reply that came when it had failed, and keeps the first', async (bench) => {
    const token = await begin(bench);
    const failed = { outcome: 'failed', failure: failureOf('no answer') } as const;
    if (token) await bench.journal.outbox.settle({ entry: 'erp', id: 'l-1', token, ending: failed });
    for (const id of ['r-1', 'r-2']) await bench.journal.outbox.answered({ entry: 'erp', id: 'l-1' }, messageOf(id));
    const shown = await bench.showLeg('l-1');
    expect([shown?.state, comparable(shown?.reply)]).toEqual(['failed', comparable(messageOf('r-1'))]);
  });
}
