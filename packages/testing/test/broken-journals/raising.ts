import type { UnraisedReport } from '@waybill/contract';
import { type Fault, fault } from './fault.ts';

/** Journals that do something wrong with what is to be raised. */
export const raisingFaults: readonly Fault[] = [
  fault(
    'raises a report and its legs in two steps that may part',
    'is not raised until the legs that tell of it are published, and then once',
    ({ outbox }) => ({
      outbox: { publish: (legs, publication) => outbox.publish(publication?.raises ? [] : legs, publication) },
    }),
  ),
  fault('publishes and does not raise', 'is raised also where no leg tells of it, or where that is known', ({ outbox }) => ({
    outbox: {
      async publish(legs, publication) {
        return publication?.raises ? outbox.publish(legs) : outbox.publish(legs, publication);
      },
    },
  })),
  fault(
    'publishes for a report that is raised already',
    'is not raised until the legs that tell of it are published, and then once',
    ({ outbox }) => ({
      outbox: {
        async publish(legs, publication) {
          const isDone = await outbox.publish(legs, publication);
          return isDone || publication?.raises === undefined ? isDone : outbox.publish(legs);
        },
      },
    }),
  ),
  fault('publishes for a report that nobody knows', 'is not raised, and nothing is published for it', ({ outbox }) => ({
    outbox: {
      async publish(legs, publication) {
        if (publication?.raises) await outbox.publish(legs);
        return outbox.publish(legs, publication);
      },
    },
  })),
  fault(
    'does not tell that something waited for a receipt',
    'is told of by the step that names its receipt, also when that is repeated',
    ({ outbox }) => ({
      outbox: {
        async settle(step) {
          const answer = await outbox.settle(step);
          return answer.outcome === 'recorded' ? { outcome: 'recorded' } : answer;
        },
      },
    }),
  ),
  fault(
    'tells once only that something waited',
    'is told of by the step that names its receipt, also when that is repeated',
    ({ outbox }) => {
      const told = new Set<string>();
      return {
        outbox: {
          async settle(step) {
            const answer = await outbox.settle(step);
            if (answer.outcome !== 'recorded' || !told.has(step.id)) {
              told.add(step.id);
              return answer;
            }
            return { outcome: 'recorded' };
          },
        },
      };
    },
  ),
  fault(
    'takes every step for one that is waited for',
    'is told of by the step that names its receipt, also when that is repeated',
    ({ outbox }) => ({
      outbox: {
        async settle(step) {
          const answer = await outbox.settle(step);
          return answer.outcome === 'recorded' ? { ...answer, reported: true } : answer;
        },
      },
    }),
  ),
  ...(
    [
      ['hands out the newest reports first', (all) => all.toReversed()],
      ['hands out every report, however many are wanted', (all) => all],
    ] as readonly (readonly [string, (all: readonly UnraisedReport[], limit: number) => readonly UnraisedReport[]])[]
  ).map(([name, change]) =>
    fault(name, 'is handed out before those that were recorded later, as many at a time as are wanted', ({ outbox }) => ({
      outbox: { unraised: async (limit) => change(await outbox.unraised(100), limit) },
    })),
  ),
  fault('raises a report anew when it comes again', 'is not raised again when it comes again', ({ outbox }) => {
    const seen: UnraisedReport[] = [];
    const again = new Set<string>();
    return {
      outbox: {
        async report(report) {
          if (seen.some((one) => one.report.id === report.id)) again.add(report.id);
          const leg = await outbox.report(report);
          if (leg) seen.push({ leg, report: { ...report, at: 0 } });
          return leg;
        },
        unraised: async (limit) => [...(await outbox.unraised(limit)), ...seen.filter(({ report }) => again.has(report.id)).slice(0, 1)],
      },
    };
  }),
  fault('forgets a leg of which something is to be raised', 'keeps its leg until it is raised', ({ outbox, desk }) => ({
    desk: {
      async forget(keep) {
        for (const { leg, report } of await outbox.unraised(100))
          await outbox.publish([], { raises: { entry: leg.entry, id: leg.id, report: report.id } });
        return desk.forget(keep);
      },
    },
  })),
  fault('keeps a leg for good once something was to be raised', 'keeps its leg until it is raised', ({ outbox, desk }) => {
    let wasReported = false;
    return {
      outbox: {
        report(report) {
          wasReported = true;
          return outbox.report(report);
        },
      },
      desk: { forget: async (keep) => (wasReported ? { rows: 0, more: false } : desk.forget(keep)) },
    };
  }),
];
