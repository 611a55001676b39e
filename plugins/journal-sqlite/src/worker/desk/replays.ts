import type { DatabaseSync } from 'node:sqlite';
import type { ReplayQuery } from '@waybill/contract';
import type { ByRow } from '../../wire/control.ts';
import type { KeyRow } from '../../wire/desk.ts';
import { queryRow } from '../../wire/entries.ts';
import type { Operations } from '../../wire/operations.ts';
import type { ReplayRow } from '../../wire/replays.ts';
import { parked } from '../../wire/states.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import { ControlRecords } from './control-records.ts';
import { Listing } from './listing.ts';
import { Mover } from './mover.ts';
import { ReplayTable, replayLister } from './replay-table.ts';
import { Replayer } from './replayer.ts';

type ReplayOperations = Pick<Operations, 'beginReplay' | 'advanceReplay' | 'cancelReplay' | 'resumeReplay' | 'replays'>;

/** How many rows one call chooses at most, and for how long it looks for them, in milliseconds: the steps behind it wait for that. */
const choosesAtMost = 500;
const choosesFor = 10;

/** How many one call replays at most: as many as one record names; and for how long, in milliseconds. */
const portion = 100;
const replaysFor = 10;

/** For how long a replay with a rate may catch up on what it has missed, in milliseconds. */
const catchUp = 1_000;

/** Replays of sets. What becomes of a message and of its place in the set is one step. */
export function replayOperations(database: DatabaseSync, messages: Messages): ReplayOperations {
  const { clock } = messages;
  const table = new ReplayTable(database);
  const choice = new Choice(database, messages, table);
  const portions = new Portions(database, messages, table);
  return {
    beginReplay([request, by, query, keys, rate, target]) {
      const known = table.requested(request);
      if (known) return known;
      const replay = table.add(request, by, query, target, rate, clock.now());
      return keys === null ? choice.open(replay) : choice.take(replay, keys);
    },
    advanceReplay(id, by) {
      const replay = table.find(id);
      if (replay === undefined) return null;
      if (replay.state !== 'running') return [replay, null];
      const now = clock.now();
      const changed = replay.chosen_before === null ? portions.next(replay, by, now) : choice.next(replay, now);
      return [changed, dueIn(changed, now)];
    },
    cancelReplay(id, [cancelled_who, cancelled_why]) {
      const replay = table.find(id);
      if (replay?.state !== 'running') return replay ?? null;
      return table.save({ ...replay, state: 'cancelled', cancelled_who, cancelled_why, changed_at: clock.now() });
    },
    resumeReplay(id) {
      const replay = table.find(id);
      if (replay?.state !== 'cancelled') return replay ?? null;
      return table.save({ ...replay, state: 'running', cancelled_who: null, cancelled_why: null, changed_at: clock.now() });
    },
    replays: replayLister(database),
  };
}

/** Makes the set of a replay: of what answers, that which was parked when the replay began and has not changed since. */
class Choice {
  readonly #messages: Messages;
  readonly #table: ReplayTable;
  readonly #listing: Listing;
  readonly #nextSeq;
  readonly #add;

  constructor(database: DatabaseSync, messages: Messages, table: ReplayTable) {
    this.#messages = messages;
    this.#table = table;
    this.#listing = new Listing(database, { pageFor: choosesFor });
    this.#nextSeq = database.prepare('SELECT coalesce(max(seq), 0) + 1 AS seq FROM message');
    this.#add = database.prepare('INSERT INTO chosen (replay, seq) VALUES (?, ?) ON CONFLICT DO NOTHING');
  }

  open(replay: ReplayRow): ReplayRow {
    return this.#table.save({ ...replay, chosen_before: Number(this.#nextSeq.get()?.['seq']) });
  }

