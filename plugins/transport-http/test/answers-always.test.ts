import { buffer } from 'node:stream/consumers';
import type { Settlement } from '@waybill/contract';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ask, faultOf, messageOf, raw, rawSocket, receiving, said } from './helpers.ts';

const reply = messageOf('<Reply/>', { contentType: 'text/xml' });
const rejected = async (): Promise<Settlement> => ({ outcome: 'rejected', fault: faultOf('invalid'), reply });
const always = { answers: 'always', limit: '1KB' };

describe('an entry that answers always', () => {
  it.each<[string, Settlement]>([
    ['accepted', { outcome: 'accepted', reply }],
    ['rejected', { outcome: 'rejected', fault: faultOf('unavailable'), reply }],
    ['to come again', { outcome: 'retry', fault: faultOf('unavailable'), after: 5_000, reply }],
    ['in conflict', { outcome: 'retry', fault: faultOf('conflict'), after: 5_000, reply }],
  ])('answers with 200 and the reply when a message is %s', async (_, settlement) => {
    const { url } = await receiving(always, { handle: async () => settlement });
    const { status, text, headers } = await ask(url);
    expect([status, text, headers.get('content-type'), headers.get('retry-after')]).toEqual([200, '<Reply/>', 'text/xml', null]);
  });

  it.each<[number, Settlement]>([
    [422, { outcome: 'rejected', fault: faultOf('invalid') }],
    [503, { outcome: 'retry', fault: faultOf('unavailable'), after: 5_000 }],
    [503, { outcome: 'released' }],
    [204, { outcome: 'accepted' }],
    [202, { outcome: 'accepted', stored: true }],
  ])('answers with %s where there is no reply', async (status, settlement) => {
    const { url } = await receiving(always, { handle: async () => settlement });
    expect((await ask(url)).status).toBe(status);
  });

  it('hands over what is too large with as much as may come, and says what the reply says', async () => {
    const { port, deliveries } = await receiving(always, { handle: rejected });
    const chunk = `200\r\n${'x'.repeat(512)}\r\n`;
    const socket = rawSocket(port);
    socket.write(`POST /in HTTP/1.1\r\nhost: a\r\ncontent-type: text/xml\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(4)}`);
    const all = (await buffer(socket)).toString();
    expect(all).toMatch(/^HTTP\/1\.1 200 [^]*connection: close[^]*<Reply\/>$/i);
    expect([deliveries[0]?.defect?.code, deliveries[0]?.message.body.length]).toEqual(['WB_HTTP_TOO_LARGE', 1_024]);
  });

  it('answers what says beforehand that it is too large before it comes, and asks nobody to go on', async () => {
    const { port, deliveries } = await receiving(always, { handle: rejected });
    const socket = rawSocket(port);
    socket.write('POST /in HTTP/1.1\r\nhost: a\r\ncontent-type: text/xml\r\ncontent-length: 9999\r\nexpect: 100-continue\r\n\r\n');
    expect(await said(socket, /<Reply\/>/)).toMatch(/^HTTP\/1\.1 200 /);
    expect([deliveries[0]?.defect?.code, deliveries[0]?.message.body.length]).toEqual(['WB_HTTP_TOO_LARGE', 0]);
  });

  it('gives back what such messages took of its memory', async () => {
    const { url } = await receiving({ ...always, waitingBytes: '1KB' }, { handle: rejected, concurrency: 1 });
    const body = () => new Blob(['x'.repeat(3_000)]).stream();
    for (let one = 0; one < 10; one++) expect((await ask(url, { body: body(), duplex: 'half' })).status).toBe(200);
  });

  it.each([
    ['a content type that it does not take', { 'content-type': 'image/png' }, 'WB_HTTP_CONTENT_TYPE', 415],
    ['a body that is encoded', { 'content-type': 'text/xml', 'content-encoding': 'gzip' }, 'WB_HTTP_CONTENT_ENCODING', 415],
  ])('hands over %s as a defect, and refuses it where nobody has a reply', async (_, headers, code, status) => {
    const { url, deliveries } = await receiving(always, { handle: rejected });
    expect((await ask(url, { headers })).status).toBe(200);
    expect(deliveries[0]?.defect).toMatchObject({ code, kind: 'unreadable', retryable: false });
    const silent = await receiving(always, { handle: async () => ({ outcome: 'rejected', fault: faultOf('unreadable') }) });
    const refused = await ask(silent.url, { headers });
    expect([refused.status, refused.problem().code]).toEqual([status, code]);
  });

  it('still refuses by itself who may not send, and whose headers contradict each other', async () => {
    const { url, port, deliveries } = await receiving({ ...always, auth: { basic: { users: { anna: 'secret' } } } }, { handle: rejected });
    expect((await ask(url)).status).toBe(401);
    const twice =
      'POST /in HTTP/1.1\r\nhost: a\r\ncontent-type: text/xml\r\ncontent-type: a/b\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
    expect(await raw(port, twice)).toMatch(/^HTTP\/1\.1 400 /);
    expect(deliveries).toEqual([]);
  });

  it('keeps a connection in use after a content type that it does not take', async () => {
    const { port, deliveries } = await receiving(always, { handle: rejected });
    const socket = rawSocket(port);
    const post = (type: string) => socket.write(`POST /in HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\ncontent-length: 4\r\n\r\n<A/>`);
    post('image/png');
    post('text/xml');
    await eventually(() => deliveries.length === 2, { what: 'the second message on the same connection' });
  });
});
