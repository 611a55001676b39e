import type { DatabaseSync } from 'node:sqlite';

/** What somebody wants to buy of a product. */
export interface WantedLine {
  readonly partNumber: string;
  /** A whole number. */
  readonly quantity: string;
  /** Of a line that the buyer holds from an earlier session: what it knows the line by. */
  readonly auxiliaryId?: string;
}

/** The most of one product. */
export const most = 9_999;

/** The carts, by the session that they belong to. Each change is on the disk when a call has come back. */
export class CartTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS cart_lines (
        position INTEGER PRIMARY KEY, session TEXT NOT NULL, part_number TEXT NOT NULL, auxiliary_id TEXT,
        quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND ${most}), UNIQUE (session, part_number)
      ) STRICT;`);
  }

  linesOf(session: string): readonly WantedLine[] {
    const rows = this.#database.prepare('SELECT * FROM cart_lines WHERE session = ? ORDER BY position').all(session);
    return rows.map(({ part_number, quantity, auxiliary_id }) => ({
      partNumber: String(part_number),
      quantity: String(quantity),
      ...(typeof auxiliary_id === 'string' ? { auxiliaryId: auxiliary_id } : {}),
    }));
  }

  /** Puts so many more of a product into a cart, up to the most that it takes. */
  add(session: string, { partNumber, quantity, auxiliaryId }: WantedLine): void {
    this.#database
      .prepare(
        `INSERT INTO cart_lines (session, part_number, quantity, auxiliary_id) VALUES (?, ?, ?, ?)
         ON CONFLICT (session, part_number) DO UPDATE SET quantity = min(quantity + excluded.quantity, ${most})`,
      )
      .run(session, partNumber, Number(quantity), auxiliaryId ?? null);
  }

  /** Sets how many of a product are in a cart; none takes it out. */
  set(session: string, partNumber: string, quantity: number): void {
    if (quantity === 0) this.#database.prepare('DELETE FROM cart_lines WHERE session = ? AND part_number = ?').run(session, partNumber);
    else
      this.#database.prepare('UPDATE cart_lines SET quantity = ? WHERE session = ? AND part_number = ?').run(quantity, session, partNumber);
  }
}
