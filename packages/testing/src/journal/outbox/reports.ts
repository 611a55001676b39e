import type { OutboxEnding, Report } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { again, anna, failureOf, legOf, only, outKey, parked, sent } from '../fixtures.ts';

const reportOf = (about: string, id = 'report-1', more: Partial<Report> = {}): Report => ({ about, id, kind: 'bounced', ...more });

function withReceipts(ending: OutboxEnding, ...receipts: readonly string[]): OutboxEnding {
  return ending.outcome === 'released' ? ending : { ...ending, receipts };
}

async function sendWith(bench: Bench, receipt: string, id = 'l-1'): Promise<void> {
  await bench.publish([id]);
  await bench.endLeg(only((await bench.claimLegs()).jobs), { outcome: 'sent', archive: false, receipts: [receipt] });
}

async function reportsOf(bench: Bench, id = 'l-1'): Promise<readonly string[]> {
  return ((await bench.showLeg(id))?.reports ?? []).map((report) => `${report.id} ${report.kind}`);
}

export function askAboutReports(ask: Ask): void {
  group('news about a leg', () => {
    ask('is recorded with it, by its id and by the id that the far side gave it, and answers it', async (bench) => {
      await sendWith(bench, 'far-1');
      const report = reportOf('l-1', 'report-1', { permanent: true, recipient: 'anna', detail: 'No such address.' });
      expect(await bench.journal.outbox.report(report)).toMatchObject({ direction: 'out', entry: 'erp', id: 'l-1', state: 'done' });
      expect(await bench.journal.outbox.report(reportOf('far-1', 'report-2', { kind: 'delivered' }))).toMatchObject({ id: 'l-1' });
      const { reports = [] } = (await bench.showLeg('l-1')) ?? {};
      expect(reports).toMatchObject([report, { about: 'far-1', id: 'report-2', kind: 'delivered' }]);
      expect(reports.every(({ at }) => at > 0)).toBe(true);
    });

    ask('is recorded once, however often it comes', async (bench) => {
      await sendWith(bench, 'far-1');
      for (const about of ['l-1', 'far-1', 'far-1']) {
        expect(await bench.journal.outbox.report(reportOf(about))).toMatchObject({ id: 'l-1' });
      }
      expect(await reportsOf(bench)).toEqual(['report-1 bounced']);
    });

    ask('waits for the leg that is settled with such a receipt', async (bench) => {
      for (const id of ['report-1', 'report-2', 'report-2']) {
        expect(await bench.journal.outbox.report(reportOf('far-1', id))).toBeUndefined();
      }
      expect(await bench.journal.outbox.report(reportOf('far-2', 'report-3'))).toBeUndefined();
      await sendWith(bench, 'far-1');
      expect(await reportsOf(bench)).toEqual(['report-1 bounced', 'report-2 bounced']);
      await sendWith(bench, 'far-2', 'l-2');
      expect(await reportsOf(bench, 'l-2')).toEqual(['report-3 bounced']);
    });

    ask('is recorded with it by every receipt, whatever became of the attempt that told of it', async (bench) => {
      await bench.publish(['l-1', 'l-2']);
      const [first, second] = (await bench.claimLegs()).jobs;
      if (first) await bench.endLeg(first, withReceipts(again(1, 0), 'ref-1', 'far-1'));
      if (second) await bench.endLeg(second, withReceipts(parked('l-2'), 'ref-2'));
      await bench.endLeg(only((await bench.claimLegs()).jobs), withReceipts(sent, 'ref-1', 'far-2'));
      const token = await bench.journal.outbox.begin(legOf('erp', 'l-3'));
      if (token)
        await bench.journal.outbox.settle({
          entry: 'erp',
          id: 'l-3',
          token,
          ending: withReceipts({ outcome: 'failed', failure: failureOf() }, 'ref-3'),
        });
      const legs = await Promise.all(
        ['ref-1', 'far-1', 'far-2', 'ref-2', 'ref-3'].map((about) => bench.journal.outbox.report(reportOf(about, `report-${about}`))),
      );
      expect(legs.map((leg) => leg?.id)).toEqual(['l-1', 'l-1', 'l-1', 'l-2', 'l-3']);
    });

    ask('is recorded with one that is sent at once by the receipts that it began with', async (bench) => {
      await bench.journal.outbox.report(reportOf('ref-1', 'report-1'));
      await bench.journal.outbox.begin(legOf('erp', 'l-1'), ['ref-1', 'ref-2']);
      expect(await bench.journal.outbox.report(reportOf('ref-2', 'report-2'))).toMatchObject({ id: 'l-1' });
      expect(await reportsOf(bench)).toEqual(['report-1 bounced', 'report-2 bounced']);
    });

    ask('follows it to another entry', async (bench) => {
      await bench.publish(['l-1']);
      await bench.endLeg(only((await bench.claimLegs()).jobs), withReceipts(parked('l-1'), 'ref-1'));
      await bench.journal.outbox.report(reportOf('ref-1', 'report-1'));
      await bench.journal.desk.move([outKey('l-1')], 'other', anna);
      expect(await bench.journal.outbox.unraised(10)).toMatchObject([{ leg: { entry: 'other', id: 'l-1' }, report: { id: 'report-1' } }]);
      expect(await bench.journal.outbox.report(reportOf('ref-1', 'report-2'))).toMatchObject({ entry: 'other', id: 'l-1' });
      const unraised = await bench.journal.outbox.unraised(10);
      expect(unraised.map(({ leg, report }) => `${leg.entry} ${report.id}`)).toEqual(['other report-1', 'other report-2']);
    });

    ask('is that of the leg that was sent last, where several have one receipt', async (bench) => {
      await sendWith(bench, 'far-1', 'l-1');
      await bench.pass(1);
      await sendWith(bench, 'far-1', 'l-2');
      expect(await bench.journal.outbox.report(reportOf('far-1'))).toMatchObject({ id: 'l-2' });
    });
  });
}
