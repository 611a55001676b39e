import type { By, ControlRecord, EntryName, PausedEntry, PresentProcess, StartedManifest, Tally } from '@waybill/contract';
import { directionNamed, directionNumber } from './states.ts';

export type ByRow = readonly [who: string, why: string | null];
export type PausedRow = readonly [direction: number, entry: string, at: number, who: string, why: string | null];
export type PresentRow = readonly [process: string, since: number, at: number, status: string];
export type StartedRow = readonly [at: number, process: string, source: string];
export type TallyRow = readonly [direction: number, entry: string, at: number, outcome: string, count: number];

export interface RecordRow {
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  readonly why: string | null;
  readonly did: string;
  readonly direction: number;
  readonly entry: string;
  readonly ids: string;
  readonly rows: number;
  readonly target: string | null;
  readonly replay: number | null;
}

export function byRow({ who, why }: By): ByRow {
  return [who, why ?? null];
}

export function entryRow({ direction, entry }: EntryName): readonly [direction: number, entry: string] {
  return [directionNumber(direction), entry];
}

export function pausedEntry([direction, entry, since, who, why]: PausedRow): PausedEntry {
  return { direction: directionNamed(direction), entry, since, by: byOf(who, why) };
}

export function controlRecord({ seq, at, who, why, did, direction, entry, ids, rows, target, replay }: RecordRow): ControlRecord {
  return {
    seq,
    at,
    by: byOf(who, why),
    did: did as ControlRecord['did'],
    direction: directionNamed(direction),
    entry,
    ids: JSON.parse(ids) as readonly string[],
    rows,
    to: target ?? undefined,
    replay: replay ?? undefined,
  };
}

export function presentProcess([process, since, at, status]: PresentRow): PresentProcess {
  return { process, since, at, status: JSON.parse(status) as unknown };
}

export function startedManifest([at, process, source]: StartedRow): StartedManifest {
  return { at, process, manifest: JSON.parse(source) as unknown };
}

export function tallyRow({ direction, entry, minute, outcome, count }: Tally): TallyRow {
  return [directionNumber(direction), entry, minute, outcome, count];
}

export function tallyOf([direction, entry, minute, outcome, count]: TallyRow): Tally {
  return { direction: directionNamed(direction), entry, minute, outcome, count };
}

export function byOf(who: string, why: string | null): By {
  return why === null ? { who } : { who, why };
}
