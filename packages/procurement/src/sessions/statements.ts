import type { DatabaseSync, StatementSync } from 'node:sqlite';

const texts = {
  addWaiting: "INSERT INTO session (id, buyer, state, facts, start, until) VALUES (?, ?, 'waiting', ?, ?, ?)",
  addOpen: "INSERT INTO session (id, buyer, state, facts, key, cookie, language, until) VALUES (?, ?, 'open', ?, ?, ?, ?, ?)",
  waiting: "SELECT facts FROM session WHERE start = ? AND state = 'waiting' AND until > ?",
  // One statement finds the address unused and uses it up: two browsers cannot both be the first.
  open: "UPDATE session SET state = 'open', key = ?, cookie = ?, language = ?, until = ? WHERE start = ? AND state = 'waiting' AND until > ? RETURNING facts",
  find: "SELECT facts, state, language, cookie, bound, returned FROM session WHERE key = ? AND until > ? AND state <> 'waiting'",
  bind: 'UPDATE session SET bound = 1 WHERE id = ?',
  finish: "UPDATE session SET state = 'returned', returned = ?, until = ? WHERE id = ? AND state = 'open' AND until > ? RETURNING buyer",
  returned: 'SELECT returned FROM session WHERE id = ?',
  look: 'UPDATE session SET looks = looks + 1 WHERE id = ? RETURNING looks',
  addLine:
    'INSERT INTO line (buyer, auxiliary_id, session, until) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET session = excluded.session, until = excluded.until',
  line: 'SELECT session FROM line WHERE buyer = ? AND auxiliary_id = ?',
  sweepSessions: 'DELETE FROM session WHERE id IN (SELECT id FROM session WHERE until < ? ORDER BY until LIMIT ?)',
  sweepLines:
    'DELETE FROM line WHERE (buyer, auxiliary_id) IN (SELECT buyer, auxiliary_id FROM line WHERE until < ? ORDER BY until LIMIT ?)',
} as const;

export type Statements = { readonly [Name in keyof typeof texts]: StatementSync };

/** Prepared once: each is one step that happens as a whole. */
export function statementsOf(database: DatabaseSync): Statements {
  const entries = Object.entries(texts).map(([name, text]) => [name, database.prepare(text)] as const);
  return Object.fromEntries(entries) as Statements;
}
