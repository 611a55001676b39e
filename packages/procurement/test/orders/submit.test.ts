import { describe, expect, it } from 'vitest';
import { maskedCard } from '../../src/index.ts';
import { bolts, bookWith, document, later, now, oil, openBook, place, refusal, usd } from './support/orders.ts';

describe('a document that comes once more', () => {
  it('is answered as it was, and nothing is done, also when it was written at another time', () => {
    const { book } = openBook({ answer: 'queued' });
    const first = document();
    const taken = book.submit('larkfield', first, now);
    book.confirm(place, { type: 'accept', noticed: later });
    const before = book.order(place);
    const again = book.submit('larkfield', { ...first, timestamp: '2026-10-05T11:00:00-04:00' }, later);
    expect(again).toMatchObject({ kind: 'repeated', answer: taken.answer });
    expect(book.order(place)).toBe(before);
  });

  it('is the same one, whatever the order of its fields and the program that sends it', () => {
    const { book } = openBook();
    const first = document();
    book.submit('larkfield', first, now);
    const turned = Object.fromEntries(Object.entries(first).toReversed()) as typeof first;
    expect(book.submit('larkfield', { ...turned, parties: { ...first.parties, userAgent: 'other' } }, now).kind).toBe('repeated');
  });

  it.each([
    ['another quantity', { lines: [{ ...bolts, quantity: '21' }, oil] }],
    ['another order', { orderId: 'PO-71031' }],
    ['another remark', { comments: [{ text: 'Urgent.' }] }],
  ])('with %s is refused, and names the order of the first one', (_what, change) => {
    const { book } = openBook();
    const first = document();
    book.submit('larkfield', first, now);
    expect(() => book.submit('larkfield', { ...first, ...change }, now)).toThrow(
      expect.objectContaining({
        code: 'WB_BOOK_DOCUMENT_CHANGED',
        kind: 'conflict',
        message: expect.stringContaining('PO-71030') as string,
      }),
    );
    expect(book.order(place).lines.map(({ line }) => line.quantity)).toEqual(['20', '6']);
  });

  it('of another sender is another document', () => {
    const { book } = openBook();
    const first = document();
    book.submit('larkfield', first, now);
    const sender = { domain: 'NetworkID', identity: 'AN11000000777' };
    expect(book.submit('ridgeline', { ...first, parties: { ...first.parties, from: [sender], sender } }, now).kind).toBe('taken');
    expect(book.order({ ...place, buyer: 'ridgeline' }).documents).toHaveLength(1);
  });
});

describe('payload ids that are constant', () => {
  const same = { payloadId: '1', timestamp: '2026-10-05T10:00:00' };

  it('name no document: its content and time do', () => {
    const { book } = openBook({ payloadIds: 'constant' });
    const first = document(same);
    expect(book.submit('larkfield', first, now).kind).toBe('taken');
    expect(book.submit('larkfield', first, now).kind).toBe('repeated');
    expect(book.submit('larkfield', document({ ...same, orderId: 'PO-71031' }), now).kind).toBe('taken');
  });

  it('let an update be made that has been made and changed since', () => {
    const { book } = openBook({ payloadIds: 'constant' });
    book.submit('larkfield', document(same), now);
    const change = (quantity: string, minute: string) =>
      document({ ...same, type: 'update', timestamp: `2026-10-05T10:${minute}:00`, lines: [{ ...bolts, quantity }] });
    for (const [quantity, minute] of [
      ['10', '01'],
      ['5', '02'],
      ['10', '03'],
    ] as const)
      book.submit('larkfield', change(quantity, minute), now);
    expect(book.order(place).lines[0]?.line.quantity).toBe('10');
  });
});

