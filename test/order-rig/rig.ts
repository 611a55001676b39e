import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal, JournalRow } from '@waybill/contract';
import journalPlugin from '@waybill/journal-sqlite';
import { silentLog } from '@waybill/testing';
import { Herd } from './herd.ts';
import { idOf, type Mark, marks } from './mark.ts';
import { type Effect, Store } from './store.ts';

/** Where the messages come from. */
export interface Source {
  readonly manifest: object;
  /** Hands over every message, in this order. Resolves when all are in. */
  feed(all: readonly Mark[], herd: Herd): Promise<void>;
}

export interface RigOptions {
  readonly folder: string;
  readonly source: Source;
  readonly keys: number;
  readonly perKey: number;
  readonly processes: number;
  readonly kills: number;
  /** So many times one process stands still for longer than its leases last. Default 0. */
  readonly suspensions?: number;
}

export interface RigResult {
  readonly lost: readonly string[];
  /** Messages whose effect was recorded under two ids. */
  readonly doubled: readonly string[];
  /** Messages that came before one of their key with a smaller number. */
  readonly inversions: readonly string[];
  /** Inbound rows of the journal: one for each message. */
  readonly recorded: number;
  /** Those of them that are not done. */
  readonly unfinished: number;
  /** Messages that were recorded as done twice. */
  readonly finishedTwice: readonly string[];
}

export interface RigRun extends RigResult {
  /** How long each process took from its start to running, in milliseconds. */
  readonly readyAfter: readonly number[];
  /** The longest time without any effect, in milliseconds. */
  readonly longestPause: number;
}

/** Feeds, kills, mends and replays, until every message has had its effect. */
export async function runRig({ folder, source, keys, perKey, processes, kills, suspensions = 0 }: RigOptions): Promise<RigRun> {
  const all = marks(keys, perKey);
  const store = new Store(folder);
  const herd = new Herd({ folder, manifest: source.manifest }, processes);
  const journal = await openJournal(folder);
  try {
    await herd.start();
    const feeding = source.feed(all, herd);
    for (let kill = 0; kill < kills; kill++) {
      await pause(100 + Math.random() * 300);
      if (kill === Math.floor(kills / 2)) store.mend();
      await replayParked(journal);
      await herd.kill(kill % processes);
    }
    store.mend();
    await replayParked(journal);
    for (let round = 0; round < suspensions; round++) {
      await herd.suspend(round % processes, 2_000 + Math.random() * 8_000);
      // Else the one that has just taken over would be the next to stand still, and two pauses would look like one.
      await pause(2_000);
    }
    await feeding;
    await allDone(store, all.length, journal);
    const effects = store.effects();
    const seen = new Map<string, number>();
    for (const effect of effects) seen.set(idOf(effect), (seen.get(idOf(effect)) ?? 0) + 1);
    const rows = await allRows(journal);
    return {
      lost: all.map(idOf).filter((id) => !seen.has(id)),
      doubled: [...seen].filter(([, times]) => times > 1).map(([id]) => id),
      inversions: inversionsIn(effects),
      recorded: rows.length,
      unfinished: rows.filter(({ state }) => state !== 'done').length,
      finishedTwice: store.finishedTwice(),
      readyAfter: herd.readyAfter,
      longestPause: Math.max(0, ...effects.map(({ at }, index) => at - (effects[index - 1]?.at ?? at))),
    };
  } finally {
    await herd.end();
    await journal.close();
    store.close();
  }
}

async function openJournal(folder: string): Promise<Journal> {
  const settings = { path: join(folder, 'journal.db'), busyTimeout: 20_000, maxSize: undefined };
  return journalPlugin.open(settings as never, { name: 'journal', log: silentLog, folder, signal: new AbortController().signal });
}

/** A page ends early where looking further would take too long. */
async function allRows({ desk }: Journal): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  let before: number | undefined;
  do {
    const page = await desk.list({ direction: 'in', limit: 1_000, before });
    rows.push(...page.rows);
    before = page.next;
  } while (before !== undefined);
  return rows;
}

async function replayParked({ desk }: Journal): Promise<void> {
  const { rows } = await desk.list({ state: 'parked', limit: 1_000 });
  await desk.replay(rows, { who: 'test' });
}

/** Effects come to an end: none is missing, or nothing has happened for a minute. */
async function allDone(store: Store, wanted: number, journal: Journal): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < 600; ) {
    const count = store.count();
    const unfinished = (await journal.desk.counts()).filter((one) => one.direction === 'in' && one.waiting + one.parked > 0);
    if (count >= wanted && unfinished.length === 0) return;
    quiet = count === last ? quiet + 1 : 0;
    last = count;
    await replayParked(journal);
    await pause(100);
  }
}

function inversionsIn(effects: readonly Effect[]): readonly string[] {
  const last = new Map<string, number>();
  return effects.flatMap(({ id, key, number }) => {
    const before = last.get(key) ?? -1;
    last.set(key, Math.max(before, number));
    return number < before ? [id] : [];
  });
}
