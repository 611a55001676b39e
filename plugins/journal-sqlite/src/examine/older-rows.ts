import { isWholeMessage } from '../worker/rows/damage.ts';
import type { WrittenRow } from '../worker/rows/message-row.ts';
import { sumOfMessage, sumOfValues } from '../worker/seals/sums.ts';
import type { Row } from './findings.ts';

/* A damaged file cannot be brought up to date first. What version 3 wrote is read as this version writes it; what was not what was written stays so. */

/** Version 3 knew one receipt, as it was. */
export function messageOfNow(row: Row): Row {
  if (!('receipt' in row)) return row;
  const { receipt, ...rest } = row;
  const written = { ...rest, receipts: receipt } as unknown as WrittenRow;
  if (receipt === null || !isWholeMessage(written)) return written as unknown as Row;
  const now = { ...written, receipts: JSON.stringify([receipt]) };
  return { ...now, sum: sumOfMessage(now) };
}

/** Version 3 did not know whether a report was raised; nobody raises it now. */
export function rowOfNow(table: string, row: Row): Row {
  if (table !== 'report' || 'raised' in row) return row;
  const values = [row['seq'], row['id'], row['at'], row['report']];
  return { ...row, raised: 1, sum: row['sum'] === sumOfValues(values) ? sumOfValues([...values, 1]) : null };
}
