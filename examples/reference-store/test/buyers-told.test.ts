import {
  documentNoteStatus,
  orderConfirmStatus,
  orderInvoiceStatus,
  orderShipStatus,
  orderUpdateStatus,
  purchaseOrderAskStatus,
} from '@waybill/commerce';
import { beforeEach, describe, expect, it } from 'vitest';
import { buyerOrder, cad, larkfield, place } from './support/buyers.ts';
import { KeepingPublisher } from './support/fixture.ts';
import { faultsOf } from './support/schemas.ts';
import { Trade } from './support/trade.ts';

let trade: Trade;
beforeEach(() => {
  trade = new Trade();
});

describe('what a back end says of an order of a buyer', () => {
  it('is told to the buyer: confirmed, shipped, invoiced', async () => {
    const order = buyerOrder();
    await trade.submit(order);
    await trade.send(orderConfirmStatus, trade.backEnd());
    await trade.send(orderShipStatus, {
      ...trade.backEnd(),
      status: 'S',
      userData: { trackingId: 'NL93' },
      shipping: { actual: '2026-10-06T07:30:00' },
    });
    await trade.send(orderInvoiceStatus, { ...trade.backEnd(), totals: { tax: '35.95' }, userData: { invoiceId: 'INV-7' } });
    expect(trade.told()).toEqual([
      'order.created',
      'purchase-order.confirmed',
      'release.shipped',
      'purchase-order.shipped',
      'purchase-order.invoiced',
    ]);
    const [, confirmed, , shipped, invoiced] = trade.published.map(({ data }) => data);
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
    expect(new Set(trade.published.map(({ data }) => (data as { payloadId?: string }).payloadId)).size).toBe(4);
  });

  it('may be that a line comes later in part', async () => {
    await trade.submit(buyerOrder());
    const [item] = trade.store.database.all<{ order_item_id: string }>(
      'SELECT order_item_id FROM order_items WHERE order_id = ? ORDER BY line',
      trade.placedId(),
    );
    await trade.send(orderConfirmStatus, {
      ...trade.backEnd(),
      items: [{ orderItemId: item?.order_item_id ?? '', quantities: { confirmed: '3' } }],
    });
    expect(trade.published.at(-1)?.data).toMatchObject({
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
    await trade.submit(buyerOrder());
    for (const version of ['1', '2']) await trade.send(orderConfirmStatus, { ...trade.backEnd(), sequenceNumber: version });
    for (const version of ['3', '4']) await trade.send(orderInvoiceStatus, { ...trade.backEnd(), sequenceNumber: version });
    expect(trade.told()).toEqual(['order.created', 'purchase-order.confirmed', 'purchase-order.invoiced']);
  });

  it('ends what is owed to a buyer whose order was answered with 201', async () => {
    trade.store.buyers.add({ ...larkfield, rules: { answer: 'queued', reportWithin: 3_600_000 } });
    const order = buyerOrder();
    expect(await trade.submit(order)).toEqual({ state: 'queued' });
    expect(trade.store.buyers.overdue()).toEqual([]);
    expect(trade.store.buyers.overdue(new Date('2026-10-06T09:00:00Z')).map(({ orderId }) => orderId)).toEqual(['PO-71030']);
    await trade.send(orderConfirmStatus, trade.backEnd());
    expect(trade.published.at(-1)).toMatchObject({ event: 'purchase-order.progressed', data: { about: order.payloadId, code: 200 } });
    expect(trade.store.buyers.overdue(new Date('2027-01-01T00:00:00Z'))).toEqual([]);
  });

  it('may be that nothing comes of it', async () => {
    trade.store.buyers.add({ ...larkfield, rules: { answer: 'queued' } });
    await trade.submit(buyerOrder());
    await trade.send(orderUpdateStatus, { ...trade.backEnd(), status: 'X' });
    expect(trade.published.slice(1)).toMatchObject([{ data: { type: 'reject' } }, { data: { code: 400 } }]);
    expect(trade.store.buyers.order(place).state).toBe('refused');
  });

  it('is for a person where the book does not allow it, and then nothing of it happens', async () => {
    await trade.submit(buyerOrder());
    await trade.send(orderInvoiceStatus, { ...trade.backEnd(), userData: { invoiceId: 'INV-7' } });
    await trade.submit(buyerOrder({ orderId: 'PO-71031' }));
    const other = trade.store.buyers.placed({ ...place, orderId: 'PO-71031' }) ?? '';
    const status = { orderId: other, merchantOrderNumber: 'SO-2', userData: { invoiceId: 'INV-7' } };
    await expect(trade.send(orderInvoiceStatus, status)).rejects.toMatchObject({ code: 'WB_BOOK_STEP_TAKEN' });
    expect(trade.store.order(other)?.backEndStatus).toBeUndefined();
  });
});

describe('what people do at the desk of buyers', () => {
  it('leaves a document behind that is announced once', async () => {
    await trade.submit(buyerOrder());
    trade.store.buyers.confirm(place, { type: 'accept', noticed: '2026-10-06T08:00:00Z' });
    trade.store.buyers.ship(place, { shipmentId: 'S-1', noticed: '2026-10-06T08:00:00Z', orders: [{ orderId: 'PO-71030' }] });
    trade.store.buyers.invoice(place, { invoiceId: 'I-1', invoiced: '2026-10-06T08:00:00Z', lines: [{ number: 1, quantity: '4' }] });
    trade.store.buyers.credit(place, {
      invoiceId: 'C-1',
      of: 'I-1',
      invoiced: '2026-10-06T08:00:00Z',
      lines: [{ number: 1, quantity: '-1' }],
    });
    const publisher = new KeepingPublisher({ failAfter: 2 });
    await expect(trade.store.announce(publisher)).rejects.toThrow('The journal is gone.');
    const again = new KeepingPublisher();
    expect(await trade.store.announce(again)).toEqual({ announced: 2, refused: [] });
    expect([...publisher.published, ...again.published].map(({ event }) => event)).toEqual([
      'purchase-order.confirmed',
      'purchase-order.shipped',
      'purchase-order.invoiced',
      'purchase-order.invoiced',
    ]);
    expect([...publisher.published, ...again.published].map(faultsOf).filter(Boolean)).toEqual([]);
  });

  it('is refused by the rules of the book, and leaves nothing behind', async () => {
    await trade.submit(buyerOrder());
    expect(() =>
      trade.store.buyers.ship(place, {
        shipmentId: 'S-1',
        noticed: 'now',
        orders: [{ orderId: 'PO-71030', lines: [{ number: 1, quantity: '5' }] }],
      }),
    ).toThrow('line 1: 5 of 4');
    expect(await trade.store.announce(new KeepingPublisher())).toEqual({ announced: 0, refused: [] });
  });
});

describe('questions and news of a buyer', () => {
  const about = { payloadId: 'q@x', timestamp: '2026-10-06T09:00:00Z', test: false, parties: buyerOrder().parties };

  it('are answered with a confirmation that names the question', async () => {
    const order = buyerOrder();
    await trade.submit(order);
    for (const named of [{ orderId: 'PO-71030' }, { orderPayloadId: order.payloadId }]) {
      await trade.send(purchaseOrderAskStatus, { ...about, requestId: 'Q-1', ...named });
      expect(trade.published.at(-1)).toMatchObject({
        event: 'purchase-order.confirmed',
        data: { answers: 'Q-1', type: 'allDetail', orderId: 'PO-71030' },
      });
    }
    await expect(trade.send(purchaseOrderAskStatus, { ...about, requestId: 'Q-2', orderPayloadId: 'x@y' })).rejects.toMatchObject({
      code: 'WB_BOOK_ORDER_UNKNOWN',
    });
  });

  it('have the key of the order of the buyer, whatever number the question has', async () => {
    const proposed = 'purchase-order:AN11000000123/PO-71030';
    const context = { entry: 'in', store: undefined, proposed };
    expect(
      await trade.application.keyOf?.('purchase-order.ask-status', { ...about, requestId: '90117', orderPayloadId: 'x' }, context),
    ).toBe(proposed);
  });

  it('are kept where they tell what became of an invoice', async () => {
    await trade.send(documentNoteStatus, { ...about, invoiceId: 'I-1', code: 200, text: 'OK', state: 'paid', paid: cad('5') });
    await trade.send(documentNoteStatus, { ...about, about: 'd@shop.example', code: 406, text: 'Not Acceptable', detail: 'Line 3' });
    expect(trade.store.buyers.states('larkfield')).toMatchObject([
      { invoice: 'I-1', state: 'paid' },
      { about: 'd@shop.example', code: 406, detail: 'Line 3' },
    ]);
  });
});
