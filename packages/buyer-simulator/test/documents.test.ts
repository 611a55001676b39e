import { insertSecret, readDocument, writeDocument, writeMultipart } from '@waybill/cxml';
import { describe, expect, it } from 'vitest';
import type { Buyer, BuyerManners } from '../src/index.ts';
import { postCart, secret, startBoth } from './stub-shop.ts';

const parties = { from: [{ domain: 'NetworkID', identity: 'AN11000000321' }], to: [{ domain: 'NetworkID', identity: 'AN11000000123' }] };
const around = { buyer: 'larkfield', parties };
const written = { noticed: '2026-11-27T10:00:00-05:00', operation: 'new' } as const;
const head = { timestamp: '2026-11-27T10:00:00-05:00', parties };
let count = 0;

function documentOf(type: string, content: object, said: string | undefined = secret): string {
  count += 1;
  const text = writeDocument(type, { ...around, ...content }, { ...head, payloadId: `${count}@shop.test` });
  return said === undefined ? text : insertSecret(text, parties.from[0] as (typeof parties.from)[0], said);
}

async function send(buyer: Buyer, body: string | Uint8Array, contentType = 'text/xml; charset=UTF-8') {
  const response = await fetch(buyer.documentsUrl, { method: 'POST', headers: { 'Content-Type': contentType }, body: body as string });
  return { http: response.status, text: await response.text() };
}

async function ordered(profile: 'generic' | 'coupa' = 'generic') {
  const both = await startBoth({ profile });
  const { id } = await both.buyer.shop();
  await postCart(both.buyer, id);
  const { order } = await both.buyer.order(id);
  return { ...both, id, orderId: order?.id ?? '', orderPayloadId: order?.payloadIds[0] ?? '' };
}

const confirmation = (order: { orderId: string; orderPayloadId?: string }) =>
  documentOf('ConfirmationRequest', {
    ...written,
    orderId: order.orderId,
    ...(order.orderPayloadId && { orderPayloadId: order.orderPayloadId }),
    type: 'accept',
    confirmationId: 'C-1',
  });

describe('a document of the shop', () => {
  it('is answered, and shown with the requisition whose order it speaks of', async () => {
    const { buyer, id, orderId, orderPayloadId } = await ordered();
    const order = { orderId, orderPayloadId };
    expect(readDocument((await send(buyer, confirmation(order))).text).status).toMatchObject({ code: 200, text: 'OK' });
    await send(buyer, documentOf('StatusUpdateRequest', { about: orderPayloadId, code: 200, text: 'OK' }));
    const { followUps } = buyer.requisition(id);
    expect(followUps.map(({ type, summary }) => `${type}: ${summary}`)).toEqual([
      'ConfirmationRequest: C-1: accept',
      'StatusUpdateRequest: 200 OK',
    ]);
    expect(await (await fetch(`${buyer.url}requisitions/${id}`)).text()).toContain('C-1: accept');
    expect(JSON.stringify(buyer.documents())).not.toContain(secret);
  });

  it('may come with files', async () => {
    const { buyer, id, orderId, orderPayloadId } = await ordered();
    const document = {
      contentId: 'main@shop.test',
      contentType: 'text/xml',
      content: Buffer.from(confirmation({ orderId, orderPayloadId })),
    };
    const file = { contentId: 'file@shop.test', contentType: 'text/plain', name: 'note.txt', content: Buffer.from('hello') };
    const { body, contentType } = writeMultipart([document, file]);
    await send(buyer, body, contentType);
    expect(buyer.requisition(id).followUps).toHaveLength(1);
    expect(buyer.documents().at(-1)?.notes).toEqual(['With the file note.txt.']);
  });

  it('is refused with the wrong secret, or none', async () => {
    const { buyer, id, orderId, orderPayloadId } = await ordered();
    const content = { ...written, orderId, orderPayloadId, type: 'accept', confirmationId: 'C-1' };
    for (const said of ['wrong', undefined]) {
      count += 1;
      const bare = writeDocument('ConfirmationRequest', { ...around, ...content }, { ...head, payloadId: `${count}@shop.test` });
      const text = said === undefined ? bare : insertSecret(bare, parties.from[0] as (typeof parties.from)[0], said);
      expect(readDocument((await send(buyer, text)).text).status?.code).toBe(401);
    }
    expect(buyer.requisition(id).followUps).toEqual([]);
  });

  it.each([
    ['<html></html>', 406],
    ['<cXML', 406],
    ['', 406],
  ])('that is none is refused: %j', async (text, code) => {
    const { buyer } = await startBoth();
    const { http, text: answered } = await send(buyer, text);
    expect([http, readDocument(answered).status?.code]).toEqual([200, code]);
  });

  it('about an unknown order is taken, and says so', async () => {
    const { buyer } = await startBoth();
    await send(buyer, confirmation({ orderId: 'PO-1', orderPayloadId: 'x@y' }));
    expect(buyer.documents().at(-1)).toMatchObject({ status: '200 OK', notes: ['No order of the buyer is the one that it speaks of.'] });
  });
});

describe('a buyer that was told to', () => {
  it.each([
    ['queued', 200, 201],
    ['refused', 200, 406],
    ['temporary', 200, 560],
    ['http-refused', 403, 403],
    ['http-failing', 503, 500],
  ] as const satisfies readonly (readonly [BuyerManners['answer'], number, number])[])('answers: %s', async (answer, http, code) => {
    const { buyer } = await startBoth();
    buyer.behave({ answer });
    const answered = await send(buyer, confirmation({ orderId: 'PO-1', orderPayloadId: 'x@y' }));
    expect([answered.http, readDocument(answered.text).status?.code]).toEqual([http, code]);
  });

  it('answers with something that is no cXML', async () => {
    const { buyer } = await startBoth();
    buyer.behave({ answer: 'invalid' });
    expect(await send(buyer, confirmation({ orderId: 'PO-1', orderPayloadId: 'x@y' }))).toEqual({
      http: 200,
      text: '<html><body>It works!</body></html>',
    });
  });

  it('takes its time, and ends at once when it is closed', async () => {
    const { buyer } = await startBoth();
    buyer.behave({ answerDelay: 600_000, cartDelay: 600_000 });
    const asked = send(buyer, confirmation({ orderId: 'PO-1', orderPayloadId: 'x@y' })).catch(() => 'cut');
    await new Promise<void>((resolve) => void buyer.onDocument(() => resolve()));
    expect(buyer.documents().at(-1)?.answer).toBeUndefined();
    await buyer.close();
    expect(await asked).toBe('cut');
  });
});
