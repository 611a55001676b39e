import type { Report } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { only } from '../fixtures.ts';

const reportOf = (about: string, id = 'report-1', more: Partial<Report> = {}): Report => ({ about, id, kind: 'bounced', ...more });

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

    ask('is that of the leg that was sent last, where several have one receipt', async (bench) => {
      await sendWith(bench, 'far-1', 'l-1');
      await bench.pass(1);
      await sendWith(bench, 'far-1', 'l-2');
      expect(await bench.journal.outbox.report(reportOf('far-1'))).toMatchObject({ id: 'l-2' });
    });
  });
}
