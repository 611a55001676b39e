import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Mark } from './mark.ts';

export interface Effect extends Mark {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the handlers of all processes have done, in the order in which they did it; each message once, by its id. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#database = new DatabaseSync(join(folder, 'store.db'));
    this.#database.exec(`PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS effect (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, key TEXT, number INTEGER, at INTEGER);
      CREATE TABLE IF NOT EXISTS finish (id TEXT)`);
  }

  put(id: string, { key, number }: Mark): void {
    this.#database.prepare('INSERT OR IGNORE INTO effect (id, key, number, at) VALUES (?, ?, ?, ?)').run(id, key, number, Date.now());
  }

  /** A kernel has recorded in its journal that the message is done. */
  finish(id: string): void {
    this.#database.prepare('INSERT INTO finish (id) VALUES (?)').run(id);
  }

  /** Messages that were recorded as done more than once. */
  finishedTwice(): readonly string[] {
    const rows = this.#database.prepare('SELECT id FROM finish GROUP BY id HAVING count(*) > 1').all();
    return rows.map((row) => String(row['id']));
  }

  effects(): readonly Effect[] {
    return this.#database.prepare('SELECT id, key, number, at FROM effect ORDER BY seq').all() as unknown as readonly Effect[];
  }

  count(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM effect').get()?.['n']);
  }

  /** From now on nothing is refused any more. */
  mend(): void {
    writeFileSync(join(this.#folder, 'mended'), '');
  }

  get isMended(): boolean {
    return existsSync(join(this.#folder, 'mended'));
  }

  close(): void {
    this.#database.close();
  }
}
