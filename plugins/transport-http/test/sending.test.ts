import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import transport from '../src/index.ts';
import { connectTo, failureOf, messageOf, openSender, receiving } from './helpers.ts';
import { closedPort } from './world.ts';

const forever = new AbortController().signal;
const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A far side that answers as it is told, with everything that it was asked. */
async function farSide(answer: Answer, server = createServer()) {
  const requests: {
    readonly method: string | undefined;
    readonly url: string | undefined;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[] = [];
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: (await buffer(request)).toString() });
    answer(request, response);
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end('what the other side says');

async function senderTo(answer: Answer, target: object = {}, site: object = {}) {
  const far = await farSide(answer);
  const sender = await openSender(await connectTo({ url: far.url, ...site }), target);
  return { ...far, sender };
}

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
    const far = await farSide((_, response) => setImmediate(() => response.writeHead(200).end('taken')), server);
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

describe('the status of an answer', () => {
  it.each([[200], [201], [202], [204]])('%i means that the message was taken', async (code) => {
    const { sender } = await senderTo(code === 204 ? (_, response) => response.writeHead(204).end() : status(code));
    expect((await sender.send(messageOf('<A/>'), { signal: forever })).detail).toContain(`HTTP ${code}`);
  });

  it.each([[400], [401], [403], [404], [409], [413], [415], [422]])('%i means that trying again is of no use', async (code) => {
    const { sender } = await senderTo(status(code));
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect([error.code, error.retryable, error.outcome]).toEqual(['WB_HTTP_REFUSED', false, 'refused']);
    expect(error.message).not.toContain('what the other side says');
  });

  it.each([[408], [425], [429], [500], [502], [503], [504]])('%i means to try again', async (code) => {
    const { sender } = await senderTo(status(code, { 'retry-after': '7' }));
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect(error).toMatchObject({ code: 'WB_HTTP_FAILED', retryable: true, outcome: 'not-sent', connectionLost: false, retryAfter: 7_000 });
  });

  it.each([
    ['a date, by the clock of the far side', 'Wed, 21 Oct 2037 07:28:30 GMT', 'Wed, 21 Oct 2037 07:28:00 GMT', 30_000],
    ['a date that is over', 'Wed, 21 Oct 2015 07:28:00 GMT', 'Wed, 21 Oct 2037 07:28:00 GMT', undefined],
    ['a number that is none', '-1', undefined, undefined],
    ['something else', 'soon', undefined, undefined],
  ])('may say when to try again: %s', async (_, retryAfter, date, expected) => {
    const { sender } = await senderTo(status(503, { 'retry-after': retryAfter, ...(date ? { date } : {}) }));
    expect((await failureOf(sender.send(messageOf('<A/>'), { signal: forever }))).retryAfter).toBe(expected);
  });

  it('says when to try again by our clock, where the far side does not show its own', async () => {
    const server = createServer();
    const due = new Date(Date.now() + 3_600_000).toUTCString();
    const far = await farSide((_, response) => {
      response.sendDate = false;
      response.writeHead(429, { 'retry-after': due }).end();
    }, server);
    const sender = await openSender(await connectTo({ url: far.url }), {});
    const { retryAfter = 0 } = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect(retryAfter).toBeGreaterThan(3_500_000);
    expect(retryAfter).toBeLessThanOrEqual(3_600_000);
  });

  it('is enough to know that the message was taken, although the body of the answer never ends', async () => {
    const { sender } = await senderTo((_, response) => void response.writeHead(200).write('<Half'));
    expect((await sender.send(messageOf('<A/>'), { signal: forever })).detail).toContain('HTTP 200');
  });

  it.each([[301], [302], [307], [308]])('%i is not followed', async (code) => {
    const elsewhere = await farSide(status(200));
    const { sender } = await senderTo(status(code, { location: elsewhere.url }));
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect([error.code, error.retryable]).toEqual(['WB_HTTP_REDIRECTED', false]);
    expect(elsewhere.requests).toEqual([]);
  });

  it('can be declared to be success, and is then the only one', async () => {
    const { sender } = await senderTo(status(409), { success: [409] });
    await sender.send(messageOf('<A/>'), { signal: forever });
    const strict = await senderTo(status(200), { success: [409] });
    expect((await failureOf(strict.sender.send(messageOf('<A/>'), { signal: forever }))).code).toBe('WB_HTTP_FAILED');
  });
});

