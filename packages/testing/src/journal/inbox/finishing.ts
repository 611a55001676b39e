import type { InboxEnding, Message } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { again, comparable, done, factsOf, idsOf, inbound, keptOf, legIdsOf, legOf, messageOf, only, parked } from '../fixtures.ts';

export function askAboutFinishing(ask: Ask): void {
  group('a message that is done', () => {
    askWhatIsKnown(ask);
    askAboutReplies(ask);
    askAboutItsLegs(ask);
    askAboutTheSecondTime(ask);
    askAboutItsPast(ask);
    askAboutMany(ask);
  });
}

function askWhatIsKnown(ask: Ask): void {
  ask('is unknown before and done afterwards', async (bench) => {
    expect(await bench.find('m-1')).toEqual({ state: 'unknown' });
    expect(await bench.settle('m-1', done)).toEqual({ outcome: 'recorded' });
    expect(await bench.find('m-1')).toEqual({ state: 'done', digest: 'digest-m-1', reply: undefined });
  });

  ask('is another one in another entry', async (bench) => {
    await bench.settle('m-1', done);
    expect(await bench.journal.inbox.find({ entry: 'invoices', id: 'm-1' })).toMatchObject({ known: { state: 'unknown' }, blocked: false });
  });

  ask('shows what was recorded of it', async (bench) => {
    await bench.settle('m-1', done, factsOf('m-1', { orderKey: 'order 12007' }));
    expect(await bench.show('m-1')).toMatchObject({
      direction: 'in',
      entry: inbound,
      id: 'm-1',
      state: 'done',
      attempts: 0,
      type: 'Update_WCS_OrderStatus@3.0',
      store: '10151',
      trace: 'trace-m-1',
      orderKey: 'order 12007',
      businessKeys: { order: 'm-1', sku: ['HP-1', 'HP-2'] },
      failures: [],
      reports: [],
    });
  });

  ask('is kept where it is to be archived, and not where it is not', async (bench) => {
    await bench.settle('m-1', { outcome: 'done', legs: [], archive: keptOf('m-1') });
    await bench.settle('m-2', done);
    expect(comparable((await bench.show('m-1'))?.message)).toEqual(comparable(messageOf('m-1')));
    expect((await bench.show('m-2'))?.message).toBeUndefined();
  });
}

function askAboutReplies(ask: Ask): void {
  ask('is answered with the very reply that was recorded', async (bench) => {
    await bench.settle('m-1', { outcome: 'done', legs: [], reply: messageOf('r-1') });
    const found = await bench.find('m-1');
    expect(found.state === 'done' && comparable(found.reply)).toEqual(comparable(messageOf('r-1')));
  });

  for (const [what, body] of [
    ['empty', new Uint8Array(0)],
    ['of one zero byte', new Uint8Array(1)],
    ['a window into a larger buffer', new Uint8Array(1000).fill(7).subarray(400, 500)],
    ['a megabyte', new Uint8Array(1024 * 1024).fill(9)],
  ] as const) {
    ask(`keeps a reply that is ${what}, and nothing that the reply does not have`, async (bench) => {
      const reply: Message = { id: 'r-1', body, createdAt: 1, properties: {} };
      await bench.settle('m-1', { outcome: 'done', legs: [], reply });
      const found = await bench.find('m-1');
      const known = found.state === 'done' ? found.reply : undefined;
      expect(known && Buffer.compare(known.body, body)).toBe(0);
      const { contentType, priority, expiresAt, persistent, replyTo, type } = known ?? reply;
      expect([contentType, priority, expiresAt, persistent, replyTo, type]).toEqual(Array.from({ length: 6 }, () => undefined));
    });
  }
}

function askAboutItsLegs(ask: Ask): void {
  ask('records its legs in the same step', async (bench) => {
    await bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'l-1'), legOf('files', 'l-1'), legOf('erp', 'l-2')] });
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1', 'l-2']);
    expect((await bench.claimLegs({ entry: 'files' })).jobs).toHaveLength(1);
  });

  ask('records the legs that tell of its parking in the same step', async (bench) => {
    await bench.settle('m-1', { ...parked('m-1'), legs: [legOf('erp', 'l-1')] } as InboxEnding);
    expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1']);
  });

  ask('is never done without its legs', async (bench) => {
    const settling = bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'l-1')] });
    const found = await bench.find('m-1');
    const { jobs } = await bench.claimLegs();
    expect(found.state === 'done' && jobs.length === 0).toBe(false);
    await settling;
  });
}

