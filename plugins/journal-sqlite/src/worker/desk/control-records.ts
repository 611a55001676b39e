import type { DatabaseSync } from 'node:sqlite';
import type { ByRow } from '../../wire/control.ts';
import type { KeyRow } from '../../wire/desk.ts';

/** How many ids one record names. */
const mostIds = 100;

export interface Act {
  readonly did: 'reveal' | 'replay' | 'edit' | 'move' | 'drop' | 'pause' | 'resume' | 'salvage';
  readonly by: ByRow;
  readonly at: number;
  /** Of a move, or a replay at another entry. */
  readonly to?: string | undefined;
  /** Of which replay of a set it is a portion. */
  readonly replay?: number;
}

/** Writes down what people did, in the step in which it is done. */
export class ControlRecords {
  readonly #add;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      'INSERT INTO control_record (at, who, why, did, direction, entry, ids, rows, target, replay) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** One record for each entry of these rows. */
  ofRows(act: Act, keys: readonly KeyRow[]): void {
    for (const group of Map.groupBy(keys, ([direction, entry]) => `${direction}${entry}`).values()) {
      const [[direction, entry] = [0, '']] = group;
      this.#write(
        act,
        direction,
        entry,
        group.slice(0, mostIds).map(([, , id]) => id),
        group.length,
      );
    }
  }

  ofEntry(act: Act, direction: number, entry: string): void {
    this.#write(act, direction, entry, [], 0);
  }

  #write({ at, by: [who, why], did, to, replay }: Act, direction: number, entry: string, ids: readonly string[], rows: number): void {
    this.#add.run(at, who, why, did, direction, entry, JSON.stringify(ids), rows, to ?? null, replay ?? null);
  }
}
