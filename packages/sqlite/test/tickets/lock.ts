import { DatabaseSync } from 'node:sqlite';

/** Keeps the file locked, and says so, until it is told anything. */
const database = new DatabaseSync(process.argv[2] ?? '', { timeout: 5_000 });
database.exec('BEGIN IMMEDIATE');
process.send?.('locked');
process.once('message', () => {
  database.close();
  process.disconnect();
});
