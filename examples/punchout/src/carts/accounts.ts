import type { DatabaseSync } from 'node:sqlite';
import type { Requisitioner } from '@waybill/procurement';

/** Those who shop for a buyer. An account is made when somebody comes for the first time, and has no password: its owner comes by PunchOut alone. */
export class Accounts {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS accounts (account TEXT PRIMARY KEY, buyer TEXT NOT NULL, name TEXT NOT NULL, email TEXT) STRICT;',
    );
  }

  /** Keeps what is known of somebody, and answers with the name of the account. */
  register({ account, id, email, name = id }: Requisitioner, buyer: string): string {
    this.#database
      .prepare(
        `INSERT INTO accounts (account, buyer, name, email) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name, email = coalesce(excluded.email, email)`,
      )
      .run(account, buyer, name, email ?? null);
    return account;
  }

  nameOf(account: string): string {
    const row = this.#database.prepare('SELECT name FROM accounts WHERE account = ?').get(account);
    return typeof row?.['name'] === 'string' ? row['name'] : account;
  }
}
