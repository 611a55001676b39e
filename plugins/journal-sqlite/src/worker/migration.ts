/**
 * What makes a journal of version 1 one of version 2. In version 1 a leg that waits had state 0, a claim was a time in the
 * row, failures had no kind, messages had no time of their own, and there were neither order keys nor business keys.
 */
export function fromVersion1(tables: string, indexes: string): string {
  return `
ALTER TABLE message RENAME TO message_1;
ALTER TABLE failure RENAME TO failure_1;
ALTER TABLE publication RENAME TO publication_1;
ALTER TABLE body RENAME TO body_1;
DROP TABLE owner;
DROP INDEX pending; DROP INDEX parked; DROP INDEX published; DROP INDEX publication_age;
${tables}
INSERT INTO message (
    seq, direction, entry, id, state, trace, digest, recorded_at, changed_at, due_at, ready_at, attempts, is_late, type, store, event, cause,
    publication, code, fault, reason, detail)
  SELECT seq, direction, name, id, iif(direction = 1 AND state = 0, 1, state), trace, coalesce(digest, ''), recorded_at, changed_at,
    coalesce(due_at, recorded_at), iif(state = 1 OR (direction = 1 AND state = 0), coalesce(due_at, recorded_at), NULL), attempts,
    state = 2 OR (direction = 0 AND state = 0), type,
    store, event, cause, publication, code, iif(code IS NULL, NULL, 'unavailable'), reason, detail
  FROM message_1 ORDER BY seq;
DELETE FROM sqlite_sequence WHERE name = 'message';
UPDATE sqlite_sequence SET name = 'message' WHERE name = 'message_1';
INSERT INTO failure SELECT seq, number, at, code, 'unavailable', reason FROM failure_1;
INSERT INTO body
  SELECT place, json_insert(meta, '$[6]', json('null'), '$[7]', recorded_at), body FROM body_1 JOIN message ON seq = place / 2;
INSERT INTO publication SELECT id, at, (SELECT count(*) FROM message WHERE publication = publication_1.id) FROM publication_1;
INSERT INTO entry
  SELECT direction, entry, sum(state = 1), sum(state = 3), 0 FROM message GROUP BY direction, entry;
UPDATE clock SET at = coalesce((SELECT max(changed_at) FROM message), 0);
DROP TABLE message_1; DROP TABLE failure_1; DROP TABLE publication_1; DROP TABLE body_1;
${indexes}`;
}
