import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ask, connectTo, failureOf, receiving } from './helpers.ts';

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

  it('are refused when their bodies are too much together', async () => {
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

describe('an entry that is asked to stop', () => {
  it('finishes what is in hand, and refuses everything else', async () => {
    let finish: (() => void) | undefined;
    const { url, deliveries, stop, running } = await receiving(
      {},
      { concurrency: 1, handle: () => new Promise((resolve) => (finish = () => resolve({ outcome: 'accepted' }))) },
    );
    const first = ask(url);
    await eventually(() => finish, { what: 'the first delivery' });
    const waiting = ask(url);
    stop.abort();
    const late = await ask(url);
    expect([late.status, late.problem().code, late.headers.get('connection')]).toEqual([503, 'WB_HTTP_NOT_RUNNING', 'close']);
    expect((await waiting).status).toBe(503);
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
