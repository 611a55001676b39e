import type { DatabaseSync } from 'node:sqlite';
import { ownProcessIdentity } from '@waybill/contract/system';
import type { PausedRow, RecordRow, StartedRow, TallyRow } from '../../wire/control.ts';
import type { Operations } from '../../wire/operations.ts';
import type { JournalClock } from '../clock.ts';
import { Presence } from '../owners/presence.ts';
import type { Messages } from '../rows/messages.ts';
import { whole } from '../seals/sealed-tables.ts';
import { ControlRecords } from './control-records.ts';

const minute = 60_000;
const hour = 3_600_000;

/** How many numbers one question answers at most. */
const mostTallies = 10_000;

type Steering = Pick<Operations, 'pause' | 'resume' | 'paused'>;
type Looking = Pick<Operations, 'records' | 'processes' | 'tallies' | 'lastStarted'>;
type Telling = Pick<Operations, 'present' | 'count' | 'started'>;

/** What people ask of every process, and how each process looks at it. */
export function steeringOperations(database: DatabaseSync, { clock, counts }: Pick<Messages, 'clock' | 'counts'>): Steering {
  const records = new ControlRecords(database);
  const add = database.prepare('INSERT INTO pause (direction, entry, at, who, why) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const end = database.prepare('DELETE FROM pause WHERE direction = ? AND entry = ?');
  const all = database.prepare('SELECT * FROM pause ORDER BY at');
  return {
    pause(direction, entry, by) {
      const at = clock.now();
      if (add.run(direction, entry, at, ...by).changes === 0) return;
      records.ofEntry({ did: 'pause', by, at }, direction, entry);
      // Wakes those who watch.
      counts.ready(direction, entry);
    },
    resume(direction, entry, by) {
      if (end.run(direction, entry).changes === 0) return;
      records.ofEntry({ did: 'resume', by, at: clock.now() }, direction, entry);
      counts.ready(direction, entry);
    },
    paused: () =>
      whole('pause', all.all()).map((row) => [row['direction'], row['entry'], row['at'], row['who'], row['why']] as unknown as PausedRow),
  };
}

/** What a process tells of itself, under the id of its opening. */
export function tellingOperations(database: DatabaseSync, { clock }: Pick<Messages, 'clock'>, presence: Presence, uuid: string): Telling {
  const since = clock.now();
  const add = database.prepare(
    `INSERT INTO tally (span, direction, entry, at, outcome, count) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const put = database.prepare(
    `INSERT INTO manifest (name, at, process, source) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET at = excluded.at, process = excluded.process, source = excluded.source`,
  );
  return {
    started: (name, source) => void put.run(name, clock.now(), ownProcessIdentity(), source),
    present: (status, keep) => presence.tell(uuid, since, status, keep),
    count(tallies) {
      for (const [direction, entry, at, outcome, count] of tallies)
        for (const span of [minute, hour]) add.run(span, direction, entry, at - (at % span), outcome, count);
    },
  };
}

/** What people ask to see. */
export function lookingOperations(database: DatabaseSync, clock: JournalClock): Looking {
  const records = database.prepare('SELECT * FROM control_record WHERE seq < ? ORDER BY seq DESC LIMIT ?');
  const presence = new Presence(database, clock);
  const manifest = database.prepare('SELECT * FROM manifest WHERE name = ?');
  const columns = 'SELECT * FROM tally';
  const all = database.prepare(
    `${columns} INDEXED BY tally_age WHERE span = ? AND at >= ? ORDER BY at, direction, entry, outcome LIMIT ${mostTallies}`,
  );
  const ofOne = database.prepare(
    `${columns} WHERE span = ? AND direction = ? AND entry = ? AND at >= ? ORDER BY at, outcome LIMIT ${mostTallies}`,
  );
  return {
    records: (before, limit) =>
      whole('control_record', records.all(before ?? Number.MAX_SAFE_INTEGER, limit)) as unknown as readonly RecordRow[],
    processes: (keep) => presence.list(keep),
    lastStarted(name) {
      const [row] = whole('manifest', manifest.all(name));
      return row ? ([row['at'], row['process'], row['source']] as unknown as StartedRow) : null;
    },
    tallies(span, since, entry) {
      const rows = entry === null ? all.all(span, since) : ofOne.all(span, ...entry, since);
      return whole('tally', rows).map(
        (row) => [row['direction'], row['entry'], row['at'], row['outcome'], row['count']] as unknown as TallyRow,
      );
    },
  };
}
