import type { Deliver } from '@waybill/contract';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ask, faultOf, lines, messageOf, raw, receiving } from './helpers.ts';

describe('the answer to a request', () => {
  it('is empty when the message was accepted without a reply', async () => {
    const { url } = await receiving();
    expect(await ask(url)).toMatchObject({ status: 204, text: '' });
  });

  it('is the reply with its content type', async () => {
    const reply = messageOf('<Reply/>', { contentType: 'application/xml' });
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'accepted', reply }) });
    const { status, text, headers } = await ask(url);
    expect([status, text, headers.get('content-type')]).toEqual([200, '<Reply/>', 'application/xml']);
  });

  it('names the address of a message that was stored, where its state can be asked for', async () => {
    const { url } = await receiving(
      {},
      {
        handle: async ({ message: { id } }) => ({ outcome: 'accepted', stored: true, id }),
        stateOf: async (id) => (id === 'a/b' ? 'done' : undefined),
      },
    );
    const { status, headers, text } = await ask(url, { headers: { 'idempotency-key': 'a/b', 'content-type': 'text/xml' } });
    expect([status, JSON.parse(text)]).toEqual([202, { id: 'a/b', state: 'stored', address: '/in/a%2Fb' }]);
    const address = new URL(headers.get('location') ?? '', url).href;
    const state = await ask(address, { method: 'GET', body: null });
    expect([state.status, JSON.parse(state.text)]).toEqual([200, { id: 'a/b', state: 'done' }]);
    expect((await ask(`${url}/other`, { method: 'GET', body: null })).status).toBe(404);
    expect((await ask(`${url}/%E0%A4`, { method: 'GET', body: null })).status).toBe(400);
  });

  it('names the address of a message that was stored under an id that its sender has not given', async () => {
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'accepted', stored: true, id: 'made-1' }) });
    const { status, headers, text } = await ask(url);
    const address = '/in/made-1';
    expect([status, headers.get('location'), JSON.parse(text)]).toEqual([202, address, { id: 'made-1', state: 'stored', address }]);
  });

  it.each([
    ['unavailable', 503],
    ['conflict', 409],
    ['invalid', 503],
  ] as const)(
    'asks to come again later, in whole seconds, when the message has to be tried again because it is %s',
    async (kind, expected) => {
      const { url } = await receiving({}, { handle: async () => ({ outcome: 'retry', after: 1_200, fault: faultOf(kind) }) });
      const { status, headers, problem } = await ask(url);
      expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([expected, '2', 'application/problem+json']);
      expect(problem()).toMatchObject({ code: 'WB_TEST', detail: 'Not now.', status: expected });
    },
  );

  it.each([
    ['unreadable', 400, null],
    ['unknown', 400, null],
    ['forbidden', 403, null],
    ['invalid', 422, null],
    ['conflict', 409, null],
    ['unavailable', 503, '60'],
  ] as const)('is a problem when the message was rejected because it is %s, whatever the code is', async (kind, expected, after) => {
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'rejected', fault: faultOf(kind) }) });
    const { status, headers, problem } = await ask(url);
    expect([status, problem().code, problem().detail, headers.get('retry-after')]).toEqual([expected, 'WB_TEST', 'Not now.', after]);
  });

  it.each(['rejected', 'retry'] as const)('is the reply of a message with the outcome %s, where it has one', async (outcome) => {
    const reply = messageOf('<Error/>', { contentType: 'text/xml\r\nset-cookie: a=b' });
    const { url } = await receiving({}, { handle: async () => ({ outcome, after: 0, fault: faultOf('conflict'), reply }) });
    const { status, text, headers } = await ask(url);
    expect([status, text, headers.get('set-cookie')]).toEqual([409, '<Error/>', null]);
    expect(headers.get('retry-after')).toBe(outcome === 'retry' ? '1' : null);
  });

  it('asks to come again when nobody has looked at the message', async () => {
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'released' }) });
    const { status, headers, problem } = await ask(url);
    expect([status, headers.get('retry-after'), problem().code]).toEqual([503, '1', 'WB_HTTP_NOT_RUNNING']);
  });

  it('says nothing of what went wrong inside, when something did', async () => {
    const before = lines.length;
    const { url } = await receiving({}, { handle: () => Promise.reject(new Error('secret detail')) });
    const { status, text } = await ask(url);
    expect(status).toBe(500);
    expect(text).not.toMatch(/secret|at |\.ts/);
    expect(JSON.stringify(lines.slice(before))).toContain('secret detail');
  });

  it('comes as well when the request names the whole address, as to a proxy', async () => {
    const { port, deliveries } = await receiving();
    const head = `POST http://127.0.0.1:${port}/in?a=b HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n`;
    expect(await raw(port, `${head}Content-Type: text/xml\r\nContent-Length: 4\r\n\r\n<A/>`)).toMatch(/^HTTP\/1.1 204 /);
    expect(deliveries.length).toBe(1);
  });

  it('tells nothing about the server', async () => {
    const { url } = await receiving();
    for (const address of [url, `${url}x`]) {
      const { headers } = await ask(address);
      expect([headers.get('x-powered-by'), headers.get('server'), headers.get('cache-control')]).toEqual([null, null, 'no-store']);
    }
  });
});

