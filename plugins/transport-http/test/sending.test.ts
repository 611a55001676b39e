import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { answeringServer, onRequest, rawFarSide, senderTo, status, written } from './answering-server.ts';
import { connectTo, failureOf, messageOf, openSender, receiving } from './helpers.ts';

const forever = new AbortController().signal;

describe('a message that is sent', () => {
  it('goes out with its content type and its id, and none of its properties', async () => {
    const { sender, requests } = await senderTo(status(200), { path: '/orders?shop=1', method: 'PUT' });
    const receipt = await sender.send(messageOf('<Order/>', { contentType: 'text/xml', properties: { 'x-secret': 's' } }), {
      signal: forever,
    });
    expect(receipt.detail).toMatch(/^HTTP 200 of http:\/\/127\.0\.0\.1:\d+\/orders$/);
    const [{ method, url, headers, body } = { headers: {} }] = requests;
    expect([method, url, body]).toEqual(['PUT', '/orders?shop=1', '<Order/>']);
    expect(headers).toMatchObject({ 'content-type': 'text/xml', 'idempotency-key': 'm-1', 'content-length': '8' });
    expect(headers).not.toHaveProperty('x-secret');
  });

  it('goes out with the headers of the entry, and the properties that are to be forwarded', async () => {
    const { sender, requests } = await senderTo(status(200), { headers: { 'X-Shop': '10151' }, forward: ['X-Trace', 'x-none'] });
    await sender.send(messageOf('<A/>', { properties: { 'X-TRACE': 't-1', 'x-other': 'o' } }), { signal: forever });
    expect(requests[0]?.headers).toMatchObject({ 'x-shop': '10151', 'x-trace': 't-1' });
    expect(requests[0]?.headers).not.toHaveProperty('x-other');
    expect(requests[0]?.headers).not.toHaveProperty('x-none');
  });

  it.each([
    [{ basic: { user: 'shop', password: 'pässword' } }, `Basic ${Buffer.from('shop:pässword').toString('base64')}`],
    [{ bearer: { token: 'token-1' } }, 'Bearer token-1'],
  ])('proves who sends it', async (auth, expected) => {
    const { sender, requests } = await senderTo(status(200), { auth });
    await sender.send(messageOf('<A/>'), { signal: forever });
    expect(requests[0]?.headers.authorization).toBe(expected);
  });

  it.each([
    ['a forwarded property', { properties: { 'x-trace': 'a\r\nx-evil: 1' } }],
    ['its content type', { contentType: 'text/xml\r\nx-evil: 1' }],
    ['its id', { id: 'a\nb' }],
    ['its id', { id: 'a€' }],
  ])('is refused when %s could end a header line', async (_, more) => {
    const { sender, requests } = await senderTo(status(200), { forward: ['x-trace'] });
    const error = await failureOf(sender.send(messageOf('<A/>', more), { signal: forever }));
    expect([error.code, error.retryable]).toEqual(['WB_HTTP_HEADER', false]);
    expect(requests).toEqual([]);
  });
});

describe('the body of a message', () => {
  it.each([[0], [1], [65_536], [65_537], [1_000_000]])('of %i bytes arrives as it is, with its length', async (size) => {
    const { sender, requests } = await senderTo(status(200));
    const text = Array.from({ length: size }, (_, index) => String(index % 10)).join('');
    await sender.send(messageOf(text), { signal: forever });
    expect(requests[0]?.headers['content-length']).toBe(String(size));
    expect(requests[0]?.body === text).toBe(true);
  });
});

describe('a sender', () => {
  it('has as many connections as it may send messages at a time, and uses them again', async () => {
    const server = createServer();
    const sockets = new Set<unknown>();
    server.on('connection', (socket) => sockets.add(socket));
    const far = await answeringServer((_, response) => setImmediate(() => response.writeHead(200).end('taken')), server);
    const sender = await openSender(await connectTo({ url: far.url }), {}, 2);
    await Promise.all(Array.from({ length: 20 }, (_, n) => sender.send(messageOf('<A/>', { id: `m-${n}` }), { signal: forever })));
    expect([far.requests.length, sockets.size]).toEqual([20, 2]);
  });

  it('sends nothing any more when it is closed', async () => {
    const { sender, requests } = await senderTo(status(200));
    await sender.close();
    expect(await failureOf(sender.send(messageOf('<A/>'), { signal: forever }))).toMatchObject({
      code: 'WB_HTTP_CLOSED',
      outcome: 'not-sent',
    });
    expect(requests).toEqual([]);
  });
});

