import { describe, expect, it } from 'vitest';
import type { Ask } from '../journal-suite.ts';
import { claimOf, failureAt, legKey, legOf, messageOf, only, start } from './journal-fixtures.ts';

const shownLeg = { direction: 'out', name: 'erp', id: 'l-1' } as const;

export function askAboutOutbox(ask: Ask): void {
  askAboutPublishing(ask);
  askAboutClaims(ask);
  askAboutStrictOrder(ask);
  askAboutSentLegs(ask);
  askAboutPostponedLegs(ask);
  askAboutParkedLegs(ask);
}

function askAboutPublishing(ask: Ask): void {
  describe('what is published', () => {
    it(
      'is handed out as it was recorded',
      ask(async (journal) => {
        expect(await journal.publish([legOf('erp', 'l-1')], { at: start })).toBe(true);
        const { jobs, nextDue } = await journal.claimOutbox(claimOf('erp'));
        const { leg, ...job } = only(jobs);
        expect(job).toEqual({ attempts: 0, publishedAt: start });
        const expected = legOf('erp', 'l-1');
        expect({ ...leg, message: { ...leg.message, body: [...leg.message.body] } }).toEqual({
          ...expected,
          message: { ...expected.message, body: [...expected.message.body] },
        });
        expect(nextDue).toBeUndefined();
      }),
    );
    it(
      'has no second effect with an id that was seen before',
      ask(async (journal) => {
        expect(await journal.publish([legOf('erp', 'l-1')], { at: start, id: 'p-1' })).toBe(true);
        expect(await journal.publish([legOf('erp', 'l-2')], { at: start, id: 'p-1' })).toBe(false);
        expect(await journal.publish([legOf('erp', 'l-3')], { at: start, id: 'p-2' })).toBe(true);
        expect((await journal.claimOutbox(claimOf('erp'))).jobs.map(({ leg }) => leg.message.id)).toEqual(['l-1', 'l-3']);
      }),
    );
    it(
      'is remembered by its id also when nobody wants it',
      ask(async (journal) => {
        expect(await journal.publish([], { at: start, id: 'p-1' })).toBe(true);
        expect(await journal.publish([legOf('erp', 'l-1')], { at: start, id: 'p-1' })).toBe(false);
      }),
    );
  });
}

function askAboutClaims(ask: Ask): void {
  describe('a destination', () => {
    it(
      'gets its own legs in the order of recording, as many as asked for',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'a'), legOf('files', 'x'), legOf('erp', 'b')], { at: start });
        await journal.publish([legOf('erp', 'c')], { at: start });
        const first = await journal.claimOutbox(claimOf('erp', start, 2));
        expect(first.jobs.map(({ leg }) => leg.message.id)).toEqual(['a', 'b']);
        expect(first.nextDue).toBeLessThanOrEqual(start);
        expect((await journal.claimOutbox(claimOf('erp', start, 2))).jobs.map(({ leg }) => leg.message.id)).toEqual(['c']);
      }),
    );
    it(
      'learns when the next leg is due',
      ask(async (journal) => {
        expect(await journal.claimOutbox(claimOf('erp'))).toEqual({ jobs: [], nextDue: undefined });
        await journal.publish([legOf('erp', 'a'), legOf('erp', 'b')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await journal.postponed(legKey('erp', 'a'), { due: start + 900 });
        await journal.postponed(legKey('erp', 'b'), { due: start + 300 });
        expect(await journal.claimOutbox(claimOf('erp', start + 1))).toEqual({ jobs: [], nextDue: start + 300 });
        const { jobs, nextDue } = await journal.claimOutbox(claimOf('erp', start + 300));
        expect(jobs.map(({ leg }) => leg.message.id)).toEqual(['b']);
        expect(nextDue).toBe(start + 900);
      }),
    );
    it(
      'gets what was not yet due in the order of recording, not in the order of falling due',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'a'), legOf('erp', 'b')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await journal.postponed(legKey('erp', 'a'), { due: start + 900 });
        await journal.postponed(legKey('erp', 'b'), { due: start + 300 });
        expect((await journal.claimOutbox(claimOf('erp', start + 1000))).jobs.map(({ leg }) => leg.message.id)).toEqual(['a', 'b']);
      }),
    );
    it(
      'gets each leg once although many ask at the same moment',
      ask(async (journal) => {
        await journal.publish(
          Array.from({ length: 50 }, (_, index) => legOf('erp', `l-${index}`)),
          { at: start },
        );
        const claims = await Promise.all(Array.from({ length: 20 }, () => journal.claimOutbox(claimOf('erp', start, 5))));
        const ids = claims.flatMap(({ jobs }) => jobs.map(({ leg }) => leg.message.id));
        expect(ids).toHaveLength(50);
        expect(new Set(ids).size).toBe(50);
      }),
    );
    it(
      'gets a leg again when its lease is over, not before',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp', start));
        expect(await journal.claimOutbox(claimOf('erp', start + 59_999))).toEqual({ jobs: [], nextDue: start + 60_000 });
        expect((await journal.claimOutbox(claimOf('erp', start + 60_000))).jobs).toHaveLength(1);
      }),
    );
  });
}

