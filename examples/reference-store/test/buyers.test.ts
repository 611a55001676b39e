import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  documentNoteStatus,
  orderConfirmStatus,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
  type PurchaseOrderSubmitInput,
  purchaseOrderAskStatus,
  purchaseOrderSubmit,
} from '@waybill/commerce';
import type { ApplicationDefinition, CommandDefinition, InputOf, OutputOf } from '@waybill/contract/application';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Store, seeded, storeApplication } from '../src/index.ts';
import { fillStore } from '../src/seed.ts';
import { buyerOrder, cad, larkfield, place, stockOf } from './support/buyers.ts';
import { deliver, type Published } from './support/deliver.ts';
import { KeepingPublisher, memoryStore, open, temporaryFolder } from './support/fixture.ts';
import { faultsOf } from './support/schemas.ts';

let store: Store;
let application: ApplicationDefinition;
let published: Published[];
let messages = 0;
beforeEach(() => {
  ({ store, application } = memoryStore({ clock: () => new Date('2026-10-06T08:00:00Z') }));
  store.buyers.add(larkfield);
  published = [];
});

async function send<Command extends CommandDefinition>(
  command: Command,
  input: InputOf<Command>,
  sender: string | undefined = 'larkfield',
): Promise<OutputOf<Command>> {
  const { output, published: events } = await deliver(application, command, input, `m${++messages}`, sender);
  expect(events.map(faultsOf).filter(Boolean)).toEqual([]);
  published.push(...events);
  return output;
}

const submit = (input: PurchaseOrderSubmitInput) => send(purchaseOrderSubmit, input);
const told = () => published.map(({ event }) => event);
const placedId = () => store.buyers.placed(place) ?? 'none';
const backEnd = () => ({ orderId: placedId(), merchantOrderNumber: 'SO-1' });