function askAboutTheSecondTime(ask: Ask): void {
  for (const digest of ['digest-m-1', 'another']) {
    ask(`is known the second time, with what was recorded first, and nothing is written (the digest: ${digest})`, async (bench) => {
      await bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'l-1')], reply: messageOf('r-1') });
      const second = { outcome: 'done', legs: [legOf('erp', 'l-2')], reply: messageOf('r-2') } as const;
      const answer = await bench.settle('m-1', second, { digest });
      expect(answer).toMatchObject({ outcome: 'known', state: { state: 'done', digest: 'digest-m-1', reply: { id: 'r-1' } } });
      expect(await bench.find('m-1')).toMatchObject({ digest: 'digest-m-1', reply: { id: 'r-1' } });
      expect(legIdsOf((await bench.claimLegs()).jobs)).toEqual(['l-1']);
    });
  }

  ask('is recorded once when it is told twice at the same moment', async (bench) => {
    const ending = { outcome: 'done', legs: [legOf('erp', 'l-1')] } as const;
    const answers = await Promise.all([1, 2, 3].map(() => bench.settle('m-1', ending)));
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['known', 'known', 'recorded']);
    expect((await bench.claimLegs()).jobs).toHaveLength(1);
  });

  ask('stays as it is when somebody else fails with it', async (bench) => {
    await bench.settle('m-1', done);
    for (const ending of [again(1, 0), again(1, 0, keptOf('m-1')), parked('m-1')]) {
      expect(await bench.settle('m-1', ending)).toMatchObject({ outcome: 'known', state: { state: 'done' } });
    }
    expect(await bench.show('m-1')).toMatchObject({ state: 'done', attempts: 0, failures: [] });
    expect((await bench.claim()).jobs).toEqual([]);
  });
}

function askAboutItsPast(ask: Ask): void {
  ask('is done with when it had failed, or is claimed, and needs its body no more', async (bench) => {
    await bench.settle('failed', again(1, 0));
    await bench.store('stored');
    expect(await bench.settle('failed', done)).toEqual({ outcome: 'recorded' });
    expect(await bench.end(only((await bench.claim()).jobs), done)).toEqual({ outcome: 'recorded' });
    for (const id of ['failed', 'stored'])
      expect(await bench.show(id)).toMatchObject({ state: 'done', message: undefined, code: undefined, reason: undefined });
    expect(idsOf((await bench.claim()).jobs)).toEqual([]);
  });

  ask('is ended by its claim alone once it is stored: nobody would hear the reply of its delivery', async (bench) => {
    await bench.settle('m-1', again(1, 0, keptOf('m-1')));
    for (const ending of [{ ...done, reply: messageOf('r-1') }, parked('m-1')])
      expect(await bench.settle('m-1', ending)).toEqual({ outcome: 'not-yours' });
    expect(await bench.show('m-1')).toMatchObject({ state: 'stored', attempts: 1 });
    expect(idsOf((await bench.claim()).jobs)).toEqual(['m-1']);
  });

  ask('is known when it was given up', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    const answer = await bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'l-1')] });
    expect(answer).toMatchObject({ outcome: 'known', state: { state: 'parked', code: 'WB_COMMAND_FAILED', reason: 'no such order' } });
    expect((await bench.claimLegs()).jobs).toEqual([]);
  });

  ask('is known when another message is recorded under its id, whatever state that one is in', async (bench) => {
    await bench.settle('failed', again(1, 0));
    await bench.store('stored');
    for (const id of ['failed', 'stored']) {
      const answer = await bench.settle(id, { outcome: 'done', legs: [legOf('erp', id)] }, { digest: 'another' });
      expect(answer).toMatchObject({ outcome: 'known', state: { digest: `digest-${id}` } });
      expect(await bench.find(id)).toMatchObject({ state: id === 'failed' ? 'waiting' : 'stored' });
    }
    expect((await bench.claimLegs()).jobs).toEqual([]);
  });

  ask('keeps the trace of its first attempt', async (bench) => {
    await bench.settle('m-1', again(1, 0));
    await bench.settle('m-1', done, { trace: 'another' });
    expect(await bench.show('m-1')).toMatchObject({ trace: 'trace-m-1' });
  });
}

function askAboutMany(ask: Ask): void {
  ask('is known among a thousand that are done at the same moment', async (bench) => {
    const ids = Array.from({ length: 1000 }, (_, index) => `m-${index}`);
    await Promise.all(ids.map((id) => bench.settle(id, { outcome: 'done', legs: [legOf('erp', `l-${id}`)] })));
    const found = await Promise.all(ids.map((id) => bench.find(id)));
    expect(found.every(({ state }) => state === 'done')).toBe(true);
    expect((await bench.claimLegs({ limit: 2000 })).jobs).toHaveLength(1000);
  });
}
