import type { EntryName } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { anna, idsOf, inbound } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';

const orders: EntryName = { direction: 'in', entry: inbound };
const sameNameOut: EntryName = { direction: 'out', entry: inbound };
const bert = { who: 'bert' };

export function askAboutPausing(ask: Ask, { reopen }: JournalSubject): void {
  group('an entry that is paused', () => {
    askWhatIsPaused(ask);
    if (reopen) askWhoHears(ask);
  });
}

function askWhatIsPaused(ask: Ask): void {
  ask('is told with who paused it, why and since when, those that were paused the longest first', async (bench) => {
    const { control } = bench.journal;
    expect(await control.paused()).toEqual([]);
    await control.pause({ direction: 'out', entry: 'zebra' }, bert);
    await bench.pass(1_000);
    await control.pause(orders, anna);
    const [first, second] = await control.paused();
    expect([first, second]).toMatchObject([
      { direction: 'out', entry: 'zebra', by: { who: 'bert' } },
      { ...orders, by: anna },
    ]);
    expect((second?.since ?? 0) - (first?.since ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  ask('is one of one direction', async ({ journal: { control } }) => {
    await control.pause(orders, anna);
    await control.pause(sameNameOut, bert);
    await control.resume(orders, anna);
    expect(await control.paused()).toMatchObject([{ ...sameNameOut, by: bert }]);
  });

  ask('keeps who paused it first when it is paused again, and nothing more is recorded', async (bench) => {
    const { control } = bench.journal;
    await control.pause(orders, anna);
    const before = await control.paused();
    await bench.pass(1_000);
    await control.pause(orders, bert);
    expect(await control.paused()).toEqual(before);
    expect(await control.records()).toHaveLength(1);
  });

  ask('is like any other once it is resumed; nothing is recorded where nothing was paused', async ({ journal: { control } }) => {
    await control.resume(orders, anna);
    expect(await control.records()).toEqual([]);
    await control.pause(orders, anna);
    await control.resume(orders, bert);
    await control.resume(orders, bert);
    expect(await control.paused()).toEqual([]);
    expect(await control.records()).toMatchObject([
      { did: 'resume', by: bert },
      { did: 'pause', by: anna },
    ]);
  });

  ask('is held to by those who receive and send, not by the journal: it still hands out', async (bench) => {
    await bench.journal.control.pause(orders, anna);
    await bench.store('m-1');
    expect(idsOf((await bench.claim()).jobs)).toEqual(['m-1']);
  });
}

function askWhoHears(ask: Ask): void {
  ask('is paused for all who have the journal open, and stays so when all have closed it', async (bench) => {
    const other = await bench.reopen();
    await bench.journal.control.pause(orders, anna);
    const paused = await other.journal.control.paused();
    expect(paused).toMatchObject([orders]);
    await bench.journal.close();
    await other.journal.close();
    const later = await bench.reopen();
    expect(await later.journal.control.paused()).toEqual(paused);
    await later.journal.control.resume(orders, bert);
    expect(await later.journal.control.paused()).toEqual([]);
  });

  ask('wakes those who watch, and so does its resumption', async (bench) => {
    const other = await bench.reopen();
    let woken = 0;
    const end = other.journal.watch(() => {
      woken += 1;
    });
    await bench.journal.control.pause(orders, anna);
    await bench.eventually(async () => woken > 0, 'a wake for the pause');
    const before = woken;
    await bench.journal.control.resume(orders, anna);
    await bench.eventually(async () => woken > before, 'a wake for the resumption');
    end();
  });
}
