import { resolveSettings } from '@waybill/contract/host';
import { describe, expect, it } from 'vitest';
import http from '../src/index.ts';
import { type Site, type Source, site, source, type Target, target } from '../src/settings.ts';

const folder = '/';
const server = (connection: object, endpoint: object) =>
  http.send!.counterpart!(resolveSettings(site, connection, { folder }) as Site, resolveSettings(target, endpoint, { folder }) as Target);
const client = (connection: object, endpoint: object) =>
  http.receive!.counterpart!(
    resolveSettings(site, connection, { folder }) as Site,
    resolveSettings(source, endpoint, { folder }) as Source,
  );

describe('the other side of an outbound entry', () => {
  it.each([
    ['the whole address', {}, { url: 'http://127.0.0.5:9001/stock?key=1', method: 'PUT' }, '127.0.0.5', 9001, '/stock', 'PUT'],
    ['a path below that of the connection', { url: 'http://localhost/api/' }, { path: '/orders' }, '127.0.0.1', 80, '/api/orders', 'POST'],
    ['the loopback of IPv6', {}, { url: 'http://[::1]:81/' }, '::1', 81, '/', 'POST'],
  ])('listens at %s', (_, connection, endpoint, host, port, path, method) => {
    expect(server(connection, endpoint)).toEqual({
      connection: { listen: { host, port } },
      endpoint: { path, method, auth: 'none', contentTypes: ['*'] },
    });
  });

  it.each([
    ['none', {}, {}, 'it has no address that can be read'],
    ['one with TLS', {}, { url: 'https://127.0.0.1/a?b' }, 'https://127.0.0.1/a begins with https'],
    ['one of another machine', {}, { url: 'http://10.0.0.9:80/' }, 'http://10.0.0.9/ is not an address of this machine'],
    ['one that only begins as those of this machine', {}, { url: 'http://127.0.0.1.example.com/' }, 'is not an address of this machine'],
    ['a method that nobody takes', {}, { url: 'http://127.0.0.1/', method: 'PATCH' }, 'it sends with PATCH'],
    ['other answers than are given', {}, { url: 'http://127.0.0.1/', success: [201] }, 'its "success" lacks 200 or 204'],
  ])('cannot be played where the address is %s', (_, connection, endpoint, why) => {
    expect(server(connection, endpoint)).toEqual({ impossible: expect.stringContaining(why) as unknown });
  });
});

describe('the other side of an inbound entry', () => {
  const none = { path: '/in', auth: 'none' };

  it.each([
    ['0.0.0.0', 'http://127.0.0.1:8080/in'],
    ['::', 'http://[::1]:8080/in'],
    ['192.168.0.7', 'http://192.168.0.7:8080/in'],
    ['fe80::1', 'http://[fe80::1]:8080/in'],
  ])('sends to where %s is listened on', (host, url) => {
    expect(client({ listen: { host, port: 8080 } }, none)).toEqual({ connection: {}, endpoint: { url, method: 'POST' } });
  });

  it.each([
    [{ basic: { users: { erp: 'secret', other: 'else' } } }, { basic: { user: 'erp', password: 'secret' } }],
    [{ bearer: { tokens: { erp: 'token-1', other: 'token-2' } } }, { bearer: { token: 'token-1' } }],
  ])('is one of those who may send: %j', (auth, shown) => {
    expect(client({ listen: { port: 8080 } }, { ...none, auth })).toMatchObject({ endpoint: { auth: shown } });
  });

  it.each([
    [{}, 'its connection does not say where it listens'],
    [{ listen: { port: 0 } }, 'the system chooses its port'],
  ])('cannot be played with the connection %j', (connection, why) => {
    expect(client(connection, none)).toEqual({ impossible: expect.stringContaining(why) as unknown });
  });
});
