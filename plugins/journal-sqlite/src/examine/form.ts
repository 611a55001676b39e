import { DatabaseSync } from 'node:sqlite';
import { journalFile } from '../worker/schema.ts';
import { defineSums } from '../worker/seals/sealed-tables.ts';
import type { Findings } from './findings.ts';

const tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
const columns = 'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?)';
const indexes = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name";

/** Whether tables and indexes are those of a journal. What they are made of decides what is written and found. */
export function checkForm(database: DatabaseSync, findings: Findings): void {
  findings.tryTo('The tables of the file are not those of a journal', () => {
    const expected = new DatabaseSync(':memory:');
    defineSums(expected);
    expected.exec(journalFile.schema);
    const [is, should] = [formOf(database), formOf(expected)];
    expected.close();
    for (const [name, form] of should)
      if (is.get(name) !== form) findings.add(`The ${name} of the file is not that of a journal, but ${is.get(name) ?? 'missing'}.`);
    for (const name of is.keys()) if (!should.has(name)) findings.add(`The file has a ${name}, which no journal has.`);
  });
  findings.ask(
    'The file asks for another form',
    "SELECT 1 WHERE (SELECT auto_vacuum FROM pragma_auto_vacuum) <> 0 OR (SELECT encoding FROM pragma_encoding) <> 'UTF-8'",
  );
}

function formOf(database: DatabaseSync): ReadonlyMap<string, string> {
  const form = new Map<string, string>();
  for (const { name } of database.prepare(tables).all()) {
    // What came with a later version stands behind the others.
    const own = database
      .prepare(columns)
      .all(name as string)
      .map((column) => Object.values(column).join(' '));
    form.set(`table ${String(name)}`, own.toSorted().join(', '));
  }
  for (const { name, tbl_name, sql } of database.prepare(indexes).all())
    form.set(`index ${String(name)}`, `${String(tbl_name)}: ${String(sql)}`);
  return form;
}
