import type { BusinessKeys, Claimed, ClaimRequest, Failure, FaultKind, InboundFacts, LeaseToken, Recorded } from '@waybill/contract';
import type { ClaimedRows, FactsRow, FailureRow, LeaseRow, RecordedRow, TokenRow } from './operations.ts';

export function factsRow({ digest, trace, type, store, orderKey, businessKeys }: InboundFacts): FactsRow {
  return [digest, trace, type ?? null, store ?? null, orderKey ?? null, keysRow(businessKeys)];
}

export function keysRow(keys: BusinessKeys | undefined): string | null {
  return keys === undefined ? null : JSON.stringify(keys);
}

export function keysOf(keys: string | null): BusinessKeys | undefined {
  return keys === null ? undefined : (JSON.parse(keys) as BusinessKeys);
}

export function failureRow({ code, kind, reason }: Failure): FailureRow {
  return [code, kind, reason];
}

export function failureOf([code, kind, reason]: FailureRow): Failure {
  return { code, kind: kind as FaultKind, reason };
}

export function tokenRow({ owner, version }: { readonly owner: number; readonly version: number }): TokenRow {
  return [owner, version];
}

export function leaseRow({ entry, owner, version }: LeaseToken): LeaseRow {
  return [entry, owner, version];
}

/** Whole milliseconds, and no more than SQLite can add to a time. */
export function millisecondsOf(length: number): number {
  return Math.max(0, Math.min(Math.ceil(length), 1e14));
}

/** SQLite's limits are whole numbers that it can add one to. */
export function limitOf(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), 1_000_000_000));
}

export function claimArgs({ entry, limit, run = 1 }: ClaimRequest): [entry: string, limit: number, run: number] {
  return [entry, limitOf(limit), Math.max(1, limitOf(run))];
}

export function claimedOf<Row, Job>({ rows, dueIn }: ClaimedRows<Row>, jobOf: (row: Row) => Job): Claimed<Job> {
  return { jobs: rows.map(jobOf), dueIn: dueIn ?? undefined };
}

export function recordedOf<Row, Known>(row: RecordedRow<Row>, knownOf: (row: Row) => Known): Recorded<Known> {
  return typeof row === 'string' ? { outcome: row } : { outcome: 'known', state: knownOf(row[1]) };
}
