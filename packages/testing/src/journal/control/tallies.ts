import type { EntryName, Tally } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import type { JournalSubject } from '../subject.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const orders: EntryName = { direction: 'in', entry: 'orders' };
const erp: EntryName = { direction: 'out', entry: 'erp' };

/** A whole hour that is long gone, and one that the journal's clock has not reached. */
const noon = Date.UTC(2020, 0, 1, 12);
const later = Date.UTC(2100, 0, 1, 12);

const tally = (entry: EntryName, at: number, outcome: string, count = 1): Tally => ({ ...entry, minute: at, outcome, count });

export function askAboutTallies(ask: Ask, { reopen }: JournalSubject): void {
  group('the numbers of minutes', () => {
    askWhatIsAdded(ask);
    askWhatIsAnswered(ask);
    askWhatIsForgotten(ask);
    if (reopen)
      ask('are added up over all who count, and remembered', async (bench) => {
        const other = await bench.reopen();
        await bench.journal.control.count([tally(orders, noon, 'done', 2)]);
        await other.journal.control.count([tally(orders, noon, 'done', 3)]);
        await bench.journal.close();
        await other.journal.close();
        const { control } = (await bench.reopen()).journal;
        expect(await control.tallies({ since: 0 })).toEqual([tally(orders, noon, 'done', 5)]);
      });
  });
}

function askWhatIsAdded(ask: Ask): void {
  ask('grow by what is counted, apart for each entry, outcome and minute', async ({ journal: { control } }) => {
    const outOrders = { direction: 'out', entry: 'orders' } as const;
    await control.count([tally(orders, noon, 'done', 2), tally(orders, noon, 'parked'), tally(outOrders, noon, 'done', 7)]);
    await control.count([tally(orders, noon + 59_999, 'done', 3), tally(orders, noon + minute, 'done', 1)]);
    await control.count([]);
    const found = await control.tallies({ since: noon });
    expect(found.toSorted((one, other) => one.count - other.count)).toEqual([
      ...[tally(orders, noon, 'parked'), tally(orders, noon + minute, 'done')].toSorted((a, b) => (a.minute > b.minute ? 1 : 0)),
      tally(orders, noon, 'done', 5),
      tally(outOrders, noon, 'done', 7),
    ]);
  });

  ask('are those of hours, too', async ({ journal: { control } }) => {
    await control.count([tally(orders, noon, 'done', 2), tally(orders, noon + 59 * minute, 'done', 3), tally(orders, noon + hour, 'done')]);
    expect(await control.tallies({ since: noon, by: 'hour' })).toEqual([
      tally(orders, noon, 'done', 5),
      tally(orders, noon + hour, 'done', 1),
    ]);
    expect(await control.tallies({ since: noon, by: 'minute' })).toHaveLength(3);
  });
}

function askWhatIsAnswered(ask: Ask): void {
  ask('are answered from a time on, oldest first, of one entry or of all', async ({ journal: { control } }) => {
    await control.count([tally(erp, noon + minute, 'done'), tally(orders, noon + 2 * minute, 'done'), tally(orders, noon, 'done')]);
    expect((await control.tallies({ since: 0 })).map((one) => one.minute)).toEqual([noon, noon + minute, noon + 2 * minute]);
    expect((await control.tallies({ since: noon + 1 })).map((one) => one.minute)).toEqual([noon + minute, noon + 2 * minute]);
    expect((await control.tallies({ since: noon + minute, entry: orders })).map((one) => one.minute)).toEqual([noon + 2 * minute]);
    expect(await control.tallies({ since: 0, entry: { direction: 'in', entry: 'erp' } })).toEqual([]);
  });

  ask('are at most ten thousand, the oldest of those that were asked for', async ({ journal: { control } }) => {
    const many = Array.from({ length: 10_001 }, (_, index) => tally(orders, noon + index * minute, 'done'));
    await control.count(many.toReversed());
    /** How many numbers are told, and the first that is not that of its minute: a list of them all would take seconds to show. */
    const told = async (since: number, first: number, entry?: EntryName) => {
      const minutes = (await control.tallies({ since, entry })).map((one) => one.minute);
      return { count: minutes.length, astray: minutes.find((at, index) => at !== noon + (first + index) * minute) };
    };
    expect(await told(0, 0)).toEqual({ count: 10_000, astray: undefined });
    expect(await told(noon + minute, 1, orders)).toEqual({ count: 10_000, astray: undefined });
  });
}

function askWhatIsForgotten(ask: Ask): void {
  ask('are forgotten after two days, those of hours after sixty', async (bench) => {
    const { control, desk } = bench.journal;
    // The time of the journal's clock stands in what it records.
    await control.pause(orders, { who: 'anna' });
    const now = (await control.paused())[0]?.since ?? 0;
    const at = (ago: number): number => now - (now % hour) - ago;
    await control.count([61 * day, 3 * day, day].map((ago) => tally(orders, at(ago), 'done')));
    await control.count([tally(orders, later, 'done')]);
    while ((await desk.forget(100 * day)).more);
    expect((await control.tallies({ since: 0 })).map((one) => one.minute)).toEqual([at(day), later]);
    expect((await control.tallies({ since: 0, by: 'hour' })).map((one) => one.minute)).toEqual([at(3 * day), at(day), later]);
  });
}
