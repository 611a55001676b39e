import { describe, expect, it } from 'vitest';
import { ask, raw, rawSocket, receiving, said } from './helpers.ts';

const basic = (text: string) => ({ 'content-type': 'text/xml', authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const bearer = (text: string) => ({ 'content-type': 'text/xml', authorization: `Bearer ${text}` });

describe('an entry with passwords', () => {
  const auth = { basic: { users: { erp: 'pass:wörd', shop: 'other' } } };

  it('knows who sends', async () => {
    const { url, deliveries } = await receiving({ auth });
    expect((await ask(url, { headers: basic('erp:pass:wörd') })).status).toBe(204);
    expect(deliveries[0]?.principal).toEqual({ name: 'erp' });
  });

  it.each([
    ['no credentials', {}],
    ['a wrong password', basic('erp:other')],
    ['an unknown name', basic('nobody:other')],
    ['a name from the language', basic('constructor:other')],
    ['no colon', basic('erp')],
    ['nothing', basic('')],
    ['another scheme', bearer('pass:wörd')],
    ['no base64', { authorization: 'Basic §§§' }],
  ])('refuses a request with %s, and delivers nothing', async (_, headers) => {
    const { url, deliveries } = await receiving({ auth });
    const answer = await ask(url, { headers: { 'content-type': 'text/xml', ...headers } });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="waybill", charset="UTF-8"']);
    expect(deliveries).toEqual([]);
  });

  it('tells the state of a message to its sender alone', async () => {
    const asked: (readonly (string | undefined)[])[] = [];
    const { url } = await receiving(
      { auth },
      {
        stateOf: async (id, principal) => {
          asked.push([id, principal?.name]);
          return 'stored';
        },
      },
    );
    expect((await ask(`${url}/m-1`, { method: 'GET', body: null })).status).toBe(401);
    expect((await ask(`${url}/m-1`, { method: 'GET', body: null, headers: basic('shop:other') })).status).toBe(200);
    expect(asked).toEqual([['m-1', 'shop']]);
  });
});

describe('an entry with tokens', () => {
  const auth = { bearer: { tokens: { erp: 'token-1', shop: 'token-2' } } };

  it('knows who sends', async () => {
    const { url, deliveries } = await receiving({ auth });
    expect((await ask(url, { headers: bearer('token-2') })).status).toBe(204);
    expect(deliveries[0]?.principal).toEqual({ name: 'shop' });
  });

  it.each([['wrong'], [''], ['token-1 token-2']])('refuses the token "%s"', async (token) => {
    const { url, deliveries } = await receiving({ auth });
    const answer = await ask(url, { headers: bearer(token) });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="waybill"']);
    expect(deliveries).toEqual([]);
  });
});

describe('a request', () => {
  it.each([
    ['text/xml', 204],
    ['TEXT/XML; charset=utf-8', 204],
    ['application/soap+xml', 204],
    ['application/octet-stream', 204],
    ['image/png', 415],
    ['application/x-www-form-urlencoded', 415],
    ['text/xml, image/png', 415],
  ])('with the content type %s is answered with %i', async (contentType, expected) => {
    const { url } = await receiving({ contentTypes: ['text/xml', 'application/*+xml', 'application/octet-stream'] });
    expect((await ask(url, { headers: { 'content-type': contentType } })).status).toBe(expected);
  });

  it.each([
    ['gzip'],
    ['GZIP'],
    ['deflate'],
    ['br'],
    ['zstd'],
    ['compress'],
    ['x-gzip'],
    ['gzip, identity'],
    ['identity, br'],
    ['aes128gcm'],
    [''],
  ])('whose body has the encoding "%s" is refused', async (encoding) => {
    const { port, deliveries } = await receiving();
    const head = `POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nConnection: close\r\n`;
    const text = await raw(port, `${head}Content-Encoding: ${encoding}\r\nContent-Length: 4\r\n\r\n<A/>`);
    expect(text).toMatch(/^HTTP\/1.1 415 [^]*accept-encoding: identity\r\n[^]*WB_HTTP_CONTENT_ENCODING/);
    expect(deliveries).toEqual([]);
  });

  it.each([['identity'], ['Identity']])('whose body has the encoding "%s" is as it is', async (encoding) => {
    const { url } = await receiving();
    expect((await ask(url, { headers: { 'content-type': 'text/xml', 'content-encoding': encoding } })).status).toBe(204);
  });

  it.each([['with blanks in it'], ['x'.repeat(201)], ['ümlaut']])('with the id "%s" is refused', async (id) => {
    const { url, deliveries } = await receiving();
    const answer = await ask(url, { headers: { 'content-type': 'text/xml', 'idempotency-key': id } });
    expect([answer.status, answer.problem().code]).toEqual([400, 'WB_HTTP_BAD_ID']);
    expect(deliveries).toEqual([]);
  });

  it('with an id of 200 characters is taken', async () => {
    const { url, deliveries } = await receiving();
    const id = 'x'.repeat(200);
    expect((await ask(url, { headers: { 'content-type': 'text/xml', 'idempotency-key': id } })).status).toBe(204);
    expect(deliveries[0]?.message.id).toBe(id);
  });

  it.each([['idempotency-key'], ['authorization'], ['content-type'], ['content-encoding']])(
    'with two headers "%s" is refused',
    async (name) => {
      const { port, deliveries } = await receiving();
      const socket = rawSocket(port);
      socket.write(`POST /in HTTP/1.1\r\nHost: x\r\n${name}: identity\r\n${name}: other\r\nContent-Length: 0\r\n\r\n`);
      expect(await said(socket, /\}$/)).toMatch(/^HTTP\/1.1 400[^]*WB_HTTP_AMBIGUOUS/);
      expect(deliveries).toEqual([]);
    },
  );

  it('with another method is told which one to use', async () => {
    const { url } = await receiving();
    for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) {
      const { status, headers } = await ask(url, { method, body: null });
      expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    }
    const { status, headers } = await ask(url, { method: 'OPTIONS', body: null });
    expect([status, headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it.each([['/'], ['/IN'], ['/in/'], ['//in'], ['/in%2f'], ['/%E0%A4%A'], ['/in/../in2']])('to %s finds nothing', async (path) => {
    const { port } = await receiving();
    const socket = rawSocket(port);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    const text = await said(socket, /\}$/);
    expect(text).toMatch(/^HTTP\/1.1 404[^]*WB_HTTP_NOT_FOUND/);
    expect(text).not.toMatch(/node_modules|\.ts:|\.js:/);
  });

  it('may have a query, which does not matter', async () => {
    const { url } = await receiving();
    expect((await ask(`${url}?a=b`)).status).toBe(204);
  });
});
