import { describe, expect, it } from 'vitest';
import { openQueues } from '../src/index.ts';
import { codeOf, newMessage, newPath, open, textOf, textsOn } from './helpers.ts';

describe('a message that was put', () => {
  it('is there when the file is opened again', async () => {
    const path = await newPath();
    const first = await openQueues({ path });
    await first.put('A', newMessage('<Kept/>'));
    await first.close();
    const later = await open({ path });
    expect(await textsOn(later, 'A')).toEqual(['<Kept/>']);
  });

  it('comes back character for character', async () => {
    const queues = await open({ path: await newPath() });
    const message = newMessage('<A/>', {
      id: 'id \u0000 "ä" \ud800 日本',
      type: 'Type',
      contentType: 'text/xml; charset=utf-8',
      correlationId: 'c \u0000 é',
      replyTo: 'REPLIES',
      properties: { 'A "Key"': 'line\r\nline', __proto__x: '\ud800', empty: '' },
    });
    await queues.put('A', message);
    const unit = await queues.get('A', { waitMs: 0 });
    expect(unit?.message).toEqual({ ...message, priority: 0, body: new Uint8Array(message.body) });
  });

  it('is got by its correlation id, past the others', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('A', newMessage('<One/>', { correlationId: 'one' }));
    await queues.put('A', newMessage('<Other/>', { correlationId: 'other' }));
    expect(textOf(await queues.fetch('A', { correlationId: 'other', waitMs: 0 }))).toBe('<Other/>');
    expect(await queues.fetch('A', { correlationId: 'other', waitMs: 0 })).toBeUndefined();
    expect(await queues.depth('A')).toBe(1);
  });

  it('is got before those of a lower priority, and after earlier ones of its own', async () => {
    const queues = await open({ path: await newPath() });
    for (const [text, priority] of [
      ['<C/>', 0],
      ['<A/>', 9],
      ['<D/>', 0],
      ['<B/>', 9],
    ] as const)
      await queues.put('A', newMessage(text), { priority });
    const order = [];
    for (let round = 0; round < 4; round++) order.push(textOf(await queues.fetch('A', { waitMs: 0 })));
    expect(order).toEqual(['<A/>', '<B/>', '<C/>', '<D/>']);
  });

  it('has a priority of its own before that of the put', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('A', newMessage('<Plain/>'), { priority: 5 });
    await queues.put('A', newMessage('<Urgent/>', { priority: 9 }), { priority: 5 });
    const [urgent, plain] = await queues.browse('A');
    expect([textOf(urgent?.message), urgent?.message.priority]).toEqual(['<Urgent/>', 9]);
    expect([textOf(plain?.message), plain?.message.priority]).toEqual(['<Plain/>', 5]);
  });

  it('expires by itself or by the put, whichever is earlier', async () => {
    const queues = await open({ path: await newPath() });
    const soon = Date.now() + 3_600_000;
    await queues.put('A', newMessage('<Own/>', { expiresAt: soon }), { expiry: 86_400_000 });
    await queues.put('A', newMessage('<Put/>', { expiresAt: soon + 86_400_000 }), { expiry: 3_600_000 });
    const seen = (await queues.browse('A')).map(({ message }) => message.expiresAt ?? 0);
    expect(seen[0]).toBe(soon);
    expect(Math.abs((seen[1] ?? 0) - soon)).toBeLessThan(60_000);
  });

  it('is not handed out any more when it has expired', async () => {
    const queues = await open({ path: await newPath() });
    await queues.put('A', newMessage('<Old/>'), { expiry: 0 });
    await queues.put('A', newMessage('<Fresh/>'), { expiry: 60_000 });
    expect(textOf(await queues.fetch('A', { waitMs: 1_000 }))).toBe('<Fresh/>');
  });
});

describe('a put that cannot be', () => {
  it('says that the queue is full, and works again when there is room', async () => {
    const queues = await open({ path: await newPath(), maxDepth: 2 });
    await queues.put('A', newMessage());
    await queues.put('A', newMessage());
    await expect(queues.put('A', newMessage())).rejects.toMatchObject({ code: 'WB_QUEUE_FULL', retryable: true });
    await queues.fetch('A', { waitMs: 0 });
    await queues.put('A', newMessage());
  });

  it('does not harm the puts that were asked for at the same time', async () => {
    const queues = await open({ path: await newPath(), maxDepth: 1 });
    const codes = await Promise.all(['A', 'A', 'B'].map((queue) => codeOf(queues.put(queue, newMessage()))));
    expect(codes).toEqual(['fulfilled', 'WB_QUEUE_FULL', 'fulfilled']);
  });

  it('says that the body is too large', async () => {
    const queues = await open({ path: await newPath(), limit: 10 });
    expect(await codeOf(queues.put('A', newMessage('0123456789')))).toBe('fulfilled');
    expect(await codeOf(queues.put('A', newMessage('0123456789a')))).toBe('WB_QUEUE_TOO_LARGE');
  });

  it('says that the name cannot be one', async () => {
    const queues = await open({ path: await newPath() });
    for (const name of ['', 'A B', 'A;B', 'Ä', 'x'.repeat(49)]) expect(await codeOf(queues.put(name, newMessage()))).toBe('WB_QUEUE_NAME');
  });

  it('says that there is no such queue where queues are not created', async () => {
    const path = await newPath();
    await (await open({ path })).put('A', newMessage());
    const strict = await open({ path, create: false });
    expect(await codeOf(strict.put('A', newMessage()))).toBe('fulfilled');
    expect(await codeOf(strict.put('B', newMessage()))).toBe('WB_QUEUE_UNKNOWN');
    expect(await codeOf(strict.get('B'))).toBe('WB_QUEUE_UNKNOWN');
  });
});

describe('a get', () => {
  it('answers with nothing when nothing came in time', async () => {
    const queues = await open({ path: await newPath() });
    expect(await queues.get('A', { waitMs: 0 })).toBeUndefined();
    expect(await queues.get('A', { waitMs: 20 })).toBeUndefined();
  });

  it('that is given up loses no message and counts no attempt', async () => {
    const queues = await open({ path: await newPath() });
    for (let round = 0; round < 50; round++) {
      const time = new AbortController();
      const got = queues.get('A', { signal: time.signal });
      const put = queues.put('A', newMessage(String(round)));
      if (round % 2) await put;
      else setImmediate(() => time.abort());
      time.abort();
      await put;
      await (await got)?.release();
    }
    const seen = await queues.browse('A');
    expect(seen.map(({ message }) => textOf(message))).toEqual(Array.from({ length: 50 }, (_, round) => String(round)));
    expect(seen.every(({ attempts, state }) => attempts === 0 && state === 'ready')).toBe(true);
  });

  it('that waits is refused when the queues are closed', async () => {
    const queues = await open({ path: await newPath() });
    const code = codeOf(queues.get('A'));
    await queues.close();
    expect(await code).toBe('WB_QUEUE_CLOSED');
    expect(await codeOf(queues.put('A', newMessage()))).toBe('WB_QUEUE_CLOSED');
  });
});
