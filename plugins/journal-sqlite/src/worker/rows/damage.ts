import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { errors } from '../../errors.ts';
import type { FailureRow } from '../../wire/message.ts';
import { parked } from '../../wire/states.ts';
import { sumOfMessage } from '../seals/sums.ts';
import type { MessageRow, WrittenRow } from './message-row.ts';

/** Why a message is not handed out whose row, or whose body, is not what was written. */
export const rowDamaged: FailureRow = [
  errors.WB_JOURNAL_ROW_DAMAGED.code,
  'invalid',
  'What the journal has of the message is not what was written: the file is damaged, or was changed from outside.',
];

/** Why a message is not handed out whose body is not there. */
export const bodyMissing: FailureRow = [
  errors.WB_JOURNAL_BODY_MISSING.code,
  'invalid',
  'The journal does not have the body of the message any more: the file was changed from outside, or is damaged.',
];

export function isWholeMessage(row: WrittenRow): boolean {
  return row.sum === sumOfMessage(row);
}

/** The row as everybody sees it: one that is not what was written counts as parked, whatever stands in it. */
export function seen(row: WrittenRow): MessageRow {
  return isWholeMessage(row) ? row : asDamaged(row);
}

/** The same of a row that is whole, of a message whose body or reply is not. */
export function asDamaged(row: WrittenRow, [code, fault, reason]: FailureRow = rowDamaged): MessageRow {
  return { ...row, state: parked, code, fault, reason, blocks: 0, damagedState: row.state };
}

/** Such a row as it is written when it is parked: what cannot be read by anybody is left out. */
export function parkedAs(row: MessageRow): MessageRow {
  const { keys, recipients, uncomposed } = row;
  return {
    ...row,
    damagedState: undefined,
    owner: null,
    at_once: 0,
    keys: readable(keys),
    recipients: readable(recipients),
    uncomposed: readable(uncomposed),
  };
}

/** JSON that can be parsed. */
function readable(json: string | null): string | null {
  if (json === null) return null;
  try {
    JSON.parse(json);
    return json;
  } catch {
    return null;
  }
}

/** Reads one row. Where a number in it is larger than Node can hold, which none of ours is, the row is damaged as well. */
export function readRow(statement: StatementSync, ...values: readonly SQLInputValue[]): MessageRow | undefined {
  const row = getRow(statement, values);
  return row && seen(row as unknown as WrittenRow);
}

function getRow(statement: StatementSync, values: readonly SQLInputValue[]): object | undefined {
  try {
    return statement.get(...values);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_OUT_OF_RANGE') throw error;
    statement.setReadBigInts(true);
    const row = statement.get(...values) ?? {};
    statement.setReadBigInts(false);
    // A number that is cut to what fits does not fit the sum any more.
    const cut = (value: unknown): unknown => (typeof value === 'bigint' ? Number(BigInt.asIntN(52, value)) : value);
    return { ...Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cut(value)])), sum: null };
  }
}
