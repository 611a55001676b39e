import type { DatabaseSync } from 'node:sqlite';
import type { ByRow } from '../../wire/control.ts';
import type { Operations } from '../../wire/operations.ts';
import type { ReplayRow } from '../../wire/replays.ts';

const changeable = [
  'state',
  'changed_at',
  'next_at',
  'chosen_before',
  'chosen',
  'replayed',
  'skipped',
  'cancelled_who',
  'cancelled_why',
] as const;

/** The table `replay`, but for the rows that are being forgotten. */
export class ReplayTable {
  readonly #add;
  readonly #find;
  readonly #requested;
  readonly #save;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      `INSERT INTO replay (request, at, who, why, query, target, rate, state, changed_at, next_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?) RETURNING *`,
    );
    this.#find = database.prepare("SELECT * FROM replay WHERE id = ? AND state <> 'forgotten'");
    this.#requested = database.prepare('SELECT * FROM replay WHERE request = ?');
    this.#save = database.prepare(`UPDATE replay SET ${changeable.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`);
  }

  add(request: string, by: ByRow, query: string | null, target: string | null, rate: number | null, at: number): ReplayRow {
    return this.#add.get(request, at, ...by, query, target, rate, at, at) as unknown as ReplayRow;
  }

  find(id: number): ReplayRow | undefined {
    return this.#find.get(id) as unknown as ReplayRow | undefined;
  }

  requested(request: string): ReplayRow | undefined {
    return this.#requested.get(request) as unknown as ReplayRow | undefined;
  }

  save(replay: ReplayRow): ReplayRow {
    this.#save.run(...changeable.map((column) => replay[column]), replay.id);
    return replay;
  }
}

export function replayLister(database: DatabaseSync): Operations['replays'] {
  const list = database.prepare("SELECT * FROM replay WHERE id < ? AND state <> 'forgotten' ORDER BY id DESC LIMIT ?");
  return (before, limit) => list.all(before ?? Number.MAX_SAFE_INTEGER, limit) as unknown as readonly ReplayRow[];
}

/**
 * The steps of forgetting, each of which takes a time, before which nobody has worked on what goes, and removes `portion` rows at most. A
 * replay is hidden first, so that nobody works on one of which a part of the set is gone.
 */
export function forgettingReplays(portion: number): readonly string[] {
  const old = 'FROM replay r INDEXED BY replay_age';
  return [
    `UPDATE replay SET state = 'forgotten' WHERE id IN
       (SELECT id ${old} WHERE changed_at < ? AND state <> 'forgotten' LIMIT ${portion})`,
    `DELETE FROM chosen WHERE (replay, seq) IN
       (SELECT c.replay, c.seq ${old} CROSS JOIN chosen c ON c.replay = r.id WHERE r.changed_at < ? AND r.state = 'forgotten' LIMIT ${portion})`,
    `DELETE FROM replay WHERE id IN
       (SELECT id ${old} WHERE changed_at < ? AND state = 'forgotten' AND NOT EXISTS (SELECT 1 FROM chosen WHERE replay = r.id) LIMIT ${portion})`,
  ];
}
