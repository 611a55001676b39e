import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@waybill/reference-store';
import { makeFolder, removeFolder, temporaryFolder } from '@waybill/testing';
import { openQueues } from '@waybill/transport-queue';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesIn } from '../src/data-folder.ts';
import { type Played, playFlow } from './flow.ts';

describe('the order flow', () => {
  let data: string;
  let played: Played;

  beforeAll(async () => {
    data = await makeFolder();
    played = await playFlow(['--once', '--data', data]);
  });
  afterAll(() => removeFolder(data));

  it('played once, moves every message both ways and ends well', () => {
    const { code, out, err } = played;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const messages = [
      ['answered', 'Request_WCS_BE_ProductInventory@1.0'],
      ['sent', 'Report_NC_PurchaseOrder@1.0'],
      ['done', 'Update_WCS_OrderStatus@3.0'],
      ['done', 'Update_WCS_OrderStatus@2.0'],
      ['done', 'Create_WCS_Customer@3.0'],
      ['done', 'Update_WCS_ProductInventory@2.0'],
      ['done with Report_WCS_PickPackListDetail', 'Inquire_WCS_PickPackListDetail@1.0'],
      ['sent', 'OrderReceived@1.0'],
      ['sent', 'MerchantOrderNotify@1.0'],
      ['sent', 'ReleaseShipNotify@1.0'],
    ];
    for (const [outcome = '', type = ''] of messages) {
      expect(out.split('\n').some((line) => line.includes(type) && line.includes(outcome))).toBe(true);
    }
  });

  it('tells the customer twice and the administrator once, each in a mail', async () => {
    const mails = await Promise.all(mailsIn(data).map((file) => simpleParser(readFileSync(file))));
    const told = Object.fromEntries(mails.map((mail) => [mail.subject?.replace(/[0-9]{3,}.*/, '').trim(), mail]));
    expect(Object.keys(told).toSorted()).toEqual(['New order', 'Thank you for your order', 'Your order']);
    expect(told['Thank you for your order']?.text).toContain('Hello Tobe Okonkwo,');
    expect(told['Thank you for your order']?.html).toContain('$222.05');
    expect(told['Your order']?.text).toContain('Northline Ground picked up your parcel on March 16, 2026.');
    expect(told['New order']?.text).toContain('Ring twice');
    const to = mails.flatMap((mail) => (mail.to && !Array.isArray(mail.to) ? mail.to.value.map(({ address = '' }) => address) : []));
    expect(new Set(to)).toEqual(new Set(['admin@harbour-and-pine.example', 'tobe@portmerrin.example']));
  });

  it('removes its data when it was not told where to keep them', async () => {
    const { code } = await playFlow(['--once']);
    expect(code).toBe(0);
  });
});

function mailsIn(data: string): readonly string[] {
  const { mails } = placesIn(data);
  return visible(mails).flatMap((name) => (name.endsWith('.eml') ? [join(mails, name)] : []));
}

function visible(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('.'));
}

/** So many flows are played at the same time, each with so many kills. */
const flows = 2;
const kills = 10;

describe('an order flow that is killed at random moments', () => {
  it('handles every message in the end, and none twice', { timeout: 240_000 }, async () => {
    const folders = await Promise.all(Array.from({ length: flows }, temporaryFolder));
    await Promise.all(folders.map(playThroughKills));
  });
});

async function playThroughKills(data: string): Promise<void> {
  for (let round = 1; round <= kills; round++) {
    const orders = String(Math.ceil(round / 2));
    await playFlow(['--orders', orders, '--data', data], (kill) => {
      // Half of the time the back end outlives the store for a moment, half of the time everything is gone at once.
      setTimeout(() => (round % 2 === 0 ? kill.store() : kill.everybody()), Math.random() * 1_500);
    });
  }
  const last = await playFlow(['--orders', String(kills / 2), '--data', data]);
  expect({ code: last.code, err: last.err }).toEqual({ code: 0, err: '' });
  await expectEverythingOnce(data, kills / 2);
}

async function expectEverythingOnce(data: string, orders: number): Promise<void> {
  const places = placesIn(data);
  const store = openStore({ path: places.store });
  try {
    const effects = store.effects().map(({ messageId, entry, what }) => `${entry} ${messageId}: ${what}`);
    expect(effects.filter((effect, index) => effects.indexOf(effect) !== index)).toEqual([]);
    const count = (sql: string) => store.database.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n;
    expect(count("orders WHERE reference LIKE 'flow-%'")).toBe(orders);
    expect(count("customers WHERE logon_id LIKE 'buyer-%'")).toBe(orders);
    expect(count("order_status WHERE version = 0 AND status = 'I'")).toBe(orders);
    // A status that took effect twice would have left a version too many: confirmed, shipped, invoiced are two former ones.
    expect(count('order_status WHERE version > 0')).toBe(2 * orders);
  } finally {
    store.close();
  }
  expect(visible(places.orderFiles)).toHaveLength(orders);
  expect(mailsIn(data)).toHaveLength(3 * orders);
  expect(visible(places.customers).filter((name) => name.endsWith('.xml'))).toEqual([]);
  const queues = await openQueues({ path: places.queues });
  const left = ['STATUS.IN', 'WAREHOUSE.IN', 'ORDERS.OUT', 'BACKEND.WORK', 'AVAILABILITY.OUT'].map(async (name) => [
    name,
    await queues.depth(name),
  ]);
  expect(await Promise.all(left)).toEqual(
    expect.arrayContaining([
      ['STATUS.IN', 0],
      ['WAREHOUSE.IN', 0],
      ['ORDERS.OUT', 0],
      ['BACKEND.WORK', 0],
    ]),
  );
  await queues.close();
}
