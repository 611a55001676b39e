import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { errors } from '../errors.ts';
import { schemaVersion, tables } from './schema.ts';

export type Value = SQLInputValue;
export type Row = Readonly<Record<string, Value>>;

export interface DatabaseOptions {
  /** The file. It is made when it is not there. */
  readonly path: string;
  /** How long to wait for another process that is writing, in milliseconds. Default 250: the call blocks meanwhile. */
  readonly lockWait?: number | undefined;
}

/**
 * The database of the store: one connection, used synchronously. Statements are prepared once and kept.
 * Every method throws a `CommandError` WB_STORE_LOCKED, retryable, while another process holds the file.
 */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #closed = false;

  /** Throws a `CommandError` WB_STORE_SCHEMA when the file belongs to another version of the store. */
  constructor({ path, lockWait = 250 }: DatabaseOptions) {
    this.#connection = new DatabaseSync(path);
    try {
      this.#prepare(path, lockWait);
    } catch (cause) {
      this.#connection.close();
      throw translated(cause);
    }
  }

  /** The first row, if there is one. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the columns that its SQL selects.
  get<Found extends object = Row>(sql: string, ...values: readonly Value[]): Found | undefined {
    return guarded(() => this.#statement(sql).get(...values)) as Found | undefined;
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the columns that its SQL selects.
  all<Found extends object = Row>(sql: string, ...values: readonly Value[]): readonly Found[] {
    return guarded(() => this.#statement(sql).all(...values)) as unknown as readonly Found[];
  }

  /** Answers with the number of rows that were changed. */
  run(sql: string, ...values: readonly Value[]): number {
    return guarded(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** Inserts a row. Fields that are undefined become NULL. */
  insert(table: string, row: Readonly<Record<string, Value | undefined>>): void {
    const names = Object.keys(row);
    this.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...names.map((name) => row[name] ?? null),
    );
  }

  /** The next id of a kind of thing, counted on from what the seed took, else from 1. Part of the transaction in hand. */
  nextId(name: string): string {
    const taken = this.get<{ last: number }>(
      'INSERT INTO counters (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
      name,
    );
    return String(taken?.last);
  }

  /** All of `work` or nothing of it, durable when this returns. Takes the write lock at the beginning, so it cannot fail halfway for it. */
  transaction<Result>(work: () => Result): Result {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (cause) {
      this.#rollback();
      throw cause;
    }
  }

  /** Closing again does nothing. */
  close(): void {
    this.#statements.clear();
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  #rollback(): void {
    try {
      this.#connection.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full: what failed first is what counts.
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #prepare(path: string, lockWait: number): void {
    this.#connection.exec(`PRAGMA busy_timeout = ${Math.trunc(lockWait)}`);
    // FULL: what the kernel's journal calls done must not be undone here by a power cut.
    this.#connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    this.transaction(() => {
      const version = this.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
      const empty = this.get('SELECT 1 FROM sqlite_schema') === undefined;
      if (version === schemaVersion) return;
      if (version !== 0 || !empty) throw errors.WB_STORE_SCHEMA(`${path} is not a database of this store, or one of another version.`);
      this.#connection.exec(`${tables} PRAGMA user_version = ${schemaVersion}`);
    });
  }
}

function guarded<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    throw translated(cause);
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED, which pass. */
const passing = new Set([5, 6]);

function translated(cause: unknown): unknown {
  const code = (cause as { errcode?: unknown }).errcode;
  // The low byte is the primary code; the rest tells variants apart.
  if (typeof code !== 'number' || !passing.has(code & 0xff)) return cause;
  return errors.WB_STORE_LOCKED('The database of the store is locked by another process.', { cause });
}
