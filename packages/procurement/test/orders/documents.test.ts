import { describe, expect, it } from 'vitest';
import { bolts, bookWith, document, later, now, oil, openBook, place, refusal, usd } from './support/orders.ts';
import { faultsOf } from './support/schemas.ts';

const shipLines = (...lines: (readonly [number, string])[]) => [
  { orderId: 'PO-71030', lines: lines.map(([number, quantity]) => ({ number, quantity })) },
];
const accept = (number: number, quantity: string) => ({ number, statuses: [{ type: 'accept' as const, quantity }] });

describe('a confirmation', () => {
  it('is told with all that the document needs', () => {
    const first = document();
    const event = bookWith(first).confirm(place, {
      payloadId: 'c1@shop.example',
      confirmationId: 'C-1',
      type: 'detail',
      noticed: later,
      lines: [accept(1, '20'), { number: 2, statuses: [{ type: 'detail', quantity: '6', price: usd('11.00') }] }],
    });
    expect(event).toEqual({
      buyer: 'larkfield',
      parties: { from: first.parties.to, to: first.parties.from },
      payloadId: 'c1@shop.example',
      orderId: 'PO-71030',
      ordered: first.ordered,
      orderPayloadId: first.payloadId,
      confirmationId: 'C-1',
      type: 'detail',
      operation: 'new',
      noticed: later,
      lines: [
        { number: 1, quantity: '20', unit: 'EA', statuses: [{ type: 'accept', quantity: '20', unit: 'EA' }] },
        { number: 2, quantity: '6', unit: 'BX', statuses: [{ type: 'detail', quantity: '6', unit: 'BX', price: usd('11.00') }] },
      ],
    });
    expect(faultsOf('purchase-order.confirmed', event)).toEqual([]);
  });

  it('is replaced by an update that names it, and each update names the one before', () => {
    const book = bookWith(document());
    const step = (operation: 'new' | 'update', payloadId: string, quantity: string) =>
      book.confirm(place, {
        operation,
        payloadId,
        confirmationId: 'C-1',
        type: 'detail',
        noticed: later,
        lines: [
          {
            number: 1,
            statuses: [
              { type: 'accept', quantity },
              { type: 'backordered', quantity: `${20 - Number(quantity)}` },
            ],
          },
        ],
      });
    expect(step('new', 'c1', '5').replaces).toBeUndefined();
    expect(step('update', 'c2', '10')).toMatchObject({ operation: 'update', confirmationId: 'C-1', replaces: 'c1' });
    expect(step('update', 'c3', '15').replaces).toBe('c2');
    expect(refusal(() => step('new', 'c4', '5'))).toContain('confirmation id C-1 is used; use update');
    expect(book.order(place).confirmations).toHaveLength(1);
  });

  it('that is not there cannot be updated', () => {
    const book = bookWith(document());
    const update = { operation: 'update', type: 'accept', noticed: later } as const;
    expect(refusal(() => book.confirm(place, { ...update, confirmationId: 'C-9' }))).toContain('no confirmation C-9');
    expect(refusal(() => book.confirm(place, update))).toContain('by its id');
  });

  it('is the only one, and never updated, where the buyer wants it so', () => {
    const book = bookWith(document(), { confirmations: 'one' });
    book.confirm(place, { confirmationId: 'C-1', type: 'detail', noticed: later, lines: [accept(1, '20')] });
    expect(refusal(() => book.confirm(place, { type: 'detail', noticed: later, lines: [accept(2, '6')] }))).toContain(
      'one confirmation per order',
    );
    expect(refusal(() => book.confirm(place, { operation: 'update', confirmationId: 'C-1', type: 'accept', noticed: later }))).toContain(
      'takes no update',
    );
  });

  it.each([
    ['in another currency', { type: 'detail', price: { amount: '1', currency: 'EUR' } }, 'line 1: EUR in an order of USD'],
    [
      'with a substitute of another quantity',
      { type: 'detail', substitute: { quantity: '19', partId: 'X', unit: 'EA' } },
      'line 1: 19 of 20 are substituted',
    ],
    ['of nothing', { type: 'accept', quantity: '0' }, 'line 1: accept of 0'],
  ])('%s is refused', (_what, status, message) => {
    const lines = [{ number: 1, statuses: [{ quantity: '20', ...status } as never] }];
    expect(refusal(() => bookWith(document()).confirm(place, { type: 'detail', noticed: later, lines }))).toContain(message);
  });

  it('may ask for payment after a line was confirmed', () => {
    const book = bookWith(document());
    book.confirm(place, { type: 'accept', noticed: later });
    expect(book.confirm(place, { type: 'requestToPay', noticed: later }).type).toBe('requestToPay');
  });

  it('changes the price at which the line is invoiced', () => {
    const book = bookWith(document());
    book.confirm(place, {
      type: 'detail',
      noticed: later,
      lines: [{ number: 1, statuses: [{ type: 'detail', quantity: '20', price: usd('4.00') }] }],
    });
    expect(book.invoice(place, { invoiceId: 'I-1', invoiced: later, lines: [{ number: 1, quantity: '2' }] }).summary.net).toEqual(
      usd('8.00'),
    );
  });
});

