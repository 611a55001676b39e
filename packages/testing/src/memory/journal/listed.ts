import type { JournalEntry, JournalRow } from '@waybill/contract';
import type { Row } from './row.ts';

/** What a listing shows of a row. */
export function listed(row: Row): JournalRow {
  const { seq, lane, id, type, state, store, trace, orderKey, recordedAt, changedAt, work } = row;
  const { direction, entry } = lane;
  const { event, cause } = work?.leg ?? {};
  const last = state === 'done' ? undefined : work?.failures.at(-1);
  return {
    seq,
    direction,
    entry,
    id,
    type,
    event,
    state,
    store,
    cause,
    trace,
    orderKey,
    recordedAt,
    changedAt,
    attempts: work?.attempts ?? 0,
    code: last?.code,
    reason: last?.reason,
  };
}

export function shown(row: Row): JournalEntry {
  const { businessKeys = {}, message, reply, work } = row;
  const { detail, recipients, reports = [], uncomposed } = work?.leg ?? {};
  return {
    ...listed(row),
    businessKeys,
    message,
    reply,
    detail,
    recipients,
    reports,
    failures: work?.failures ?? [],
    uncomposed: uncomposed && true,
  };
}
