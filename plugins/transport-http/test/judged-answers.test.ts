import { describe, expect, it } from 'vitest';
import { onRequest, rawFarSide, senderTo, status } from './answering-server.ts';
import { connectTo, failureOf, messageOf, openSender } from './helpers.ts';

const signal = new AbortController().signal;
const asking = { signal, answer: true };

async function toRaw(says: string, target: object = {}) {
  const far = await rawFarSide(onRequest((socket) => void socket.end(says)));
  return openSender(await connectTo({ url: `http://127.0.0.1:${far.port}` }), target);
}

describe('an answer that is asked for', () => {
  it('has its status and its headers beside its body', async () => {
    const { sender } = await senderTo(status(201, { 'content-type': 'text/xml', 'x-a': 'b' }));
    const { answer, detail } = await sender.send(messageOf('<A/>'), asking);
    expect(answer).toMatchObject({ contentType: 'text/xml', properties: { 'http-status': '201', 'x-a': 'b' } });
    expect([Buffer.from(answer?.body ?? []).toString(), detail]).toEqual(['what the other side says', expect.stringContaining('HTTP 201')]);
  });

  it.each([302, 400, 404, 409, 429, 500, 503])('comes with the failure of status %s', async (code) => {
    const { sender } = await senderTo(status(code));
    const { answer } = await failureOf(sender.send(messageOf('<A/>'), asking));
    expect([Buffer.from(answer?.body ?? []).toString(), answer?.properties['http-status']]).toEqual([
      'what the other side says',
      `${code}`,
    ]);
  });

  it('is cut at the limit of the entry', async () => {
    const { sender } = await senderTo((_, response) => response.end('x'.repeat(5_000)), { limit: '1KB' });
    for (let one = 0; one < 3; one++) expect((await sender.send(messageOf('<A/>'), asking)).answer?.body.length).toBe(1_024);
  });

  it('that breaks off is none: the status is all that was said', async () => {
    const taken = await toRaw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
    expect(await taken.send(messageOf('<A/>'), asking)).toEqual({ answer: undefined, detail: expect.stringContaining('HTTP 200') });
    const refused = await toRaw('HTTP/1.1 400 No\r\ncontent-length: 100\r\n\r\nhalf');
    expect(await failureOf(refused.send(messageOf('<A/>'), asking))).toMatchObject({ code: 'WB_HTTP_REFUSED', answer: undefined });
  });

  it('that does not end is waited for no longer than any answer, and the status is what counts', async () => {
    const { sender } = await senderTo((_, response) => void response.writeHead(200).write('half'), {}, { answerTimeout: '200ms' });
    expect(await sender.send(messageOf('<A/>'), asking)).toMatchObject({ answer: undefined, detail: expect.stringContaining('HTTP 200') });
  });
});
