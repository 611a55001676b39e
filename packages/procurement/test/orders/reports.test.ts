import { describe, expect, it } from 'vitest';
import { owedReports } from '../../src/index.ts';
import { bookWith, document, later, now, openBook, place, refusal } from './support/orders.ts';

const queued = { answer: 'queued', reportWithin: 60_000 } as const;
const report = (code: number, about?: string) => ({ code, text: 'Status', ...(about === undefined ? {} : { about }) });
const minutes = (count: number) => new Date(Date.parse(now) + count * 60_000).toISOString();

describe('an order that was answered with 201', () => {
  it('is overdue when its time has come, and no more when its end was told', () => {
    const { book } = openBook(queued);
    expect(book.submit('larkfield', document(), now).answer).toEqual({ state: 'queued' });
    expect(book.overdue(now)).toEqual([]);
    expect(book.overdue(minutes(1)).map((order) => [order.orderId, owedReports(order)[0]?.report.due])).toEqual([['PO-71030', minutes(1)]]);
    book.report(place, report(280), minutes(1));
    expect(book.overdue(minutes(1.5))).toEqual([]);
    expect(book.overdue(minutes(2))).toHaveLength(1);
    book.report(place, report(200), minutes(2));
    expect(book.overdue(minutes(100))).toEqual([]);
  });

  it('is told of with all that the document needs', () => {
    const first = document();
    const book = bookWith(first, queued);
    expect(book.report(place, { ...report(200), payloadId: 'p@shop.example', detail: 'Taken.' }, now)).toEqual({
      buyer: 'larkfield',
      parties: { from: first.parties.to, to: first.parties.from },
      payloadId: 'p@shop.example',
      orderId: 'PO-71030',
      about: first.payloadId,
      code: 200,
      text: 'Status',
      detail: 'Taken.',
    });
  });

  it.each([200, 409])('hears nothing more after %i', (code) => {
    const book = bookWith(document(), queued);
    book.report(place, report(code), now);
    for (const next of [200, 201, 280, 400])
      expect(refusal(() => book.report(place, report(next), now))).toContain(`The final status ${code} of document`);
  });

  it('is refused by 4xx, and then nothing else happens with it until an update comes', () => {
    const first = document();
    const book = bookWith(first, queued);
    book.report(place, report(402), now);
    expect(refusal(() => book.confirm(place, { type: 'accept', noticed: later }))).toBe('Order PO-71030 was refused.');
    book.submit('larkfield', document({ type: 'update', replaces: first.payloadId }), now);
    expect(refusal(() => book.confirm(place, { type: 'accept', noticed: later }))).toBeUndefined();
  });

  it('is not refused when goods of it have shipped', () => {
    const book = bookWith(document(), queued);
    book.ship(place, { shipmentId: 'S-1', noticed: later, orders: [{ orderId: 'PO-71030', lines: [{ number: 2, quantity: '4' }] }] });
    expect(refusal(() => book.report(place, report(400), now))).toBe('line 2: 4 of 6 have shipped, so that the order cannot be refused.');
  });

  it('owes no word on a document that a newer one has replaced', () => {
    const first = document();
    const book = bookWith(first, queued);
    const second = document({ type: 'update', replaces: first.payloadId });
    book.submit('larkfield', second, minutes(5));
    expect(book.overdue(minutes(5.5))).toEqual([]);
    expect(refusal(() => book.report(place, report(200, first.payloadId), now))).toContain('A newer document has taken the place of');
    expect(book.report(place, report(200, second.payloadId), now).about).toBe(second.payloadId);
  });

  it.each([100, 301, 500, 560])('is told nothing by the code %i', (code) => {
    expect(refusal(() => bookWith(document(), queued).report(place, report(code), now))).toContain(`2xx or 4xx, not ${code}`);
  });
});

describe('an order that was answered with 200', () => {
  it('waits for no status', () => {
    expect(refusal(() => bookWith(document()).report(place, report(200), now))).toMatch(/^The buyer waits for no status/);
  });
});
