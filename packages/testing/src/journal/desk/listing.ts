import type { JournalQuery } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { again, anna, done, factsOf, inKey, keptOf, legOf, only, outKey, parked } from '../fixtures.ts';

export function askAboutListing(ask: Ask): void {
  group('a listing', () => {
    askWhatIsShown(ask);
    askAboutFilters(ask);
    askAboutTimes(ask);
    askAboutPages(ask);
  });
}

function askWhatIsShown(ask: Ask): void {
  ask('shows the newest first, with all that is known of a row', async (bench) => {
    await bench.settle('m-1', { outcome: 'done', legs: [legOf('erp', 'l-1', { orderKey: 'k' })], archive: keptOf('m-1') });
    await bench.settle('m-2', parked('m-2'));
    const { rows } = await bench.journal.desk.list({});
    expect(rows.map(({ id }) => id)).toEqual(['m-2', 'l-1', 'm-1']);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq).toSorted((one, other) => other - one));
    const [second, leg, first] = rows;
    expect(second).toMatchObject({ direction: 'in', state: 'parked', attempts: 1, code: 'WB_COMMAND_FAILED', reason: 'no such order' });
    expect(first).toMatchObject({ direction: 'in', state: 'done', type: 'Update_WCS_OrderStatus@3.0', store: '10151', attempts: 0 });
    const { seq: _, recordedAt, changedAt, ...known } = leg ?? rows[0] ?? { seq: 0, recordedAt: 0, changedAt: 0 };
    expect(known).toEqual({
      direction: 'out',
      entry: 'erp',
      id: 'l-1',
      type: 'Report_NC_PurchaseOrder@1.0',
      event: 'order.created',
      state: 'waiting',
      store: '10151',
      cause: 'm-1',
      trace: 'trace-l-1',
      orderKey: 'k',
      attempts: 0,
      code: undefined,
      reason: undefined,
    });
    expect(changedAt).toBe(recordedAt);
  });

  ask('holds no bodies, and a row is shown with everything', async (bench) => {
    await bench.store('m-1');
    expect('message' in only((await bench.journal.desk.list({})).rows)).toBe(false);
    expect(await bench.journal.desk.show(inKey('m-1'))).toMatchObject({ message: { id: 'm-1' }, failures: [], reports: [] });
    expect(await bench.journal.desk.show(inKey('m-2'))).toBeUndefined();
    expect(await bench.journal.desk.show(outKey('m-1', 'orders'))).toBeUndefined();
  });
}

async function idsFor({ journal }: Bench, query: JournalQuery): Promise<readonly string[]> {
  const ids: string[] = [];
  let before: number | undefined;
  let pages = 0;
  do {
    pages += 1;
    if (pages > 1_000) throw new Error('the pages do not end');
    const page = await journal.desk.list({ ...query, before });
    ids.push(...page.rows.map(({ id }) => id));
    before = page.next;
  } while (before !== undefined);
  return ids;
}