function askAboutStrictOrder(ask: Ask): void {
  describe('a claim in strict order', () => {
    it(
      'gets the oldest only, and nothing more while that one is out',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'a'), legOf('erp', 'b')], { at: start });
        const first = await journal.claimOutbox({ ...claimOf('erp'), inOrder: true });
        expect(only(first.jobs).leg.message.id).toBe('a');
        expect(first.nextDue).toBe(start + 60_000);
        expect(await journal.claimOutbox({ ...claimOf('erp'), inOrder: true })).toEqual({ jobs: [], nextDue: start + 60_000 });
        await journal.sent(legKey('erp', 'a'), { at: start, archive: false });
        const second = await journal.claimOutbox({ ...claimOf('erp'), inOrder: true });
        expect(only(second.jobs).leg.message.id).toBe('b');
        expect(second.nextDue).toBeUndefined();
      }),
    );
    it(
      'gets nothing while the oldest waits for its next attempt',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'a'), legOf('erp', 'b')], { at: start });
        await journal.claimOutbox({ ...claimOf('erp'), inOrder: true });
        await journal.postponed(legKey('erp', 'a'), { due: start + 500, failure: failureAt(start) });
        expect(await journal.claimOutbox({ ...claimOf('erp', start + 1), inOrder: true })).toEqual({ jobs: [], nextDue: start + 500 });
        const { jobs } = await journal.claimOutbox({ ...claimOf('erp', start + 500), inOrder: true });
        expect(only(jobs).leg.message.id).toBe('a');
      }),
    );
    it(
      'passes what was given up',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'a'), legOf('erp', 'b')], { at: start });
        await journal.parkLeg(legKey('erp', 'a'), failureAt(start));
        expect(only((await journal.claimOutbox({ ...claimOf('erp'), inOrder: true })).jobs).leg.message.id).toBe('b');
      }),
    );
  });
}

