import { describe, expect, it } from 'vitest';
import { contentIdOfCatalog, readDocument, writeDocument } from '../../src/index.ts';
import { refusal } from '../refusal.ts';
import { sample } from '../support/documents.ts';
import { around, order, readBack, written } from '../support/supplier.ts';

const head = { payloadId: 'u3@buy.brackwater.example', timestamp: '2026-12-01T08:20:00+01:00', parties: around.parties };
const noted = (content: object) => readDocument(writeDocument('StatusUpdateRequest', content, head)).input;

describe('a status update', () => {
  it('of a supplier is read as an event where that is asked for', () => {
    expect(readDocument(sample('status-update'), { as: 'event' }).input).toMatchObject({
      buyer: '301122330',
      about: '2207.1@buy.brackwater.example',
      code: 200,
      text: 'OK',
      detail: 'Entered as 10004712',
      language: 'en-GB',
    });
  });

  it('of a supplier is written for an event, without the number of the order', () => {
    const content = { about: 'p1@buy.example', code: 400, text: 'Bad Request', detail: 'Line 3 is unknown', language: 'en' };
    const { parties: _parties, ...input } = readBack('StatusUpdateRequest', { ...content, orderId: order.orderId });
    expect(input).toEqual({ ...content, buyer: '301122330', test: false });
  });

  it('of a supplier names a document', () => {
    const text = written('StatusUpdateRequest', { about: 'p1@buy.example', code: 200, text: 'OK' });
    const bare = text.replace(/<DocumentReference[^>]*>/, '');
    expect(refusal(() => readDocument(bare, { as: 'event' }))).toBe('WB_CXML_BAD_REQUEST');
  });

  it('of a buyer says why an invoice is refused, where its status does not', () => {
    expect(readDocument(sample('status-update-invoice')).input).toMatchObject({
      about: 'i1@kelso.example',
      invoiceId: 'KI-1',
      code: 400,
      state: 'rejected',
      detail: 'The order was replaced.',
    });
  });

  it.each([
    ['paid', '<InvoiceStatus type="paid"'],
    ['deliveryFailed', '<IntegrationStatus documentStatus="deliveryFailed"'],
    ['accepted', '<DocumentStatus type="accepted"'],
  ])('of a buyer says %s in the element for it', (state, element) => {
    const content = { about: 'i1@kelso.example', code: 200, text: 'OK', state };
    expect(writeDocument('StatusUpdateRequest', content, head)).toContain(element);
    expect(noted(content)).toMatchObject(content);
  });

  it('of a buyer may name an invoice by its number alone, and then says how it stands', () => {
    const content = { invoiceId: 'KI-1', code: 200, text: 'OK', state: 'paid', paid: { amount: '70.00', currency: 'EUR' } };
    expect(noted(content)).toMatchObject(content);
    const { state: _state, ...without } = content;
    expect(refusal(() => noted(without))).toBe('WB_CXML_BAD_REQUEST');
    expect(refusal(() => noted({ code: 200, text: 'OK' }))).toBe('WB_CXML_BAD_REQUEST');
  });
});

describe('a question about an order', () => {
  const head9 = { ...head, payloadId: 'q9@buy.brackwater.example' };

  it('has somebody who asks, and the time of the document', () => {
    const text = writeDocument('OrderStatusRequest', { requestId: 'Q-9', orderId: 'BW-2207' }, head9);
    expect(text).toContain('orderStatusRequestDate="2026-12-01T08:20:00+01:00"');
    expect(text).toMatch(/<OrderIDInfo orderID="BW-2207"\/>\s*<Contact>/);
    expect(readDocument(text).input).not.toHaveProperty('contacts');
  });

  it('names an order', () => {
    expect(refusal(() => writeDocument('OrderStatusRequest', { requestId: 'Q-9' }, head9))).toBe('WB_CXML_BAD_REQUEST');
  });
});

describe('a catalog', () => {
  const file = { name: 'tools.cif', contentType: 'text/plain', content: 'YWJj' };
  const content = { name: 'Tools', description: 'All', operation: 'new', file };

  it('names the part that its file goes in, the same at each attempt', () => {
    const id = contentIdOfCatalog(file);
    expect(id).toMatch(/^[0-9a-f]{32}@catalog$/);
    expect(contentIdOfCatalog({ ...file, content: 'YWJk' })).not.toBe(id);
    expect(written('CatalogUploadRequest', content)).toContain(`<URL>cid:${id}</URL>`);
  });

  it('has a place for who is told, be it nobody', () => {
    expect(written('CatalogUploadRequest', content)).toContain('<Notification/>');
    expect(readBack('CatalogUploadRequest', { ...content, notify: 'catalogs@kelso.example' })['notify']).toBe('catalogs@kelso.example');
  });

  it('without its file is not written', () => {
    expect(refusal(() => written('CatalogUploadRequest', { ...content, file: undefined }))).toBe('WB_CXML_BAD_REQUEST');
  });
});
