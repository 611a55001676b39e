import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { isWhole, sealedTables } from '../worker/seals/sealed-tables.ts';
import type { Row } from './findings.ts';
import { rowOfNow } from './older-rows.ts';
import { readFromBothEnds } from './reading.ts';

/** What was left out of a table. */
export interface Left {
  readonly table: string;
  /** The row; missing where a part of the table could not be read. */
  readonly row?: Row;
}

/** Copies the rows of the small tables that are what was written; answers what was not. */
export function copyTables(old: DatabaseSync, database: DatabaseSync): readonly Left[] {
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
): readonly Left[] {
  const add = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const broken = new Map<string, Row>();
  const take = (read: Row): void => {
    const row = rowOfNow(table, read);
    if (isWhole(table, row)) add.run(...columns.map((column) => row[column] as SQLInputValue));
    else broken.set(nameOf(row), row);
  };
  const isAll = readFromBothEnds(old, (order) => `SELECT * FROM ${table} ORDER BY ${key.map((one) => `${one} ${order}`).join(', ')}`, take);
  return [...Array.from(broken.values(), (row) => ({ table, row })), ...(isAll ? [] : [{ table }])];
}

/** As a sentence, with the message that it belongs to. */
export function leftText(database: DatabaseSync, { table, row }: Left): string {
  if (row === undefined) return `A part of the table ${table} could not be read.`;
  const found =
    typeof row['seq'] === 'number' ? database.prepare('SELECT entry, id FROM message WHERE seq = ?').get(row['seq']) : undefined;
  const of = found ? `, of ${String(found['entry'])}/${String(found['id'])}` : '';
  return `A row of the table ${table} is not what was written: ${nameOf(row)}${of}.`;
}

/** What is readable of a row, shortened. Texts of errors and reports are not in it, since they may hold what stood in a message. */
function nameOf(row: Row): string {
  const named = ['seq', 'number', 'id', 'name', 'direction', 'entry', 'at', 'outcome'].filter((column) => row[column] !== undefined);
  return named.map((column) => `${column} ${String(row[column]).slice(0, 60)}`).join(', ');
}
