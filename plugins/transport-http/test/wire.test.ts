import { once } from 'node:events';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import transport from '../src/index.ts';
import { ask, closed, messageOf, raw, rawSocket, receiving, said } from './helpers.ts';

const head = 'POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n';

describe('a malformed request', () => {
  it.each([
    ['a content length that is no number', `${head}Content-Length: abc\r\n\r\n<A/>`],
    ['a negative content length', `${head}Content-Length: -4\r\n\r\n<A/>`],
    ['two content lengths', `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\n<A/>`],
    ['a content length and chunks', `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<A/>\r\n0\r\n\r\n`],
    ['an unknown transfer encoding', `${head}Transfer-Encoding: gzip\r\n\r\n<A/>`],
    ['chunks without a length', `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n<A/>\r\n0\r\n\r\n`],
    ['no host', 'POST /in HTTP/1.1\r\nContent-Length: 4\r\n\r\n<A/>'],
    ['a header line that is folded', `${head}X-A: b\r\n c: d\r\nContent-Length: 4\r\n\r\n<A/>`.replace('\r\n c', '\n\n c')],
    ['no HTTP at all', 'Dear Sir or Madam,\r\n\r\n'],
    ['TLS where there is none', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('with %s is refused with status 400, and nothing is delivered', async (_, bytes) => {
    const { port, deliveries, url } = await receiving();
    expect(await raw(port, bytes)).toMatch(/^HTTP\/1.1 400 /);
    expect(deliveries).toEqual([]);
    expect((await ask(url)).status).toBe(204);
  });

  it('with headers that are too large is refused with status 431', async () => {
    const { port, deliveries } = await receiving({}, { listen: { headerLimit: '4KB' } });
    expect(await raw(port, `${head}X-Large: ${'x'.repeat(10_000)}\r\nContent-Length: 0\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    expect(deliveries).toEqual([]);
  });
});

describe('a request that is cut off', () => {
  it.each([
    ['in its headers', 'POST /in HTTP/1.1\r\nHo'],
    ['in its body', `${head}Content-Length: 100\r\n\r\n<A>half of`],
    ['between its chunks', `${head}Transfer-Encoding: chunked\r\n\r\n4\r\n<A/>\r\n`],
  ])('%s is not delivered', async (_, bytes) => {
    const { port, deliveries, url } = await receiving();
    const socket = rawSocket(port);
    socket.end(bytes);
    socket.resume();
    await closed(socket);
    expect((await ask(url)).status).toBe(204);
    expect(deliveries.map(({ message }) => Buffer.from(message.body).toString())).toEqual(['<A/>']);
  });
});

describe('a request that takes too long', () => {
  const listen = { headersTimeout: '200ms', requestTimeout: '400ms' };

  it.each([
    ['with its headers', 'POST /in HTTP/1.1\r\nHost: x\r\n'],
    ['with its body', `${head}Content-Length: 100\r\n\r\n<A>`],
    ['with its chunks', `${head}Transfer-Encoding: chunked\r\n\r\n4\r\n<A/>\r\n`],
  ])('%s is ended, and nothing is delivered', async (_, bytes) => {
    const { port, deliveries, url } = await receiving({}, { listen });
    expect(await raw(port, bytes)).toMatch(/^HTTP\/1.1 408 |^$/);
    expect((await ask(url)).status).toBe(204);
    expect(deliveries.length).toBe(1);
  });
});

describe('a client in the middle of its request', () => {
  it('does not keep the server from closing', async () => {
    const { port, connection, deliveries } = await receiving({}, { listen: { headersTimeout: '1h', requestTimeout: '1h' } });
    const socket = rawSocket(port);
    socket.write('POST /in HTTP/1.1\r\nHo');
    await once(socket, 'connect');
    let isClosed = false;
    void transport.disconnect?.(connection).then(() => (isClosed = true));
    await eventually(() => isClosed, { what: 'the server to close' });
    expect(deliveries).toEqual([]);
  });
});

describe('a body that is too large', () => {
  it('is refused by its announced length, before it is sent', async () => {
    const { port, deliveries } = await receiving({ limit: '1KB' });
    const socket = rawSocket(port);
    socket.write(`${head}Content-Length: 1025\r\n\r\n`);
    expect(await said(socket, /\}$/)).toMatch(/^HTTP\/1.1 413 [^]*connection: close[^]*WB_HTTP_TOO_LARGE/i);
    expect(deliveries).toEqual([]);
  });

  it('is refused as soon as it is, when nothing was announced', async () => {
    const { port, deliveries } = await receiving({ limit: '1KB' });
    const socket = rawSocket(port);
    const chunk = `200\r\n${'x'.repeat(512)}\r\n`;
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}${chunk}`);
    expect(await said(socket, /\}$/)).toMatch(/^HTTP\/1.1 413 /);
    expect(deliveries).toEqual([]);
  });

  it('is answered although the client goes on sending', async () => {
    const { url, deliveries } = await receiving({ limit: '1KB' });
    for (let round = 0; round < 5; round++) {
      const answer = await ask(url, { body: 'x'.repeat(5_000_000) });
      expect([answer.status, answer.problem().code]).toEqual([413, 'WB_HTTP_TOO_LARGE']);
    }
    expect(deliveries).toEqual([]);
  });

  it('may be exactly as large as the limit', async () => {
    const { url } = await receiving({ limit: '1KB' });
    expect((await ask(url, { body: 'x'.repeat(1_024) })).status).toBe(204);
  });
});

describe('a client that asks before it sends the body', () => {
  const expecting = `${head}Expect: 100-continue\r\nContent-Length: 4\r\n`;

  it('is told to go on', async () => {
    const { port, deliveries } = await receiving();
    const socket = rawSocket(port);
    socket.write(`${expecting}\r\n`);
    await said(socket, /^HTTP\/1.1 100 Continue\r\n\r\n$/);
    socket.write('<A/>');
    await said(socket, /HTTP\/1.1 204 /);
    expect(deliveries.length).toBe(1);
  });

  it('is refused at once when it may not', async () => {
    const { port, deliveries } = await receiving({ auth: { bearer: { tokens: { erp: 'token' } } } });
    const socket = rawSocket(port);
    socket.write(`${expecting}\r\n`);
    expect(await said(socket, /\}$/)).toMatch(/^HTTP\/1.1 401 /);
    expect(deliveries).toEqual([]);
  });

  it('is refused when it expects something else', async () => {
    const { port } = await receiving();
    const socket = rawSocket(port);
    socket.write(`${head}Expect: miracles\r\nContent-Length: 0\r\n\r\n`);
    expect(await said(socket, /\r\n\r\n/)).toMatch(/^HTTP\/1.1 417 /);
  });
});

describe('requests that come one behind the other without waiting', () => {
  it('are all answered, in their order', async () => {
    const { port, deliveries } = await receiving(
      {},
      {
        handle: async ({ message }) => ({
          outcome: 'accepted',
          reply: messageOf(Buffer.from(message.body).toString(), { contentType: 'text/plain' }),
        }),
      },
    );
    const one = (text: string) => `${head}Content-Length: ${text.length}\r\n\r\n${text}`;
    const socket = rawSocket(port);
    socket.write(one('<First/>') + one('<Second/>') + one('<Third/>'));
    expect(await said(socket, /<Third\/>/)).toMatch(/<First\/>[^]*<Second\/>[^]*<Third\/>/);
    expect(deliveries.length).toBe(3);
  });
});

describe('a connection after a request that was refused', () => {
  it.each([
    ['without a body', 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['with a small body', 'POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n<A/>'],
  ])('%s takes the next one', async (_, refused) => {
    const { port, deliveries } = await receiving();
    const socket = rawSocket(port);
    socket.write(refused);
    await said(socket, /HTTP\/1.1 404 [^]*\}$/);
    socket.write(`${head}Content-Length: 4\r\n\r\n<A/>`);
    await said(socket, /HTTP\/1.1 204 /);
    expect(deliveries.length).toBe(1);
  });
});
