/** "WBPO" in the file's header: a file of another program is refused. */
export const applicationId = 0x5742504f;

export const version = 1;

/** Digests of keys only; what a session is about stands in `facts`, as JSON. */
export const schema = `
  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    buyer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'returned')),
    facts TEXT NOT NULL,
    start BLOB UNIQUE,
    key BLOB UNIQUE,
    cookie BLOB,
    language TEXT,
    bound INTEGER NOT NULL DEFAULT 0,
    until INTEGER NOT NULL,
    returned TEXT,
    looks INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX session_until ON session (until);
  CREATE TABLE line (
    buyer TEXT NOT NULL,
    auxiliary_id TEXT NOT NULL,
    session TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (buyer, auxiliary_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX line_until ON line (until);
`;
