import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { onRequest, rawFarSide, written } from './answering-server.ts';
import { connectTo, failureOf, fixture, messageOf, openSender } from './helpers.ts';

const forever = new AbortController().signal;
const large = 'x'.repeat(50_000_000);

interface Given {
  readonly scheme?: 'http' | 'https';
  readonly site?: object;
  readonly target?: object;
  readonly concurrency?: number;
}

/** A far side that does with its connections what it is told, and a sender to it. */
async function sending(onConnection: (socket: Socket) => void, { scheme = 'http', site, target = {}, concurrency = 8 }: Given = {}) {
  const far = await rawFarSide(onConnection);
  const sender = await openSender(await connectTo({ url: `${scheme}://127.0.0.1:${far.port}`, ...site }), target, concurrency);
  const send = (text = '<A/>', signal = forever) => sender.send(messageOf(text), { signal });
  const request = async () => {
    const reply = await sender.request?.(messageOf('<A/>'), { signal: forever, timeout: 60_000 });
    return Buffer.from(reply?.body ?? []).toString();
  };
  return { ...far, sender, send, request };
}

describe('interim answers that nobody has asked for', () => {
  it.each([
    ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['100 Continue with headers', 'HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n'],
    ['102 Processing', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    ['several', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n'],
  ])('are read over: %s', async (_, interim) => {
    const { send, request, sockets } = await sending(onRequest((socket) => socket.write(interim + written('200 OK', 'taken'))));
    expect((await send()).detail).toContain('HTTP 200');
    expect(await request()).toBe('taken');
    expect(sockets.size).toBe(1);
  });

  it('are read over when they come before the message was written', async () => {
    const { send } = await sending((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 100 Continue\r\n\r\n'));
      socket.on('data', (chunk: Buffer) => chunk.at(-1) === 0x2e && socket.write(written('204 No Content')));
    });
    expect((await send(`${large}.`)).detail).toContain('HTTP 204');
  });

  it('may not change the protocol', async () => {
    const { send } = await sending(
      onRequest((socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')),
    );
    expect(await failureOf(send())).toMatchObject({ code: 'WB_HTTP_BAD_ANSWER', outcome: 'unknown', retryable: true });
  });
});

describe('a far side with nothing behind it', () => {
  it.each([
    ['resets', (socket: Socket) => void socket.resetAndDestroy()],
    ['closes', (socket: Socket) => void socket.end()],
  ])('that %s each connection at once is not there, and gets nothing', async (_, close) => {
    const { send, heard } = await sending(close);
    const error = await failureOf(send());
    expect(error).toMatchObject({ code: 'WB_HTTP_UNREACHABLE', connectionLost: true, outcome: 'not-sent', kind: 'unavailable' });
    expect(heard()).toBe('');
  });

  it('that is full and says so before it is asked gets nothing, and is tried again when it says', async () => {
    const busy = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
    const { send, heard } = await sending((socket) => void socket.end(busy));
    expect(await failureOf(send())).toMatchObject({ code: 'WB_HTTP_FAILED', outcome: 'not-sent', retryAfter: 7_000 });
    expect(heard()).toBe('');
  });

  it('gets nothing either after a refusal whose body does not end', async () => {
    const { send, heard, sockets } = await sending(
      (socket) => void socket.write('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 10\r\n\r\nhalf'),
    );
    expect(await failureOf(send())).toMatchObject({ code: 'WB_HTTP_FAILED', outcome: 'not-sent' });
    await eventually(() => [...sockets].every(({ closed }) => closed), { what: 'the connection to end' });
    expect(heard()).toBe('');
  });

  it('that makes no connection is given up on after the time for that, however long an answer may take', async () => {
    const { send } = await sending(() => undefined, { scheme: 'https', site: { connectTimeout: '200ms' } });
    expect(await failureOf(send())).toMatchObject({ code: 'WB_HTTP_UNREACHABLE', connectionLost: true, outcome: 'not-sent' });
  });

  it('is not there either when the time for the attempt ends before that for the connection', async () => {
    const { send, sockets } = await sending(() => undefined, { scheme: 'https' });
    const time = new AbortController();
    const failure = failureOf(send('<A/>', time.signal));
    await eventually(() => sockets.size === 1, { what: 'the far side to be asked for a connection' });
    time.abort();
    expect(await failure).toMatchObject({ code: 'WB_HTTP_UNREACHABLE', connectionLost: true, outcome: 'not-sent' });
  });
});

describe('the times of a connection', () => {
  const connectTimeout = '100ms';
  const [key, cert] = ['key.pem', 'certificate.pem'].map((name) => readFileSync(fixture(name)));

  it('are told apart: an answer may come after the time for making a connection', async () => {
    const { send } = await sending(
      onRequest((socket) => setTimeout(() => socket.write(written('200 OK')), 300)),
      { site: { connectTimeout } },
    );
    expect((await send()).detail).toContain('HTTP 200');
  });

  it('are told apart: making a connection may take longer than an answer may', async () => {
    const shakesHands = (socket: Socket) => {
      const secure = new TLSSocket(socket, { isServer: true, key, cert });
      onRequest((one) => one.write(written('200 OK')))(secure);
    };
    // What the client says waits in the socket until then.
    const { send } = await sending((socket) => setTimeout(shakesHands, 300, socket.removeAllListeners('data').pause()), {
      scheme: 'https',
      site: { answerTimeout: '100ms', ca: fixture('certificate.pem') },
    });
    expect((await send()).detail).toContain('HTTP 200');
  });

  it('end for a message that waits for a connection, too', async () => {
    const { send, heard } = await sending(() => undefined, { concurrency: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const failures = [failureOf(send('<First/>', first.signal)), failureOf(send('<Second/>', second.signal))] as const;
    await eventually(() => heard().includes('<First/>'), { what: 'the far side to have the first message' });
    second.abort();
    expect(await failures[1]).toMatchObject({ code: 'WB_HTTP_GIVEN_UP', outcome: 'not-sent', connectionLost: false });
    first.abort();
    expect(await failures[0]).toMatchObject({ code: 'WB_HTTP_TIMEOUT', outcome: 'unknown' });
    expect(heard()).not.toContain('<Second/>');
  });
});

describe('an answer that came too early', () => {
  it('is none when it says that the message was taken, which was not written yet', async () => {
    const { send, heard } = await sending((socket) => void socket.write(written('200 OK')));
    expect(await failureOf(send())).toMatchObject({ code: 'WB_HTTP_BAD_ANSWER', outcome: 'not-sent', retryable: true });
    expect(heard()).toBe('');
  });

  it('is none when the rest of the message cannot be written any more', async () => {
    const closes = (socket: Socket) => socket.pause().write(written('200 OK'), () => setTimeout(() => socket.destroy(), 50));
    const { send } = await sending((socket) => socket.once('data', () => closes(socket)));
    expect(await failureOf(send(large))).toMatchObject({ code: 'WB_HTTP_BROKEN', outcome: 'not-sent', retryable: true });
  });

  it('decides when it refuses the message, of which no more is written then', async () => {
    let connections = 0;
    const { send, sockets } = await sending(
      (socket) => {
        if (++connections > 1) return onRequest((one) => one.write(written('200 OK')))(socket);
        socket.once('data', () => socket.pause().write(written('413 Content Too Large')));
      },
      { concurrency: 1 },
    );
    expect(await failureOf(send(large))).toMatchObject({ code: 'WB_HTTP_REFUSED', outcome: 'refused' });
    expect((await send()).detail).toContain('HTTP 200');
    expect(sockets.size).toBe(2);
  });
});

describe('an answer with more than was asked for', () => {
  it('decides by its head when its body is cut off', async () => {
    const { send, request } = await sending(onRequest((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ntaken')));
    expect((await send()).detail).toContain('HTTP 200');
    expect(await failureOf(request())).toMatchObject({ code: 'WB_HTTP_BROKEN', outcome: 'unknown' });
  });

  it('decides by its head when its body is too large to be read, and its connection ends', async () => {
    const some = 'x'.repeat(65_536);
    const { send, sockets } = await sending(
      onRequest((socket) => {
        const more = (error?: Error | null) => void (error || socket.write(some, more));
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n');
        more();
      }),
    );
    expect((await send()).detail).toContain('HTTP 200');
    await eventually(() => [...sockets].every(({ closed }) => closed), { what: 'the connection to end' });
    // What stands in the buffers of both sides comes on top of the little that is read.
    expect([...sockets][0]?.bytesWritten).toBeLessThan(20_000_000);
  });

  it.each([
    ['at once', (socket: Socket, answers: string) => void socket.write(answers + written('200 OK', 'second'))],
    ['later', (socket: Socket, answers: string) => void socket.write(answers, () => socket.write(written('200 OK', 'second')))],
  ])('is the answer to no other message when there are two of them, the second one %s', async (_, answer) => {
    let connections = 0;
    const { request, sockets } = await sending((socket) => {
      if (++connections > 1) onRequest((one) => one.write(written('200 OK', 'third')))(socket);
      else onRequest((one) => answer(one, written('200 OK', 'first')))(socket);
    });
    expect(await request()).toBe('first');
    await eventually(() => [...sockets].every(({ closed }) => closed), { what: 'the connection to end' });
    expect(await request()).toBe('third');
  });
});

describe('a connection that the far side ended', () => {
  it.each([
    ['closed', (socket: Socket) => void socket.end()],
    ['reset', (socket: Socket) => void socket.resetAndDestroy()],
  ])('after the message and before an answer leaves it in doubt: %s', async (_, end) => {
    const { send } = await sending(onRequest(end));
    expect(await failureOf(send())).toMatchObject({ code: 'WB_HTTP_BROKEN', outcome: 'unknown', connectionLost: false });
  });

  it('after its answer is not used for the next message', async () => {
    let taken = 0;
    const { send, sockets } = await sending(onRequest((socket) => socket.end(written('200 OK', String(++taken)))));
    for (let count = 1; count <= 20; count++) {
      await send();
      const last = [...sockets].at(-1);
      if (last && !last.closed) await once(last, 'close');
    }
    expect([taken, sockets.size]).toEqual([20, 20]);
  });
});