  take(replay: ReplayRow, keys: readonly KeyRow[]): ReplayRow {
    const rows = keys.flatMap((key) => this.#messages.find(...key) ?? []).filter(({ state }) => state === parked);
    return this.#table.save(endedIfEmpty({ ...replay, chosen: this.#addAll(replay.id, rows) }));
  }

  next(replay: ReplayRow, now: number): ReplayRow {
    const query = JSON.parse(replay.query ?? '{}') as ReplayQuery;
    const before = replay.chosen_before ?? undefined;
    const { rows, next } = this.#listing.list(queryRow({ ...query, state: 'parked', before, limit: choosesAtMost }));
    const chosen =
      replay.chosen +
      this.#addAll(
        replay.id,
        rows.filter(({ changed_at }) => changed_at <= replay.at),
      );
    const changed = { ...replay, chosen, chosen_before: next, changed_at: now, next_at: now };
    return this.#table.save(next === null ? endedIfEmpty(changed) : changed);
  }

  #addAll(replay: number, rows: readonly Pick<MessageRow, 'seq'>[]): number {
    return rows.reduce((count, { seq }) => count + Number(this.#add.run(replay, seq).changes), 0);
  }
}

/** Works a set off. */
class Portions {
  readonly #messages: Messages;
  readonly #table: ReplayTable;
  readonly #mover: Mover;
  readonly #replayer: Replayer;
  readonly #records: ControlRecords;
  readonly #next;
  readonly #remove;

  constructor(database: DatabaseSync, messages: Messages, table: ReplayTable) {
    this.#messages = messages;
    this.#table = table;
    this.#mover = new Mover(database, messages);
    this.#replayer = new Replayer(database, messages);
    this.#records = new ControlRecords(database);
    this.#next = database.prepare('SELECT seq FROM chosen WHERE replay = ? ORDER BY seq LIMIT ?');
    this.#remove = database.prepare('DELETE FROM chosen WHERE replay = ? AND seq <= ?');
  }

  next(replay: ReplayRow, by: ByRow, now: number): ReplayRow {
    const { id, target } = replay;
    const from = Math.max(replay.next_at, now - catchUp);
    const seqs = this.#next.all(id, allowed(replay, now - from)).map(({ seq }) => Number(seq));
    const done: KeyRow[] = [];
    let count = 0;
    for (const end = performance.now() + replaysFor; count < seqs.length && (count === 0 || performance.now() < end); count += 1) {
      const key = this.#replayOne(seqs[count] ?? 0, replay, by, now);
      if (key) done.push(key);
    }
    if (count === 0) return replay;
    this.#remove.run(id, seqs[count - 1] ?? 0);
    this.#records.ofRows({ did: 'replay', by, at: now, to: target ?? undefined, replay: id }, done);
    const replayed = replay.replayed + done.length;
    const skipped = replay.skipped + count - done.length;
    const next_at = replay.rate === null ? replay.next_at : from + (count * 1_000) / replay.rate;
    return this.#table.save(endedIfEmpty({ ...replay, replayed, skipped, next_at, changed_at: now }));
  }

  /** Answers where it was; undefined where it is no longer parked, or cannot be moved. */
  #replayOne(seq: number, { id, target }: ReplayRow, by: ByRow, at: number): KeyRow | undefined {
    const row = this.#messages.bySeq(seq);
    if (row?.state !== parked) return undefined;
    const there = target === null || target === row.entry ? row : this.#mover.move(row, target, at);
    if (there === undefined || !this.#replayer.replay(there, { by, at, replay: id })) return undefined;
    return [row.direction, row.entry, row.id];
  }
}

function endedIfEmpty(replay: ReplayRow): ReplayRow {
  return replay.replayed + replay.skipped === replay.chosen ? { ...replay, state: 'done' } : replay;
}

/** How many messages may be replayed now, so many milliseconds after the next one could be. */
function allowed({ rate }: ReplayRow, passed: number): number {
  if (rate === null) return portion;
  return passed < 0 ? 0 : Math.min(portion, Math.floor((passed * rate) / 1_000) + 1);
}

function dueIn({ state, chosen_before, rate, next_at }: ReplayRow, now: number): number | null {
  if (state !== 'running') return null;
  return chosen_before !== null || rate === null ? 0 : Math.max(0, Math.ceil(next_at - now));
}
