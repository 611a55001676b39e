import type { DatabaseSync } from 'node:sqlite';
import type { Row } from './findings.ts';

/** How many places of a table are read at a time. */
const portion = 500;

/** A part of a table that SQLite cannot read. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a table by the numbers of its rows, and goes round what cannot be read: where a part fails, its halves are read. Numbers that Node
 * cannot hold come as `bigint`. Calls `take` with each row, in order; answers the gaps.
 */
export function readAround(database: DatabaseSync, table: 'message' | 'body', key: string, take: (row: Row) => void): readonly Gap[] {
  const read = database.prepare(`SELECT * FROM ${table} NOT INDEXED WHERE ${key} BETWEEN ? AND ? ORDER BY ${key}`);
  read.setReadBigInts(true);
  const gaps: Gap[] = [];
  const walk = (from: number, to: number): void => {
    try {
      for (const row of read.all(from, to)) take(asNumbers(row));
    } catch {
      if (from === to) return addGap(gaps, from);
      const middle = Math.floor((from + to) / 2);
      walk(from, middle);
      walk(middle + 1, to);
    }
  };
  for (const [first, last] of rangesOf(database, table))
    for (let from = first; from <= last; from += portion) walk(from, Math.min(last, from + portion - 1));
  return gaps;
}

function addGap(gaps: Gap[], at: number): void {
  const last = gaps.at(-1);
  if (last?.to === at - 1) gaps[gaps.length - 1] = { from: last.from, to: at };
  else gaps.push({ from: at, to: at });
}

/** From where to where there may be rows. A single number that is broken would make it endless: of what can be asked, the middle is taken. */
function rangesOf(database: DatabaseSync, table: 'message' | 'body'): readonly (readonly [number, number])[] {
  const most = middleOf([
    numberOf(database, 'SELECT max(seq) AS n FROM message NOT INDEXED'),
    numberOf(database, 'SELECT max(seq) AS n FROM message INDEXED BY of_entry'),
    numberOf(database, "SELECT seq AS n FROM sqlite_sequence WHERE name = 'message'"),
  ]);
  // Below zero are the bodies that edited messages had first.
  return table === 'message'
    ? [[1, most]]
    : [
        [-most, -1],
        [1, 2 * most + 1],
      ];
}

function numberOf(database: DatabaseSync, sql: string): number {
  try {
    return Number(database.prepare(sql).get()?.['n'] ?? 0);
  } catch {
    return Number.NaN;
  }
}

function middleOf(numbers: readonly number[]): number {
  const known = numbers.filter((number) => number >= 0 && number < 1e12).toSorted((a, b) => a - b);
  return known.length > 2 ? (known[1] ?? 0) : (known.at(-1) ?? 0);
}

/** Reads what has no number, from both ends, up to where it cannot be read. Answers false where something between is left out. */
export function readFromBothEnds(
  database: DatabaseSync,
  sql: (order: 'ASC' | 'DESC') => string,
  take: (row: Row, order: 'ASC' | 'DESC') => void,
): boolean {
  const readAll = (order: 'ASC' | 'DESC'): boolean => {
    try {
      const read = database.prepare(sql(order));
      read.setReadBigInts(true);
      for (const row of read.iterate()) take(asNumbers(row), order);
      return true;
    } catch {
      return false;
    }
  };
  return readAll('ASC') || (readAll('DESC') && false);
}

/** What fits into a number of Node is one. What does not was never written. */
function asNumbers(row: object): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value,
    ]),
  );
}