describe('a new order', () => {
  it('with a number that the buyer has used is refused, and names the order', () => {
    const book = bookWith(document());
    expect(refusal(() => book.submit('larkfield', document(), now))).toMatch(/^Order PO-71030 has been placed before, by document \d+@/);
  });

  it('with a number that another buyer has used is another order, and so is one of a test', () => {
    const book = bookWith(document());
    book.submit(
      'ridgeline',
      document({ lines: [oil], total: usd('68.40'), parties: { ...document().parties, sender: { domain: 'DUNS', identity: '1' } } }),
      now,
    );
    book.submit('larkfield', document({ test: true, lines: [bolts], total: usd('85') }), now);
    expect(book.order(place).lines).toHaveLength(2);
    expect(book.order({ ...place, buyer: 'ridgeline' }).lines[0]?.line).toEqual(oil);
    expect(book.order({ ...place, test: true }).lines[0]?.line).toEqual(bolts);
  });

  it.each([
    ['a line twice', { lines: [bolts, bolts] }, 'WB_BOOK_LINE'],
    ['less than nothing', { lines: [{ ...bolts, quantity: '-1' }] }, 'WB_BOOK_LINE'],
    ['nothing', { lines: [{ ...bolts, quantity: '0' }] }, 'WB_BOOK_LINE'],
    ['two currencies', { lines: [bolts, { ...oil, price: { amount: '11.40', currency: 'EUR' } }] }, 'WB_BOOK_CURRENCY'],
  ])('of %s is refused', (_what, change, code) => {
    expect(() => bookWith(document(change))).toThrow(expect.objectContaining({ code }));
  });

  it('keeps no digits of a card but the last four, and no content of a file', () => {
    const book = bookWith(
      document({
        card: { number: '4111 1111 1111 1111', expires: '2027-03' },
        comments: [{ text: 'See', attachments: [{ url: 'cid:1', name: 'a.pdf', content: 'JVBERi0=' }] }],
      }),
    );
    const kept = JSON.stringify(book.order(place));
    expect(kept).toContain('"************1111"');
    expect(kept).not.toMatch(/4111|JVBERi0/);
    expect(maskedCard('12')).toBe('************');
  });
});

