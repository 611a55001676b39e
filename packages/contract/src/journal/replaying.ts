import type { By } from './by.ts';
import type { Desk, JournalQuery } from './desk.ts';
import { isCause } from './keys.ts';
import type { EarlierEffects, Replay, ReplayChoice, ReplayPreview, Replays } from './replays.ts';
import type { JournalRow, RowKey } from './rows.ts';

// What kernels and the program do with replays of sets, through whatever journal.

/** How long to wait between two portions of a replay with a rate, at least; and until the next look whether it was cancelled, at most; in milliseconds. */
const waits = { least: 100, most: 500 } as const;

/** How many rows the journal is asked for at a time. */
const pageOf = 500;

/** Of how many messages is looked what happened already, and at how many legs of one message. */
const most = { messages: 1_000, legs: 100 } as const;

export interface ReplayWork {
  readonly by: By;
  /** The replay is cancelled when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Waits so many milliseconds, or until `signal` aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Whether to do one more portion of what it has become. */
  readonly goesOn: (replay: Replay) => boolean;
  /** Called after each portion. */
  readonly told?: ((replay: Replay) => void) | undefined;
}

/** Does one portion of a replay after the other. Undefined where the journal does not have it (any more). */
export async function advanceReplay(
  replays: Pick<Replays, 'advance' | 'cancel'>,
  begun: Replay,
  { by, signal, sleep, goesOn, told }: ReplayWork,
): Promise<Replay | undefined> {
  let replay = begun;
  while (goesOn(replay)) {
    if (signal?.aborted) return (await replays.cancel(replay.id, by)) ?? replay;
    const step = await replays.advance(replay.id, by);
    if (step === undefined) return undefined;
    ({ replay } = step);
    if (step.dueIn) await sleep(Math.min(Math.max(step.dueIn, waits.least), waits.most), signal);
    told?.(replay);
  }
  return replay;
}

/** Whether something of it is left to be done. */
export function isOpenReplay({ state }: Replay): boolean {
  return state === 'choosing' || state === 'running';
}

/** What a replay of these messages would do, and what happened already. */
export async function previewReplay(desk: Pick<Desk, 'list' | 'show'>, of: ReplayChoice): Promise<ReplayPreview> {
  const rows = 'keys' in of ? await namedRows(desk, of.keys) : await parkedRows(desk, of.query);
  return { planned: rows.length, messages: await earlierEffects(desk, rows) };
}

/** What earlier attempts have left behind, of the first thousand of these messages. */
export async function earlierEffects(desk: Pick<Desk, 'list' | 'show'>, rows: readonly JournalRow[]): Promise<readonly EarlierEffects[]> {
  const effects: EarlierEffects[] = [];
  for (const row of rows.slice(0, most.messages)) effects.push(await effectsOf(desk, row));
  return effects;
}

export interface TakenRows {
  readonly rows: readonly JournalRow[];
  /** Where to go on, as `before`; undefined at the end. */
  readonly next: number | undefined;
}

/** The newest rows that answer, at most so many, in as many pages as it takes. */
export async function takeRows(desk: Pick<Desk, 'list'>, query: JournalQuery, atMost: number): Promise<TakenRows> {
  const rows: JournalRow[] = [];
  let { before } = query;
  do {
    const page = await desk.list({ ...query, before, limit: Math.min(pageOf, atMost - rows.length) });
    rows.push(...page.rows);
    before = page.next;
  } while (before !== undefined && rows.length < atMost);
  return { rows, next: before };
}

async function parkedRows(desk: Pick<Desk, 'list'>, query: JournalQuery): Promise<readonly JournalRow[]> {
  const { rows } = await takeRows(desk, { ...query, state: 'parked' }, Number.MAX_SAFE_INTEGER);
  return rows.toReversed();
}

async function namedRows(desk: Pick<Desk, 'list'>, keys: readonly RowKey[]): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  for (const key of keys) rows.push(...(await takeRows(desk, { ...key, state: 'parked' }, 1)).rows);
  return rows.toSorted((one, other) => one.seq - other.seq);
}

async function effectsOf(desk: Pick<Desk, 'list' | 'show'>, row: JournalRow): Promise<EarlierEffects> {
  const shown = await desk.show(row);
  const caused = row.direction === 'in' ? (await takeRows(desk, { direction: 'out', trace: row.trace }, most.legs)).rows : [];
  const legs: EarlierEffects['legs'][number][] = [];
  for (const leg of caused.filter(({ cause }) => isCause(row.id, cause))) {
    const { entry, id, type, event, state } = leg;
    legs.push({ entry, id, type, event, state, isAnswered: (await desk.show(leg))?.reply !== undefined });
  }
  const recipients = (shown?.recipients ?? []).flatMap(({ outcome }) => (outcome === 'sent' || outcome === 'unknown' ? [{ outcome }] : []));
  return {
    row,
    attempts: shown?.failures.length ?? 0,
    replayed: shown?.replayed,
    legs,
    recipients,
    hasReply: shown?.reply !== undefined,
  };
}
