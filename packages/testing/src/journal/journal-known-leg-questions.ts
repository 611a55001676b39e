import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { claimOf, failureAt, finishedOf, key, legKey, legOf, messageOf, only, start } from './journal-fixtures.ts';

/** Another message under an id that its destination knows. */
const known = legOf('erp', 'l-1', { message: messageOf('l-1', 'another'), trace: 'of another', event: 'order.changed' });
const shownLeg = { direction: 'out', name: 'erp', id: 'l-1' } as const;

export function askAboutKnownLegs(ask: Ask): void {
  describe('a leg whose id is known at its destination', () => {
    it(
      'is left as it is when another message comes under its id',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        expect(await journal.publish([known], { at: start + 1, id: 'p-1' })).toBe(true);
        expect(await journal.finish(finishedOf('m-1', { legs: [known] }))).toBe(true);
        const { leg, publishedAt } = only((await journal.claimOutbox(claimOf('erp'))).jobs);
        expect({ ...leg, message: [...leg.message.body] }).toEqual({ ...legOf('erp', 'l-1'), message: [...messageOf('l-1').body] });
        expect(publishedAt).toBe(start);
      }),
    );
    it(
      'holds up nothing else of its step',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        expect(await journal.finish(finishedOf('m-1', { legs: [legOf('files', 'l-1'), known, legOf('erp', 'l-2')] }))).toBe(true);
        expect(await journal.publish([known, legOf('erp', 'l-3')], { at: start })).toBe(true);
        expect(await journal.find(key('m-1'))).toMatchObject({ state: 'done' });
        expect((await journal.claimOutbox(claimOf('erp'))).jobs.map(({ leg }) => leg.message.id)).toEqual(['l-1', 'l-2', 'l-3']);
        expect((await journal.claimOutbox(claimOf('files'))).jobs).toHaveLength(1);
      }),
    );
    it(
      'is no news: without an id of its own, a publication is answered with false when all its legs are known',
      ask(async (journal) => {
        const legs = [legOf('erp', 'l-1'), legOf('files', 'l-1')];
        expect(await journal.publish(legs, { at: start })).toBe(true);
        expect(await journal.publish(legs, { at: start })).toBe(false);
        expect(await journal.publish([known], { at: start })).toBe(false);
        expect(await journal.list({ direction: 'out' })).toHaveLength(2);
      }),
    );
    it(
      'is recorded once when the step itself holds it twice',
      ask(async (journal) => {
        expect(await journal.finish(finishedOf('m-1', { legs: [legOf('erp', 'l-1'), known] }))).toBe(true);
        expect(await journal.publish([legOf('erp', 'l-2'), legOf('erp', 'l-2')], { at: start })).toBe(true);
        const { jobs } = await journal.claimOutbox(claimOf('erp'));
        expect(jobs.map(({ leg }) => [leg.message.id, leg.event])).toEqual([
          ['l-1', 'order.created'],
          ['l-2', 'order.created'],
        ]);
      }),
    );
    it(
      'is not handed out again when it was sent',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.sent(legKey('erp', 'l-1'), { at: start, archive: false });
        await journal.publish([known], { at: start, id: 'p-1' });
        await journal.finish(finishedOf('m-1', { legs: [known] }));
        expect(await journal.claimOutbox(claimOf('erp'))).toEqual({ jobs: [], nextDue: undefined });
        expect(await journal.show(shownLeg)).toMatchObject({ state: 'done', message: undefined });
      }),
    );
    it(
      'stays with who has claimed it, and parked when it was given up',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await journal.publish([known], { at: start, id: 'p-1' });
        expect((await journal.claimOutbox(claimOf('erp', start + 1))).jobs).toEqual([]);
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start));
        await journal.finish(finishedOf('m-1', { legs: [known] }));
        expect(await journal.show(shownLeg)).toMatchObject({ state: 'parked', attempts: 1, trace: 'trace-l-1' });
      }),
    );
  });
}
