import { describe, expect, it } from 'vitest';
import { bolts, bookWith, document, later, now, place, refusal, usd } from './support/orders.ts';

const blanket = (change = {}) =>
  document({
    orderType: 'blanket',
    total: usd('100'),
    effective: '2026-10-01',
    expires: '2026-12-31',
    lines: [{ ...bolts, limit: usd('100') }],
    ...change,
  });

const release = (orderId: string, quantity: string, total: string, change = {}) =>
  document({ orderId, orderType: 'release', agreementId: 'PO-71030', lines: [{ ...bolts, quantity }], total: usd(total), ...change });

describe('a blanket order', () => {
  it('has lines whose limits do not exceed its own', () => {
    const lines = [
      { ...bolts, limit: usd('60') },
      { ...bolts, number: 2, limit: usd('41') },
    ];
    expect(bookWith(blanket({ lines })).order(place).holds).toEqual([
      { reason: 'amounts', note: 'the limits of the lines add up to 101, the order has 100' },
    ]);
    expect(bookWith(blanket()).order(place).holds).toEqual([]);
  });

  it('neither ships nor is invoiced: its releases are', () => {
    const book = bookWith(blanket());
    expect(refusal(() => book.ship(place, { shipmentId: 'S', noticed: later, orders: [{ orderId: 'PO-71030' }] }))).toContain(
      'what ships are its releases',
    );
    expect(refusal(() => book.invoice(place, { invoiceId: 'I', invoiced: later, lines: [] }))).toContain(
      'what is invoiced are its releases',
    );
  });

  it('cannot get less than was released, nor end before its releases', () => {
    const first = blanket();
    const book = bookWith(first);
    book.submit('larkfield', release('R-1', '20', '85'), now);
    const update = (total: string) => blanket({ type: 'update', replaces: first.payloadId, total: usd(total), lines: [bolts] });
    expect(refusal(() => book.submit('larkfield', update('84.99'), now))).toBe('Order PO-71030: 85 of 84.99 would be released.');
    expect(refusal(() => book.submit('larkfield', blanket({ type: 'delete', replaces: first.payloadId }), now))).toBe(
      '1 releases call off from order PO-71030, among them R-1.',
    );
    expect(refusal(() => book.submit('larkfield', update('85'), now))).toBeUndefined();
  });

  it('says from when it is good where it says until when', () => {
    expect(bookWith(blanket({ effective: undefined })).order(place).holds[0]?.reason).toBe('agreement');
    expect(refusal(() => bookWith(blanket({ effective: '2027-01-01' })))).toContain('before it begins');
  });
});

describe('a release', () => {
  it('takes from the limit, an update of it only the difference, a deleted one nothing', () => {
    const book = bookWith(blanket());
    const first = release('R-1', '20', '85');
    book.submit('larkfield', first, now);
    expect(refusal(() => book.submit('larkfield', release('R-2', '4', '17'), now))).toBe(
      'Blanket order PO-71030: 102 of 100 would be released.',
    );
    const less = release('R-1', '10', '42.50', { type: 'update', replaces: first.payloadId });
    book.submit('larkfield', less, now);
    expect(refusal(() => book.submit('larkfield', release('R-2', '4', '17'), now))).toBeUndefined();
    book.submit('larkfield', release('R-1', '10', '42.50', { type: 'delete', replaces: less.payloadId }), now);
    expect(refusal(() => book.submit('larkfield', release('R-3', '19', '80.75'), now))).toBeUndefined();
  });

  it.each([
    ['before the time of the agreement', { ordered: '2026-09-30T23:59:59Z' }, 'is good from 2026-10-01 on'],
    ['after it', { ordered: '2027-01-01T00:00:00Z' }, 'was good until 2026-12-31'],
    [
      'in another currency',
      { total: { amount: '85', currency: 'EUR' }, lines: [{ ...bolts, price: { amount: '4.25', currency: 'EUR' } }] },
      'in EUR',
    ],
    ['of no agreement', { agreementId: undefined }, 'names no agreement'],
  ])('%s is refused', (_what, change, message) => {
    const book = bookWith(blanket());
    expect(refusal(() => book.submit('larkfield', release('R-1', '20', '85', change), now))).toContain(message);
  });

  it('of an agreement that is not in the book is held for a person', () => {
    const book = bookWith(release('PO-71030', '20', '85', { agreementId: 'A-9' }));
    expect(book.order(place).holds).toEqual([{ reason: 'agreement', note: 'the agreement A-9 is not in the book' }]);
  });
});
