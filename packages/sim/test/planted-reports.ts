import type { Plant } from '../src/index.ts';
import { changed } from './changed-journal.ts';

/** Bugs in what becomes of reports. */
export const plantedReports: Readonly<Record<string, () => Plant>> = {
  'a report is raised before what tells of it is recorded': () => ({
    journal: (own, { sleep }) =>
      changed(own, {
        outbox: {
          async publish(legs, publication) {
            if (!publication?.raises) return own.outbox.publish(legs, publication);
            const answer = await own.outbox.publish([], publication);
            if (answer)
              void sleep(200)
                .then(() => own.outbox.publish(legs))
                .catch(() => undefined);
            return answer;
          },
        },
      }),
  }),
  'a report that came before the send was recorded is not raised': () => {
    const early = new Set<string>();
    return {
      journal: (own) =>
        changed(own, {
          outbox: {
            async report(report) {
              const leg = await own.outbox.report(report);
              if (!leg) early.add(report.id);
              return leg;
            },
            unraised: async (limit) => (await own.outbox.unraised(limit)).filter(({ report }) => !early.has(report.id)),
          },
        }),
    };
  },
  'by what reports speak of a leg is kept only when it is sent': () => ({
    journal: (own) =>
      changed(own, {
        outbox: {
          begin: (leg) => own.outbox.begin(leg),
          settle: (step) =>
            own.outbox.settle(
              'receipts' in step.ending && step.ending.outcome !== 'sent'
                ? { ...step, ending: { ...step.ending, receipts: undefined } }
                : step,
            ),
        },
      }),
  }),
};
