import type { DatabaseSync } from 'node:sqlite';
import { kept, parked } from '../../wire/states.ts';

interface Delta {
  readonly direction: number;
  readonly entry: string;
  waiting: number;
  parked: number;
  stamp: number;
}

/** How much of each entry is unfinished. Changes are gathered in memory and written once a transaction. */
export class Counts {
  readonly #write;
  readonly #entries;
  readonly #deltas = new Map<string, Delta>();

  constructor(database: DatabaseSync) {
    this.#write = database.prepare(
      `INSERT INTO entry (direction, entry, waiting, parked, stamp) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET waiting = waiting + excluded.waiting, parked = parked + excluded.parked, stamp = stamp + excluded.stamp`,
    );
    this.#entries = database.prepare('SELECT entry FROM entry WHERE direction = ?');
  }

  /** A row goes from one state to another; `undefined` is a row that is not there. */
  move(direction: number, entry: string, from: number | undefined, to: number | undefined): void {
    if (from === to) return;
    const waiting = Number(to === kept) - Number(from === kept);
    const parkedRows = Number(to === parked) - Number(from === parked);
    if (waiting === 0 && parkedRows === 0) return;
    const delta = this.#delta(direction, entry);
    delta.waiting += waiting;
    delta.parked += parkedRows;
  }

  /** A row of the entry can be claimed from now on, or will be. */
  ready(direction: number, entry: string): void {
    this.#delta(direction, entry).stamp += 1;
  }

  flush(): void {
    for (const { direction, entry, waiting, parked: parkedRows, stamp } of this.#deltas.values())
      this.#write.run(direction, entry, waiting, parkedRows, stamp);
    this.#deltas.clear();
  }

  forget(): void {
    this.#deltas.clear();
  }

  /** Entries that have, or had, rows which were not done with at once. */
  entriesOf(direction: number): readonly string[] {
    const written = this.#entries.all(direction).map(({ entry }) => String(entry));
    const gathered = [...this.#deltas.values()].filter((delta) => delta.direction === direction).map(({ entry }) => entry);
    return [...new Set([...written, ...gathered])];
  }

  #delta(direction: number, entry: string): Delta {
    const key = `${direction}${entry}`;
    let delta = this.#deltas.get(key);
    if (delta === undefined) {
      delta = { direction, entry, waiting: 0, parked: 0, stamp: 0 };
      this.#deltas.set(key, delta);
    }
    return delta;
  }
}