describe('a far side in trouble', () => {
  it('that is not there is a lost connection', async () => {
    const sender = await openSender(await connectTo({ url: `http://127.0.0.1:${await closedPort()}` }), {});
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect(error).toMatchObject({ code: 'WB_HTTP_UNREACHABLE', connectionLost: true, outcome: 'not-sent' });
  });

  it('that breaks off instead of answering may have the message', async () => {
    const { sender } = await senderTo((_, response) => response.destroy());
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect(error).toMatchObject({ code: 'WB_HTTP_BROKEN', retryable: true, connectionLost: false, outcome: 'unknown' });
  });

  it('that breaks off in the middle of the message does not have it', async () => {
    const server = createServer((request) => request.once('data', () => request.socket.resetAndDestroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const sender = await openSender(await connectTo({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }), {});
    const error = await failureOf(sender.send(messageOf('x'.repeat(50_000_000)), { signal: forever }));
    expect(error).toMatchObject({ code: 'WB_HTTP_BROKEN', retryable: true, connectionLost: false, outcome: 'not-sent' });
  });

  it('that does not answer is given up on, and may have the message', async () => {
    const { sender } = await senderTo(() => undefined, {}, { answerTimeout: '200ms' });
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect(error).toMatchObject({ code: 'WB_HTTP_TIMEOUT', retryable: true, outcome: 'unknown' });
  });

  it('that has not answered when the time is over may have the message, and gets the next one', async () => {
    let answers = false;
    const { sender, requests } = await senderTo((_, response) => void (answers && response.writeHead(200).end()));
    const time = new AbortController();
    const sending = failureOf(sender.send(messageOf('<A/>'), { signal: time.signal }));
    await eventually(() => requests.length === 1, { what: 'the far side to have the message' });
    time.abort();
    expect(await sending).toMatchObject({ code: 'WB_HTTP_TIMEOUT', retryable: true, outcome: 'unknown' });
    answers = true;
    await sender.send(messageOf('<B/>'), { signal: forever });
  });

  it('that does not read the message to its end does not have it when the time is over', async () => {
    const held: IncomingMessage[] = [];
    const server = createServer((request) => void held.push(request.pause()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const sender = await openSender(await connectTo({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }), {});
    const time = new AbortController();
    const sending = failureOf(sender.send(messageOf('x'.repeat(50_000_000)), { signal: time.signal }));
    await eventually(() => held.length === 1, { what: 'the far side to have the beginning' });
    time.abort();
    expect(await sending).toMatchObject({ code: 'WB_HTTP_GIVEN_UP', retryable: true, outcome: 'not-sent' });
  });

  it('gets nothing when the time was over before', async () => {
    const { sender, requests } = await senderTo(status(200));
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'WB_HTTP_GIVEN_UP', outcome: 'not-sent' });
    expect(requests).toEqual([]);
  });

  it('that stops in the middle of its reply is given up on', async () => {
    const { sender } = await senderTo((_, response) => void response.writeHead(200).write('<Half'), {}, { answerTimeout: '200ms' });
    const error = await failureOf(sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 }));
    expect(error).toMatchObject({ code: 'WB_HTTP_TIMEOUT', retryable: true, outcome: 'unknown' });
  });

  it('that has not replied when the time for that is over may have the message', async () => {
    const { sender } = await senderTo(() => undefined);
    const error = await failureOf(sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 200 }));
    expect(error).toMatchObject({ code: 'WB_HTTP_TIMEOUT', retryable: true, outcome: 'unknown' });
  });

  it.each([
    ['something else than HTTP', 'Dear Sir or Madam,\r\n\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(20_000)}`],
  ])('that says %s may have the message', async (_, text) => {
    const { sender } = await senderTo((__, response) => void response.socket?.end(text));
    const error = await failureOf(sender.send(messageOf('<A/>'), { signal: forever }));
    expect(error).toMatchObject({ code: 'WB_HTTP_BAD_ANSWER', retryable: true, outcome: 'unknown' });
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

describe('a far side with TLS', () => {
  async function tlsFarSide() {
    const [key, cert] = await Promise.all([readFile(fixture('key.pem')), readFile(fixture('certificate.pem'))]);
    const far = await farSide(status(200), createTlsServer({ key, cert }) as never);
    return { ...far, url: far.url.replace('http:', 'https:') };
  }

  it('whose certificate is unknown gets nothing', async () => {
    const { url, requests } = await tlsFarSide();
    const connection = await connectTo({ url });
    const error = await failureOf((await openSender(connection, {})).send(messageOf('<A/>'), { signal: forever }));
    expect([error.code, error.retryable]).toEqual(['WB_HTTP_UNREACHABLE', true]);
    expect((await failureOf(transport.probe?.(connection))).code).toBe('WB_HTTP_UNREACHABLE');
    expect(requests).toEqual([]);
  });

  it('is trusted by the certificate in the file that "ca" names', async () => {
    const { url, requests } = await tlsFarSide();
    const connection = await connectTo({ url, ca: fixture('certificate.pem') });
    await (await openSender(connection, {})).send(messageOf('<A/>'), { signal: forever });
    await transport.probe?.(connection);
    expect(requests.length).toBe(1);
  });

  it('cannot be reached when that file is not there', async () => {
    const { url } = await tlsFarSide();
    const connection = await connectTo({ url, ca: fixture('missing.pem') });
    expect((await failureOf((await openSender(connection, {})).send(messageOf('<A/>'), { signal: forever }))).code).toBe('WB_HTTP_CA');
  });
});
