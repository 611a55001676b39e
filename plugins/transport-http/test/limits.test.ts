import type { Settlement } from '@waybill/contract';
import { eventually, stays } from '@waybill/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { accept, ask, closed, connectTo, failureOf, messageOf, raw, rawSocket, receiving } from './helpers.ts';

describe('more requests than may be in hand', () => {
  function gate() {
    const held: (() => void)[] = [];
    const handle = () => new Promise<{ outcome: 'accepted' }>((resolve) => held.push(() => resolve({ outcome: 'accepted' })));
    return { held, handle };
  }

  it('wait, and are refused when too many wait already', async () => {
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

  it('are refused before their bodies are sent, when too many wait already', async () => {
    const { held, handle } = gate();
    const { url, port } = await receiving({ waiting: 0 }, { handle, concurrency: 1 });
    const first = ask(url);
    await eventually(() => held.length === 1, { what: 'the first delivery' });
    const answer = await raw(
      port,
      'POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toMatch(/\r\nretry-after: 1\r\n/i);
    held[0]?.();
    expect((await first).status).toBe(204);
  });

  it('are refused when their bodies are too much together', async () => {
    const { held, handle } = gate();
    const { url } = await receiving({ limit: '1KB', waitingBytes: '512B' }, { handle, concurrency: 1 });
    const first = ask(url, { body: 'x'.repeat(1_024) });
    await eventually(() => held.length === 1, { what: 'the first delivery' });
    const second = await ask(url, { body: 'x'.repeat(513) });
    expect([second.status, second.problem().code]).toEqual([503, 'WB_HTTP_BUSY']);
    const third = ask(url, { body: 'x'.repeat(512) });
    held[0]?.();
    await eventually(() => held.length === 2, { what: 'the next delivery' });
    held[1]?.();
    expect([(await first).status, (await third).status]).toEqual([204, 204]);
  });

  it('wait no longer when their senders go away', async () => {
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

describe('the room of bodies', () => {
  const limits = { limit: '1KB', waitingBytes: '1B' };
  const most = 'x'.repeat(1_024);
  const some = 'x'.repeat(900);
  const head = 'POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nConnection: close\r\n';
  const chunks = `${head}Transfer-Encoding: chunked\r\n\r\n384\r\n${some}\r\n`;

  /** The end of a connection that says nothing more. */
  async function cutOff(port: number, text: string) {
    const socket = rawSocket(port);
    socket.end(text);
    socket.resume();
    await closed(socket);
  }

  it.each<[string, (at: { readonly url: string; readonly port: number }) => Promise<unknown>]>([
    ['that was delivered', ({ url }) => ask(url, { body: some })],
    ['that was too large', ({ port }) => raw(port, `${chunks}384\r\n${some}\r\n0\r\n\r\n`)],
    ['that was cut off', ({ port }) => cutOff(port, `${head}Content-Length: 1000\r\n\r\n${some}`)],
    ['that was cut off between its chunks', ({ port }) => cutOff(port, chunks)],
    ['that was no HTTP any more', ({ port }) => raw(port, `${chunks}zz\r\n`)],
    ['that was announced as too large', ({ url }) => ask(url, { body: 'x'.repeat(1_025) })],
  ])('is there again after one %s', async (_, give) => {
    const { url, port } = await receiving(limits, { concurrency: 1 });
    for (let count = 0; count < 5; count++) await give({ url, port });
    expect((await ask(url, { body: most })).status).toBe(204);
  });

  it('is there again after a delivery that failed', async () => {
    let fails = true;
    const handle = () => (fails ? Promise.reject(new Error('something went wrong')) : accept());
    const { url } = await receiving(limits, { handle, concurrency: 1 });
    for (let count = 0; count < 5; count++) expect((await ask(url, { body: some })).status).toBe(500);
    fails = false;
    expect((await ask(url, { body: most })).status).toBe(204);
  });

  it.each<[string, object, string, (url: string) => Promise<unknown>]>([
    ['for which too many waited', { waiting: 0 }, '1', (url) => ask(url, { body: some })],
    ['for which there was no room', {}, most, (url) => ask(url, { body: some })],
    ['whose sender went away while it waited', {}, '1', (url) => goneWhileItWaited(url)],
  ])('is there again after one %s', async (_, source, inHand, give) => {
    let release: (() => void) | undefined;
    const handle = () => (release ? accept() : new Promise<Settlement>((resolve) => (release = () => resolve({ outcome: 'accepted' }))));
    const { url } = await receiving({ ...limits, ...source }, { handle, concurrency: 1 });
    const first = ask(url, { body: inHand });
    await eventually(() => release, { what: 'the first delivery' });
    for (let count = 0; count < 5; count++) await give(url);
    release?.();
    expect((await first).status).toBe(204);
    await eventually(async () => (await ask(url, { body: most })).status === 204, { what: 'room for the largest body' });
  });

  /** There is room for one that waits, whichever that is; the other one is refused. */
  async function goneWhileItWaited(url: string) {
    const client = new AbortController();
    const both = [1, 2].map(() => ask(url, { body: some, signal: client.signal }).catch(() => 'gone'));
    expect(await Promise.race(both)).toMatchObject({ status: 503 });
    client.abort();
    await Promise.all(both);
  }
});

describe('an entry that is asked to stop', () => {
  it('finishes what is in hand, and refuses everything else, at once what waits', async () => {
    let finish: (() => void) | undefined;
    const { url, deliveries, stop, running } = await receiving(
      { waiting: 1, waitingTime: '1h' },
      { concurrency: 1, handle: () => new Promise((resolve) => (finish = () => resolve({ outcome: 'accepted' }))) },
    );
    const first = ask(url);
    await eventually(() => finish, { what: 'the first delivery' });
    // One of the two is refused, so that the other one waits.
    const two = [ask(url), ask(url)];
    await Promise.race(two);
    stop.abort();
    const late = await ask(url);
    expect([late.status, late.problem().code, late.headers.get('connection')]).toEqual([503, 'WB_HTTP_NOT_RUNNING', 'close']);
    const codes = (await Promise.all(two)).map(({ problem }) => problem().code);
    expect(codes.toSorted()).toEqual(['WB_HTTP_BUSY', 'WB_HTTP_NOT_RUNNING']);
    finish?.();
    const { status, headers } = await first;
    expect([status, headers.get('connection')]).toEqual([204, 'close']);
    await running;
    expect(deliveries.length).toBe(1);
  });

  it('waits for what is in hand, also when its sender has gone', async () => {
    let finish: (() => void) | undefined;
    const { url, deliveries, stop, running } = await receiving(
      {},
      { handle: () => new Promise((resolve) => (finish = () => resolve({ outcome: 'accepted' }))) },
    );
    const client = new AbortController();
    const gone = ask(url, { signal: client.signal }).catch(() => 'gone');
    await eventually(() => finish, { what: 'the delivery' });
    const abandoned = deliveries[0]?.abandoned;
    client.abort();
    await gone;
    await eventually(() => abandoned?.aborted, { what: 'the sender to be gone' });
    let hasEnded = false;
    void running?.then(() => (hasEnded = true));
    stop.abort();
    await stays(() => !hasEnded, { what: 'the entry to wait for its delivery', within: 100 });
    finish?.();
    await running;
    expect(hasEnded).toBe(true);
  });

  it('leaves no timer behind', async () => {
    const { url, end } = await receiving();
    expect((await ask(url)).status).toBe(204);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits until an answer has been read', async () => {
    const reply = messageOf('x'.repeat(20_000_000), { contentType: 'text/plain' });
    const { port, deliveries, stop, running } = await receiving({}, { handle: async () => ({ outcome: 'accepted', reply }) });
    const socket = rawSocket(port);
    socket.write('POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<A/>');
    await eventually(() => deliveries.length === 1, { what: 'the delivery' });
    let hasEnded = false;
    void running?.then(() => (hasEnded = true));
    stop.abort();
    await stays(() => !hasEnded, { what: 'the entry to wait for its client', within: 100 });
    socket.resume();
    await running;
    expect(hasEnded).toBe(true);
  });
});

describe('several entries on one connection', () => {
  it('get the messages of their own method and path, and of no other', async () => {
    const post = await receiving({ path: '/a' });
    const { connection } = post;
    const put = await receiving({ path: '/a', method: 'PUT' }, { connection });
    const other = await receiving({ path: '/b' }, { connection });
    const origin = post.url.replace('/in', '');
    await ask(`${origin}/a`, { body: 'post' });
    await ask(`${origin}/a`, { method: 'PUT', body: 'put' });
    await ask(`${origin}/b`, { body: 'other' });
    expect((await ask(`${origin}/b`, { method: 'PUT' })).status).toBe(405);
    const bodies = [post, put, other].map(({ deliveries }) => deliveries.map(({ message }) => Buffer.from(message.body).toString()));
    expect(bodies).toEqual([['post'], ['put'], ['other']]);
  });

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
