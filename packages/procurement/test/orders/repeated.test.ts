import { describe, expect, it } from 'vitest';
import { bolts, document, later, now, oil, openBook, place } from './support/orders.ts';

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
