import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { JournalState } from '@waybill/contract';
import type { ListedRow, PageRow, QueryRow } from '../../wire/desk.ts';
import { done, inbound, kept, outbound, parked, stateNumber } from '../../wire/states.ts';
import { seen } from '../rows/damage.ts';
import type { MessageRow, WrittenRow } from '../rows/message-row.ts';

/** What a listing shows of a row. */
export function listed(row: MessageRow): ListedRow {
  const { seq, direction, entry, id, state, type, event, store, cause, trace, order_key, attempts, recorded_at, changed_at } = row;
  const { code, reason } = state === done ? { code: null, reason: null } : row;
  return { seq, direction, entry, id, state, type, event, store, cause, trace, order_key, attempts, recorded_at, changed_at, code, reason };
}

/** For how long one read goes on, in milliseconds: a long read keeps the log of the file from being cleaned up. */
const readFor = 40;

/** How many rows a read looks through at first. */
const firstPortion = 2_000;

type Value = string | number;

interface Plan {
  /** The table, and the index that answers. */
  readonly from: string;
  /** The column of the `seq` in it. */
  readonly seq: string;
  readonly conditions: readonly string[];
  readonly values: readonly Value[];
}

interface ListingOptions {
  readonly now?: () => number;
  /** How long one page may take, in milliseconds. Default 200. */
  readonly pageFor?: number;
}

/**
 * Listings, newest first. Where no index has the answer, rows are looked through in portions; a page ends early when that
 * takes too long, and tells how far it has looked.
 */
export class Listing {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #now: () => number;
  readonly #pageFor: number;

  constructor(database: DatabaseSync, { now = () => performance.now(), pageFor = 200 }: ListingOptions = {}) {
    this.#database = database;
    this.#now = now;
    this.#pageFor = pageFor;
  }

  list(query: QueryRow): PageRow {
    const plans = plansOf(query, (direction) => this.#entriesOf(direction));
    if (plans.length === 0) return { rows: [], next: null, lookedBackTo: null };
    const from = query.before ?? this.#number('SELECT max(seq) AS n FROM message') + 1;
    const first = this.#number('SELECT min(seq) AS n FROM message');
    const oldest = query.since === null ? first : this.#firstSince(query.since, first, from);
    const isSelective = query.id !== null || query.key !== null || query.trace !== null;
    return this.#walk(plans, query.limit, from, oldest, isSelective ? from : firstPortion);
  }

  #walk(plans: readonly Plan[], limit: number, from: number, oldest: number, first: number): PageRow {
    const end = this.#now() + this.#pageFor;
    const rows: ListedRow[] = [];
    let before = from;
    let portion = first;
    while (before > oldest && rows.length < limit && this.#now() < end) {
      const start = this.#now();
      const after = Math.max(oldest, before - portion);
      const found = this.#read(plans, after, before, limit - rows.length);
      rows.push(...found);
      before = rows.length === limit ? (rows.at(-1)?.seq ?? after) : after;
      const took = this.#now() - start;
      // Grows while reads are short, so that an index that has few rows in a long stretch is not asked thousands of times.
      portion = took * 4 < readFor ? portion * 4 : Math.max(firstPortion, Math.floor(portion / 4));
    }
    const isEnd = before <= oldest;
    return { rows, next: isEnd || limit === 0 ? null : before, lookedBackTo: this.#instantOf(before) };
  }

  #read(plans: readonly Plan[], after: number, before: number, limit: number): readonly ListedRow[] {
    const rows = plans.flatMap(({ from, seq, conditions, values }) => {
      const sql = `SELECT m.* FROM ${from} WHERE ${seq} >= ? AND ${seq} < ? ${conditions.map((one) => `AND ${one}`).join(' ')}
        ORDER BY ${seq} DESC LIMIT ?`;
      return this.#statement(sql).all(after, before, ...values, limit) as unknown as readonly WrittenRow[];
    });
    const newestFirst = plans.length === 1 ? rows : rows.toSorted((a, b) => b.seq - a.seq).slice(0, limit);
    return newestFirst.map((row) => listed(seen(row)));
  }

