import type { DatabaseSync } from 'node:sqlite';
import type { ByRow } from '../../wire/control.ts';
import { kept, parked } from '../../wire/states.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';

/** Who makes a row due again, when, and in which replay of a set. */
export interface Replaying {
  readonly by: ByRow;
  readonly at: number;
  readonly replay?: number;
}

/** Makes parked rows due again, in their old places, and marks them with it. */
export class Replayer {
  readonly #messages: Messages;
  readonly #mark;

  constructor(database: DatabaseSync, messages: Messages) {
    this.#messages = messages;
    this.#mark = database.prepare(
      `INSERT INTO replayed (seq, times, at, who, why, replay) VALUES (?, 1, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET times = times + 1, at = excluded.at, who = excluded.who, why = excluded.why, replay = excluded.replay`,
    );
  }

  replay(row: MessageRow, { by, at, replay }: Replaying): boolean {
    if (row.state !== parked) return false;
    this.#messages.change(row, { state: kept, attempts: 0, unresolved: 0, blocks: 0, due_at: at, changed_at: at }, at);
    this.#mark.run(row.seq, at, ...by, replay ?? null);
    return true;
  }
}