describe('an update', () => {
  const withFirst = () => {
    const first = document();
    return { book: bookWith(first), replaces: first.payloadId };
  };

  it('is the complete new order: what it does not name is cancelled', () => {
    const { book, replaces } = withFirst();
    book.submit(
      'larkfield',
      document({ type: 'update', replaces, total: usd('85'), lines: [bolts, { ...oil, number: 3, quantity: '0' }] }),
      now,
    );
    expect(book.order(place).lines.map(({ line, cancelled }) => [line.number, cancelled])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
  });

  it('cancels a line whose operation is delete', () => {
    const { book, replaces } = withFirst();
    book.submit(
      'larkfield',
      document({ type: 'update', replaces, total: usd('85'), lines: [bolts, { ...oil, operation: 'delete' }] }),
      now,
    );
    expect(book.order(place).lines[1]?.cancelled).toBe(true);
    expect(
      refusal(() =>
        book.confirm(place, { type: 'detail', noticed: later, lines: [{ number: 2, statuses: [{ type: 'accept', quantity: '6' }] }] }),
      ),
    ).toBe('line 2 of order PO-71030 is cancelled.');
  });

  it('names the newest document of its order', () => {
    const { book, replaces } = withFirst();
    const second = document({ type: 'update', replaces });
    book.submit('larkfield', second, now);
    for (const wrong of [replaces, 'unknown@x', undefined])
      expect(() => book.submit('larkfield', document({ type: 'update', ...(wrong ? { replaces: wrong } : {}) }), now)).toThrow(
        expect.objectContaining({ code: 'WB_BOOK_ORDER_SUPERSEDED', message: expect.stringContaining(second.payloadId) as string }),
      );
    expect(book.submit('larkfield', document({ type: 'update', replaces: second.payloadId }), now).kind).toBe('taken');
  });

  it('is matched by the number of its order where the rules allow it, but never with a wrong reference', () => {
    const book = bookWith(document(), { references: 'optional' });
    expect(book.submit('larkfield', document({ type: 'update' }), now).kind).toBe('taken');
    expect(refusal(() => book.submit('larkfield', document({ type: 'update', replaces: 'x@y' }), now))).toContain('names document x@y');
  });

  it('of an order that is not there is refused', () => {
    expect(refusal(() => bookWith(document({ type: 'update', replaces: 'x@y' })))).toBe(
      'There is no order PO-71030 of larkfield to update.',
    );
  });

  it('makes confirmations void, so that the new order is confirmed anew', () => {
    const { book, replaces } = withFirst();
    book.confirm(place, { type: 'accept', noticed: later });
    book.submit('larkfield', document({ type: 'update', replaces, lines: [{ ...bolts, quantity: '10' }], total: usd('42.50') }), now);
    expect(book.confirm(place, { type: 'accept', noticed: later }).type).toBe('accept');
  });

  it('cannot take back what has shipped or is invoiced, and says how many', () => {
    const { book, replaces } = withFirst();
    book.ship(place, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030', lines: [{ number: 1, quantity: '15' }] }] });
    const less = (lines: (typeof bolts)[]) => document({ type: 'update', replaces, lines, total: usd('1') });
    const before = book.order(place);
    expect(refusal(() => book.submit('larkfield', less([{ ...bolts, quantity: '14' }]), now))).toContain(
      'line 1: 15 of 20 have shipped; they cannot be taken back, and 14 would be left.',
    );
    expect(refusal(() => book.submit('larkfield', less([oil]), now))).toContain('15 of 20 have shipped');
    expect(refusal(() => book.submit('larkfield', less([{ ...bolts, partId: 'NW-300' }]), now))).toContain('15 of NW-100-10 have shipped');
    expect(refusal(() => book.submit('larkfield', document({ type: 'delete', replaces }), now))).toContain('15 of 20 have shipped');
    book.invoice(place, { invoiceId: 'I-1', invoiced: later, lines: [{ number: 1, quantity: '18' }] });
    expect(refusal(() => book.submit('larkfield', less([{ ...bolts, quantity: '15' }]), now))).toContain('line 1: 18 of 20 are invoiced');
    expect(book.order(place).lines).toEqual(before.lines);
    expect(book.submit('larkfield', less([{ ...bolts, quantity: '18' }]), now).kind).toBe('taken');
  });
});

describe('a delete', () => {
  it('ends the order for good', () => {
    const first = document();
    const book = bookWith(first);
    const end = document({ type: 'delete', replaces: first.payloadId });
    expect(book.submit('larkfield', end, now)).toMatchObject({ kind: 'taken', answer: { state: 'done' } });
    expect(book.order(place)).toMatchObject({ state: 'ended', lines: [{ cancelled: true }, { cancelled: true }] });
    for (const step of [
      () => book.confirm(place, { type: 'accept', noticed: later }),
      () => book.ship(place, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030' }] }),
      () => book.submit('larkfield', document({ type: 'update', replaces: end.payloadId }), now),
    ])
      expect(refusal(step)).toBe('Order PO-71030 was deleted by the buyer.');
    expect(refusal(() => book.submit('larkfield', document(), now))).toContain('has been placed before');
  });
});

describe('what a person has to look at', () => {
  it('is a line of free text, whether the buyer says so or it has no part number', () => {
    const { partId: _, ...plain } = oil;
    const book = bookWith(document({ lines: [{ ...bolts, adHoc: true }, plain] }));
    expect(book.order(place).holds).toEqual([{ reason: 'ad-hoc', note: 'free text in line 1, 2' }]);
  });

  it('is a total that is not that of the lines, with both figures', () => {
    const { book } = openBook();
    const outcome = book.submit('larkfield', document({ total: usd('150') }), now);
    expect(outcome).toMatchObject({ answer: { state: 'queued', note: 'the lines add up to 153.40, the order has 150' } });
    const strict = openBook({ amounts: 'refuse' }).book;
    expect(refusal(() => strict.submit('larkfield', document({ total: usd('150') }), now))).toBe(
      'Order PO-71030: the lines add up to 153.40, the order has 150',
    );
  });

  it.each([
    ['a price of a thousand', '3', '4.9', { quantity: '1000', unit: 'EA', conversion: '1' }, '0.01'],
    ['a price of four places, the sum rounded', '3', '0.3333', undefined, '1.00'],
    ['a price of four places, as exact as it is', '3', '0.3335', undefined, '1.0005'],
  ])('is not %s', (_what, quantity, price, priceBasis, total) => {
    const line = { ...bolts, quantity, price: usd(price), ...(priceBasis ? { priceBasis } : {}) };
    expect(bookWith(document({ lines: [line], total: usd(total) })).order(place).holds).toEqual([]);
  });

  it('keeps an order from everything but a refusal until somebody has looked at it', () => {
    const book = bookWith(document({ total: usd('150') }));
    const steps = [
      () => book.confirm(place, { type: 'accept', noticed: later }),
      () => book.ship(place, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030' }] }),
      () => book.invoice(place, { invoiceId: 'I-1', invoiced: later, lines: [{ number: 1, quantity: '1' }] }),
      () => book.report(place, { code: 200, text: 'OK' }, now),
    ];
    for (const step of steps) expect(refusal(step)).toContain('is held for a person: the lines add up to 153.40');
    book.approve(place);
    for (const step of steps) expect(refusal(step)).toBeUndefined();
    expect(refusal(() => book.approve(place))).toBe('Order PO-71030 is not held.');
  });
});
