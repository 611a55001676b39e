import type { Journal, Leg, OutboxStep } from '@waybill/contract';
import { type Change, type Fault, fault } from './fault.ts';
import { raisingFaults } from './raising.ts';

async function isKnown({ desk }: Journal, { entry, message }: Leg): Promise<boolean> {
  return (await desk.show({ direction: 'out', entry, id: message.id })) !== undefined;
}

const onLegEnding =
  (change: (ending: OutboxStep['ending']) => OutboxStep['ending']) =>
  ({ outbox }: Journal): Change => ({ outbox: { settle: (step) => outbox.settle({ ...step, ending: change(step.ending) }) } });

const onLegs =
  (change: (leg: Leg) => Leg) =>
  ({ outbox }: Journal): Change => ({ outbox: { publish: (legs, options) => outbox.publish(legs.map(change), options) } });

let reports = 0;

export const outboxFaults: readonly Fault[] = [
  fault('refuses an id that is known', 'holds up nothing else of its step', (sound) => ({
    inbox: {
      async settle(step) {
        const { ending } = step;
        for (const leg of ending.outcome === 'done' ? ending.legs : [])
          if (await isKnown(sound, leg)) throw new RangeError('The id is known.');
        return sound.inbox.settle(step);
      },
    },
  })),
  fault('skips a publication of which a part is known', 'holds up nothing else of its step', (sound) => ({
    outbox: {
      async publish(legs, options) {
        for (const leg of legs) if (await isKnown(sound, leg)) return false;
        return sound.outbox.publish(legs, options);
      },
    },
  })),
  fault(
    'sends again under a known id',
    'is not handed out again when it was sent, nor taken from who has it, nor revived when it was parked',
    (sound) => ({
      outbox: {
        async publish(legs, options) {
          const again = legs.map(async (leg, index) => {
            const isNew = !(await isKnown(sound, leg));
            return isNew ? leg : { ...leg, message: { ...leg.message, id: `${leg.message.id}-${index}` } };
          });
          return sound.outbox.publish(await Promise.all(again), options);
        },
      },
    }),
  ),
  fault(
    'takes what it knows for news',
    'is no news: without an id of its own, a publication is answered with false when all its legs are known',
    ({ outbox }) => ({ outbox: { publish: async (legs, options) => (await outbox.publish(legs, options)) || options?.id === undefined } }),
  ),
  fault('forgets what was noted', 'has what was noted of its recipients while it was sent, whoever has it next', () => ({
    outbox: { note: async () => ({ outcome: 'recorded' }) },
  })),
  fault('does not know what it has published', 'has no second effect with an id that was seen before', ({ outbox }) => ({
    outbox: { publish: (legs) => outbox.publish(legs) },
  })),
  fault(
    'sends what could not be composed',
    'is parked from the start when it could not be composed, and composed anew after a replay',
    onLegs((leg) => ({ ...leg, uncomposed: undefined })),
  ),
  fault(
    'blocks behind what could not be composed',
    'gives way to what follows under its key when it could not be composed, or holds it up where that is wanted',
    onLegs((leg) => ({ ...leg, uncomposed: leg.uncomposed && { ...leg.uncomposed, blocks: true } })),
  ),
  fault(
    'forgets the cause',
    'shows what was recorded of it',
    onLegs((leg) => ({ ...leg, cause: undefined })),
  ),
  fault(
    'archives everything',
    'is done, with what the receipt said, and handed out no more',
    onLegEnding((ending) => (ending.outcome === 'sent' ? { ...ending, archive: true } : ending)),
  ),
  fault(
    'forgets the receipt',
    'is recorded with it, by its id and by the id that the far side gave it, and answers it',
    onLegEnding((ending) => (ending.outcome === 'sent' ? { ...ending, receipts: undefined } : ending)),
  ),
  ...(['again', 'parked', 'failed'] as const).map((outcome) =>
    fault(
      `forgets the receipts of an attempt that ended ${outcome}`,
      'is recorded with it by every receipt, whatever became of the attempt that told of it',
      onLegEnding((ending) => (ending.outcome === outcome ? { ...ending, receipts: undefined } : ending)),
    ),
  ),
  fault(
    'keeps the first receipt only',
    'is recorded with it by every receipt, whatever became of the attempt that told of it',
    onLegEnding((ending) => ('receipts' in ending ? { ...ending, receipts: ending.receipts?.slice(0, 1) } : ending)),
  ),
  fault(
    'forgets the receipts that a send at once began with',
    'is recorded with one that is sent at once by the receipts that it began with',
    ({ outbox }) => ({ outbox: { begin: (leg) => outbox.begin(leg) } }),
  ),
  ...raisingFaults,
  fault(
    'forgets the recipients',
    'remembers what became of each recipient, the newest by its address',
    onLegEnding((ending) => ('recipients' in ending ? { ...ending, recipients: undefined } : ending)),
  ),
  fault('remembers the last recipients only', 'remembers what became of each recipient, the newest by its address', ({ desk }) => ({
    desk: {
      async show(key) {
        const shown = await desk.show(key);
        return shown && { ...shown, recipients: shown.recipients?.slice(1) };
      },
    },
  })),
  fault(
    'does not wait when it is told to',
    'waits without a count when nothing was tried',
    onLegEnding((ending) => (ending.outcome === 'again' ? { ...ending, dueIn: 0 } : ending)),
  ),
  fault(
    'counts what was no failure',
    'waits without a count when nothing was tried',
    onLegEnding((ending) =>
      ending.outcome === 'again' && ending.failure === undefined
        ? { ...ending, attempts: ending.attempts + 1, failure: { code: 'WB_NONE', kind: 'invalid', reason: '' } }
        : ending,
    ),
  ),
  fault('does not know what was sent', 'is known when it is settled in another way, and stays done', ({ outbox }) => ({
    outbox: {
      async settle(step) {
        const answer = await outbox.settle(step);
        return answer.outcome === 'known' ? { outcome: 'recorded' } : answer;
      },
    },
  })),
  fault('hands out what is sent at once', 'is handed out to nobody, and is done when it was sent', ({ outbox }) => ({
    outbox: {
      async begin(leg) {
        await outbox.publish([leg]);
        return { owner: 0, version: 0 };
      },
    },
  })),
  fault('begins twice', 'begins once, and again when it has failed', ({ outbox }) => ({
    outbox: { begin: async (leg) => (await outbox.begin(leg)) ?? { owner: 0, version: 0 } },
  })),
  fault('never begins again', 'begins once, and again when it has failed', ({ outbox }) => {
    const begun = new Set<string>();
    return {
      outbox: {
        async begin(leg) {
          if (begun.has(leg.message.id)) return undefined;
          begun.add(leg.message.id);
          return outbox.begin(leg);
        },
      },
    };
  }),
  fault('forgets late replies', 'gets a reply that came when it had failed, and keeps the first', () => ({
    outbox: { answered: async () => undefined },
  })),
  fault('records a report over and over', 'is recorded once, however often it comes', ({ outbox }) => ({
    outbox: { report: (report) => outbox.report({ ...report, id: `${report.id}-${(reports += 1)}` }) },
  })),
  fault('forgets a report that comes too early', 'waits for the leg that is settled with such a receipt', ({ outbox, desk }) => {
    const receipts = new Set<string>();
    return {
      outbox: {
        settle(step) {
          if ('receipts' in step.ending) for (const receipt of step.ending.receipts ?? []) receipts.add(receipt);
          return outbox.settle(step);
        },
        async report(report) {
          const { rows } = await desk.list({ id: report.about });
          return rows.length > 0 || receipts.has(report.about) ? outbox.report(report) : undefined;
        },
      },
    };
  }),
  fault(
    'looks for reports by message only',
    'is recorded with it, by its id and by the id that the far side gave it, and answers it',
    ({ outbox }) => ({
      outbox: { report: async (report) => (report.about.startsWith('far') ? undefined : outbox.report(report)) },
    }),
  ),
];
