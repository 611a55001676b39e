import type { By, ControlRecord, EntryName, PausedEntry, PresentProcess, StartedManifest, Tally } from '@waybill/contract';
import type { Row } from './row.ts';

export const spans = { minute: 60_000, hour: 3_600_000 } as const;
export type Span = keyof typeof spans;

/** For how long the numbers are kept, in milliseconds. */
const kept = { minute: 2 * 86_400_000, hour: 60 * 86_400_000 } as const;

/** How many ids one record names. */
const mostIds = 100;

/** What somebody did, when, and where to. */
export type Act = Pick<ControlRecord, 'did' | 'by' | 'at' | 'to' | 'replay'>;

/** What people have asked for and done, how processes say they are, and the numbers of minutes and hours. */
export class ControlState {
  readonly pauses = new Map<string, PausedEntry>();
  /** By the opening that told it. */
  readonly present = new Map<object, PresentProcess>();
  /** By their names. */
  readonly started = new Map<string, StartedManifest>();
  /** Oldest first. */
  #records: ControlRecord[] = [];
  #lastSeq = 0;
  readonly #tallies = { minute: new Map<string, Tally>(), hour: new Map<string, Tally>() };

  /** One record for each entry of these rows, in the order of its first one. */
  record(act: Act, rows: readonly Pick<Row, 'lane' | 'id'>[]): void {
    const byEntry = Map.groupBy(rows, ({ lane }) => lane);
    for (const [{ direction, entry }, group] of byEntry) {
      const ids = group.slice(0, mostIds).map(({ id }) => id);
      this.#add(act, { direction, entry }, ids, group.length);
    }
  }

  pause(entry: EntryName, by: By, at: number): boolean {
    const key = keyOf(entry);
    if (this.pauses.has(key)) return false;
    this.pauses.set(key, { direction: entry.direction, entry: entry.entry, by: { ...by }, since: at });
    this.#add({ did: 'pause', by, at, to: undefined }, entry, [], 0);
    return true;
  }

  resume(entry: EntryName, by: By, at: number): boolean {
    if (!this.pauses.delete(keyOf(entry))) return false;
    this.#add({ did: 'resume', by, at, to: undefined }, entry, [], 0);
    return true;
  }

  records(before: number, limit: number): readonly ControlRecord[] {
    return this.#records
      .filter(({ seq }) => seq < before)
      .toReversed()
      .slice(0, limit);
  }

  count({ direction, entry, outcome, minute: at, count }: Tally): void {
    for (const span of ['minute', 'hour'] as const) {
      const minute = at - (at % spans[span]);
      const key = `${minute} ${direction}:${entry} ${outcome}`;
      const before = this.#tallies[span].get(key)?.count ?? 0;
      this.#tallies[span].set(key, { direction, entry, minute, outcome, count: before + count });
    }
  }

  tallies(by: Span, since: number, wanted: EntryName | undefined, limit: number): readonly Tally[] {
    return [...this.#tallies[by].values()]
      .filter((tally) => tally.minute >= since && (wanted === undefined || keyOf(tally) === keyOf(wanted)))
      .toSorted((one, other) => one.minute - other.minute)
      .slice(0, limit);
  }

  forget(now: number, keep: number): void {
    this.#records = this.#records.filter(({ at }) => at >= now - keep);
    for (const span of ['minute', 'hour'] as const) {
      for (const [key, { minute }] of this.#tallies[span]) if (minute < now - kept[span]) this.#tallies[span].delete(key);
    }
  }

  #add({ did, by, at, to, replay }: Act, { direction, entry }: EntryName, ids: readonly string[], rows: number): void {
    this.#records.push({ seq: ++this.#lastSeq, at, by: { ...by }, did, direction, entry, ids, rows, to, replay });
  }
}

function keyOf({ direction, entry }: EntryName): string {
  return `${direction}:${entry}`;
}
