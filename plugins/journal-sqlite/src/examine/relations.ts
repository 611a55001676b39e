import type { DatabaseSync } from 'node:sqlite';
import { errors } from '../errors.ts';
import type { Findings } from './findings.ts';

const missing = errors.WB_JOURNAL_BODY_MISSING.code;

/** The receipts of a message in SQL; none where they are not what was written. */
export const receiptList = "iif(json_valid(message.receipts), message.receipts, '[]')";

/** What follows from other rows: what, and the question that has an answer where it does not. */
const relations: readonly (readonly [what: string, sql: string])[] = [
  [
    'These messages wait or are parked, and have no body',
    `SELECT seq FROM message NOT INDEXED WHERE state IN (1, 3) AND code IS NOT '${missing}' AND NOT EXISTS (SELECT 1 FROM body WHERE place = message.seq * 2)`,
  ],
  [
    'There are bodies of messages that are not there',
    'SELECT place AS name FROM body WHERE NOT EXISTS (SELECT 1 FROM message WHERE seq = iif(place < 0, -place, place / 2))',
  ],
  [
    'What is kept of how much is unfinished at these entries is not what there is',
    `WITH counted AS (SELECT direction, entry, sum(state = 1) AS waiting, sum(state = 3) AS parked FROM message NOT INDEXED GROUP BY direction, entry)
     SELECT coalesce(e.entry, c.entry) AS name FROM entry e FULL JOIN counted c USING (direction, entry)
       WHERE coalesce(e.waiting, 0) <> coalesce(c.waiting, 0) OR coalesce(e.parked, 0) <> coalesce(c.parked, 0)`,
  ],
  [
    'These messages are claimed by somebody who is not known',
    'SELECT seq FROM message NOT INDEXED WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM owner)',
  ],
  ['Messages are worked on by somebody who is not known', 'SELECT seq FROM begun WHERE owner NOT IN (SELECT id FROM owner)'],
  [
    'An entry is received by somebody who is not known',
    'SELECT entry AS name FROM lease WHERE owner IS NOT NULL AND owner NOT IN (SELECT id FROM owner)',
  ],
  [
    'These messages are the first of their order key, and would not be handed out',
    `SELECT seq FROM message m NOT INDEXED WHERE in_line = 1 AND state = 1 AND owner IS NULL AND ready_at IS NULL AND NOT EXISTS
       (SELECT 1 FROM message o INDEXED BY line
         WHERE o.direction = m.direction AND o.entry = m.entry AND o.order_key = m.order_key AND o.in_line = 1 AND o.seq < m.seq)`,
  ],
  [
    'These messages would be handed out before others of their order key',
    `SELECT seq FROM message m NOT INDEXED WHERE in_line = 1 AND ready_at IS NOT NULL AND EXISTS
       (SELECT 1 FROM message o INDEXED BY line
         WHERE o.direction = m.direction AND o.entry = m.entry AND o.order_key = m.order_key AND o.in_line = 1 AND o.seq < m.seq)`,
  ],
  ...['failure', 'report', 'begun', 'business_key', 'receipt'].map(
    (table) =>
      [
        `The table ${table} has rows of messages that are not there`,
        `SELECT seq AS name FROM ${table} WHERE seq NOT IN (SELECT seq FROM message)`,
      ] as const,
  ),
  [
    'What these messages are found by when something is reported of them is not there',
    `SELECT DISTINCT seq FROM message NOT INDEXED, json_each(${receiptList}) one
     WHERE receipts IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.receipt = one.value)`,
  ],
  [
    'A receipt leads to a message that does not have it',
    `SELECT receipt.receipt AS name FROM receipt JOIN message USING (seq)
     WHERE message.receipts IS NULL OR receipt.receipt NOT IN (SELECT value FROM json_each(${receiptList}))`,
  ],
  [
    'Publications have another number of legs',
    `SELECT id AS name FROM publication LEFT JOIN
       (SELECT publication, count(*) AS n FROM message NOT INDEXED WHERE publication IS NOT NULL GROUP BY publication) ON publication = id
     WHERE legs <> coalesce(n, 0)`,
  ],
  [
    'The numbers that were given are fewer than those that there are',
    `SELECT name FROM sqlite_sequence WHERE seq > 9007199254740991 OR seq < 0 OR
       (name = 'message' AND seq < (SELECT max(seq) FROM message)) OR (name = 'control_record' AND seq < (SELECT max(seq) FROM control_record))`,
  ],
  [
    'What counts the numbers that were given is not whole',
    `SELECT 1 WHERE 1 <> (SELECT count(*) FROM sqlite_sequence WHERE name = 'promises') OR 1 <> (SELECT count(*) FROM clock)
       OR (EXISTS (SELECT 1 FROM message) AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'message'))`,
  ],
  [
    'An owner is not what was written',
    'SELECT id AS name FROM owner WHERE lease NOT BETWEEN 1 AND 3600000 OR length(uuid) <> 36 OR beat < 0',
  ],
  ['An opening is not what was written', 'SELECT uuid AS name FROM opening WHERE length(uuid) <> 36'],
];

/** Whether the rows fit together. */
export function checkRelations(database: DatabaseSync, findings: Findings): void {
  for (const [what, sql] of relations) findings.ask(what, sql);
  findings.tryTo('The business keys of messages are those that they are found by', () => checkKeys(database, findings));
}

/** The keys stand in the row as JSON, and one by one where they are looked up. */
function checkKeys(database: DatabaseSync, findings: Findings): void {
  const found = database.prepare('SELECT 1 FROM business_key WHERE name = ? AND value = ? AND seq = ?');
  let pairs = 0;
  for (const { seq, keys, direction, entry, id } of database
    .prepare('SELECT seq, keys, direction, entry, id FROM message NOT INDEXED WHERE keys IS NOT NULL')
    .iterate()) {
    const wanted = pairsOf(String(keys));
    pairs += wanted.length;
    if (wanted.some(([name, value]) => found.get(name, value, Number(seq)) === undefined))
      findings.add('A message would not be found by all of its business keys.', [
        { direction: direction === 0 ? 'in' : 'out', entry: String(entry), id: String(id) },
      ]);
  }
  const all = Number(database.prepare('SELECT count(*) AS n FROM business_key').get()?.['n']);
  if (all > pairs) findings.add(`${all - pairs} business keys lead to messages that do not have them.`);
}

function pairsOf(keys: string): readonly (readonly [name: string, value: string])[] {
  const all = Object.entries(JSON.parse(keys) as Readonly<Record<string, string | readonly string[]>>).flatMap(([name, values]) =>
    [values].flat().map((value) => [name.toWellFormed(), value.toWellFormed()] as const),
  );
  return [...new Map(all.map((pair) => [JSON.stringify(pair), pair])).values()];
}