function askAboutSentLegs(ask: Ask): void {
  describe('a leg that was sent', () => {
    it(
      'is done, with what the receipt said, and is handed out no more',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await journal.sent(legKey('erp', 'l-1'), { at: start + 5, detail: 'queue ORDERS.OUT', archive: false });
        expect(await journal.claimOutbox(claimOf('erp', start + 100_000))).toEqual({ jobs: [], nextDue: undefined });
        const shown = await journal.show(shownLeg);
        expect(shown).toMatchObject({ state: 'done', detail: 'queue ORDERS.OUT', changedAt: start + 5, recordedAt: start });
        expect(shown?.message).toBeUndefined();
      }),
    );
    it(
      'keeps its body where it is archived',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.sent(legKey('erp', 'l-1'), { at: start, archive: true });
        const shown = await journal.show(shownLeg);
        expect(shown?.message && [...shown.message.body]).toEqual([...messageOf('l-1').body]);
        expect(shown?.detail).toBeUndefined();
      }),
    );
    it(
      'stays sent whatever is told of it afterwards',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        const receipt = { at: start + 5, detail: 'first', archive: false };
        await journal.sent(legKey('erp', 'l-1'), receipt);
        await journal.sent(legKey('erp', 'l-1'), { ...receipt, at: start + 9, detail: 'second' });
        await journal.postponed(legKey('erp', 'l-1'), { due: start, failure: failureAt(start) });
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start));
        expect(await journal.show(shownLeg)).toMatchObject({
          state: 'done',
          detail: 'first',
          changedAt: start + 5,
          attempts: 0,
          failures: [],
        });
      }),
    );
    it(
      'is of no matter when the journal does not know it',
      ask(async (journal) => {
        await journal.sent(legKey('erp', 'l-1'), { at: start, archive: false });
        await journal.postponed(legKey('erp', 'l-1'), { due: start });
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start));
        expect(await journal.list({})).toEqual([]);
      }),
    );
  });
}

function askAboutPostponedLegs(ask: Ask): void {
  describe('a leg that is postponed', () => {
    it(
      'counts the failed attempt where there was one',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        const options = { due: start + 500, failure: failureAt(start + 1) };
        await journal.postponed(legKey('erp', 'l-1'), options);
        await journal.postponed(legKey('erp', 'l-1'), options);
        expect((await journal.claimOutbox(claimOf('erp', start + 499))).jobs).toEqual([]);
        expect((await journal.claimOutbox(claimOf('erp', start + 500))).jobs).toMatchObject([{ attempts: 1, publishedAt: start }]);
        expect(await journal.show(shownLeg)).toMatchObject({ attempts: 1, failures: [failureAt(start + 1)], code: 'WB_COMMAND_FAILED' });
      }),
    );
    it(
      'counts nothing where there was none',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await journal.postponed(legKey('erp', 'l-1'), { due: start + 500 });
        expect((await journal.claimOutbox(claimOf('erp', start + 499))).jobs).toEqual([]);
        expect((await journal.claimOutbox(claimOf('erp', start + 500))).jobs).toMatchObject([{ attempts: 0 }]);
      }),
    );
  });
}

function askAboutParkedLegs(ask: Ask): void {
  describe('a leg that is given up', () => {
    it(
      'keeps its message and its failures, leaves the queue, and does not touch the other legs',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1'), legOf('files', 'l-1')], { at: start });
        await journal.claimOutbox(claimOf('erp'));
        await journal.postponed(legKey('erp', 'l-1'), { due: start, failure: failureAt(start) });
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start + 9, 'refused'));
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start + 9, 'refused'));
        expect(await journal.claimOutbox(claimOf('erp', start + 100_000))).toEqual({ jobs: [], nextDue: undefined });
        const shown = await journal.show(shownLeg);
        expect(shown).toMatchObject({
          state: 'parked',
          attempts: 2,
          reason: 'refused',
          event: 'order.created',
          store: '10151',
          cause: 'm-1',
        });
        expect(shown?.failures).toEqual([failureAt(start), failureAt(start + 9, 'refused')]);
        expect(shown?.message && [...shown.message.body]).toEqual([...messageOf('l-1').body]);
        expect((await journal.claimOutbox(claimOf('files'))).jobs).toHaveLength(1);
      }),
    );
    it(
      'is done when it turns out that it was sent after all',
      ask(async (journal) => {
        await journal.publish([legOf('erp', 'l-1')], { at: start });
        await journal.parkLeg(legKey('erp', 'l-1'), failureAt(start));
        await journal.sent(legKey('erp', 'l-1'), { at: start + 1, archive: false });
        expect(await journal.show(shownLeg)).toMatchObject({ state: 'done' });
      }),
    );
  });
}
