import { endingOf, everything, legOf } from '../stories.ts';
import { openJournal, say } from './opening.ts';

/**
 * Sends legs without end and hears of each, of some before it has recorded their receipts. Publishes a leg for each report, and says its id
 * when the journal has promised that it is raised.
 */
const round = process.argv[3] ?? '';
const journal = await openJournal();
const { outbox } = journal;

async function raiseAll(): Promise<void> {
  for (const { leg, report } of await outbox.unraised(10)) {
    const raises = { entry: leg.entry, id: leg.id, report: report.id };
    if (await outbox.publish([legOf(`news-of-${report.id}`, { entry: 'admin' })], { raises })) say(report.id);
  }
}

for (let last = 1; ; last += 1) {
  const id = `${round}-${last}`;
  await outbox.publish([legOf(id)]);
  const report = () => outbox.report({ about: `far-${id}`, id: `report-${id}`, kind: 'bounced' });
  if (last % 2 === 0) await report();
  for (const job of (await outbox.claim(everything)).jobs)
    await outbox.settle(
      endingOf(job, { outcome: 'sent', archive: false, receipts: [`ref-${job.leg.message.id}`, `far-${job.leg.message.id}`] }),
    );
  await report();
  if (last % 4 === 0) await raiseAll();
}