describe('a sender that has sent much', () => {
  it('has left nothing on the signal that all its messages share', async () => {
    const { sender } = await senderTo(status(200));
    const { signal } = new AbortController();
    for (let count = 0; count < 100; count++) await sender.send(messageOf('<A/>'), { signal });
    await eventually(() => getEventListeners(signal, 'abort').length === 0, { what: 'the signal to be free' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('leaves no connection open when it is closed', async () => {
    const { sockets, port } = await rawFarSide(onRequest((socket) => socket.write(written('200 OK'))));
    const sender = await openSender(await connectTo({ url: `http://127.0.0.1:${port}` }), {});
    await sender.send(messageOf('<A/>'), { signal: forever });
    await sender.close();
    // By itself, an idle connection is kept for longer.
    await eventually(() => [...sockets].every(({ closed }) => closed), { what: 'the connection to end', within: 2_000 });
    expect(sockets.size).toBe(1);
  });
});

describe('a request for a reply', () => {
  it('brings the body of the answer', async () => {
    const { sender } = await senderTo((_, response) =>
      response.writeHead(200, { 'content-type': 'text/xml', 'x-a': 'b', 'set-cookie': 'c=d' }).end('<Reply/>'),
    );
    const reply = await sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 });
    expect(reply).toMatchObject({ contentType: 'text/xml', correlationId: 'm-1', properties: { 'x-a': 'b' } });
    expect(reply?.properties).not.toHaveProperty('set-cookie');
    expect(Buffer.from(reply?.body ?? []).toString()).toBe('<Reply/>');
  });

  it('brings what comes with a status that is declared to be success', async () => {
    const { sender } = await senderTo(status(422), { success: [200, 422] });
    const reply = await sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 });
    expect(Buffer.from(reply?.body ?? []).toString()).toBe('what the other side says');
  });

  it('fails for good when the answer is none', async () => {
    const { sender } = await senderTo((_, response) => response.writeHead(204).end());
    const error = await failureOf(sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 }));
    expect(error).toMatchObject({ code: 'WB_HTTP_NO_REPLY', retryable: false, outcome: 'unknown' });
  });

  it('does not take a reply that is too large', async () => {
    const { sender } = await senderTo((_, response) => response.writeHead(200).end('x'.repeat(2_000)), { limit: '1KB' });
    const error = await failureOf(sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 }));
    expect(error).toMatchObject({ code: 'WB_HTTP_REPLY_TOO_LARGE', outcome: 'unknown' });
  });

  it('takes one of exactly the limit', async () => {
    const { sender } = await senderTo((_, response) => response.writeHead(200).end('x'.repeat(1_024)), { limit: '1KB' });
    const reply = await sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 });
    expect(reply?.body.length).toBe(1_024);
  });

  it('reaches an inbound entry of another Waybill, and brings its reply', async () => {
    const reply = messageOf('<Reply/>', { contentType: 'text/xml' });
    const { url, deliveries } = await receiving(
      { auth: { bearer: { tokens: { shop: 'token-1' } } } },
      { handle: async () => ({ outcome: 'accepted', reply }) },
    );
    const sender = await openSender(await connectTo({}), { url, auth: { bearer: { token: 'token-1' } } });
    const answer = await sender.request?.(messageOf('<Question/>', { id: 'question-1', contentType: 'text/xml' }), {
      signal: forever,
      timeout: 60_000,
    });
    expect([Buffer.from(answer?.body ?? []).toString(), answer?.correlationId]).toEqual(['<Reply/>', 'question-1']);
    expect(deliveries[0]).toMatchObject({ principal: { name: 'shop' }, message: { id: 'question-1' } });
  });
});

describe('an outbound entry that cannot be', () => {
  it.each([
    ['has no address', {}, {}, 'WB_HTTP_TARGET'],
    ['has two addresses', { url: 'http://a.test', path: '/b' }, {}, 'WB_HTTP_TARGET'],
    ['has a password in its address', { path: '' }, { url: 'http://user:password@a.test' }, 'WB_HTTP_TARGET'],
    ['has an address of another kind', { url: 'ftp://a.test' }, {}, 'WB_HTTP_TARGET'],
    ['sets a header of the transport', { url: 'http://a.test', headers: { 'Content-Length': '1' } }, {}, 'WB_HTTP_HEADER'],
    ['sets credentials as a header', { url: 'http://a.test', headers: { Authorization: 'x' } }, {}, 'WB_HTTP_HEADER'],
    ['sets a header with two lines', { url: 'http://a.test', headers: { 'x-a': 'b\r\nx-c: d' } }, {}, 'WB_HTTP_HEADER'],
    ['forwards what cannot be a header', { url: 'http://a.test', forward: ['a b'] }, {}, 'WB_HTTP_HEADER'],
    ['has a token with two lines', { url: 'http://a.test', auth: { bearer: { token: 'a\nb' } } }, {}, 'WB_HTTP_HEADER'],
  ])('because it %s is refused when it is opened', async (_, target, site, code) => {
    const error = await failureOf(openSender(await connectTo(site), target));
    expect([error.code, error.retryable]).toEqual([code, false]);
    expect(error.message).not.toContain('password@');
  });
});

describe('a header that the transport itself sets', () => {
  const names = [
    'host',
    'content-length',
    'transfer-encoding',
    'connection',
    'keep-alive',
    'proxy-connection',
    'upgrade',
    'expect',
    'te',
    'trailer',
    'idempotency-key',
    'authorization',
  ];

  it.each(names.flatMap((name) => [[name], [name.toUpperCase()]]))('cannot be set or forwarded in the manifest: %s', async (name) => {
    const connection = await connectTo({ url: 'http://a.test' });
    for (const target of [
      { headers: { [name]: 'x' } },
      { headers: { 'x-a': 'b', [name]: 'x' } },
      { forward: [name] },
      { forward: ['x-a', name] },
    ])
      expect(await failureOf(openSender(connection, target))).toMatchObject({ code: 'WB_HTTP_HEADER', retryable: false });
  });

  it('is not taken for one whose name only begins or ends like it', async () => {
    const headers = { 'x-host': 'a', 'content-length-hint': '1', 'x-authorization': 'b' };
    const { sender, requests } = await senderTo(status(200), { headers, forward: ['te-a'] });
    await sender.send(messageOf('<A/>', { properties: { 'te-a': 'c' } }), { signal: forever });
    expect(requests[0]?.headers).toMatchObject({ ...headers, 'te-a': 'c', 'content-length': '4' });
  });
});
