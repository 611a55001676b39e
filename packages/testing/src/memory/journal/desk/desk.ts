import type { BlockedKey, By, Desk, EntryCounts, JournalEntry, JournalPage, JournalQuery, RowKey } from '@waybill/contract';
import type { Sequence } from '../../lists/sequence.ts';
import type { Act } from '../control-state.ts';
import type { Lane } from '../lane.ts';
import type { Opening } from '../opening.ts';
import { listed, type Row, shown, workOf } from '../row.ts';
import { answers } from './answers.ts';
import { moveRow, replayRow } from './repairs.ts';

/** How many rows one call forgets at most: about two milliseconds' worth. */
const portion = 1_000;

/** What people do with the in-memory journal. */
export class MemoryDesk implements Desk {
  readonly #opening: Opening;

  constructor(opening: Opening) {
    this.#opening = opening;
  }

  async list(query: JournalQuery): Promise<JournalPage> {
    this.#opening.enter();
    const { before = Number.POSITIVE_INFINITY, limit = 100 } = query;
    const rows: Row[] = [];
    let last: Row | undefined;
    for (const row of this.#opening.state.rows.newestFirst(before)) {
      if (rows.length === limit) return { rows: rows.map(listed), next: last?.seq ?? query.before, lookedBackTo: last?.recordedAt };
      if (answers(query, row)) rows.push(row);
      last = row;
    }
    return { rows: rows.map(listed), lookedBackTo: last?.recordedAt };
  }

  async show(key: RowKey): Promise<JournalEntry | undefined> {
    this.#opening.enter();
    const row = this.#find(key);
    return row && shown(row);
  }

  async reveal(key: RowKey, by: By): Promise<JournalEntry | undefined> {
    const now = this.#opening.enter();
    const row = this.#find(key);
    if (row) this.#opening.state.control.record({ did: 'reveal', by, at: now, to: undefined }, [row]);
    return row && shown(row);
  }

  async replay(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]> {
    const now = this.#opening.enter();
    return this.#each(keys, { did: 'replay', by, at: now, to: undefined }, (row) => replayRow(row, { by, at: now }));
  }

  async edit(key: RowKey, body: Uint8Array, by: By): Promise<boolean> {
    const now = this.#opening.enter();
    const row = this.#find(key);
    if (row?.state !== 'parked' || row.message === undefined) return false;
    workOf(row).original ??= row.message.body;
    row.message = { ...row.message, body };
    row.changedAt = now;
    this.#opening.state.control.record({ did: 'edit', by, at: now, to: undefined }, [row]);
    return true;
  }

  async move(keys: readonly RowKey[], entry: string, by: By): Promise<readonly RowKey[]> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    return this.#each(keys, { did: 'move', by, at: now, to: entry }, (row) => moveRow(state, row, entry, now) !== undefined);
  }

  async drop(keys: readonly RowKey[], by: By): Promise<readonly RowKey[]> {
    const now = this.#opening.enter();
    return this.#each(keys, { did: 'drop', by, at: now, to: undefined }, (row) => {
      if (row.state !== 'parked') return false;
      this.#opening.state.remove(row, now);
      return true;
    });
  }

  async counts(): Promise<readonly EntryCounts[]> {
    this.#opening.enter();
    return this.#lanes()
      .filter(({ waiting, parked }) => waiting + parked > 0)
      .map((lane) => {
        const { direction, entry, waiting, parked } = lane;
        return { direction, entry, waiting, parked, oldest: lane.oldest()?.recordedAt };
      });
  }

  async blocked({ limit = 100 }: { readonly limit?: number | undefined } = {}): Promise<readonly BlockedKey[]> {
    const now = this.#opening.enter();
    return this.#lanes()
      .flatMap((lane) => [...lane.lines].flatMap(([orderKey, line]) => blockedKey(lane, orderKey, line, now) ?? []))
      .toSorted((one, other) => one.since - other.since)
      .slice(0, limit);
  }

  async forget(keep: number): Promise<{ readonly rows: number; readonly more: boolean }> {
    const now = this.#opening.enter();
    const { state } = this.#opening;
    const before = now - keep;
    let rows = 0;
    for (let row = state.done.first(); row && row.changedAt < before && rows < portion; row = state.done.first()) {
      state.done.shift();
      if (state.unraised.has(row)) state.keptForReports.add(row);
      else {
        state.remove(row, now);
        rows += 1;
      }
    }
    rows += this.#forgetUnchanged(before, portion - rows, now);
    this.#forgetPublications(before);
    state.control.forget(now, keep);
    state.replays.forget(before);
    for (const [id, { at }] of state.reports) {
      if (at >= before) break;
      state.reports.delete(id);
    }
    const { done, unchanged } = state;
    const more = (done.first()?.changedAt ?? before) < before || (unchanged.first()?.since ?? before) < before;
    return { rows, more };
  }

  #forgetUnchanged(before: number, most: number, now: number): number {
    const { state } = this.#opening;
    let rows = 0;
    for (let first = state.unchanged.first(); first && first.since < before && rows < most; first = state.unchanged.first()) {
      state.unchanged.shift();
      const { row, since } = first;
      const { direction } = row.lane;
      const mayGo = row.state === 'failed' || (row.state === 'waiting' && direction === 'in' && workOf(row).begunBy.length === 0);
      if (row.gone || row.changedAt !== since || !mayGo) continue;
      if (state.unraised.has(row)) state.keptForReports.add(row);
      else {
        state.remove(row, now);
        rows += 1;
      }
    }
    return rows;
  }

  #forgetPublications(before: number): void {
    const { oldPublications, publications } = this.#opening.state;
    for (let first = oldPublications.first(); first && first.at < before; first = oldPublications.first()) {
      oldPublications.shift();
      first.isOld = true;
      if (first.legs === 0) publications.delete(first.id);
    }
  }

  #each(keys: readonly RowKey[], record: Act, act: (row: Row) => boolean): readonly RowKey[] {
    const rows: Row[] = [];
    const done = keys.filter((key) => {
      const row = this.#find(key);
      if (row === undefined || !act(row)) return false;
      rows.push(row);
      return true;
    });
    this.#opening.state.control.record(record, rows);
    if (done.length > 0) this.#opening.changed();
    return done;
  }

  #find(key: RowKey): Row | undefined {
    return this.#opening.state.find(key.direction, key);
  }

  #lanes(): readonly Lane[] {
    const { lanes } = this.#opening.state;
    return [...lanes.in.values(), ...lanes.out.values()];
  }
}

function blockedKey({ direction, entry }: Lane, orderKey: string, line: Sequence<Row>, now: number): BlockedKey | undefined {
  const head = line.first();
  if (head?.work === undefined) return undefined;
  const { id, state, changedAt: since, work } = head;
  if (state !== 'parked' && (work.owner !== undefined || work.due <= now)) return undefined;
  const waiting = [...line.oldestFirst()].length - 1;
  return waiting === 0 ? undefined : { direction, entry, orderKey, head: id, state, since, waiting };
}
