import type { Report } from '@waybill/contract';
import { expect } from 'vitest';
import type { Ask } from '../asking/question.ts';
import type { TransportHarness } from '../harness.ts';

const bounce: Report = { about: 'suite-sent-1', id: 'suite-report-1', kind: 'bounced', permanent: true, detail: 'No such address.' };

export function askAboutReports(ask: Ask): void {
  ask.given('putReport', (putReport) => ask.group('news about something that was sent', () => askAboutNews(ask, putReport)));
}

function askAboutNews(ask: Ask, putReport: NonNullable<TransportHarness['putReport']>): void {
  ask('is reported with what it tells, and not as a message', async (rig) => {
    const desk = await rig.listen();
    await putReport(rig.world, bounce);
    await rig.eventually(() => desk.reports.length === 1, 'the report');
    const [{ about, kind, permanent } = bounce] = desk.reports;
    expect({ about, kind, permanent }).toEqual({ about: bounce.about, kind: 'bounced', permanent: true });
    await rig.stays(() => desk.reports.length === 1 && desk.all.length === 0, 'one report and no message');
  });

  ask('comes again under the same id until it was recorded', async (rig) => {
    const desk = await rig.listen();
    desk.recordsReports = false;
    await putReport(rig.world, bounce);
    await rig.eventually(() => desk.refusedReports.length > 0, 'the report');
    desk.recordsReports = true;
    await rig.eventually(() => desk.reports.length === 1, 'the report to come again');
    expect(desk.reports[0]?.id).toBe(desk.refusedReports[0]?.id);
    await rig.stays(() => desk.reports.length === 1, 'one report');
  });
}
