import { presentFor, presentLimit } from '@waybill/contract';
import { ownProcessIdentity } from '@waybill/contract/system';
import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { only } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';

export function askAboutPresence(ask: Ask, subject: JournalSubject): void {
  group('a process that says how it is', () => {
    askWhatIsSaid(ask);
    if (subject.reopen) askAboutTheOthers(ask, subject);
  });
}

function askWhatIsSaid(ask: Ask): void {
  ask('is listed with what it said last, when, and since when it has the journal open', async (bench) => {
    const { control } = bench.journal;
    expect(await control.processes()).toEqual([]);
    await bench.pass(1_000);
    await control.present({ state: 'opening' });
    await bench.pass(1_000);
    const status = { state: 'running', inbound: [{ name: 'orders ☃', inHand: 3 }], nothing: null };
    await control.present(status);
    const { process, since, at, status: told } = only(await control.processes());
    expect({ process, told }).toEqual({ process: ownProcessIdentity(), told: status });
    expect(at - since).toBeGreaterThanOrEqual(2_000);
  });

  ask('can say as much as the contract allows, and is refused more', async ({ journal: { control } }) => {
    const longest = 'x'.repeat(presentLimit - 2);
    await control.present(longest);
    await expect(control.present(`${longest}x`)).rejects.toThrow(RangeError);
    await expect(control.present('ä'.repeat(presentLimit / 2))).rejects.toThrow(RangeError);
    expect(only(await control.processes()).status).toBe(longest);
  });

  ask('is gone when it has not said so for three minutes, and there again when it does', async (bench) => {
    const { control } = bench.journal;
    await control.present('before');
    await bench.pass(presentFor - 10_000);
    expect(await statusesOf(bench)).toEqual(['before']);
    await bench.pass(10_100);
    expect(await statusesOf(bench)).toEqual([]);
    await control.present('after');
    expect(await statusesOf(bench)).toEqual(['after']);
  });

  ask('has nothing of it counted among its claims', async (bench) => {
    await bench.journal.control.present({});
    await bench.store('m-1');
    expect((await bench.claim()).jobs).toMatchObject([{ unresolved: 0 }]);
  });
}

const statusesOf = async ({ journal }: Pick<Bench, 'journal'>): Promise<readonly unknown[]> =>
  (await journal.control.processes()).map(({ status }) => status);

function askAboutTheOthers(ask: Ask, { crash }: JournalSubject): void {
  ask('is listed beside the others, those that have the journal open the longest first, until it closes', async (bench) => {
    await bench.pass(1_000);
    const other = await bench.reopen();
    await other.journal.control.present('other');
    await bench.journal.control.present('first');
    expect(await statusesOf(bench)).toEqual(['first', 'other']);
    expect(await statusesOf(other)).toEqual(['first', 'other']);
    await bench.journal.close();
    expect(await statusesOf(other)).toEqual(['other']);
  });

  if (crash)
    ask('is gone when it has crashed', async (bench) => {
      const other = await bench.reopen();
      await other.journal.control.present('other');
      await bench.crash(other);
      await bench.eventually(async () => (await statusesOf(bench)).length === 0, 'the presence of the dead to go');
    });
}
