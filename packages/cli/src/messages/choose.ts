import type { Desk, JournalQuery, JournalRow } from '@waybill/contract';
import { takeRows } from '@waybill/contract/host';
import { refuseUnknownEntry } from '../desk/entries.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import { errors } from '../errors.ts';
import { rowNamed } from './find-row.ts';
import { type Filter, queryOf } from './query.ts';

/** How many messages one step changes at most: running kernels wait for as long as it takes. */
export const most = 10_000;

/** Which messages a command is to change: those with these ids, or all that answer the filter. */
export interface Choice extends Filter {
  readonly ids: readonly string[];
  /** Every message that the command can change. */
  readonly all?: boolean | undefined;
}

/** A set as it is now: what comes later is not in it. */
export interface Chosen {
  /** Oldest first, so that a move keeps their order. */
  readonly rows: readonly JournalRow[];
  /** How many there are in all. */
  readonly found: number;
}

/** Whether the journal may change a row, and the queries that find all such rows. */
export interface Changeable {
  readonly fits: (row: JournalRow) => boolean;
  readonly queries: (query: JournalQuery) => readonly JournalQuery[];
  /** For people: `parked`. */
  readonly words: string;
}

export const parkedOnes: Changeable = {
  fits: ({ state }) => state === 'parked',
  queries: (query) => [{ ...query, state: 'parked' }],
  words: 'parked',
};

export const keptOnes: Changeable = {
  fits: ({ state, direction }) => state === 'parked' || state === 'stored' || (state === 'waiting' && direction === 'out'),
  queries: (query) =>
    [
      { ...query, state: 'parked' },
      { ...query, direction: 'in', state: 'stored' },
      { ...query, direction: 'out', state: 'waiting' },
    ].filter(({ direction }) => query.direction === undefined || direction === query.direction) as readonly JournalQuery[],
  words: 'stored, parked or not sent',
};

/** Throws `WB_CLI_NOTHING_CHOSEN`, `WB_CLI_BAD_FILTER`, `WB_CLI_UNKNOWN_ENTRY`, `WB_CLI_UNKNOWN_ID`, `WB_CLI_AMBIGUOUS_ID`, `WB_CLI_WRONG_STATE`. */
export async function choose(
  open: Pick<OpenDesk, 'desk' | 'manifest'>,
  choice: Choice,
  changeable: Changeable,
  atMost: number = most,
): Promise<Chosen> {
  const { desk } = open;
  if (isNamed(choice)) return chooseNamed(desk, choice, changeable);
  await refuseUnknownEntry(open, choice);
  const query = queryOf(choice);
  const found: JournalRow[] = [];
  for (const one of changeable.queries(query)) found.push(...(await takeRows(desk, one, Number.MAX_SAFE_INTEGER)).rows);
  const rows = found.toSorted((one, other) => one.seq - other.seq);
  return { rows: rows.slice(0, atMost), found: rows.length };
}

/** Whether messages are named by their ids; else a filter chooses them. Throws `WB_CLI_BAD_FILTER` and `WB_CLI_NOTHING_CHOSEN`. */
export function isNamed({ ids, all, in: isIn, out: isOut, entry, ...others }: Choice): boolean {
  const filters = ['type', 'code', 'store', 'trace', 'key', 'since', 'until'] as const;
  const isFiltered = filters.some((name) => others[name] !== undefined);
  if (ids.length > 0) {
    if (isFiltered || all) throw errors.WB_CLI_BAD_FILTER('Ids and filters exclude each other, but for --in, --out and --entry.');
    return true;
  }
  if (!isFiltered && !all && !isIn && !isOut && entry === undefined) throw errors.WB_CLI_NOTHING_CHOSEN('Which messages are meant?');
  return false;
}

/** Throws `WB_CLI_UNKNOWN_ID`, `WB_CLI_AMBIGUOUS_ID` and `WB_CLI_WRONG_STATE`. */
export async function chooseNamed(desk: Desk, choice: Choice, { fits, words }: Changeable): Promise<Chosen> {
  const rows: JournalRow[] = [];
  for (const id of new Set(choice.ids)) rows.push(await rowNamed(desk, id, choice));
  const wrong = rows.filter((row) => !fits(row));
  if (wrong.length > 0) {
    const told = wrong.slice(0, 5).map(({ id, state }) => `${id} is ${state}`);
    throw errors.WB_CLI_WRONG_STATE(`Not all of them are ${words}: ${told.join(', ')}${wrong.length > 5 ? ', …' : ''}.`);
  }
  return { rows: rows.toSorted((one, other) => one.seq - other.seq), found: rows.length };
}

/** What people are told where the filter finds nothing. `what`: `replay`, `drop`. */
export function nothingTo(what: string): string {
  return `Nothing matches, so there is nothing to ${what}.`;
}
