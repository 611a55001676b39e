import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import { readDocument, writeDocument, writeResponse } from '../../src/index.ts';
import { changed, sample } from '../support/documents.ts';

const head = { payloadId: 'a1@shop.dale.example', timestamp: '2026-11-02T09:00:00+00:00' };

describe('an answer', () => {
  it('has a status and nothing else where it refuses', () => {
    const content = { type: 'PunchOutSetupResponse', input: { startPage: 'https://shop.dale.example/start/1' } } as const;
    const document = writeResponse({ ...head, status: { code: 401, text: 'Unauthorized' }, content });
    expect(document).not.toContain('StartPage');
    expect(readDocument(document)).toMatchObject({ kind: 'response', type: 'Response', status: { code: 401, text: 'Unauthorized' } });
  });

  it('has its content where it succeeds', () => {
    const content = { type: 'PunchOutSetupResponse', input: { startPage: 'https://shop.dale.example/start/1' } } as const;
    const document = writeResponse({ ...head, status: { code: 200, text: 'OK' }, content });
    expect(readDocument(document)).toMatchObject({ type: 'PunchOutSetupResponse', input: content.input, status: { code: 200 } });
  });

  it('has its detail in a language', () => {
    const status = { code: 400, text: 'Bad Request', detail: 'Line 2 & 3', language: 'en' };
    expect(readDocument(writeResponse({ ...head, status })).status).toEqual(status);
  });
});

describe('an order that is written', () => {
  const marked = readDocument(changed('order-new', 'lineNumber="2"', 'lineNumber="2" operation="delete"'));

  it('leaves out what its DTD does not know yet, and has it by a newer one', () => {
    const of = (version: string) => writeDocument('OrderRequest', marked.input, { ...marked, version });
    expect(of('1.2.050')).not.toContain('operation=');
    expect(of('1.2.063')).toContain('operation="delete"');
  });

  it('has the payload id, the time and the parties that are said for it, else those of its input', () => {
    const { input } = readDocument(sample('order-new'));
    expect(readDocument(writeDocument('OrderRequest', input, head))).toMatchObject({
      payloadId: head.payloadId,
      parties: { to: [{ identity: 'AN88' }] },
    });
    const parties = { from: [{ domain: 'DUNS', identity: '1' }], to: [{ domain: 'DUNS', identity: '2' }] };
    expect(readDocument(writeDocument('OrderRequest', input, { ...head, parties, test: true }))).toMatchObject({
      test: true,
      parties: { from: parties.from, to: parties.to, sender: parties.from[0] },
    });
  });

  it('has no content of attachments, which travels beside it', () => {
    const input = readDocument(sample('order-new')).input as PurchaseOrderSubmitInput;
    const attachments = [{ url: 'cid:d1@buy.fenwick.example', contentType: 'application/pdf', bytes: 3, content: 'AAAA' }];
    const document = writeDocument('OrderRequest', { ...input, comments: [{ text: 'See', attachments }] }, head);
    expect(document).toContain('<URL>cid:d1@buy.fenwick.example</URL>');
    expect(document).not.toContain('AAAA');
  });

  it('is refused for a limit on a line that delivers', () => {
    const input = readDocument(sample('order-new')).input as PurchaseOrderSubmitInput;
    const lines = [{ ...input.lines[0], limit: { amount: '1', currency: 'GBP' } }];
    expect(() => writeDocument('OrderRequest', { ...input, lines }, head)).toThrow(
      expect.objectContaining({ code: 'WB_CXML_BAD_REQUEST' }),
    );
  });

  it('keeps segments of both kinds', () => {
    const input = readDocument(sample('order-new')).input as PurchaseOrderSubmitInput;
    expect(input.lines[0]?.accounting?.map(({ segments }) => segments)).toEqual([
      [{ type: 'CostCenter', id: 'CC-1', description: 'Works' }],
      [{ type: 'Department', id: 'D-7', description: 'Stores' }],
    ]);
  });
});

describe('a type that does not exist', () => {
  it('is an error of the program', () => {
    expect(() => writeDocument('OrderResponse', {}, head)).toThrow(TypeError);
  });
});
