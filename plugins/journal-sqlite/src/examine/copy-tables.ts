import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { isWhole, sealedTables } from '../worker/seals/sealed-tables.ts';
import type { Row } from './findings.ts';
import { readFromBothEnds } from './reading.ts';

/** Copies the rows of the small tables that are what was written; answers what was not, as sentences. */
export function copyTables(old: DatabaseSync, database: DatabaseSync): readonly string[] {
  return Object.entries(sealedTables)
    .filter(([table]) => table !== 'clock' && table !== 'presence')
    .flatMap(([table, { key, columns }]) => copyTable(old, database, table, key, columns));
}

function copyTable(
  old: DatabaseSync,
  database: DatabaseSync,
  table: string,
  key: readonly string[],
  columns: readonly string[],
): readonly string[] {
  const add = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const broken = new Map<string, string>();
  const take = (row: Row): void => {
    if (isWhole(table, row)) add.run(...columns.map((column) => row[column] as SQLInputValue));
    else broken.set(JSON.stringify(columns.slice(0, 2).map((column) => String(row[column]))), nameOf(row));
  };
  const isAll = readFromBothEnds(old, (order) => `SELECT * FROM ${table} ORDER BY ${key.map((one) => `${one} ${order}`).join(', ')}`, take);
  const rest = isAll ? [] : [`A part of the table ${table} could not be read.`];
  return [...[...broken.values()].map((name) => `A row of the table ${table} is not what was written: ${name}.`), ...rest];
}

/** What is readable of a row, shortened. Texts of errors and reports are not in it, since they may hold what stood in a message. */
function nameOf(row: Row): string {
  const named = ['seq', 'number', 'id', 'name', 'direction', 'entry', 'at', 'outcome'].filter((column) => row[column] !== undefined);
  return named.map((column) => `${column} ${String(row[column]).slice(0, 60)}`).join(', ');
}
