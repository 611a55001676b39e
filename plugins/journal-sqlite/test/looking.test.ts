import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { QueryRow } from '../src/wire/desk.ts';
import { Listing } from '../src/worker/desk/listing.ts';
import { indexes, tables } from '../src/worker/schema.ts';
import { defineSums, summedColumns } from '../src/worker/seals/sealed-tables.ts';

const anything: QueryRow = {
  direction: null,
  state: null,
  entry: null,
  id: null,
  trace: null,
  cause: null,
  key: null,
  type: null,
  store: null,
  code: null,
  since: null,
  until: null,
  before: null,
  limit: 10,
};

/** A journal of so many rows that are done, in which one row in ten thousand has the type `rare`. */
function filled(rows: number): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  defineSums(database);
  database.exec(`${tables}${indexes}`);
  database.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO message (direction, entry, id, state, trace, digest, recorded_at, changed_at, due_at, type)
      SELECT i % 2, 'e-' || (i % 7), 'id-' || i, 2, 't-' || i, '', i, i, i, iif(i % 10000 = 0, 'rare', 'usual') FROM n;
    UPDATE message SET sum = sum_of_message(${summedColumns.join(', ')})`);
  return database;
}

/** Counts how often the clock is read, and lets each reading take a while. */
function slowClock(step: number): () => number {
  let time = 0;
  return () => {
    time += step;
    return time;
  };
}

describe('a listing', () => {
  it('that no index answers ends early, tells how far it has looked, and goes on from there to the end', () => {
    const database = filled(50_000);
    const listing = new Listing(database, { now: slowClock(30) });
    const pages = [listing.list({ ...anything, type: 'rare' })];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(listing.list({ ...anything, type: 'rare', before: next }));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flatMap(({ rows }) => rows.map(({ seq }) => seq))).toEqual([50_000, 40_000, 30_000, 20_000, 10_000]);
    const looked = pages.map(({ lookedBackTo }) => lookedBackTo ?? 0);
    expect(looked).toEqual(looked.toSorted((a, b) => b - a));
    expect(looked.at(-1)).toBe(1);
  });

  it('goes on behind the last row of a full page', () => {
    const listing = new Listing(filled(100));
    const first = listing.list({ ...anything, entry: 'e-3', limit: 4 });
    const second = listing.list({ ...anything, entry: 'e-3', limit: 100, before: first.next });
    expect([...first.rows, ...second.rows].map(({ seq }) => seq)).toEqual(
      Array.from({ length: 100 }, (_, index) => 100 - index).filter((seq) => seq % 7 === 3),
    );
    expect(second.next).toBeNull();
  });

  const shapes: readonly (readonly [string, Partial<QueryRow>, RegExp])[] = [
    ['an id', { id: 'id-5' }, /sqlite_autoindex_message_1 \(direction=\? AND entry=\? AND id=\?/],
    ['a trace', { trace: 't-5' }, /traced \(trace=\?/],
    ['an entry', { entry: 'e-1', direction: 0 }, /of_entry \(direction=\? AND entry=\? AND seq>\? AND seq<\?/],
    ['a business key', { key: ['order', '12007'] }, /SEARCH k USING PRIMARY KEY \(name=\? AND value=\? AND seq>\? AND seq<\?/],
    ['a state of an entry', { entry: 'e-1', state: 'stored', direction: 0 }, /waiting \(direction=\? AND entry=\? AND seq>\?/],
    ['what is parked', { state: 'parked', direction: 0 }, /parked \(seq>\? AND seq<\?/],
  ];
  it.each(shapes)('by %s is answered from its index', (_what, query, plan) => {
    const database = filled(100);
    const seen: string[] = [];
    const spying = new Proxy(database, {
      get(target, name) {
        if (name !== 'prepare') return Reflect.get(target, name) as unknown;
        return (sql: string) => {
          if (sql.includes('ORDER BY') && sql.includes('LIMIT ?')) {
            const steps = target
              .prepare(`EXPLAIN QUERY PLAN ${sql}`)
              .all(...Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null));
            seen.push(...steps.map(({ detail }) => String(detail)));
          }
          return target.prepare(sql);
        };
      },
    });
    new Listing(spying).list({ ...anything, ...query });
    expect(seen.some((detail) => plan.test(detail))).toBe(true);
    expect(seen.filter((detail) => /SCAN|TEMP B-TREE/.test(detail))).toEqual([]);
  });
});