describe('an order of a buyer', () => {
  it('becomes an order of the store at the prices that the buyer sent, and takes its goods out of stock', async () => {
    expect(await submit(buyerOrder())).toEqual({ state: 'done' });
    expect(stockOf(store)).toBe('4996');
    expect(published).toMatchObject([
      {
        event: 'order.created',
        options: { id: `order-${placedId()}-created` },
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
    expect(store.order(placedId())).toMatchObject({ status: 'C', announced: true });
  });

  it('is placed once, however often and under whatever message id it comes', async () => {
    const order = buyerOrder();
    const first = await submit(order);
    expect(await submit(order)).toEqual(first);
    await expect(submit({ ...order, lines: [{ number: 1, quantity: '9', partId: 'HP-LAMP-02' }] })).rejects.toMatchObject({
      code: 'WB_BOOK_DOCUMENT_CHANGED',
    });
    await expect(submit(buyerOrder())).rejects.toMatchObject({ code: 'WB_BOOK_ORDER_KNOWN', kind: 'conflict' });
    expect(stockOf(store)).toBe('4996');
    expect(told()).toEqual(['order.created']);
  });

  it('of a test takes nothing out of stock, and nothing of it is to be packed', async () => {
    expect(await submit(buyerOrder({ test: true }))).toEqual({ state: 'done' });
    expect([stockOf(store), store.buyers.placed({ ...place, test: true }), told()]).toEqual(['5000', undefined, []]);
    expect(store.buyers.order({ ...place, test: true }).lines).toHaveLength(2);
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
    await expect(submit(buyerOrder(change))).rejects.toMatchObject({ code, retryable: false });
    expect(() => store.buyers.order(place)).toThrow('There is no order PO-71030');
    expect([stockOf(store), store.effects()]).toEqual(['5000', []]);
  });

  it('is refused of somebody to whom the store does not sell', async () => {
    for (const sender of ['ridgeline', undefined])
      await expect(deliver(application, purchaseOrderSubmit, buyerOrder(), `m${++messages}`, sender)).rejects.toMatchObject({
        code: 'WB_STORE_BUYER_UNKNOWN',
        kind: 'forbidden',
      });
  });

  it('is held while a person has to look at it, and placed when somebody has', async () => {
    const order = buyerOrder({ total: cad('200') });
    expect(await submit(order)).toEqual({ state: 'queued', note: 'the lines add up to 276.50, the order has 200' });
    expect([store.buyers.placed(place), stockOf(store)]).toEqual([undefined, '5000']);
    store.buyers.approve(place);
    expect(stockOf(store)).toBe('4996');
    const publisher = new KeepingPublisher();
    await store.announce(publisher);
    expect(publisher.published.map(({ options }) => options?.id)).toEqual([`order-${placedId()}-created`]);
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
    await submit(first);
    const before = placedId();
    await submit(
      buyerOrder({ type: 'update', replaces: first.payloadId, total: cad('60'), lines: [{ ...first.lines[0], number: 1, quantity: '1' }] }),
    );
    expect([stockOf(store), stockOf(store, 'HP-ROPE-10')]).toEqual(['4999', '4000']);
    expect(store.order(before)).toMatchObject({ status: 'X', releases: [] });
    expect(store.order(placedId())).toMatchObject({ status: 'C', releases: [{ status: 'SHIP' }] });
  });

  it('that is its end puts all of them back', async () => {
    const first = buyerOrder();
    await submit(first);
    await submit(buyerOrder({ type: 'delete', replaces: first.payloadId }));
    expect([stockOf(store), store.buyers.placed(place), store.buyers.order(place).state]).toEqual(['5000', undefined, 'ended']);
  });

  it('is refused while the goods are being packed', async () => {
    const first = buyerOrder();
    await submit(first);
    store.generatePickBatch({ storeId: seeded.storeId, centerId: seeded.centerId });
    await expect(submit(buyerOrder({ type: 'delete', replaces: first.payloadId }))).rejects.toMatchObject({
      code: 'WB_STORE_ORDER_IN_WORK',
      kind: 'conflict',
    });
    expect([stockOf(store), store.buyers.order(place).state]).toEqual(['4996', 'open']);
  });
});

describe('what a back end says of an order of a buyer', () => {
  it('is told to the buyer: confirmed, shipped, invoiced', async () => {
    const order = buyerOrder();
    await submit(order);
    await send(orderConfirmStatus, backEnd());
    await send(orderShipStatus, {
      ...backEnd(),
      status: 'S',
      userData: { trackingId: 'NL93' },
      shipping: { actual: '2026-10-06T07:30:00' },
    });
    await send(orderInvoiceStatus, { ...backEnd(), totals: { tax: '35.95' }, userData: { invoiceId: 'INV-7' } });
    expect(told()).toEqual([
      'order.created',
      'purchase-order.confirmed',
      'release.shipped',
      'purchase-order.shipped',
      'purchase-order.invoiced',
    ]);
    const [, confirmed, , shipped, invoiced] = published.map(({ data }) => data);
    expect(confirmed).toMatchObject({ type: 'accept', orderId: 'PO-71030', orderPayloadId: order.payloadId });
    expect(shipped).toMatchObject({
      fulfillment: 'complete',
      shipment: '2026-10-06T07:30:00Z',
      carriers: [{ tracking: [{ number: 'NL93' }] }],
      orders: [
        {
          lines: [
            { number: 1, quantity: '4' },
            { number: 2, quantity: '2' },
          ],
        },
      ],
    });
    expect(invoiced).toMatchObject({
      invoiceId: 'INV-7',
      summary: { subtotal: cad('276.50'), tax: { amount: cad('35.95') }, net: cad('312.45'), due: cad('312.45') },
    });
    expect(new Set(published.map(({ data }) => (data as { payloadId?: string }).payloadId)).size).toBe(4);
  });

  it('may be that a line comes later in part', async () => {
    await submit(buyerOrder());
    const [item] = store.database.all<{ order_item_id: string }>(
      'SELECT order_item_id FROM order_items WHERE order_id = ? ORDER BY line',
      placedId(),
    );
    await send(orderConfirmStatus, { ...backEnd(), items: [{ orderItemId: item?.order_item_id ?? '', quantities: { confirmed: '3' } }] });
    expect(published.at(-1)?.data).toMatchObject({
      type: 'except',
      lines: [
        {
          number: 1,
          statuses: [
            { type: 'accept', quantity: '3' },
            { type: 'backordered', quantity: '1' },
          ],
        },
      ],
    });
  });

  it('is told once, also when the back end says it again', async () => {
    await submit(buyerOrder());
    for (const version of ['1', '2']) await send(orderConfirmStatus, { ...backEnd(), sequenceNumber: version });
    for (const version of ['3', '4']) await send(orderInvoiceStatus, { ...backEnd(), sequenceNumber: version });
    expect(told()).toEqual(['order.created', 'purchase-order.confirmed', 'purchase-order.invoiced']);
  });

  it('ends what is owed to a buyer whose order was answered with 201', async () => {
    store.buyers.add({ ...larkfield, rules: { answer: 'queued', reportWithin: 3_600_000 } });
    const order = buyerOrder();
    expect(await submit(order)).toEqual({ state: 'queued' });
    expect(store.buyers.overdue()).toEqual([]);
    expect(store.buyers.overdue(new Date('2026-10-06T09:00:00Z')).map(({ orderId }) => orderId)).toEqual(['PO-71030']);
    await send(orderConfirmStatus, backEnd());
    expect(published.at(-1)).toMatchObject({ event: 'purchase-order.progressed', data: { about: order.payloadId, code: 200 } });
    expect(store.buyers.overdue(new Date('2027-01-01T00:00:00Z'))).toEqual([]);
  });

  it('may be that nothing comes of it', async () => {
    store.buyers.add({ ...larkfield, rules: { answer: 'queued' } });
    await submit(buyerOrder());
    await send(orderUpdateStatus, { ...backEnd(), status: 'X' });
    expect(published.slice(1)).toMatchObject([{ data: { type: 'reject' } }, { data: { code: 400 } }]);
    expect(store.buyers.order(place).state).toBe('refused');
  });

  it('is for a person where the book does not allow it, and then nothing of it happens', async () => {
    await submit(buyerOrder());
    await send(orderInvoiceStatus, { ...backEnd(), userData: { invoiceId: 'INV-7' } });
    await submit(buyerOrder({ orderId: 'PO-71031' }));
    const other = store.buyers.placed({ ...place, orderId: 'PO-71031' }) ?? '';
    const status = { orderId: other, merchantOrderNumber: 'SO-2', userData: { invoiceId: 'INV-7' } };
    await expect(send(orderInvoiceStatus, status)).rejects.toMatchObject({ code: 'WB_BOOK_STEP_TAKEN' });
    expect(store.order(other)?.backEndStatus).toBeUndefined();
  });
});

describe('what people do at the desk of buyers', () => {
  it('leaves a document behind that is announced once', async () => {
    await submit(buyerOrder());
    store.buyers.confirm(place, { type: 'accept', noticed: '2026-10-06T08:00:00Z' });
    store.buyers.ship(place, { shipmentId: 'S-1', noticed: '2026-10-06T08:00:00Z', orders: [{ orderId: 'PO-71030' }] });
    store.buyers.invoice(place, { invoiceId: 'I-1', invoiced: '2026-10-06T08:00:00Z', lines: [{ number: 1, quantity: '4' }] });
    store.buyers.credit(place, { invoiceId: 'C-1', of: 'I-1', invoiced: '2026-10-06T08:00:00Z', lines: [{ number: 1, quantity: '-1' }] });
    const publisher = new KeepingPublisher({ failAfter: 2 });
    await expect(store.announce(publisher)).rejects.toThrow('The journal is gone.');
    const again = new KeepingPublisher();
    expect(await store.announce(again)).toEqual({ announced: 2, refused: [] });
    expect([...publisher.published, ...again.published].map(({ event }) => event)).toEqual([
      'purchase-order.confirmed',
      'purchase-order.shipped',
      'purchase-order.invoiced',
      'purchase-order.invoiced',
    ]);
    expect([...publisher.published, ...again.published].map(faultsOf).filter(Boolean)).toEqual([]);
  });

  it('is refused by the rules of the book, and leaves nothing behind', async () => {
    await submit(buyerOrder());
    expect(() =>
      store.buyers.ship(place, {
        shipmentId: 'S-1',
        noticed: 'now',
        orders: [{ orderId: 'PO-71030', lines: [{ number: 1, quantity: '5' }] }],
      }),
    ).toThrow('line 1: 5 of 4');
    expect(await store.announce(new KeepingPublisher())).toEqual({ announced: 0, refused: [] });
  });
});

describe('questions and news of a buyer', () => {
  const about = { payloadId: 'q@x', timestamp: '2026-10-06T09:00:00Z', test: false, parties: buyerOrder().parties };

  it('are answered with a confirmation that names the question', async () => {
    const order = buyerOrder();
    await submit(order);
    for (const named of [{ orderId: 'PO-71030' }, { orderPayloadId: order.payloadId }]) {
      await send(purchaseOrderAskStatus, { ...about, requestId: 'Q-1', ...named });
      expect(published.at(-1)).toMatchObject({
        event: 'purchase-order.confirmed',
        data: { answers: 'Q-1', type: 'allDetail', orderId: 'PO-71030' },
      });
    }
    await expect(send(purchaseOrderAskStatus, { ...about, requestId: 'Q-2', orderPayloadId: 'x@y' })).rejects.toMatchObject({
      code: 'WB_BOOK_ORDER_UNKNOWN',
    });
  });

  it('have the key of the order of the buyer, whatever number the question has', async () => {
    const proposed = 'purchase-order:AN11000000123/PO-71030';
    const context = { entry: 'in', store: undefined, proposed };
    expect(await application.keyOf?.('purchase-order.ask-status', { ...about, requestId: '90117', orderPayloadId: 'x' }, context)).toBe(
      proposed,
    );
  });

  it('are kept where they tell what became of an invoice', async () => {
    await send(documentNoteStatus, { ...about, invoiceId: 'I-1', code: 200, text: 'OK', state: 'paid', paid: cad('5') });
    await send(documentNoteStatus, { ...about, about: 'd@shop.example', code: 406, text: 'Not Acceptable', detail: 'Line 3' });
    expect(store.buyers.states('larkfield')).toMatchObject([
      { invoice: 'I-1', state: 'paid' },
      { about: 'd@shop.example', code: 406, detail: 'Line 3' },
    ]);
  });
});
