import type { DatabaseSync } from 'node:sqlite';
import { sealedTables, summedColumns, sumSql } from '../worker/seals/sealed-tables.ts';
import type { Findings } from './findings.ts';

/** Whether each row is what was written. */
export function checkSums(_: DatabaseSync, findings: Findings): void {
  const sum = `sum_of_message(${summedColumns.join(', ')})`;
  findings.ask(
    'What the journal has of these messages is not what was written',
    `SELECT seq FROM message NOT INDEXED WHERE sum IS NOT ${sum}`,
  );
  // A negative place is that of the body that an edited message had first.
  findings.ask(
    'The bodies, or the replies, of these messages are not what was written',
    'SELECT iif(place < 0, -place, place / 2) AS seq FROM body WHERE sum IS NOT sum_of_body(place, meta, body)',
  );
  for (const [table, { columns }] of Object.entries(sealedTables)) {
    const seq = columns.includes('seq') && table !== 'control_record' ? ', seq' : '';
    findings.ask(
      `Rows of the table ${table} are not what was written`,
      `SELECT ${columns[0]} AS name${seq} FROM ${table} WHERE sum IS NOT ${sumSql(table)}`,
    );
  }
}
