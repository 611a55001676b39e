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
    for (const [name, value] of pairsOf(keys)) this.#add.run(name, value, seq);
  }

  remove(seq: number, keys: string): void {
    for (const [name, value] of pairsOf(keys)) this.#remove.run(name, value, seq);
  }

  replace(seq: number, before: string | null, after: string | null): void {
    if (before !== null) this.remove(seq, before);
    if (after !== null) this.add(seq, after);
  }
}

function pairsOf(keys: string): readonly (readonly [name: string, value: string])[] {
  const byName = JSON.parse(keys) as Readonly<Record<string, string | readonly string[]>>;
  return Object.entries(byName).flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const));
}
