import type { BlockedKey, EntryName, Instant, PausedEntry, PresentProcess, Tally } from '@waybill/contract';
import type { InboundStatus, JournalHealth, KernelStatus, OutboundStatus } from '@waybill/kernel';
import { entriesOf } from '../desk/entries.ts';
import type { OpenDesk } from '../desk/open-desk.ts';

/** Of how long the rates are told, in milliseconds, up to the last minute that is over. */
const ratesOf = 5 * 60_000;

/** What a process says of itself; one with very many entries leaves its lists out. */
export type ToldStatus = Partial<KernelStatus> & { readonly manifest?: string; readonly shortened?: boolean };

export interface ProcessReport {
  readonly process: string;
  readonly since: Instant;
  /** When it said so. */
  readonly at: Instant;
  readonly manifest: string | undefined;
  readonly state: string | undefined;
  readonly journal: JournalHealth | undefined;
  readonly degraded: boolean;
  readonly connections: NonNullable<ToldStatus['connections']>;
}

export interface EntryReport extends EntryName {
  /** What each process says of it; none while no process has it. An outbound entry is `degraded` while its circuit is open. */
  readonly states: readonly string[];
  /** Why it does not receive, or nothing is sent. */
  readonly reason: string | undefined;
  readonly inHand: number;
  readonly waiting: number;
  readonly parked: number;
  /** When the oldest of those that wait was recorded, and for how long it has waited, in milliseconds. */
  readonly oldest: Instant | undefined;
  readonly lag: number | undefined;
  /** How often each outcome was seen a minute. */
  readonly rates: Readonly<Record<string, number>>;
  readonly paused: PausedEntry | undefined;
  /** The manifest does not have the entry: nobody works on its messages. */
  readonly stranded: boolean;
}

export interface StatusReport {
  readonly manifest: string;
  readonly at: Instant;
  /** True when a process is degraded, a journal step fails, or something is stranded. */
  readonly degraded: boolean;
  readonly processes: readonly ProcessReport[];
  readonly entries: readonly EntryReport[];
  /** Order keys whose messages wait for the one in front. */
  readonly blocked: readonly BlockedKey[];
}

/** How everything is, from what the journal knows and what processes have written into it. */
export async function gather({ manifest, desk, control }: OpenDesk, now: Instant = Date.now()): Promise<StatusReport> {
  const since = now - (now % 60_000) - ratesOf;
  const [counts, blocked, paused, present, tallies] = await Promise.all([
    desk.counts(),
    desk.blocked(),
    control.paused(),
    control.processes(),
    control.tallies({ since }),
  ]);
  const processes = present.map(processReport);
  const declared = entriesOf(manifest);
  const isDeclared = (one: EntryName): boolean => declared.some((other) => isSame(one, other));
  // Late replies are an entry only where there are some.
  const always = declared.filter(({ entry }) => !entry.startsWith('replies:'));
  const strangers = [...counts, ...paused].filter((one) => !always.some((other) => isSame(one, other)));
  const names = [...always, ...strangers.filter((one, place) => strangers.findIndex((other) => isSame(one, other)) === place)];
  const entries = names.map(({ direction, entry }): EntryReport => {
    const name = { direction, entry };
    const { waiting = 0, parked = 0, oldest } = counts.find((one) => isSame(one, name)) ?? {};
    const told = present.flatMap((one) => statusOf(one, name) ?? []);
    return {
      ...name,
      states: [...new Set(told.map(({ state }) => state))],
      reason: told.find(({ reason }) => reason !== undefined)?.reason,
      inHand: told.reduce((sum, one) => sum + ('inHand' in one ? one.inHand : 0), 0),
      waiting,
      parked,
      oldest,
      lag: oldest === undefined ? undefined : Math.max(0, now - oldest),
      rates: ratesFrom(tallies.filter((one) => isSame(one, name) && one.minute < since + ratesOf)),
      paused: paused.find((one) => isSame(one, name)),
      stranded: waiting + parked > 0 && !isDeclared(name),
    };
  });
  const degraded = processes.some((one) => one.degraded) || entries.some(({ stranded }) => stranded);
  return { manifest: manifest.file, at: now, degraded, processes, entries, blocked };
}

function isSame(one: EntryName, other: EntryName): boolean {
  return one.direction === other.direction && one.entry === other.entry;
}

function processReport({ process, since, at, status }: PresentProcess): ProcessReport {
  const { manifest, state, journal, degraded = false, connections = [] } = status as ToldStatus;
  return { process, since, at, manifest, state, journal, degraded, connections };
}

function statusOf({ status }: PresentProcess, { direction, entry }: EntryName): InboundStatus | OutboundStatus | undefined {
  const { inbound = [], outbound = [] } = status as ToldStatus;
  const all: readonly (InboundStatus | OutboundStatus)[] = direction === 'in' ? inbound : outbound;
  return all.find(({ name }) => name === entry);
}

function ratesFrom(tallies: readonly Tally[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { outcome, count } of tallies) sums.set(outcome, (sums.get(outcome) ?? 0) + count);
  return Object.fromEntries([...sums].map(([outcome, sum]) => [outcome, Math.round((sum * 600_000) / ratesOf) / 10]));
}
