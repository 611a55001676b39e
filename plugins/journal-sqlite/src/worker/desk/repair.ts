import type { DatabaseSync } from 'node:sqlite';
import type { KeyRow } from '../../wire/desk.ts';
import type { Operations } from '../../wire/operations.ts';
import { parked } from '../../wire/states.ts';
import { rowDamaged } from '../rows/damage.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';
import { type Act, ControlRecords } from './control-records.ts';
import { Mover } from './mover.ts';
import { Replayer } from './replayer.ts';
import { showing } from './view.ts';

type RepairOperations = Pick<Operations, 'reveal' | 'replay' | 'edit' | 'move' | 'drop'>;

type Work = (row: MessageRow, now: number) => boolean;

/** What people do to what is parked, or stands in the wrong entry. Who did it is written with it. */
export function repairOperations(database: DatabaseSync, messages: Messages): RepairOperations {
  const mover = new Mover(database, messages);
  const replayer = new Replayer(database, messages);
  const records = new ControlRecords(database);
  const show = showing(database);
  const each = (act: Omit<Act, 'at'>, keys: readonly KeyRow[], work: Work): readonly KeyRow[] => {
    const now = messages.clock.now();
    const changed = keys.filter(([direction, entry, id]) => {
      const row = messages.find(direction, entry, id);
      if (row?.damagedState === undefined) return row !== undefined && work(row, now);
      // Parked by that; whoever looks at it then can decide.
      messages.park(row, rowDamaged, now);
      return false;
    });
    records.ofRows({ ...act, at: now }, changed);
    return changed;
  };
  return {
    reveal(key, by) {
      const shown = show(...key);
      if (shown !== null) records.ofRows({ did: 'reveal', by, at: messages.clock.now() }, [key]);
      return shown;
    },
    replay: (keys, by) => each({ did: 'replay', by }, keys, (row, at) => replayer.replay(row, { by, at })),
    edit: (key, body, by) => each({ did: 'edit', by }, [key], (row, now) => edit(messages, row, body, now)).length === 1,
    move: (keys, entry, by) => each({ did: 'move', by, to: entry }, keys, (row, now) => mover.move(row, entry, now) !== undefined),
    drop: (keys, by) => each({ did: 'drop', by }, keys, (row, now) => drop(messages, row, now)),
  };
}

function edit(messages: Messages, row: MessageRow, body: Uint8Array, now: number): boolean {
  if (row.state !== parked || !messages.bodies.edit(row.seq, body)) return false;
  messages.change(row, { changed_at: now }, now);
  return true;
}

function drop(messages: Messages, row: MessageRow, now: number): boolean {
  if (row.state !== parked) return false;
  messages.remove(row, now);
  return true;
}
