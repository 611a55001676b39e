import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ask, connectTo, failureOf, lines, messageOf, receiving } from './helpers.ts';

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
      { handle: async () => ({ outcome: 'accepted', stored: true }), stateOf: async (id) => (id === 'a/b' ? 'done' : undefined) },
    );
    const { status, headers, text } = await ask(url, { headers: { 'idempotency-key': 'a/b', 'content-type': 'text/xml' } });
    expect([status, JSON.parse(text)]).toEqual([202, { id: 'a/b', state: 'stored', address: '/in/a%2Fb' }]);
    const address = new URL(headers.get('location') ?? '', url).href;
    const state = await ask(address, { method: 'GET', body: null });
    expect([state.status, JSON.parse(state.text)]).toEqual([200, { id: 'a/b', state: 'done' }]);
    expect((await ask(`${url}/other`, { method: 'GET', body: null })).status).toBe(404);
    expect((await ask(`${url}/%E0%A4`, { method: 'GET', body: null })).status).toBe(400);
  });

  it('asks to come again later, in whole seconds, when the message has to be tried again', async () => {
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'retry', after: 1_200, code: 'WB_TEST', reason: 'Not now.' }) });
    const { status, headers, problem } = await ask(url);
    expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([503, '2', 'application/problem+json']);
    expect(problem()).toMatchObject({ code: 'WB_TEST', detail: 'Not now.', status: 503 });
  });

  it.each([
    ['WB_XML_NOT_WELL_FORMED', 400],
    ['WB_MESSAGE_UNRECOGNISED', 400],
    ['WB_AUTH_NOT_ALLOWED', 403],
    ['WB_COMMAND_BAD_INPUT', 422],
    ['STORE_SAYS_NO', 422],
  ])('is a problem when the message was rejected with %s', async (code, expected) => {
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'rejected', code, reason: 'No.' }) });
    const { status, problem } = await ask(url);
    expect([status, problem().code, problem().detail]).toEqual([expected, code, 'No.']);
  });

  it('is the reply of a rejected message, where it has one', async () => {
    const reply = messageOf('<Error/>', { contentType: 'text/xml\r\nset-cookie: a=b' });
    const { url } = await receiving({}, { handle: async () => ({ outcome: 'rejected', code: 'WB_XML_X', reason: 'No.', reply }) });
    const { status, text, headers } = await ask(url);
    expect([status, text, headers.get('set-cookie')]).toEqual([400, '<Error/>', null]);
  });

  it('says nothing of what went wrong inside, when something did', async () => {
    const before = lines.length;
    const { url } = await receiving({}, { handle: () => Promise.reject(new Error('secret detail')) });
    const { status, text } = await ask(url);
    expect(status).toBe(500);
    expect(text).not.toMatch(/secret|at |\.ts/);
    expect(JSON.stringify(lines.slice(before))).toContain('secret detail');
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
  it('has the id of the header, or a fresh one', async () => {
    const { url, deliveries } = await receiving({ idHeader: 'X-Message' });
    await ask(url, { headers: { 'x-message': 'order-1', 'content-type': 'text/xml' } });
    await ask(url);
    await ask(url);
    const [first, second, third] = deliveries.map(({ message }) => message.id);
    expect(first).toBe('order-1');
    expect(second).toMatch(/^[0-9a-f-]{36}$/);
    expect(third).not.toBe(second);
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

  it('is waited for by its sender', async () => {
    const { url, deliveries } = await receiving();
    await ask(url);
    expect(deliveries[0]?.waits).toBe(true);
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

describe('more requests than may be in hand', () => {
  function gate() {
    const held: (() => void)[] = [];
    const handle = () => new Promise<{ outcome: 'accepted' }>((resolve) => held.push(() => resolve({ outcome: 'accepted' })));
    return { held, handle };
  }

  it('wait in line, and are turned away when the line is full', async () => {
    const { held, handle } = gate();
    const { url, deliveries } = await receiving({ waiting: 1 }, { handle, concurrency: 1 });
    const first = ask(url);
    await eventually(() => held.length === 1, { what: 'the first delivery' });
    const rest = [ask(url), ask(url)];
    expect(await Promise.race(rest)).toMatchObject({ status: 503 });
    expect(deliveries.length).toBe(1);
    held[0]?.();
    await eventually(() => held.length === 2, { what: 'the second delivery' });
    held[1]?.();
    expect((await Promise.all([first, ...rest])).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 204, 503]);
  });

  it('are turned away when their bodies are too much together', async () => {
    const { held, handle } = gate();
    const { url } = await receiving({ limit: '1KB', waitingBytes: '512B' }, { handle, concurrency: 1 });
    const first = ask(url, { body: 'x'.repeat(1_024) });
    await eventually(() => held.length === 1, { what: 'the first delivery' });
    const second = await ask(url, { body: 'x'.repeat(600) });
    expect([second.status, second.problem().code]).toEqual([503, 'WB_HTTP_BUSY']);
    const third = ask(url, { body: 'x'.repeat(500) });
    held[0]?.();
    await eventually(() => held.length === 2, { what: 'the next delivery' });
    held[1]?.();
    expect([(await first).status, (await third).status]).toEqual([204, 204]);
  });

  it('leave the line when their senders go away', async () => {
    const { held, handle } = gate();
    const { url, deliveries } = await receiving({}, { handle, concurrency: 1 });
    const first = ask(url);
    await eventually(() => held.length === 1, { what: 'the first delivery' });
    const client = new AbortController();
    const second = ask(url, { signal: client.signal }).catch(() => 'gone');
    const third = ask(url, { headers: { 'idempotency-key': 'third', 'content-type': 'text/xml' } });
    client.abort();
    await second;
    held[0]?.();
    await eventually(() => held.length === 2, { what: 'the next delivery' });
    held[1]?.();
    await Promise.all([first, third]);
    expect(deliveries.at(-1)?.message.id).toBe('third');
  });
});

describe('an entry that is asked to stop', () => {
  it('finishes what is in hand, and turns everybody else away', async () => {
    let finish: (() => void) | undefined;
    const { url, deliveries, stop, running } = await receiving(
      {},
      { concurrency: 1, handle: () => new Promise((resolve) => (finish = () => resolve({ outcome: 'accepted' }))) },
    );
    const first = ask(url);
    await eventually(() => finish, { what: 'the first delivery' });
    const inLine = ask(url);
    stop.abort();
    const late = await ask(url);
    expect([late.status, late.problem().code, late.headers.get('connection')]).toEqual([503, 'WB_HTTP_NOT_RUNNING', 'close']);
    expect((await inLine).status).toBe(503);
    finish?.();
    expect((await first).status).toBe(204);
    await running;
    expect(deliveries.length).toBe(1);
  });
});

describe('several entries on one connection', () => {
  it('share its server', async () => {
    const one = await receiving({ path: '/one' });
    const other = await receiving({ path: '/other', method: 'PUT' }, { connection: one.connection });
    await ask(one.url.replace('/in', '/one'));
    await ask(one.url.replace('/in', '/other'), { method: 'PUT' });
    expect([one.port, one.deliveries.length, other.deliveries.length]).toEqual([other.port, 1, 1]);
  });

  it('cannot have the same method and path', async () => {
    const { connection } = await receiving();
    expect((await failureOf(receiving({}, { connection }))).code).toBe('WB_HTTP_PATH_TAKEN');
    await receiving({ method: 'PUT' }, { connection });
  });

  it('need one that listens, on a port that is free', async () => {
    expect((await failureOf(receiving({}, { connection: await connectTo({}) }))).code).toBe('WB_HTTP_NO_LISTEN');
    const { port } = await receiving();
    const error = await failureOf(receiving({}, { listen: { port } }));
    expect(error).toMatchObject({ code: 'WB_HTTP_CANNOT_LISTEN', retryable: true });
  });
});
