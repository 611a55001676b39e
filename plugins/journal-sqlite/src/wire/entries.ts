import type {
  BlockedKey,
  EntryCounts,
  JournalEntry,
  JournalPage,
  JournalQuery,
  JournalRow,
  KnownReport,
  ReplayedMark,
  Report,
  RowKey,
} from '@waybill/contract';
import { byOf } from './control.ts';
import type { BlockedRow, CountRow, KeyRow, ListedRow, PageRow, QueryRow, ReplayedRow, ShownRow } from './desk.ts';
import { failureOf, keysOf, limitOf, messageOf, recipientsOf } from './rows.ts';
import { directionNamed, directionNumber, stateNamed } from './states.ts';

export function queryRow(query: JournalQuery): QueryRow {
  const { direction, state, entry, id, trace, cause, businessKey, type, store, code, since, until, before, limit = 100 } = query;
  return {
    direction: direction === undefined ? null : directionNumber(direction),
    state: state ?? null,
    entry: entry ?? null,
    id: id ?? null,
    trace: trace ?? null,
    cause: cause ?? null,
    key: businessKey === undefined ? null : [businessKey.name, businessKey.value],
    type: type ?? null,
    store: store ?? null,
    code: code ?? null,
    since: since ?? null,
    until: until ?? null,
    before: before ?? null,
    limit: limitOf(limit),
  };
}

export function keyRow({ direction, entry, id }: RowKey): KeyRow {
  return [directionNumber(direction), entry, id];
}

export function keyOf([direction, entry, id]: KeyRow): RowKey {
  return { direction: directionNamed(direction), entry, id };
}

export function journalPage({ rows, next, lookedBackTo }: PageRow): JournalPage {
  return { rows: rows.map(journalRow), next: next ?? undefined, lookedBackTo: lookedBackTo ?? undefined };
}

export function journalRow(row: ListedRow): JournalRow {
  return {
    seq: row.seq,
    direction: directionNamed(row.direction),
    entry: row.entry,
    id: row.id,
    type: row.type ?? undefined,
    event: row.event ?? undefined,
    state: stateNamed(row.direction, row.state),
    store: row.store ?? undefined,
    cause: row.cause ?? undefined,
    trace: row.trace,
    orderKey: row.order_key ?? undefined,
    attempts: row.attempts,
    recordedAt: row.recorded_at,
    changedAt: row.changed_at,
    code: row.code ?? undefined,
    reason: row.reason ?? undefined,
  };
}

export function journalEntry({
  row,
  keys,
  failures,
  message,
  original,
  isUncomposed,
  replayed,
  reply,
  detail,
  recipients,
  reports,
}: ShownRow): JournalEntry {
  return {
    ...journalRow(row),
    businessKeys: keysOf(keys) ?? {},
    failures: failures.map(([code, kind, reason, at]) => ({ ...failureOf([code, kind, reason]), at })),
    message: message === null ? undefined : messageOf(message),
    original: original ?? undefined,
    uncomposed: isUncomposed || undefined,
    replayed: replayed === null ? undefined : markOf(replayed),
    reply: reply === null ? undefined : messageOf(reply),
    detail: detail ?? undefined,
    recipients: recipientsOf(recipients),
    reports: reports.map(([report, at]) => knownReport(report, at)),
  };
}

export function knownReport(report: string, at: number): KnownReport {
  return { ...(JSON.parse(report) as Report), at };
}

function markOf({ times, at, who, why, replay }: ReplayedRow): ReplayedMark {
  return { times, by: byOf(who, why), at, replay: replay ?? undefined };
}

export function entryCounts([direction, entry, waiting, parked, oldest]: CountRow): EntryCounts {
  return { direction: directionNamed(direction), entry, waiting, parked, oldest: oldest ?? undefined };
}

export function blockedKey({ direction, entry, order_key, id, state, changed_at, waiting }: BlockedRow): BlockedKey {
  return {
    direction: directionNamed(direction),
    entry,
    orderKey: order_key,
    head: id,
    state: stateNamed(direction, state),
    since: changed_at,
    waiting,
  };
}
