import { describe, expect, it } from 'vitest';
import { eur, objection, order, readBack, written } from '../support/supplier.ts';

const type = 'ConfirmationRequest';
const base = { ...order, operation: 'new', noticed: '2026-11-02T09:00:00+01:00', confirmationId: 'KC-1' };
const status = { quantity: '20', unit: 'EA', type: 'accept' };
const line = (number: number, ...statuses: readonly object[]) => ({ number, quantity: '20', unit: 'EA', statuses });
const refused = (content: object) => objection(type, { ...base, ...content });

describe('a confirmation', () => {
  it('needs no lines to accept, to hold back or to ask for money', () => {
    expect(['accept', 'backordered', 'requestToPay'].map((each) => refused({ type: each }))).toEqual([undefined, undefined, undefined]);
  });

  it('that refuses has no lines', () => {
    expect(refused({ type: 'reject' })).toBeUndefined();
    expect(refused({ type: 'reject', lines: [line(1, { ...status, type: 'reject' })] })).toContain('is of type reject, which has no lines');
  });

  it.each(['except', 'detail', 'allDetail', 'replace'])('of type %s needs lines', (each) => {
    expect(refused({ type: each })).toContain(`is of type ${each}, which needs lines`);
  });

  it.each([
    ['accept', 'reject'],
    ['backordered', 'accept'],
    ['requestToPay', 'accept'],
    ['except', 'allDetail'],
    ['detail', 'allDetail'],
    ['allDetail', 'requestToPay'],
  ])('of type %s says of no line that it is %s', (header, each) => {
    expect(refused({ type: header, lines: [line(7, { ...status, type: each })] })).toContain(
      `has a line 7 that cannot be ${each} in a confirmation of type ${header}`,
    );
  });

  it('says what changes of a line that changes', () => {
    const changes = (more: object) => refused({ type: 'detail', lines: [line(1, { ...status, type: 'detail', ...more })] });
    expect(changes({})).toContain('has a line 1 that is changed, and does not say what');
    const told = [{ delivery: '2026-11-06' }, { price: eur('4') }, { tax: { amount: eur('1') } }, { shipping: { amount: eur('1') } }];
    expect(told.map(changes)).toEqual(told.map(() => undefined));
    expect(changes({ shipment: '2026-11-05' })).toContain('does not say what');
  });

  it('that replaces says by what, and leaves price, tax and shipping to that', () => {
    const goods = { quantity: '20', partId: 'GLV', unit: 'EA', description: 'Gloves', price: eur('4') };
    const replaces = (more: object) => refused({ type: 'replace', lines: [line(1, { ...status, type: 'detail', ...more })] });
    expect(replaces({ substitute: goods })).toBeUndefined();
    expect(replaces({ delivery: '2026-11-06' })).toContain('is replaced, and has no substitute');
    expect(replaces({ substitute: goods, price: eur('3') })).toContain('has a substitute, which says price, tax and shipping itself');
  });

  it('names a line once', () => {
    expect(refused({ type: 'accept', lines: [line(1, status), line(1, status)] })).toContain('speaks of one line twice');
  });

  it('that replaces another one names it, and none is taken back', () => {
    expect(refused({ type: 'accept', operation: 'update' })).toContain('does not say of what');
    expect(refused({ type: 'accept', operation: 'update', replaces: 'c0@kelso.example' })).toBeUndefined();
    expect(refused({ type: 'accept', operation: 'delete', replaces: 'c0@kelso.example' })).toContain('cannot take a confirmation back');
  });

  it('names the order by its payload id, and copies its date to the letter', () => {
    expect(refused({ type: 'accept', orderPayloadId: undefined })).toContain('needs the payload id of the order');
    const ordered = ' 2.11.2026 8h15';
    expect(written(type, { ...base, type: 'accept', ordered })).toContain(`orderDate="${ordered}"`);
  });

  it('has words for tax and shipping, be they empty', () => {
    const text = written(type, {
      ...base,
      type: 'accept',
      tax: { amount: eur('1') },
      shipping: { amount: eur('2'), description: 'Parcel' },
    });
    expect(text).toMatch(/<Tax>\s*<Money currency="EUR">1<\/Money>\s*<Description xml:lang="en"\/>\s*<\/Tax>/);
    expect(text.indexOf('<Shipping>')).toBeLessThan(text.indexOf('<Tax>'));
  });

  it('answers a question by its number', () => {
    expect(readBack(type, { ...base, type: 'accept', answers: 'Q-9' })['answers']).toBe('Q-9');
  });

  it('with a field that nobody knows is not written', () => {
    expect(refused({ type: 'accept', colour: 'red' })).toContain('colour');
  });
});
