import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { anna, done, failureOf, inKey, only, outKey, parked } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';

const bert = { who: 'bert' };

export function askAboutRecording(ask: Ask, { reopen }: JournalSubject): void {
  group('the record of what people did', () => {
    askWhatIsRecorded(ask);
    askHowItIsRead(ask);
    if (reopen) askWhoReadsIt(ask);
  });
}

function askWhatIsRecorded(ask: Ask): void {
  ask('tells who did what to which messages, why and when', async (bench) => {
    const { desk, control } = bench.journal;
    await bench.settle('m-1', parked('m-1'));
    const recordedAt = (await bench.show('m-1'))?.recordedAt ?? 0;
    await bench.pass(1_000);
    await desk.edit(inKey('m-1'), Uint8Array.of(1), anna);
    await desk.replay([inKey('m-1')], bert);
    await desk.move([inKey('m-1')], 'invoices', anna);
    await bench.publish(['l-1'], { uncomposed: failureOf('too long') });
    await desk.drop([outKey('l-1')], bert);
    await control.pause({ direction: 'out', entry: 'erp' }, anna);
    await control.resume({ direction: 'out', entry: 'erp' }, bert);
    const records = await control.records();
    const orders = { direction: 'in', entry: 'orders', ids: ['m-1'], rows: 1 };
    const erp = { direction: 'out', entry: 'erp' };
    expect(records).toMatchObject([
      { did: 'resume', by: bert, ...erp, ids: [], rows: 0 },
      { did: 'pause', by: anna, ...erp, ids: [], rows: 0 },
      { did: 'drop', by: bert, ...erp, ids: ['l-1'], rows: 1 },
      { did: 'move', by: anna, ...orders, to: 'invoices' },
      { did: 'replay', by: bert, ...orders },
      { did: 'edit', by: anna, ...orders },
    ]);
    expect(records.every(({ at }) => at - recordedAt >= 1_000 && at - recordedAt < 60_000)).toBe(true);
    expect(records.filter(({ to }) => to !== undefined)).toHaveLength(1);
  });

  ask('tells who has seen what is secret or personal in a message, and shows it', async (bench) => {
    const { desk, control } = bench.journal;
    await bench.settle('m-1', parked('m-1'));
    expect(await desk.reveal(inKey('m-1'), anna)).toEqual(await desk.show(inKey('m-1')));
    expect(await desk.reveal(inKey('unknown'), anna)).toBeUndefined();
    expect(only(await control.records())).toMatchObject({
      did: 'reveal',
      by: anna,
      direction: 'in',
      entry: 'orders',
      ids: ['m-1'],
      rows: 1,
    });
  });

  ask('holds only what had an effect', async (bench) => {
    const { desk, control } = bench.journal;
    await bench.settle('done', done);
    await bench.settle('parked', parked('parked'));
    await desk.replay([inKey('done'), inKey('unknown')], anna);
    await desk.drop([inKey('done')], anna);
    await desk.move([inKey('done')], 'invoices', anna);
    await desk.edit(inKey('done'), Uint8Array.of(1), anna);
    expect(await control.records()).toEqual([]);
    await desk.replay([inKey('done'), inKey('parked')], anna);
    expect(only(await control.records())).toMatchObject({ ids: ['parked'], rows: 1 });
  });

  ask('has a line for each entry, which names at most a hundred messages and counts all', async (bench) => {
    const ids = Array.from({ length: 150 }, (_, index) => `m-${index}`);
    await Promise.all(ids.map((id) => bench.settle(id, parked(id))));
    await bench.publish(['l-1'], { uncomposed: failureOf('too long') });
    await bench.journal.desk.replay([...ids.map((id) => inKey(id)), outKey('l-1')], anna);
    const records = await bench.journal.control.records();
    expect(records).toHaveLength(2);
    expect(records.find(({ direction }) => direction === 'out')).toMatchObject({ entry: 'erp', ids: ['l-1'], rows: 1 });
    expect(records.find(({ direction }) => direction === 'in')).toMatchObject({ entry: 'orders', ids: ids.slice(0, 100), rows: 150 });
  });
}

function askHowItIsRead(ask: Ask): void {
  ask('is read newest first, a hundred at a time or as many as are asked for, without a gap', async ({ journal: { control } }) => {
    for (let number = 0; number < 60; number += 1) {
      await control.pause({ direction: 'in', entry: `e-${number}` }, anna);
      await control.resume({ direction: 'in', entry: `e-${number}` }, anna);
    }
    const first = await control.records();
    expect(first).toHaveLength(100);
    const rest = await control.records({ before: first.at(-1)?.seq });
    expect(rest).toHaveLength(20);
    const all = [...first, ...rest].map(({ seq }) => seq);
    expect(all).toEqual([...new Set(all)].toSorted((one, other) => other - one));
    expect(rest.at(-1)).toMatchObject({ did: 'pause', entry: 'e-0' });
    expect(await control.records({ limit: 2 })).toEqual(first.slice(0, 2));
  });

  ask('is forgotten with what was done, and no sooner', async (bench) => {
    const { desk, control } = bench.journal;
    await control.pause({ direction: 'in', entry: 'old' }, anna);
    await bench.pass(2_000);
    await control.pause({ direction: 'in', entry: 'young' }, anna);
    expect(await desk.forget(1_000)).toEqual({ rows: 0, more: false });
    expect(await control.records()).toMatchObject([{ entry: 'young' }]);
    expect(await control.paused()).toHaveLength(2);
  });
}

function askWhoReadsIt(ask: Ask): void {
  ask('is the same for all who have the journal open, and goes on when it is opened again', async (bench) => {
    await bench.settle('m-1', parked('m-1'));
    const other = await bench.reopen();
    await other.journal.desk.drop([inKey('m-1')], anna);
    const records = await bench.journal.control.records();
    expect(records).toMatchObject([{ did: 'drop', by: anna }]);
    await other.journal.close();
    await bench.journal.close();
    const { control } = (await bench.reopen()).journal;
    expect(await control.records()).toEqual(records);
    await control.pause({ direction: 'in', entry: 'orders' }, anna);
    expect((await control.records()).map(({ did }) => did)).toEqual(['pause', 'drop']);
  });
}
