import type { DatabaseSync } from 'node:sqlite';

/** What people look rows up by. The row has its keys as JSON, `{ "order": ["12007"] }`; this table has a row a value. */
export class BusinessKeyTable {
  readonly #add;
  readonly #remove;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare('INSERT INTO business_key (name, value, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.#remove = database.prepare('DELETE FROM business_key WHERE name = ? AND value = ? AND seq = ?');
  }

  add(seq: number, keys: string): void {
    forEachPair(keys, (name, value) => void this.#add.run(name, value, seq));
  }

  remove(seq: number, keys: string): void {
    forEachPair(keys, (name, value) => void this.#remove.run(name, value, seq));
  }

  replace(seq: number, before: string | null, after: string | null): void {
    if (before !== null) this.remove(seq, before);
    if (after !== null) this.add(seq, after);
  }
}

/** Without lists in between: nearly every message has keys. */
function forEachPair(keys: string, work: (name: string, value: string) => void): void {
  const byName = JSON.parse(keys) as Readonly<Record<string, string | readonly string[]>>;
  for (const [name, values] of Object.entries(byName)) {
    if (typeof values === 'string') work(name, values);
    else for (const value of values) work(name, value);
  }
}
