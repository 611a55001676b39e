import { describe, expect, it } from 'vitest';
import { advanceReplay, isOpenReplay, previewReplay, takeRows } from '../src/host.ts';
import type { Desk, JournalQuery, JournalRow, Replay, Replays } from '../src/index.ts';

const anna = { who: 'anna' };

/** Rows that a desk has, the newest first, in pages of at most ten. */
function deskOf(rows: readonly Partial<JournalRow>[]) {
  const limits: (number | undefined)[] = [];
  const fits = (row: Partial<JournalRow>, { direction, state, id, trace }: JournalQuery): boolean =>
    Object.entries({ direction, state, id, trace }).every(
      ([name, wanted]) => wanted === undefined || row[name as keyof JournalRow] === wanted,
    );
  const list = async (query: JournalQuery) => {
    limits.push(query.limit);
    const from = query.before ?? 0;
    const found = rows.filter((row) => fits(row, query));
    const page = found.slice(from, from + Math.min(query.limit ?? 100, 10));
    return { rows: page as readonly JournalRow[], next: from + page.length < found.length ? from + page.length : undefined };
  };
  const show = async ({ id }: { readonly id: string }) => ({ ...rows.find((row) => row.id === id), failures: [], reports: [] });
  return { desk: { list, show } as unknown as Pick<Desk, 'list' | 'show'>, limits };
}

describe('a listing', () => {
  const rows = Array.from({ length: 25 }, (_, place) => ({ id: `m-${place}`, seq: 100 - place }));

  it('has as many pages as it takes', async () => {
    const { desk } = deskOf(rows);
    expect(await takeRows(desk, {}, Number.MAX_SAFE_INTEGER)).toEqual({ rows, next: undefined });
  });

  it('has no more than was asked for, and says where it goes on', async () => {
    const { desk, limits } = deskOf(rows);
    expect(await takeRows(desk, {}, 12)).toEqual({ rows: rows.slice(0, 12), next: 12 });
    expect(limits).toEqual([12, 2]);
  });
});

describe('the preview of a replay', () => {
  const parked = { direction: 'in', state: 'parked', trace: 't' } as const;
  const leg = { direction: 'out', entry: 'out', state: 'done', trace: 't' } as const;

  it('tells of the oldest first, and of what each of them has caused', async () => {
    const { desk } = deskOf([
      { ...leg, id: 'l-2', seq: 4, cause: 'another' },
      { ...leg, id: 'l-1', seq: 3, cause: 'm-1' },
      { ...parked, id: 'm-2', seq: 2 },
      { ...parked, id: 'm-1', seq: 1 },
      { direction: 'in', state: 'done', id: 'm-0', seq: 0 },
    ]);
    const { planned, messages } = await previewReplay(desk, { query: { direction: 'in' } });
    expect(planned).toBe(2);
    expect(messages.map(({ row, legs }) => [row.id, legs.map(({ id }) => id)])).toEqual([
      ['m-1', ['l-1']],
      ['m-2', []],
    ]);
  });

  it('leaves out what is named and not parked', async () => {
    const { desk } = deskOf([
      { ...parked, id: 'm-1', seq: 1 },
      { ...parked, id: 'm-0', state: 'done', seq: 0 },
    ]);
    const keys = ['m-0', 'm-1', 'nobody'].map((id) => ({ direction: 'in', entry: 'notes', id }) as const);
    expect(await previewReplay(desk, { keys })).toMatchObject({ planned: 1, messages: [{ row: { id: 'm-1' } }] });
  });
});

describe('a replay that is worked off', () => {
  const begun: Replay = { id: 7, state: 'choosing', by: anna, at: 0, changedAt: 0, chosen: 2, replayed: 0, skipped: 0 };

  /** A replay with these steps; what is waited for between them is in `waits`. */
  function working(...steps: readonly (Partial<Replay> & { readonly dueIn?: number })[]) {
    const waits: number[] = [];
    let next = 0;
    const replays: Pick<Replays, 'advance' | 'cancel'> = {
      advance: async () => {
        const step = steps[next++];
        if (!step) return undefined;
        const { dueIn, ...news } = step;
        return { replay: { ...begun, ...news }, dueIn };
      },
      cancel: async (_, by) => ({ ...begun, state: 'cancelled', cancelledBy: by }),
    };
    const sleep = async (ms: number): Promise<void> => void waits.push(ms);
    return { waits, run: (signal?: AbortSignal) => advanceReplay(replays, begun, { by: anna, signal, sleep, goesOn: isOpenReplay }) };
  }

  it('goes on until it is done, and waits neither too short nor too long for a look at it', async () => {
    const { run, waits } = working({ dueIn: 0 }, { state: 'running', dueIn: 3 }, { state: 'running', dueIn: 60_000 }, { state: 'done' });
    expect(await run()).toMatchObject({ state: 'done' });
    expect(waits).toEqual([100, 500]);
  });

  it('ends when somebody else has cancelled it', async () => {
    const { run } = working({ state: 'running', dueIn: 1 }, { state: 'cancelled' });
    expect(await run()).toMatchObject({ state: 'cancelled' });
  });

  it('is cancelled when its signal has aborted', async () => {
    const { run } = working({ state: 'done' });
    expect(await run(AbortSignal.abort())).toMatchObject({ state: 'cancelled', cancelledBy: anna });
  });

  it('is nothing where the journal does not have it', async () => {
    expect(await working().run()).toBeUndefined();
  });
});
