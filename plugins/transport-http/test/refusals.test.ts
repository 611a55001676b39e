import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ask, lines, type Receiving, raw, rawSocket, receiving } from './helpers.ts';

const xml = { 'content-type': 'text/xml' };
const secrets = /hunter2|secret/;

interface Given {
  readonly source?: object;
  readonly how?: Receiving;
  /** Refused by the entry, at its url with a secret in the query, or at its port. */
  readonly refused: (url: string, port: number) => Promise<unknown>;
}

const linesAfter = (before: number) => lines.slice(before).filter(({ level }) => level === 'warn' || level === 'error');

describe('a request that is refused', () => {
  it.each<[string, Given, object]>([
    [
      'of an unknown address',
      { refused: (url) => ask(`${url}x?key=hunter2`) },
      { method: 'POST', path: '/inx', status: 404, code: 'WB_HTTP_NOT_FOUND' },
    ],
    [
      'by another method',
      { refused: (url) => ask(`${url}?key=hunter2`, { method: 'PUT' }) },
      { method: 'PUT', path: '/in', status: 405, code: 'WB_HTTP_METHOD' },
    ],
    [
      'without the right password',
      {
        source: { auth: { basic: { users: { erp: 'right' } } } },
        refused: (url) => ask(url, { headers: { ...xml, authorization: `Basic ${Buffer.from('erp:hunter2').toString('base64')}` } }),
      },
      { method: 'POST', path: '/in', status: 401, code: 'WB_HTTP_UNAUTHENTICATED' },
    ],
    [
      'with another content type',
      { refused: (url) => ask(url, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }) },
      { method: 'POST', path: '/in', status: 415, code: 'WB_HTTP_CONTENT_TYPE', contentType: 'application/x-www-form-urlencoded' },
    ],
    [
      'with a compressed body',
      { refused: (url) => ask(url, { headers: { ...xml, 'content-encoding': 'br' } }) },
      { method: 'POST', path: '/in', status: 415, code: 'WB_HTTP_CONTENT_ENCODING', contentEncoding: 'br' },
    ],
    [
      'with too large a body',
      { source: { limit: '1KB' }, refused: (url) => ask(url, { body: 'secret'.repeat(1_000) }) },
      { method: 'POST', path: '/in', status: 413, code: 'WB_HTTP_TOO_LARGE' },
    ],
    [
      'with an id that is none',
      { refused: (url) => ask(url, { headers: { ...xml, 'idempotency-key': 'the secret' } }) },
      { method: 'POST', path: '/in', status: 400, code: 'WB_HTTP_BAD_ID' },
    ],
    [
      'since nobody has looked at it',
      { how: { handle: async () => ({ outcome: 'released' }) }, refused: (url) => ask(url) },
      { method: 'POST', path: '/in', status: 503, code: 'WB_HTTP_NOT_RUNNING' },
    ],
    [
      'since something went wrong',
      { how: { handle: () => Promise.reject(new Error('the reason')) }, refused: (url) => ask(url) },
      { method: 'POST', path: '/in', status: 500, code: 'WB_HTTP_INTERNAL', cause: expect.stringContaining('the reason') },
    ],
    [
      'when it asks for the state of a message that is not known',
      { refused: (url) => ask(`${url}/m-1?key=hunter2`, { method: 'GET', body: null }) },
      { method: 'GET', path: '/in/m-1', status: 404, code: 'WB_HTTP_NOT_FOUND' },
    ],
    [
      'when the state of a message cannot be told',
      {
        how: { stateOf: () => Promise.reject(new Error('the reason')) },
        refused: (url) => ask(`${url}/m-1`, { method: 'GET', body: null }),
      },
      { method: 'GET', path: '/in/m-1', status: 500, code: 'WB_HTTP_INTERNAL', cause: expect.stringContaining('the reason') },
    ],
    [
      'with an expectation that nobody meets',
      {
        refused: (_, port) =>
          raw(port, 'POST /in HTTP/1.1\r\nHost: x\r\nExpect: hunter2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
      },
      { method: 'POST', path: '/in', status: 417, code: 'WB_HTTP_EXPECTATION' },
    ],
    [
      'when it takes this for a proxy',
      { refused: (_, port) => raw(port, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n') },
      { method: 'CONNECT', status: 404, code: 'WB_HTTP_NOT_FOUND' },
    ],
    [
      'and is none',
      { refused: (_, port) => raw(port, 'Dear Sir or Madam, the secret is hunter2.\r\n\r\n') },
      { status: 400, code: 'WB_HTTP_NO_REQUEST', cause: expect.stringMatching(/^HPE_/) },
    ],
    [
      'with too large headers',
      {
        how: { listen: { headerLimit: '4KB' } },
        refused: (_, port) => raw(port, `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'hunter2'.repeat(2_000)}\r\n\r\n`),
      },
      { status: 431, code: 'WB_HTTP_NO_REQUEST' },
    ],
    [
      'since it does not come to its end',
      {
        how: { listen: { headersTimeout: '200ms', requestTimeout: '400ms' } },
        refused: (_, port) => raw(port, 'POST /in HTTP/1.1\r\nHost: x\r\nX-A: hunter2'),
      },
      { status: 408, code: 'WB_HTTP_SLOW_REQUEST' },
    ],
  ])('leaves one line that says what, why and from where, and no secrets: %s', async (_, { source, how, refused }, expected) => {
    const { url, port } = await receiving(source, how);
    const before = lines.length;
    await refused(url, port);
    await eventually(() => linesAfter(before).length > 0, { what: 'the line' });
    const told = linesAfter(before);
    expect(told).toMatchObject([
      { fields: { ...expected, reason: expect.stringMatching(/\w/), hint: expect.stringMatching(/\w/), from: '127.0.0.1' } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(secrets);
  });

  it('is told the same by the answer, also where Node has no response for it', async () => {
    const { port } = await receiving();
    const text = await raw(port, 'Dear Sir or Madam,\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application\/problem\+json\r\n/);
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({ status: 400, code: 'WB_HTTP_NO_REQUEST' });
  });

  it('leaves no line when its client has gone, and none when it is accepted', async () => {
    const { url, port } = await receiving();
    const before = lines.length;
    const socket = rawSocket(port);
    socket.write('POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    socket.resetAndDestroy();
    expect((await ask(url)).status).toBe(204);
    expect(linesAfter(before)).toEqual([]);
  });

  it('names the sender that the proxy in front names, and shortens what is long', async () => {
    const { url } = await receiving();
    const before = lines.length;
    await ask(`${url}/${'x'.repeat(1_000)}`, { headers: { ...xml, 'x-forwarded-for': '192.0.2.1' } });
    const [line] = linesAfter(before);
    expect(line?.fields['forwardedFor']).toBe('192.0.2.1');
    expect(String(line?.fields['path']).length).toBeLessThan(250);
  });
});

describe('a thousand refused requests', () => {
  it('leave a few lines and a count, and take nothing away from those that come afterwards', async () => {
    const { url, port, end, deliveries } = await receiving({ limit: '1KB', waiting: 1 }, { concurrency: 1 });
    const before = lines.length;
    const socket = rawSocket(port);
    const head = 'POST /in HTTP/1.1\r\nHost: x\r\n';
    const kinds = [
      `${head}Content-Type: image/png\r\nContent-Length: 4\r\n\r\n<A/>`,
      `${head}Content-Type: text/xml\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n<A/>`,
      'PUT /in HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n<A/>',
      `${head}Content-Type: text/xml\r\nIdempotency-Key: a b\r\nContent-Length: 4\r\n\r\n<A/>`,
    ];
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    for (let count = 0; count < 1_000; count++) socket.write(kinds[count % kinds.length] ?? '');
    await eventually(() => text.match(/HTTP\/1.1 4/g)?.length === 1_000, { what: 'a thousand answers' });
    for (let count = 0; count < 3; count++) expect((await ask(url)).status).toBe(204);
    expect(deliveries.length).toBe(3);
    await end();
    const told = linesAfter(before);
    const counted = told.map(({ fields }) => fields['count']).filter((count) => count !== undefined);
    expect(told.length - counted.length).toBeLessThan(250);
    expect(told.length - counted.length + counted.reduce<number>((sum, count) => sum + Number(count), 0)).toBe(1_000);
  });
});
