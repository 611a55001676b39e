import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import transport from '../src/index.ts';
import { answeringServer, senderTo, status } from './answering-server.ts';
import { connectTo, failureOf, fixture, messageOf, openSender } from './helpers.ts';
import { closedPort } from './world.ts';

const sendingChild = fileURLToPath(new URL('./sending-child.ts', import.meta.url));
const forever = new AbortController().signal;

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
    const far = await answeringServer((_, response) => {
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
    const elsewhere = await answeringServer(status(200));
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

describe('a far side with TLS', () => {
  async function tlsServer() {
    const [key, cert] = await Promise.all([readFile(fixture('key.pem')), readFile(fixture('certificate.pem'))]);
    const far = await answeringServer(status(200), createTlsServer({ key, cert }) as never);
    return { ...far, url: far.url.replace('http:', 'https:') };
  }

  it('whose certificate is unknown gets nothing', async () => {
    const { url, requests } = await tlsServer();
    const connection = await connectTo({ url });
    const error = await failureOf((await openSender(connection, {})).send(messageOf('<A/>'), { signal: forever }));
    expect([error.code, error.retryable]).toEqual(['WB_HTTP_UNREACHABLE', true]);
    expect((await failureOf(transport.probe?.(connection))).code).toBe('WB_HTTP_UNREACHABLE');
    expect(requests).toEqual([]);
  });

  it('is trusted by the certificate in the file that "ca" names', async () => {
    const { url, requests } = await tlsServer();
    const connection = await connectTo({ url, ca: fixture('certificate.pem') });
    await (await openSender(connection, {})).send(messageOf('<A/>'), { signal: forever });
    await transport.probe?.(connection);
    expect(requests.length).toBe(1);
  });

  it('is trusted by that certificate beside those that the system trusts', async () => {
    const trusted = await (await connectTo({ ca: fixture('certificate.pem') })).trusted();
    expect(trusted).toContain(await readFile(fixture('certificate.pem'), 'utf8'));
    expect(trusted).toEqual(expect.arrayContaining([...rootCertificates]));
    expect(await (await connectTo({})).trusted()).toBeUndefined();
  });

  it('cannot be reached while that file is not there', async () => {
    const { url } = await tlsServer();
    const ca = join(await temporaryFolder(), 'late.pem');
    const sender = await openSender(await connectTo({ url, ca }), {});
    expect((await failureOf(sender.send(messageOf('<A/>'), { signal: forever }))).code).toBe('WB_HTTP_CA');
    await copyFile(fixture('certificate.pem'), ca);
    expect((await sender.send(messageOf('<A/>'), { signal: forever })).detail).toContain('HTTP 200');
  });

  it.each([
    ['that is named by NODE_EXTRA_CA_CERTS', {}],
    ['that is named so, beside others in "ca"', { ca: rootCertificates[0] }],
  ])('is trusted by a certificate %s', async (_, { ca }: { readonly ca?: string | undefined }) => {
    const { url, requests } = await tlsServer();
    const file = ca === undefined ? undefined : join(await temporaryFolder(), 'ca.pem');
    if (file !== undefined) await writeFile(file, ca ?? '');
    // Node reads the variable when it starts.
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: fixture('certificate.pem') };
    const { stdout } = await promisify(execFile)(process.execPath, [sendingChild, JSON.stringify({ url, ca: file })], { env });
    expect(stdout).toBe('sent');
    expect(requests.length).toBe(1);
  });

  it.each([
    ['is not there', undefined, /ENOENT/],
    ['holds no certificate', 'This is no certificate.', /holds no certificate/],
    ['holds one that is broken', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', /Cannot read the certificates/],
  ])('cannot be reached when that file %s', async (_, text, reason) => {
    const { url, requests } = await tlsServer();
    const ca = join(await temporaryFolder(), 'ca.pem');
    if (text !== undefined) await writeFile(ca, text);
    const connection = await connectTo({ url, ca });
    const error = await failureOf((await openSender(connection, {})).send(messageOf('<A/>'), { signal: forever }));
    expect(error.code).toBe('WB_HTTP_CA');
    expect(error.message).toMatch(reason);
    expect((await failureOf(transport.probe?.(connection))).code).toBe('WB_HTTP_CA');
    expect(requests).toEqual([]);
  });
});
