import type { JournalQuery } from '@waybill/contract';
import type { Row } from '../row.ts';

/** Whether a row is among what a query asks for. */
export function answers(query: JournalQuery, row: Row): boolean {
  const { lane, id, state, trace, type, store, work } = row;
  const code = state === 'done' ? undefined : work?.failures.at(-1)?.code;
  const { direction, entry } = lane;
  const values = { direction, entry, id, state, trace, type, store, code, cause: work?.leg?.cause };
  const isEqual = (Object.keys(values) as (keyof typeof values)[]).every((key) => query[key] === undefined || query[key] === values[key]);
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = query;
  return isEqual && row.recordedAt >= since && row.recordedAt < until && hasKey(row, query.businessKey);
}

function hasKey({ businessKeys }: Row, wanted: JournalQuery['businessKey']): boolean {
  if (wanted === undefined) return true;
  const value = businessKeys?.[wanted.name];
  return typeof value === 'string' ? value === wanted.value : (value?.includes(wanted.value) ?? false);
}