describe('a message from a request', () => {
  it('has the id of the header, and none where there is no such header', async () => {
    const { url, deliveries } = await receiving({ idHeader: 'X-Message' });
    await ask(url, { headers: { 'x-message': 'order-1', 'content-type': 'text/xml' } });
    await ask(url);
    expect(deliveries.map(({ message }) => message.id)).toEqual(['order-1', undefined]);
  });

  it('has the headers as properties, but none with credentials', async () => {
    const { url, deliveries } = await receiving();
    await ask(url, {
      headers: { 'content-type': 'text/xml', 'X-Shop': 'Süd', authorization: 'Basic abc', cookie: 'a=b', 'proxy-authorization': 'x' },
    });
    const properties = deliveries[0]?.message.properties ?? {};
    expect(properties['x-shop']).toBe('S\u00fcd');
    expect(Object.keys(properties)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(JSON.stringify(properties)).not.toMatch(/abc|a=b|proxy-auth/);
  });

  it('is not abandoned while its sender waits', async () => {
    const { url, deliveries } = await receiving();
    await ask(url);
    expect(deliveries[0]?.abandoned?.aborted).toBe(false);
  });

  it('is told of when its sender goes away', async () => {
    const { url, deliveries } = await receiving(
      {},
      { handle: ({ abandoned }) => new Promise((resolve) => abandoned?.addEventListener('abort', () => resolve({ outcome: 'accepted' }))) },
    );
    const client = new AbortController();
    const gone = ask(url, { signal: client.signal }).catch((error: Error) => error.name);
    await eventually(() => deliveries.length === 1, { what: 'the delivery' });
    client.abort();
    expect(await gone).toBe('AbortError');
    await eventually(() => deliveries[0]?.abandoned?.aborted, { what: 'the delivery to be told' });
  });
});

describe('the address of a stored message', () => {
  it('holds for every method of a path', async () => {
    const stored: Deliver = async ({ message: { id } }) => ({ outcome: 'accepted', stored: true, id });
    const states = (known: string) => async (id: string) => (id === known ? ('stored' as const) : undefined);
    const { connection, url } = await receiving({}, { handle: stored, stateOf: states('by-post') });
    await receiving({ method: 'PUT' }, { connection, handle: stored, stateOf: states('by-put') });
    for (const [method, id] of [
      ['POST', 'by-post'],
      ['PUT', 'by-put'],
    ] as const) {
      const { headers } = await ask(url, { method, headers: { 'content-type': 'text/xml', 'idempotency-key': id } });
      const state = await ask(new URL(headers.get('location') ?? '', url).href, { method: 'GET', body: null });
      expect([state.status, JSON.parse(state.text)]).toEqual([200, { id, state: 'stored' }]);
    }
    expect((await ask(`${url}/by-nobody`, { method: 'GET', body: null })).status).toBe(404);
  });

  it('says nothing of what went wrong inside, when something did', async () => {
    const { url } = await receiving({}, { stateOf: () => Promise.reject(new Error('secret detail')) });
    const { status, text } = await ask(`${url}/m-1`, { method: 'GET', body: null });
    expect([status, text.includes('secret')]).toEqual([500, false]);
  });
});