describe('the answer to a question of the buyer', () => {
  it('tells of each line what was said last, and changes nothing', () => {
    const book = bookWith(document());
    const lines = [
      {
        number: 1,
        statuses: [
          { type: 'accept' as const, quantity: '12' },
          { type: 'backordered' as const, quantity: '8' },
        ],
      },
    ];
    book.confirm(place, { type: 'detail', noticed: later, lines });
    const before = book.order(place);
    const answer = book.status(place, { noticed: later, answers: 'Q-18' });
    expect(answer).toMatchObject({
      type: 'allDetail',
      answers: 'Q-18',
      lines: [
        {
          statuses: [
            { type: 'allDetail', quantity: '12' },
            { type: 'backordered', quantity: '8' },
          ],
        },
        { statuses: [{ type: 'unknown', quantity: '6' }] },
      ],
    });
    expect(faultsOf('purchase-order.confirmed', answer)).toEqual([]);
    expect(book.order(place)).toBe(before);
  });
});

describe('a shipment', () => {
  const at = { buyer: 'larkfield' };

  it('is told with all that the document needs', () => {
    const first = document();
    const event = bookWith(first).ship(at, {
      payloadId: 's1@shop.example',
      shipmentId: 'S-1',
      noticed: later,
      type: 'actual',
      orders: shipLines([2, '4']),
    });
    expect(event).toEqual({
      buyer: 'larkfield',
      parties: { from: first.parties.to, to: first.parties.from },
      payloadId: 's1@shop.example',
      shipmentId: 'S-1',
      operation: 'new',
      noticed: later,
      type: 'actual',
      fulfillment: 'partial',
      orders: [
        {
          orderId: 'PO-71030',
          ordered: first.ordered,
          orderPayloadId: first.payloadId,
          lines: [{ number: 2, quantity: '4', unit: 'BX', ordered: '6', partId: 'NW-200-20' }],
        },
      ],
    });
    expect(faultsOf('purchase-order.shipped', event)).toEqual([]);
  });

  it('without lines is the whole order, less what was rejected', () => {
    const book = bookWith(document());
    book.confirm(place, { type: 'except', noticed: later, lines: [{ number: 2, statuses: [{ type: 'reject', quantity: '6' }] }] });
    const event = book.ship(at, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030' }] });
    expect(event).toMatchObject({ fulfillment: 'complete', orders: [{ orderId: 'PO-71030' }] });
    expect(book.order(place).shipments[0]?.lines).toEqual([{ number: 1, quantity: '20' }]);
  });

  it('is replaced as a whole by an update, and taken back by a delete', () => {
    const book = bookWith(document());
    book.ship(at, { payloadId: 's1', shipmentId: 'S-1', noticed: later, orders: shipLines([1, '15'], [2, '6']) });
    const update = book.ship(at, { payloadId: 's2', operation: 'update', shipmentId: 'S-1', noticed: later, orders: shipLines([1, '20']) });
    expect(update).toMatchObject({ operation: 'update', replaces: 's1' });
    expect(book.order(place).shipments).toMatchObject([{ lines: [{ number: 1, quantity: '20' }] }]);
    const end = book.ship(at, {
      payloadId: 's3',
      operation: 'delete',
      shipmentId: 'S-1',
      noticed: later,
      orders: [{ orderId: 'PO-71030' }],
    });
    expect(end).toMatchObject({ operation: 'delete', replaces: 's2' });
    expect(refusal(() => book.ship(at, { shipmentId: 'S-1', noticed: later, orders: shipLines([1, '1']) }))).toContain('shipment id used');
    expect(refusal(() => book.ship(at, { operation: 'update', shipmentId: 'S-1', noticed: later, orders: shipLines([1, '1']) }))).toContain(
      'no shipment S-1',
    );
    expect(refusal(() => book.ship(at, { shipmentId: 'S-2', noticed: later, orders: shipLines([1, '20']) }))).toBeUndefined();
  });

  it('holds lines of several orders, and an update may leave one of them out', () => {
    const { book } = openBook();
    book.submit('larkfield', document(), now);
    book.submit('larkfield', document({ orderId: 'PO-71031' }), now);
    const both = [...shipLines([1, '20']), { orderId: 'PO-71031', lines: [{ number: 2, quantity: '6' }] }];
    expect(book.ship(at, { shipmentId: 'S-1', noticed: later, orders: both }).orders.map(({ orderId }) => orderId)).toEqual([
      'PO-71030',
      'PO-71031',
    ]);
    book.ship(at, { operation: 'update', shipmentId: 'S-1', noticed: later, orders: shipLines([1, '20']) });
    expect(book.order({ ...place, orderId: 'PO-71031' }).shipments).toMatchObject([{ deleted: true }]);
    expect(refusal(() => book.ship(at, { shipmentId: 'S-2', noticed: later, orders: [...both, ...both] }))).toContain(
      'occurs twice in one shipment',
    );
  });

  it('has a number that no other order of the buyer has a shipment of', () => {
    const { book } = openBook();
    book.submit('larkfield', document(), now);
    book.submit('larkfield', document({ orderId: 'PO-71031' }), now);
    book.ship(at, { shipmentId: 'S-1', noticed: later, orders: shipLines([1, '20']) });
    expect(refusal(() => book.ship(at, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71031' }] }))).toContain(
      'shipment id used',
    );
  });

  it('leaves a line alone that the buyer has blocked', () => {
    const book = bookWith(document({ lines: [bolts, { ...oil, operation: 'block' }] }));
    expect(refusal(() => book.ship(at, { shipmentId: 'S-1', noticed: later, orders: shipLines([2, '1']) }))).toBe(
      'line 2 of order PO-71030 is blocked by the buyer.',
    );
    expect(refusal(() => book.ship(at, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030' }] }))).toContain('blocked');
    expect(refusal(() => book.ship(at, { shipmentId: 'S-1', noticed: later, orders: shipLines([1, '20']) }))).toBeUndefined();
  });
});
