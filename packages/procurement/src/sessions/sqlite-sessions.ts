import type { DatabaseSync } from 'node:sqlite';
import { sessionErrors } from './errors.ts';
import type { PunchoutSession, Returned, SessionState } from './session.ts';
import { openSessionFile } from './session-file.ts';
import type { Digest, Entrance, Keep, KeptSession, SessionStore, Start } from './session-store.ts';
import { type Statements, statementsOf } from './statements.ts';

/** Rows removed with each new session: more than one, so that the file does not grow. */
const sweptAtOnce = 50;

/**
 * Sessions in a file of SQLite, for one or more processes of one machine. `path` is a file, or `:memory:` for tests.
 * Throws WB_SESSIONS_UNUSABLE.
 */
export function openSessions({ path }: { readonly path: string }): SessionStore {
  return new SqliteSessions(openSessionFile(path));
}

class SqliteSessions implements SessionStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = statementsOf(database);
  }

  async addWaiting(session: PunchoutSession, start: { readonly key: Digest; readonly until: number }, now: number): Promise<void> {
    this.#write(() => {
      this.#sweep(now);
      this.#statements.addWaiting.run(session.id, session.buyer, JSON.stringify(session), start.key, start.until);
    });
  }

  async addOpen(session: PunchoutSession, { key, cookie, language, until }: Entrance, now: number): Promise<void> {
    this.#write(() => {
      this.#sweep(now);
      this.#statements.addOpen.run(session.id, session.buyer, JSON.stringify(session), key, cookie, language, until);
    });
  }

  async waiting(start: Digest, now: number): Promise<PunchoutSession | undefined> {
    const row = this.#read(() => this.#statements.waiting.get(start, now));
    return row && sessionIn(row['facts']);
  }

  async open(start: Digest, { key, cookie, language, until }: Entrance, now: number): Promise<Start> {
    return this.#write(() => {
      const row = this.#statements.open.get(key, cookie, language, until, start, now);
      return row ? { outcome: 'opened', session: sessionIn(row['facts']) } : { outcome: 'refused' };
    });
  }

  async find(key: Digest, now: number): Promise<KeptSession | undefined> {
    const row = this.#read(() => this.#statements.find.get(key, now));
    if (!row) return undefined;
    const returned = row['returned'];
    return {
      session: sessionIn(row['facts']),
      state: row['state'] as SessionState,
      language: String(row['language']),
      cookie: row['cookie'] as Uint8Array,
      bound: row['bound'] === 1,
      ...(typeof returned === 'string' && { returned: JSON.parse(returned) as Returned }),
    };
  }

  async bind(id: string): Promise<void> {
    this.#write(() => {
      this.#statements.bind.run(id);
    });
  }

  async finish(id: string, returned: Returned, auxiliaryIds: readonly string[], now: number, keep: Keep): Promise<Returned | undefined> {
    return this.#write(() => {
      const row = this.#statements.finish.get(JSON.stringify(returned), keep.document, id, now);
      if (row) {
        for (const each of auxiliaryIds) this.#statements.addLine.run(String(row['buyer']), each, id, keep.lines);
        return returned;
      }
      const earlier = this.#statements.returned.get(id)?.['returned'];
      return typeof earlier === 'string' ? (JSON.parse(earlier) as Returned) : undefined;
    });
  }

  async countLook(id: string): Promise<number> {
    return this.#write(() => Number(this.#statements.look.get(id)?.['looks'] ?? 0));
  }

  async sessionsOf(buyer: string, auxiliaryIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const each of auxiliaryIds) {
      const session = this.#read(() => this.#statements.line.get(buyer, each))?.['session'];
      if (typeof session === 'string') found.set(each, session);
    }
    return found;
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #sweep(now: number): void {
    this.#statements.sweepSessions.run(now, sweptAtOnce);
    this.#statements.sweepLines.run(now, sweptAtOnce);
  }

  #read<T>(look: () => T): T {
    try {
      return look();
    } catch (cause) {
      throw sessionErrors.WB_SESSIONS_FAILED('A PunchOut session could not be looked up in its file.', { cause });
    }
  }

  /** The lock is taken first: of two processes that want to write, the second waits instead of failing half-way. */
  #write<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (cause) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw cause;
      }
    } catch (cause) {
      throw sessionErrors.WB_SESSIONS_FAILED('A step of a PunchOut session was not written to its file.', { cause });
    }
  }
}

const sessionIn = (facts: unknown): PunchoutSession => JSON.parse(String(facts)) as PunchoutSession;
