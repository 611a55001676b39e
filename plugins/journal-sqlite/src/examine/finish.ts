import type { DatabaseSync } from 'node:sqlite';
import type { By, RowKey } from '@waybill/contract';
import { byRow } from '../wire/control.ts';
import { directionNumber, inbound } from '../wire/states.ts';
import { JournalClock } from '../worker/clock.ts';
import { ControlRecords } from '../worker/desk/control-records.ts';
import { BusinessKeyTable } from '../worker/rows/business-keys.ts';
import { Messages } from '../worker/rows/messages.ts';
import { isWhole } from '../worker/seals/sealed-tables.ts';
import { receiptList } from './relations.ts';

/** Makes what follows from the messages, and what is told of the salvage. */
export function finish(
  old: DatabaseSync,
  database: DatabaseSync,
  { by, doubtful }: { readonly by: By; readonly doubtful: readonly RowKey[] },
): void {
  copyOwners(old, database);
  setClock(old, database);
  giveNumbers(old, database);
  database.exec(`
    DELETE FROM failure WHERE seq NOT IN (SELECT seq FROM message);
    DELETE FROM report WHERE seq NOT IN (SELECT seq FROM message);
    DELETE FROM begun WHERE seq NOT IN (SELECT seq FROM message) OR owner NOT IN (SELECT id FROM owner);
    UPDATE lease SET owner = NULL WHERE owner NOT IN (SELECT id FROM owner);
    INSERT INTO entry (direction, entry, waiting, parked, stamp)
      SELECT direction, entry, sum(state = 1), sum(state = 3), 0 FROM message GROUP BY direction, entry;
    INSERT OR REPLACE INTO receipt (receipt, seq)
      SELECT one.value, seq FROM message, json_each(${receiptList}) one WHERE receipts IS NOT NULL ORDER BY seq;
    CREATE TEMP TABLE legs_of (id TEXT PRIMARY KEY, legs INTEGER);
    INSERT INTO legs_of SELECT publication, count(*) FROM message WHERE publication IS NOT NULL GROUP BY publication;
    UPDATE publication SET legs = coalesce((SELECT l.legs FROM legs_of l WHERE l.id = publication.id), 0)
      WHERE legs <> coalesce((SELECT l.legs FROM legs_of l WHERE l.id = publication.id), 0);
    DROP TABLE legs_of;`);
  const clock = new JournalClock(database);
  const messages = new Messages(database, clock);
  const keys = new BusinessKeyTable(database);
  for (const row of database.prepare('SELECT seq, keys FROM message WHERE keys IS NOT NULL').all())
    keys.add(Number(row['seq']), String(row['keys']));
  freeUnknown(database, messages);
  for (const line of database.prepare('SELECT DISTINCT direction, entry, order_key FROM message INDEXED BY line WHERE in_line = 1').all())
    messages.lines.refresh(Number(line['direction']), String(line['entry']), String(line['order_key']), clock.now());
  messages.counts.flush();
  record(database, by, doubtful, clock.now());
}

/** Who had claims is found out by whoever opens the journal next. */
function copyOwners(old: DatabaseSync, database: DatabaseSync): void {
  copyPlain(old, database, 'owner', ['id', 'uuid', 'process', 'beat', 'lease']);
  copyPlain(old, database, 'opening', ['uuid', 'process']);
}

function copyPlain(old: DatabaseSync, database: DatabaseSync, table: string, columns: readonly string[]): void {
  const add = database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  try {
    for (const row of old.prepare(`SELECT * FROM ${table}`).iterate()) add.run(...columns.map((column) => row[column] ?? null));
  } catch {
    // What cannot be read is the claim of nobody.
  }
}

/** What is claimed by somebody who is not known would stay so. */
function freeUnknown(database: DatabaseSync, messages: Messages): void {
  const claimed = database.prepare('SELECT seq FROM message WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM owner)');
  for (const { seq } of claimed.all()) {
    const row = messages.bySeq(Number(seq));
    if (row) messages.change(row, { owner: null, version: row.version + 1, unresolved: row.unresolved + 1 }, messages.clock.now());
  }
  messages.counts.forget();
}

function setClock(old: DatabaseSync, database: DatabaseSync): void {
  let at = Number(database.prepare('SELECT coalesce(max(changed_at), 0) AS at FROM message').get()?.['at']);
  try {
    const clock = old.prepare('SELECT * FROM clock').get() ?? {};
    if (isWhole('clock', clock)) at = Math.max(at, Number(clock['at']));
  } catch {
    // The time of the last change is known.
  }
  database.prepare('UPDATE clock SET at = ?').run(at);
}

/** Numbers are never given twice, also those of messages that were forgotten. */
function giveNumbers(old: DatabaseSync, database: DatabaseSync): void {
  const set = database.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  const add = database.prepare(
    'INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)',
  );
  try {
    for (const name of ['message', 'control_record', 'owner']) {
      const given = Number(old.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(name)?.['seq'] ?? 0);
      add.run(name);
      if (given < 1e12) set.run(given, name);
    }
  } catch {
    // Those that are there are the largest that are known.
  }
}

function record(database: DatabaseSync, by: By, doubtful: readonly RowKey[], at: number): void {
  const records = new ControlRecords(database);
  const act = { did: 'salvage', by: byRow(by), at } as const;
  if (doubtful.length === 0) records.ofEntry(act, inbound, '');
  else
    records.ofRows(
      act,
      doubtful.map(({ direction, entry, id }) => [directionNumber(direction), entry, id] as const),
    );
}
