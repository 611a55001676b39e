import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The shop's own database: in a crash test, one in the scratch folder. */
export const shop = new DatabaseSync(join(process.env.WAYBILL_CRASHTEST ?? '.', 'shop.db'));

shop.exec(`
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS handled (message TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS shipment (parcel TEXT);
  CREATE TABLE IF NOT EXISTS letter (customer TEXT);
`);

/** True for a message that is met for the first time. */
export function isNew(messageId) {
  return shop.prepare('INSERT OR IGNORE INTO handled VALUES (?)').run(messageId).changes === 1;
}