function askAboutFilters(ask: Ask): void {
  ask('holds to each of its filters and to all of them together', async (bench) => {
    await bench.journal.outbox.publish([
      legOf('erp', 'a', { businessKeys: { order: '1' } }),
      legOf('erp', 'b', { cause: 'm-9', trace: 'the trace', businessKeys: { order: '2', sku: ['x', 'y'] } }),
      legOf('files', 'c', { type: 'Other@1.0', store: '10152', businessKeys: { sku: 'y' } }),
    ]);
    const [first] = (await bench.claimLegs({ limit: 1 })).jobs;
    if (first) await bench.endLeg(first, parked('a'));
    await bench.settle('m-1', again(1, 0), { businessKeys: undefined });
    const expected: readonly (readonly [JournalQuery, readonly string[]])[] = [
      [{ direction: 'in' }, ['m-1']],
      [{ direction: 'out', state: 'waiting' }, ['c', 'b']],
      [{ state: 'parked' }, ['a']],
      [{ entry: 'erp' }, ['b', 'a']],
      [{ id: 'b' }, ['b']],
      [{ trace: 'the trace' }, ['b']],
      [{ cause: 'm-9' }, ['b']],
      [{ type: 'Other@1.0' }, ['c']],
      [{ store: '10152' }, ['c']],
      [{ code: 'WB_COMMAND_FAILED' }, ['m-1', 'a']],
      [{ code: 'WB_PACK_FAILED' }, []],
      [{ businessKey: { name: 'order', value: '2' } }, ['b']],
      [{ businessKey: { name: 'sku', value: 'y' } }, ['c', 'b']],
      [{ businessKey: { name: 'order', value: 'y' } }, []],
      [{ businessKey: { name: 'sku', value: 'y' }, entry: 'files' }, ['c']],
      [{ direction: 'out', state: 'waiting', entry: 'erp', cause: 'm-1' }, []],
    ];
    for (const [query, ids] of expected) expect([query, await idsFor(bench, query)]).toEqual([query, ids]);
  });

  ask('finds no failures of what is done', async (bench) => {
    await bench.settle('m-1', again(1, 0));
    await bench.settle('m-1', done);
    expect(await idsFor(bench, { code: 'WB_COMMAND_FAILED' })).toEqual([]);
  });

  ask('finds an inbound message by a business key that came with a later step', async (bench) => {
    await bench.settle('m-1', again(1, 0), factsOf('m-1', { businessKeys: undefined }));
    await bench.settle('m-1', done, factsOf('m-1', { businessKeys: { order: '12007' } }));
    expect(await idsFor(bench, { businessKey: { name: 'order', value: '12007' } })).toEqual(['m-1']);
  });
}

function askAboutTimes(ask: Ask): void {
  ask('holds to the time of recording, also of what was moved since', async (bench) => {
    const times: number[] = [];
    for (const id of ['a', 'b', 'c', 'd']) {
      await bench.pass(1_000);
      await bench.settle(id, parked(id));
      times.push((await bench.show(id))?.recordedAt ?? 0);
    }
    await bench.pass(1_000);
    await bench.journal.desk.move([inKey('a'), inKey('b')], 'invoices', anna);
    await bench.settle('e', done);
    const [, second = 0, third = 0] = times;
    const expected: readonly (readonly [JournalQuery, readonly string[]])[] = [
      [{ since: second }, ['e', 'b', 'd', 'c']],
      [{ since: third }, ['e', 'd', 'c']],
      [{ until: third }, ['b', 'a']],
      [{ since: second, until: third, state: 'parked' }, ['b']],
      [{ since: third + 60_000 }, []],
      [{ until: (times[0] ?? 0) - 1 }, []],
    ];
    for (const [query, ids] of expected) expect([query, await idsFor(bench, query)]).toEqual([query, ids]);
  });
}

function askAboutPages(ask: Ask): void {
  ask('is read page by page without a gap or a repetition, to its end', async (bench) => {
    for (let index = 0; index < 7; index += 1) await bench.settle(`m-${index}`, done);
    const seen: string[] = [];
    let before: number | undefined;
    let pages = 0;
    do {
      const { rows, next, lookedBackTo } = await bench.journal.desk.list({ direction: 'in', limit: 3, before });
      expect(rows.length).toBeLessThanOrEqual(3);
      if (next !== undefined) expect(lookedBackTo).toBeLessThanOrEqual(rows.at(-1)?.recordedAt ?? Number.POSITIVE_INFINITY);
      seen.push(...rows.map(({ id }) => id));
      before = next;
      pages += 1;
    } while (before !== undefined && pages < 50);
    expect(seen).toEqual(['m-6', 'm-5', 'm-4', 'm-3', 'm-2', 'm-1', 'm-0']);
  });

  ask('holds a hundred rows where nothing else is asked for', async (bench) => {
    await Promise.all(Array.from({ length: 130 }, (_, index) => bench.settle(`m-${index}`, done)));
    const { rows, next } = await bench.journal.desk.list({});
    expect([rows.length, next !== undefined]).toEqual([100, true]);
    expect(await idsFor(bench, {})).toHaveLength(130);
  });

  ask('finds what is rare among many', async (bench) => {
    await bench.settle('rare', parked('rare'));
    await Promise.all(Array.from({ length: 1000 }, (_, index) => bench.settle(`m-${index}`, done)));
    expect(await idsFor(bench, { state: 'parked', code: 'WB_COMMAND_FAILED' })).toEqual(['rare']);
  });
}
