import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { purchaseOrderSubmit } from '@waybill/commerce';
import { beforeEach, describe, expect, it } from 'vitest';
import { seeded, storeApplication } from '../src/index.ts';
import { fillStore } from '../src/seed.ts';
import { buyerOrder, cad, larkfield, place, stockOf } from './support/buyers.ts';
import { deliver } from './support/deliver.ts';
import { KeepingPublisher, open, temporaryFolder } from './support/fixture.ts';
import { Trade } from './support/trade.ts';

let trade: Trade;
beforeEach(() => {
  trade = new Trade();
});

describe('an order of a buyer', () => {
  it('becomes an order of the store at the prices that the buyer sent, and takes its goods out of stock', async () => {
    expect(await trade.submit(buyerOrder())).toEqual({ state: 'done' });
    expect(stockOf(trade.store)).toBe('4996');
    expect(trade.published).toMatchObject([
      {
        event: 'order.created',
        options: { id: `order-${trade.placedId()}-created` },
        data: {
          totals: { net: '276.50', currency: 'CAD' },
          userData: { buyer: 'larkfield', purchaseOrder: 'PO-71030' },
          billTo: { address: { lines: ['40 Mill Race'], city: 'Larkfield' } },
          items: [
            { partNumber: 'HP-LAMP-02', unitPrice: { amount: '60' } },
            { partNumber: 'HP-ROPE-10', unitPrice: { amount: '18.25' } },
          ],
        },
      },
    ]);
    expect(trade.store.order(trade.placedId())).toMatchObject({ status: 'C', announced: true });
  });

  it('is placed once, however often and under whatever message id it comes', async () => {
    const order = buyerOrder();
    const first = await trade.submit(order);
    expect(await trade.submit(order)).toEqual(first);
    await expect(trade.submit({ ...order, lines: [{ number: 1, quantity: '9', partId: 'HP-LAMP-02' }] })).rejects.toMatchObject({
      code: 'WB_BOOK_DOCUMENT_CHANGED',
    });
    await expect(trade.submit(buyerOrder())).rejects.toMatchObject({ code: 'WB_BOOK_ORDER_KNOWN', kind: 'conflict' });
    expect(stockOf(trade.store)).toBe('4996');
    expect(trade.told()).toEqual(['order.created']);
  });

  it('of a test takes nothing out of stock, and nothing of it is to be packed', async () => {
    expect(await trade.submit(buyerOrder({ test: true }))).toEqual({ state: 'done' });
    expect([stockOf(trade.store), trade.store.buyers.placed({ ...place, test: true }), trade.told()]).toEqual(['5000', undefined, []]);
    expect(trade.store.buyers.order({ ...place, test: true }).lines).toHaveLength(2);
  });

  it.each([
    ['of goods that the store does not sell', { lines: [{ number: 1, quantity: '1', partId: 'X' }] }, 'WB_STORE_PRODUCT_UNKNOWN'],
    ['of more than there is', { lines: [{ number: 1, quantity: '5001', partId: 'HP-LAMP-02' }] }, 'WB_STORE_OUT_OF_STOCK'],
    [
      'in another currency',
      { total: { amount: '1', currency: 'USD' }, lines: [{ number: 1, quantity: '1', partId: 'HP-LAMP-02' }] },
      'WB_STORE_BUYER_ORDER',
    ],
    [
      'to two addresses',
      { lines: [{ number: 1, quantity: '1', partId: 'HP-LAMP-02', shipTo: { name: 'Elsewhere' } }] },
      'WB_STORE_BUYER_ORDER',
    ],
  ])('%s is refused as a whole', async (_what, change, code) => {
    await expect(trade.submit(buyerOrder(change))).rejects.toMatchObject({ code, retryable: false });
    expect(() => trade.store.buyers.order(place)).toThrow('There is no order PO-71030');
    expect([stockOf(trade.store), trade.store.effects()]).toEqual(['5000', []]);
  });

  it('is refused of somebody to whom the store does not sell', async () => {
    for (const sender of ['ridgeline', undefined])
      await expect(deliver(trade.application, purchaseOrderSubmit, buyerOrder(), 'm1', sender)).rejects.toMatchObject({
        code: 'WB_STORE_BUYER_UNKNOWN',
        kind: 'forbidden',
      });
  });

  it('is held while a person has to look at it, and placed when somebody has', async () => {
    const order = buyerOrder({ total: cad('200') });
    expect(await trade.submit(order)).toEqual({ state: 'queued', note: 'the lines add up to 276.50, the order has 200' });
    expect([trade.store.buyers.placed(place), stockOf(trade.store)]).toEqual([undefined, '5000']);
    trade.store.buyers.approve(place);
    expect(stockOf(trade.store)).toBe('4996');
    const publisher = new KeepingPublisher();
    await trade.store.announce(publisher);
    expect(publisher.published.map(({ options }) => options?.id)).toEqual([`order-${trade.placedId()}-created`]);
  });

  it('leaves no digits of a card in the database but the last four', async () => {
    const folder = temporaryFolder();
    const kept = open({ path: join(folder, 'store.db') });
    fillStore(kept);
    kept.buyers.add(larkfield);
    const card = { number: '4111111111111111', expires: '2027-03' };
    await deliver(storeApplication(kept), purchaseOrderSubmit, buyerOrder({ card }), 'm1', 'larkfield');
    kept.database.run('PRAGMA wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(join(folder, 'store.db'));
    expect(bytes.includes('************1111')).toBe(true);
    expect(bytes.includes('4111111111')).toBe(false);
  });
});

describe('a change of an order', () => {
  it('puts the goods back that are not wanted any more, and takes those that are', async () => {
    const first = buyerOrder();
    await trade.submit(first);
    const before = trade.placedId();
    await trade.submit(
      buyerOrder({ type: 'update', replaces: first.payloadId, total: cad('60'), lines: [{ ...first.lines[0], number: 1, quantity: '1' }] }),
    );
    expect([stockOf(trade.store), stockOf(trade.store, 'HP-ROPE-10')]).toEqual(['4999', '4000']);
    expect(trade.store.order(before)).toMatchObject({ status: 'X', releases: [] });
    expect(trade.store.order(trade.placedId())).toMatchObject({ status: 'C', releases: [{ status: 'SHIP' }] });
  });

  it('that is its end puts all of them back', async () => {
    const first = buyerOrder();
    await trade.submit(first);
    await trade.submit(buyerOrder({ type: 'delete', replaces: first.payloadId }));
    expect([stockOf(trade.store), trade.store.buyers.placed(place), trade.store.buyers.order(place).state]).toEqual([
      '5000',
      undefined,
      'ended',
    ]);
  });

  it('is refused while the goods are being packed', async () => {
    const first = buyerOrder();
    await trade.submit(first);
    trade.store.generatePickBatch({ storeId: seeded.storeId, centerId: seeded.centerId });
    await expect(trade.submit(buyerOrder({ type: 'delete', replaces: first.payloadId }))).rejects.toMatchObject({
      code: 'WB_STORE_ORDER_IN_WORK',
      kind: 'conflict',
    });
    expect([stockOf(trade.store), trade.store.buyers.order(place).state]).toEqual(['4996', 'open']);
  });
});
