import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** What somebody wants to buy of a product. `auxiliaryId` is told to the buyer, who names the line by it when it comes back. */
export interface WantedLine {
  readonly auxiliaryId: string;
  readonly partNumber: string;
  /** A whole number. */
  readonly quantity: string;
}

/** The carts, by the session that they belong to. Each change is on the disk when a call has come back. */
export class CartTable {
  readonly #database: DatabaseSync;

  /** Makes the file where it is not there. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
      CREATE TABLE IF NOT EXISTS cart_lines (
        position INTEGER PRIMARY KEY, session TEXT NOT NULL, auxiliary_id TEXT NOT NULL, part_number TEXT NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity > 0), UNIQUE (session, part_number)
      ) STRICT;`);
  }

  linesOf(session: string): readonly WantedLine[] {
    const rows = this.#database.prepare('SELECT * FROM cart_lines WHERE session = ? ORDER BY position').all(session);
    return rows.map((row) => ({
      auxiliaryId: String(row['auxiliary_id']),
      partNumber: String(row['part_number']),
      quantity: String(row['quantity']),
    }));
  }

  /** Puts so many more of a product into a cart. */
  add(session: string, partNumber: string, quantity: number, auxiliaryId: string = randomBytes(9).toString('base64url')): void {
    this.#database
      .prepare(
        `INSERT INTO cart_lines (session, auxiliary_id, part_number, quantity) VALUES (?, ?, ?, ?)
         ON CONFLICT (session, part_number) DO UPDATE SET quantity = min(quantity + excluded.quantity, 99999)`,
      )
      .run(session, auxiliaryId, partNumber, quantity);
  }

  /** Sets how many of a product are in a cart; none takes it out. */
  set(session: string, partNumber: string, quantity: number): void {
    const change =
      quantity === 0
        ? this.#database.prepare('DELETE FROM cart_lines WHERE session = ? AND part_number = ?')
        : this.#database.prepare('UPDATE cart_lines SET quantity = ? WHERE session = ? AND part_number = ?');
    if (quantity === 0) change.run(session, partNumber);
    else change.run(quantity, session, partNumber);
  }

  close(): void {
    this.#database.close();
  }
}
