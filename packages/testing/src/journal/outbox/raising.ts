import type { Report } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { failureOf, legOf, only } from '../fixtures.ts';

/** For how long everything is kept, in milliseconds. */
const keep = 60_000;

const reportOf = (about: string, id: string): Report => ({ about, id, kind: 'bounced' });

/** A leg that is sent, with these receipts. */
async function sendWith(bench: Bench, id: string, receipts?: readonly string[]) {
  await bench.publish([id]);
  const job = only((await bench.claimLegs()).jobs);
  const end = () => bench.endLeg(job, { outcome: 'sent', archive: false, receipts });
  return { end, answer: await end() };
}

async function unraisedOf({ journal }: Bench, limit = 10): Promise<readonly string[]> {
  return (await journal.outbox.unraised(limit)).map(({ leg, report }) => `${leg.id} ${report.id}`);
}

const raising = (id: string, report: string) => ({ raises: { entry: 'erp', id, report } });

export function askAboutRaising(ask: Ask): void {
  group('a report that is recorded with its leg', () => {
    ask('is not raised until the legs that tell of it are published, and then once', async (bench) => {
      await sendWith(bench, 'l-1');
      await bench.journal.outbox.report({ ...reportOf('l-1', 'report-1'), detail: 'No such address.' });
      const unraised = only(await bench.journal.outbox.unraised(10));
      expect(unraised).toMatchObject({
        leg: { direction: 'out', entry: 'erp', id: 'l-1', state: 'done' },
        report: { about: 'l-1', id: 'report-1', kind: 'bounced', detail: 'No such address.' },
      });
      expect(unraised.report.at).toBeGreaterThan(0);
      expect(await bench.journal.outbox.publish([legOf('erp', 'news')], raising('l-1', 'report-1'))).toBe(true);
      expect(await unraisedOf(bench)).toEqual([]);
      expect(await bench.journal.outbox.publish([legOf('erp', 'again')], raising('l-1', 'report-1'))).toBe(false);
      expect(await bench.showLeg('news')).toMatchObject({ state: 'waiting' });
      expect(await bench.showLeg('again')).toBeUndefined();
    });

    ask('is raised also where no leg tells of it, or where that is known', async (bench) => {
      await sendWith(bench, 'l-1');
      for (const id of ['report-1', 'report-2']) await bench.journal.outbox.report(reportOf('l-1', id));
      expect(await bench.journal.outbox.publish([], raising('l-1', 'report-1'))).toBe(true);
      expect(await bench.journal.outbox.publish([legOf('erp', 'l-1')], raising('l-1', 'report-2'))).toBe(true);
      expect(await unraisedOf(bench)).toEqual([]);
    });

    ask('is not raised again when it comes again', async (bench) => {
      await sendWith(bench, 'l-1');
      await bench.journal.outbox.report(reportOf('l-1', 'report-1'));
      await bench.journal.outbox.publish([], raising('l-1', 'report-1'));
      await bench.journal.outbox.report(reportOf('l-1', 'report-1'));
      expect(await unraisedOf(bench)).toEqual([]);
    });

    ask('is told of by the step that names its receipt, also when that is repeated', async (bench) => {
      await bench.journal.outbox.report(reportOf('far-1', 'report-1'));
      expect(await unraisedOf(bench)).toEqual([]);
      const { end, answer } = await sendWith(bench, 'l-1', ['far-1']);
      expect([answer, await end()]).toEqual([
        { outcome: 'recorded', reported: true },
        { outcome: 'recorded', reported: true },
      ]);
      expect(await unraisedOf(bench)).toEqual(['l-1 report-1']);
      expect((await sendWith(bench, 'l-2', ['far-2'])).answer).toEqual({ outcome: 'recorded' });
      expect((await sendWith(bench, 'l-3')).answer).toEqual({ outcome: 'recorded' });
    });

    ask('is handed out before those that were recorded later, as many at a time as are wanted', async (bench) => {
      await sendWith(bench, 'l-1');
      await sendWith(bench, 'l-2');
      for (const [about, id] of [
        ['l-2', 'report-c'],
        ['l-1', 'report-b'],
        ['l-2', 'report-a'],
      ] as const) {
        await bench.journal.outbox.report(reportOf(about, id));
        await bench.pass(10);
      }
      expect(await unraisedOf(bench, 2)).toEqual(['l-2 report-c', 'l-1 report-b']);
      expect(await unraisedOf(bench)).toEqual(['l-2 report-c', 'l-1 report-b', 'l-2 report-a']);
    });

    ask('keeps its leg until it is raised', async (bench) => {
      await sendWith(bench, 'sent');
      const token = await bench.journal.outbox.begin(legOf('erp', 'failed'));
      if (token)
        await bench.journal.outbox.settle({ entry: 'erp', id: 'failed', token, ending: { outcome: 'failed', failure: failureOf() } });
      for (const id of ['sent', 'failed']) await bench.journal.outbox.report(reportOf(id, `report-${id}`));
      await bench.pass(keep + 100);
      await forgetAll(bench);
      expect(await unraisedOf(bench)).toHaveLength(2);
      for (const id of ['sent', 'failed']) await bench.journal.outbox.publish([], raising(id, `report-${id}`));
      await forgetAll(bench);
      expect([await bench.showLeg('sent'), await bench.showLeg('failed')]).toEqual([undefined, undefined]);
    });
  });

  group('a report that is not known', () => {
    ask('is not raised, and nothing is published for it', async (bench) => {
      await sendWith(bench, 'l-1');
      await bench.journal.outbox.report(reportOf('l-1', 'report-1'));
      for (const key of [raising('l-1', 'other'), raising('other', 'report-1')])
        expect(await bench.journal.outbox.publish([legOf('erp', 'news')], key)).toBe(false);
      expect(await bench.showLeg('news')).toBeUndefined();
      expect(await unraisedOf(bench)).toEqual(['l-1 report-1']);
    });
  });
}

async function forgetAll({ journal }: Bench): Promise<void> {
  while ((await journal.desk.forget(keep)).more);
}
