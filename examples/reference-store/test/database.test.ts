import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inventoryExpect, inventoryReceive, inventorySetLevels, orderShipStatus } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import { openStore, seeded, storeApplication } from '../src/index.ts';
import { deliver } from './support/deliver.ts';
import { memoryStore, open, seededStore, temporaryFolder } from './support/fixture.ts';
import { expected, receipt } from './support/fulfillment.ts';
import { levels, shipped } from './support/messages.ts';

const lamps = { storeId: seeded.storeId, centerId: seeded.centerId, partNumber: 'HP-LAMP-02' };

describe('a database that another process holds', () => {
  it('fails a command so that it is tried again, and changes nothing', async () => {
    const { store, application, path } = await seededStore({ lockWait: 0 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const attempt = () => deliver(application, inventorySetLevels, levels, 'm1');
    await expect(attempt()).rejects.toMatchObject({ code: 'WB_STORE_LOCKED', retryable: true });
    other.exec('ROLLBACK');
    other.close();
    expect(store.effects()).toEqual([]);
    await attempt();
    expect(store.stock(lamps)).toBe('240');
  });

  it('is not opened', async () => {
    const { path } = await seededStore();
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(() => openStore({ path, lockWait: 0 })).toThrow(expect.objectContaining({ code: 'WB_STORE_LOCKED', retryable: true }));
    other.close();
  });
});

describe('a database that another process has written to since it was read', () => {
  it('fails the writing so that it is tried again', async () => {
    const { store, path } = await seededStore({ lockWait: 0 });
    store.database.run('BEGIN');
    store.database.get('SELECT count(*) FROM inventory');
    const other = new DatabaseSync(path);
    other.exec("UPDATE inventory SET quantity = '1'");
    other.close();
    // SQLITE_BUSY_SNAPSHOT, which is none of the two primary codes.
    expect(() => store.database.run("UPDATE inventory SET quantity = '2'")).toThrow(
      expect.objectContaining({ code: 'WB_STORE_LOCKED', retryable: true }),
    );
    store.database.run('ROLLBACK');
  });
});

describe('the connection to a database', () => {
  it('has each commit on the disk before it is answered', async () => {
    const { store } = await seededStore();
    expect(store.database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  });

  it('keeps no row that refers to one that is missing', async () => {
    const { store } = await seededStore();
    const batch = { pick_batch_id: '1', store_id: '10999', center_id: seeded.centerId, created: store.now() };
    expect(() => store.database.insert('pick_batches', batch)).toThrow('FOREIGN KEY');
  });
});

describe('the tables', () => {
  it.each([
    ['stock below zero', "UPDATE inventory SET quantity = '-0.00001'"],
    ['a price below zero', "UPDATE offer_prices SET price = '-1'"],
    ['an order that is held by nothing', "UPDATE orders SET status = 'H'"],
    ['an order that is held and goes on', "UPDATE orders SET held_by = '90117' WHERE order_id = '12011'"],
    ['more pieces that have left than there are', "UPDATE release_items SET shipped_quantity = '3'"],
    ['an expected detail that is closed too early', 'UPDATE expected_details SET closed = 1'],
    ['a second standard price list of one owner', "INSERT INTO price_lists SELECT '10004', owner_id, 1 FROM price_lists"],
    ['a receipt of an expected record that names none', "UPDATE receipts SET type = 'EIR'"],
  ])('hold no %s', async (_what, sql) => {
    const { store, application } = memoryStore();
    store.requestQuotation({ orderId: '12011', distributorId: 'NLD' });
    await deliver(application, inventoryExpect, expected, 'm1');
    await deliver(application, inventoryReceive, receipt, 'm2');
    expect(() => store.database.run(sql)).toThrow('constraint failed');
  });
});

describe('a database file', () => {
  it('survives the process: what was done is done, and is not done again', async () => {
    const { store, application, path } = await seededStore();
    const first = await deliver(application, orderShipStatus, shipped, 'm1');
    store.close();
    const reopened = open({ path });
    const second = await deliver(storeApplication(reopened), orderShipStatus, shipped, 'm1');
    expect(second).toEqual(first);
    expect(reopened.effects()).toHaveLength(2);
    reopened.close();
  });

  it('of another version is refused', async () => {
    const path = join(temporaryFolder(), 'store.db');
    const other = new DatabaseSync(path);
    other.exec('PRAGMA user_version = 99');
    other.close();
    expect(() => openStore({ path })).toThrow(expect.objectContaining({ code: 'WB_STORE_SCHEMA' }));
  });

  it('of something else is refused and left as it was', () => {
    const path = join(temporaryFolder(), 'store.db');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE theirs (value TEXT)');
    expect(() => openStore({ path })).toThrow(expect.objectContaining({ code: 'WB_STORE_SCHEMA' }));
    expect(other.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
    other.close();
  });

  it('that is no database is refused', () => {
    const path = join(temporaryFolder(), 'store.db');
    writeFileSync(path, 'This is a text and long enough to be looked at as a header of a database file, which it is not.');
    expect(() => openStore({ path })).toThrow('file is not a database');
  });
});

describe('messages that were processed', () => {
  it('are forgotten up to an instant', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const { store, application } = await seededStore({ clock: () => now });
    await deliver(application, inventorySetLevels, levels, 'm1');
    now = new Date('2026-02-01T00:00:00Z');
    await deliver(application, inventorySetLevels, levels, 'm2');
    expect(store.forget(new Date('2026-01-15T00:00:00Z'))).toBe(1);
    expect(store.database.all('SELECT message_id FROM processed')).toMatchObject([{ message_id: 'm2' }]);
  });
});