  /** One after the other by their index, however many rows each has. */
  #entriesOf(direction: number): readonly string[] {
    const next = this.#statement('SELECT min(entry) AS entry FROM message INDEXED BY of_entry WHERE direction = ? AND entry > ?');
    const entries: string[] = [];
    for (let entry: unknown = ''; typeof entry === 'string'; entry = next.get(direction, entry)?.['entry']) entries.push(entry);
    return entries;
  }

  /**
   * A `seq` below which nothing was recorded at this time or later. A row that was moved is older than its place, and no row was
   * put into its place after its last change: that of a row which has not changed since says the same of all before it.
   */
  #firstSince(since: number, first: number, end: number): number {
    const at = this.#statement('SELECT seq, changed_at FROM message WHERE seq >= ? ORDER BY seq LIMIT 1');
    let [low, high] = [first, end];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = at.get(middle);
      if (row === undefined || Number(row['seq']) >= high || Number(row['changed_at']) >= since) high = middle;
      else low = Number(row['seq']) + 1;
    }
    return low;
  }

  #instantOf(seq: number): number | null {
    const row = this.#statement('SELECT recorded_at FROM message WHERE seq >= ? ORDER BY seq LIMIT 1').get(seq);
    return row === undefined ? null : Number(row['recorded_at']);
  }

  #number(sql: string): number {
    return Number(this.#statement(sql).get()?.['n'] ?? 0);
  }

  #statement(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** One plan a direction, where the direction decides what a state is or which index answers; by an id alone, one an entry. */
function plansOf(query: QueryRow, entriesOf: (direction: number) => readonly string[]): readonly Plan[] {
  const { state, entry, id } = query;
  if (query.direction === null && state === null && entry === null && id === null) return [planFor(query, undefined, undefined)];
  const directions = query.direction === null ? [inbound, outbound] : [query.direction];
  return directions.flatMap((direction) => {
    const number = state === null ? undefined : stateNumber(direction, state as JournalState);
    if (state !== null && number === undefined) return [];
    if (id === null || entry !== null) return [planFor(query, direction, number)];
    return entriesOf(direction).map((each) => planFor({ ...query, entry: each }, direction, number));
  });
}

function planFor(query: QueryRow, direction: number | undefined, state: number | undefined): Plan {
  const conditions: string[] = [];
  const values: Value[] = [];
  const where = (condition: string, value: Value | null | undefined): void => {
    if (value === null || value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  where('k.name = ?', query.key?.[0]);
  where('k.value = ?', query.key?.[1]);
  where('m.direction = ?', direction);
  // The state stands in the text, so that the indexes of single states can be used.
  if (state !== undefined) conditions.push(`m.state = ${state}`);
  where('m.entry = ?', query.entry);
  where('m.id = ?', query.id);
  where('m.trace = ?', query.trace);
  where('m.cause = ?', query.cause);
  where('m.type = ?', query.type);
  where('m.store = ?', query.store);
  where(`m.state <> ${done} AND m.code = ?`, query.code);
  where('m.recorded_at >= ?', query.since);
  where('m.recorded_at < ?', query.until);
  return { ...sourceOf(query, direction, state), conditions, values };
}

/** The first of these that fits has the fewest rows to look through. */
function sourceOf(query: QueryRow, direction: number | undefined, state: number | undefined): Pick<Plan, 'from' | 'seq'> {
  if (query.key !== null) return { from: 'business_key k CROSS JOIN message m ON m.seq = k.seq', seq: 'k.seq' };
  return { from: `message m ${indexFor(query, direction, state)}`, seq: 'm.seq' };
}

function indexFor({ id, entry, trace }: QueryRow, direction: number | undefined, state: number | undefined): string {
  if (id !== null && entry !== null) return 'INDEXED BY sqlite_autoindex_message_1';
  if (trace !== null) return 'INDEXED BY traced';
  if (state === parked) return entry === null ? 'INDEXED BY parked' : 'INDEXED BY parked_group';
  if (state === kept && entry !== null) return 'INDEXED BY waiting';
  return entry !== null && direction !== undefined ? 'INDEXED BY of_entry' : 'NOT INDEXED';
}
